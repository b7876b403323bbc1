/** Runs as a task of its own behind the frame that is being made: what is read there costs no layout of its own. */
export function afterFrame(run: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    run();
  };
  port2.postMessage(0);
}
