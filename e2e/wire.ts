/** A wire between browser and server that a test can cut in one direction: asks still arrive, answers are lost. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Wire {
  readonly url: string;
  readonly #server: Server;
  readonly #ends = new Set<Socket>();
  #deaf = false;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async to(serverPort: number): Promise<Wire> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const wire = new Wire(server, typeof address === 'object' && address ? address.port : 0);
    server.on('connection', (browser) => wire.#join(browser, connect(serverPort, '127.0.0.1')));
    return wire;
  }

  /** From now on nothing of what the server says reaches the browser. */
  loseAnswers(): void {
    this.#deaf = true;
  }

  /** All connections break; new ones are whole again. */
  mend(): void {
    this.#deaf = false;
    for (const end of this.#ends) end.destroy();
  }

  close(): void {
    this.mend();
    this.#server.close();
  }

  #join(browser: Socket, server: Socket): void {
    for (const [end, other] of [
      [browser, server],
      [server, browser],
    ] as const) {
      this.#ends.add(end);
      end.on('data', (chunk: Buffer) => {
        if (end === browser || !this.#deaf) other.write(chunk);
      });
      end.on('error', () => other.destroy());
      end.on('close', () => {
        this.#ends.delete(end);
        // While answers are lost, even the server's end is not told.
        if (end === browser || !this.#deaf) other.destroy();
      });
    }
  }
}
