/** A world in which time passes when the test says so. */
import type { World } from '../../src/world.js';

export interface TestWorld extends World {
  /** Lets time pass, running what falls due in its order. */
  advance(ms: number): void;
  readonly waiting: number;
}

export function createTestWorld(
  start = Date.parse('2026-03-02T10:00:00Z'),
  random: () => number = () => 0.5,
): TestWorld {
  let time = start;
  let made = 0;
  const timers = new Map<number, { due: number; run: () => void }>();
  return {
    now: () => new Date(time),
    uuid: () => `00000000-0000-7000-8000-${String(++made).padStart(12, '0')}`,
    random,
    after(ms, run) {
      const id = ++made;
      timers.set(id, { due: time + ms, run });
      return () => timers.delete(id);
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const [next] = [...timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due);
        if (!next) break;
        timers.delete(next[0]);
        time = Math.max(time, next[1].due);
        next[1].run();
      }
      time = end;
    },
    get waiting() {
      return timers.size;
    },
  };
}
