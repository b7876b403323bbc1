import type { Channel, Locks, LockTold, World } from '../store/world.js';

/** One page of it. */
export interface TestPage extends World {
  asleep: boolean;
  close(): void;
  /** What it is told waits until the returned function is called. */
  freeze(): () => void;
}

/** One browser with several pages: the locks they compete for and the channels on which they talk. */
export interface TestBrowser {
  /** A world like the given one, for one more page. `asleep` pages hold their locks but hear and do nothing. */
  page(world: World): TestPage;
}

interface Claimant {
  page: object;
  told: LockTold;
}

export function testBrowser(): TestBrowser {
  const holders = new Map<string, Claimant>();
  const lines = new Map<string, Claimant[]>();
  const listeners = new Set<{ page: { asleep: boolean }; name: string; hear: (message: unknown) => void }>();

  const give = (name: string, claimant: Claimant) => {
    holders.set(name, claimant);
    queueMicrotask(() => holders.get(name) === claimant && claimant.told.granted());
  };
  const release = (name: string, claimant: Claimant) => {
    const line = (lines.get(name) ?? []).filter((one) => one !== claimant);
    lines.set(name, line);
    if (holders.get(name) !== claimant) return;
    holders.delete(name);
    const next = line.shift();
    if (next) give(name, next);
  };

  return {
    page(world) {
      let frozen: (() => void)[] | undefined;
      const locks: Locks = {
        hold(name, how, told) {
          const claimant = { page, told };
          const holder = holders.get(name);
          if (how === 'steal') {
            give(name, claimant);
            if (holder) queueMicrotask(() => holder.told.lost?.());
          } else if (!holder) give(name, claimant);
          else if (how === 'ifFree') queueMicrotask(() => told.refused?.());
          else lines.set(name, [...(lines.get(name) ?? []), claimant]);
          return () => release(name, claimant);
        },
      };
      const channel = (name: string, hear: (message: unknown) => void): Channel => {
        const own = {
          page,
          name,
          hear: (message: unknown) => void (frozen ? frozen.push(() => hear(message)) : hear(message)),
        };
        listeners.add(own);
        return {
          post(message) {
            if (!listeners.has(own)) return; // a page that is gone says nothing
            const copy = structuredClone(message);
            queueMicrotask(() => {
              for (const other of [...listeners]) {
                if (other.page !== page && other.name === name && !other.page.asleep) other.hear(structuredClone(copy));
              }
            });
          },
          close: () => listeners.delete(own),
        };
      };
      const close = () => {
        for (const own of [...listeners]) if (own.page === page) listeners.delete(own);
        for (const [name, line] of lines)
          lines.set(
            name,
            line.filter((one) => one.page !== page),
          );
        for (const [name, holder] of [...holders]) if (holder.page === page) release(name, holder);
      };
      const freeze = () => {
        const waiting: (() => void)[] = [];
        frozen = waiting;
        return () => {
          frozen = undefined;
          for (const run of waiting) run();
        };
      };
      const page: TestPage = {
        now: () => world.now(),
        random: () => world.random(),
        uuid: () => world.uuid(),
        after: (ms, run) => world.after(ms, run),
        frame: (run) => world.frame(run),
        onWake: (listener) => world.onWake(listener),
        locks,
        channel,
        asleep: false,
        close,
        freeze,
      };
      return page;
    },
  };
}
