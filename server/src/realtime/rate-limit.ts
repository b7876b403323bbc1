/** A bucket of so many requests that refills steadily. */
import { Refusal } from '../refusal.js';

export interface Rate {
  perSecond: number;
  burst: number;
}

export interface Bucket {
  /** Takes one, or tells how many milliseconds to wait. */
  take(): number;
}

export function createBucket({ perSecond, burst }: Rate, now: () => number): Bucket {
  let left = burst;
  let at = now();
  return {
    take() {
      const time = now();
      left = Math.min(burst, left + (Math.max(0, time - at) / 1000) * perSecond);
      at = time;
      if (left < 1) return Math.ceil(((1 - left) / perSecond) * 1000);
      left -= 1;
      return 0;
    },
  };
}

export function takeOrRefuse(...buckets: Bucket[]): void {
  for (const bucket of buckets) {
    const retryAfterMs = bucket.take();
    if (retryAfterMs > 0)
      throw new Refusal('RATE_LIMITED', 'Too many requests at once. Wait a moment.', { retryAfterMs });
  }
}
