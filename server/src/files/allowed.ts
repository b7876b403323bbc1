/** Which files a conversation's channel takes, in words: asked before an upload begins, and again of what arrived. */
import type { ChannelSheet } from '../../../src/contract/index.js';
import { Refusal } from '../refusal.js';

export const OCTETS = 'application/octet-stream';
const MB = 1024 * 1024;

export interface FileLimits {
  maxBytes: number;
  /** MIME types or `image/*` patterns. */
  types: readonly string[];
}

/** What runs when it is opened: nobody's channel is a way to a colleague's machine. */
const PROGRAMS = new Set([
  'application/x-msdownload',
  'application/x-msdos-program',
  'application/vnd.microsoft.portable-executable',
  'application/x-elf',
  'application/x-executable',
  'application/x-mach-binary',
  'application/x-ms-shortcut',
  'application/x.ms.shortcut',
  'application/x.apple.alias',
  'application/x-msi',
  'application/x-sh',
  'application/hta',
  'application/java-archive',
]);
const PROGRAM_NAME = /\.(exe|com|scr|pif|bat|cmd|msi|msp|hta|cpl|lnk|vbs?|vbe|jse?|wsf|wsh|ps1|jar|reg|sh|app)[. ]*$/i;

/** One spelling for each type, without parameters; what is no type is "some bytes". */
export function plainType(text: string | null | undefined): string {
  const type = (text ?? '').split(';')[0]!.trim().toLowerCase();
  if (!/^[a-z0-9][\w.+-]{0,80}\/[a-z0-9][\w.+-]{0,120}$/.test(type)) return OCTETS;
  return SPELLINGS[type] ?? type;
}
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

const fits = (type: string, pattern: string) =>
  pattern === '*/*' || pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)));

const inMegabytes = (bytes: number) => `${Math.floor((bytes / MB) * 10) / 10} MB`;
const refused = (message: string) => new Refusal('BAD_PAYLOAD', message, { field: 'filetype' });
const tooLarge = (message: string) => new Refusal('TOO_LARGE', message, { field: 'size' });

export function checkAllowed(
  file: { type: string; name: string; size: number },
  /** Undefined: nobody has said what the channel can do. */
  sheet: ChannelSheet | undefined,
  limits: FileLimits,
): void {
  const { type, name, size } = file;
  if (size > limits.maxBytes) throw tooLarge(`The file is too large: at most ${inMegabytes(limits.maxBytes)}.`);
  if (PROGRAMS.has(type) || PROGRAM_NAME.test(name)) throw refused('Programs and scripts cannot be sent.');
  if (!limits.types.some((pattern) => fits(type, pattern))) throw refused(`Files of the type ${type} are not taken.`);
  if (!sheet) return;
  if (!sheet.media.length) throw refused(`${sheet.label} carries text only, no files.`);
  const fitting = sheet.media.filter(({ types }) => types.some((pattern) => fits(type, pattern)));
  if (!fitting.length) throw refused(`${sheet.label} does not carry files of the type ${type}.`);
  const most = Math.max(...fitting.map(({ maxBytes }) => maxBytes));
  if (size > most)
    throw tooLarge(`The file is too large for ${sheet.label}: at most ${inMegabytes(most)} for this type.`);
}
