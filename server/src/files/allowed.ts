/** Which files a conversation's channel takes, in words: asked before an upload begins, and again of what arrived. */
import { fitsType, isForbidden, type ChannelSheet } from '../../../src/contract/index.js';
import { Refusal } from '../refusal.js';

const MB = 1024 * 1024;

export interface FileLimits {
  maxBytes: number;
  /** MIME types or `image/*` patterns. */
  types: readonly string[];
}

/** What runs when it is opened: nobody's channel is a way to a colleague's machine. Told to the pages as well. */
export const PROGRAMS = {
  types: [
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
  ],
  endings: 'exe com scr pif bat cmd msi msp hta cpl lnk vb vbs vbe js jse wsf wsh ps1 jar reg sh app'.split(' '),
};

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
  if (isForbidden({ type, name }, PROGRAMS))
    throw new Refusal('BAD_PAYLOAD', 'Programs and scripts cannot be sent.', { field: 'program' });
  if (!limits.types.some((pattern) => fitsType(type, pattern)))
    throw refused(`Files of the type ${type} are not taken.`);
  if (!sheet) return;
  if (!sheet.media.length) throw refused(`${sheet.label} carries text only, no files.`);
  const fitting = sheet.media.filter(({ types }) => types.some((pattern) => fitsType(type, pattern)));
  if (!fitting.length) throw refused(`${sheet.label} does not carry files of the type ${type}.`);
  const most = Math.max(...fitting.map(({ maxBytes }) => maxBytes));
  if (size > most)
    throw tooLarge(`The file is too large for ${sheet.label}: at most ${inMegabytes(most)} for this type.`);
}
