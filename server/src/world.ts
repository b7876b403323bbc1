/**
 * Everything the server takes from outside itself besides the database: time, ids, randomness, timers. Given from
 * outside, so that tests and simulations decide when what happens.
 */
import { randomBytes } from 'node:crypto';

export interface World {
  now(): Date;
  /** A new id that sorts by time (UUIDv7). */
  uuid(): string;
  /** 0 (included) to 1 (excluded). */
  random(): number;
  /** Runs once after so many milliseconds; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

export function uuidV7(milliseconds: number, random: Uint8Array): string {
  const bytes = Buffer.from(random.subarray(0, 16));
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function realWorld(): World {
  return {
    now: () => new Date(),
    uuid: () => uuidV7(Date.now(), randomBytes(16)),
    random: Math.random,
    after(ms, run) {
      const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
  };
}
