/**
 * What one agent may have at once, from however many pages: so many sockets, and one bucket for each kind of request that
 * they share. Kept in memory, and forgotten with the agent's last socket.
 */
import type { Agent } from '../access.js';
import { keyOf } from '../key-of.js';
import { Refusal } from '../refusal.js';
import type { World } from '../world.js';
import { createBucket, type Bucket, type Rate } from './rate-limit.js';

/** Requests of one agent: all of them, and the ones that go out to customers. */
export interface Rates {
  requests: Rate;
  sends: Rate;
}

export interface Seat {
  readonly requests: Bucket;
  readonly sends: Bucket;
  /** The socket is gone. However often it is said, it counts once. */
  leave(): void;
}

/** Takes a seat for one more socket, or refuses. */
export type Seats = (agent: Agent) => Seat;

/** Sockets of a line that broke count until they are missed: that takes 14 s at most. Not all come back at once. */
const BACK_AFTER_MS = { from: 3000, to: 8000 };

export function createSeats({ now, random }: Pick<World, 'now' | 'random'>, rates: Rates, most = Infinity): Seats {
  const taken = new Map<string, { sockets: number; buckets: Record<keyof Rates, Bucket> }>();
  const time = () => now().getTime();
  return ({ tenantId, id }) => {
    const key = keyOf(tenantId, id);
    const known = taken.get(key);
    if ((known?.sockets ?? 0) >= most) {
      const { from, to } = BACK_AFTER_MS;
      throw new Refusal('RATE_LIMITED', `You are connected ${most} times already. Close some of the pages.`, {
        retryAfterMs: Math.round(from + random() * (to - from)),
      });
    }
    const mine = known ?? {
      sockets: 0,
      buckets: { requests: createBucket(rates.requests, time), sends: createBucket(rates.sends, time) },
    };
    taken.set(key, mine);
    mine.sockets += 1;
    let left = false;
    return {
      ...mine.buckets,
      leave() {
        if (left) return;
        left = true;
        mine.sockets -= 1;
        if (mine.sockets === 0) taken.delete(key);
      },
    };
  };
}
