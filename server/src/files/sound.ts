/** Sound: what a page may play, and how long it lasts. */

/**
 * Played in the page as it came. Making it anew, as pictures are, would take a whole media toolkit, and gain little: these
 * containers hold nothing that a browser runs, the type is one of these words and never the sender's own, and `nosniff`
 * and the sandbox keep the bytes from being taken for anything else. Sound of any other kind is saved, like every file.
 */
const PLAYED: ReadonlySet<string> = new Set([
  'audio/mpeg',
  'audio/ogg',
  'audio/webm',
  'audio/mp4',
  'audio/aac',
  'audio/wav',
  'audio/flac',
]);

/** Is it one of these, by what was decided from its bytes. */
export const isPlayed = (type: string | null): type is string => type !== null && PLAYED.has(type);

/**
 * Seconds, where the bytes say so cheaply; undefined: only its sender can know. `head` is the beginning and `tail` the end
 * of the file, each a few kilobytes.
 */
export function durationOf(type: string, head: Buffer, tail: Buffer, size: number): number | undefined {
  const seconds = READERS[type]?.(head, tail, size);
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 && seconds < 1e6
    ? Math.round(seconds * 1000) / 1000
    : undefined;
}

const READERS: Readonly<Record<string, (head: Buffer, tail: Buffer, size: number) => number | undefined>> = {
  'audio/wav': wav,
  'audio/ogg': opus,
};

/** Bytes of sound by bytes a second. */
function wav(head: Buffer, _tail: Buffer, size: number): number | undefined {
  let rate = 0;
  for (let at = 12; at + 8 <= head.length;) {
    const name = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    if (name === 'fmt ' && at + 20 <= head.length) rate = head.readUInt32LE(at + 16);
    if (name === 'data') return rate > 0 ? Math.min(length, size - at - 8) / rate : undefined;
    at += 8 + length + (length % 2);
  }
  return undefined;
}

/** Opus counts at 48 kHz, whatever was recorded; the last page tells how far it got. */
function opus(head: Buffer, tail: Buffer): number | undefined {
  const at = head.indexOf('OpusHead');
  const last = tail.lastIndexOf('OggS');
  if (at < 0 || at + 12 > head.length || last < 0 || last + 14 > tail.length) return undefined;
  return (Number(tail.readBigInt64LE(last + 6)) - head.readUInt16LE(at + 10)) / 48_000;
}
