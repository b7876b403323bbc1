/** The sandbox's timers: scaled, and all cancelled and waited for at the end, so that nothing writes to a closed database. */
import type { Core } from '../core.js';

export interface Timers {
  /** Runs after a delay between the two, in milliseconds at pace 1. */
  soon(from: number, to: number, work: () => Promise<void>): void;
  /** Runs at once, but is waited for like the others. */
  now(work: () => Promise<void>): void;
  readonly stopped: boolean;
  /** When nothing is running any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export function createTimers(core: Core, pace: number): Timers {
  const cancels = new Set<() => void>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  function now(work: () => Promise<void>): void {
    if (stopped) return;
    const done = work().catch((error: unknown) => core.log.error({ err: error }, 'the sandbox stumbled'));
    running.add(done);
    void done.finally(() => running.delete(done));
  }

  return {
    now,
    soon(from, to, work) {
      if (stopped) return;
      const cancel = core.world.after((from + core.world.random() * (to - from)) * pace, () => {
        cancels.delete(cancel);
        now(work);
      });
      cancels.add(cancel);
    },
    get stopped() {
      return stopped;
    },
    async idle() {
      while (running.size) await Promise.all(running);
    },
    async stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
      cancels.clear();
      await this.idle();
    },
  };
}
