/**
 * Links to files: whoever was told one may use it for a while, and nobody can make one. They are made anew each time a
 * message goes on the wire; within a quarter of their life they stay the same, so that a browser's cache is of use.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { keyOf } from '../key-of.js';
import type { World } from '../world.js';

/** `picture` and `sound` are shown in the page, `file` is saved as it came. */
export const VARIANTS = ['picture', 'sound', 'file'] as const;
export type Variant = (typeof VARIANTS)[number];

export interface Links {
  to(id: string, variant: Variant): string;
  /** Milliseconds it still holds; 0: it did; undefined: it was not made here. */
  check(id: string, variant: string, asked: { until?: unknown; sign?: unknown }): number | undefined;
}

export function createLinks(parts: { world: World; secret: string; base: string; lifeMs: number }): Links {
  const { world, secret, base, lifeMs } = parts;
  // A key of its own: a link says nothing about the secret that signs tokens, nor the other way round.
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'crm-chat file links', 32));
  const sign = (id: string, variant: string, until: number) =>
    createHmac('sha256', key)
      .update(keyOf(id, variant, until))
      .digest('base64url');
  const step = Math.max(1, Math.floor(lifeMs / 4));
  return {
    to(id, variant) {
      const until = (Math.floor(world.now().getTime() / step) + 1) * step + lifeMs;
      return `${base}/files/${id}/${variant}?until=${until}&sign=${sign(id, variant, until)}`;
    },
    check(id, variant, asked) {
      if (typeof asked.until !== 'string' || typeof asked.sign !== 'string' || !/^\d{1,15}$/.test(asked.until))
        return undefined;
      const until = Number(asked.until);
      const [given, right] = [Buffer.from(asked.sign), Buffer.from(sign(id, variant, until))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      return Math.max(0, until - world.now().getTime());
    },
  };
}
