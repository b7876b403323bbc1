/** Names of file types, and which files are programs: one source for the checks in the browser and those on the server. */
import type { Features } from './wire.js';

export const OCTETS = 'application/octet-stream';

/** Types that go under several names. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'audio/m4a': 'audio/mp4',
  'audio/opus': 'audio/ogg',
  'audio/x-flac': 'audio/flac',
  'application/x-zip-compressed': 'application/zip',
  'application/x-pdf': 'application/pdf',
};

/** One spelling for each type, without parameters; what is no type is "some bytes". */
export function plainType(text: string | null | undefined): string {
  const type = (text ?? '').split(';')[0]!.trim().toLowerCase();
  if (!/^[a-z0-9][\w.+-]{0,80}\/[a-z0-9][\w.+-]{0,120}$/.test(type)) return OCTETS;
  return SPELLINGS[type] ?? type;
}

/** Does a type fall under `image/png`, `image/*` or the like. */
export const fitsType = (type: string, pattern: string): boolean =>
  pattern === '*/*' || pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)));

/** Is this one of the files that a server never takes, by its type or by how its name ends. */
export function isForbidden(
  { type, name }: { type: string; name: string },
  forbidden: NonNullable<Features['uploads']>['forbidden'],
): boolean {
  // Signs that nobody sees may not hide an ending: they are gone from the name that is saved.
  const seen = name.replace(/[\p{Cf}\p{Cc}]/gu, '').trim();
  const ending = /\.([a-z0-9-]+)[. ]*$/i.exec(seen)?.[1]?.toLowerCase() ?? '';
  return forbidden !== undefined && (forbidden.types.includes(type) || forbidden.endings.includes(ending));
}
