/**
 * How much may wait at once, of all sockets together. More work than the database does would only wait longer and longer,
 * and fill the memory: whoever comes when the room is full is told when to come back, at once, and nothing of it is kept.
 */
import { Refusal } from '../refusal.js';
import type { World } from '../world.js';

export interface Waiting {
  /** Messages on their way into the database: a second or two of its work. */
  sends: number;
  /** Everything else. */
  others: number;
}
export const WAITING: Waiting = { sends: 200, others: 2000 };

/** Enters, or is refused; the answer leaves again. */
export type Admission = (kind: keyof Waiting) => () => void;

/** Those who were refused together do not come back together. */
const BACK_AFTER_MS = { from: 500, to: 2000 };

export function createAdmission({ random }: Pick<World, 'random'>, most: Waiting = WAITING): Admission {
  const inside: Waiting = { sends: 0, others: 0 };
  return (kind) => {
    if (inside[kind] >= most[kind]) {
      const { from, to } = BACK_AFTER_MS;
      throw new Refusal('RATE_LIMITED', 'The server has more to do than it can. Try again in a moment.', {
        retryAfterMs: Math.round(from + random() * (to - from)),
      });
    }
    inside[kind] += 1;
    let left = false;
    return () => {
      if (!left) inside[kind] -= 1;
      left = true;
    };
  };
}
