/** One range of bytes, as players ask for it. Several at once, and units nobody knows, are answered with the whole. */
import type { ByteRange } from './storage.js';

export function readRange(header: string | undefined, length: number): ByteRange | 'impossible' | undefined {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!asked || (!asked[1] && !asked[2])) return undefined;
  const from = asked[1] ? Number(asked[1]) : Math.max(0, length - Number(asked[2]));
  const to = asked[1] && asked[2] ? Math.min(Number(asked[2]), length - 1) : length - 1;
  return from > to || from >= length ? 'impossible' : { from, to };
}
