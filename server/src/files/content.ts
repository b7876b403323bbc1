/**
 * What a file is, by its bytes. The type it came with only decides between things that look alike: a web page that says
 * it is a picture is refused, a JPEG named .png is a JPEG.
 */
import { fileTypeFromStream, supportedMimeTypes } from 'file-type';
import type { Readable } from 'node:stream';
import { Refusal } from '../refusal.js';
import { OCTETS, plainType } from '../../../src/contract/index.js';

/** One container, several names; which of them it is only the sender can say. */
const CONTAINERS: readonly (readonly string[])[] = [
  ['audio/webm', 'video/webm', 'video/matroska', 'video/x-matroska', 'audio/x-matroska', 'audio/matroska'],
  ['audio/mp4', 'video/mp4', 'video/quicktime', 'audio/aac', 'video/x-m4v', 'video/3gpp', 'audio/3gpp', 'video/3gpp2'],
  ['audio/ogg', 'video/ogg', 'application/ogg'],
  ['video/x-msvideo', 'video/avi', 'video/vnd.avi'],
];
/** Formats that are made of another one. */
const MADE_OF: Readonly<Record<string, RegExp>> = {
  'application/zip': /openxmlformats|opendocument|epub|vnd\.(ms-|apple|google|android)|^application\/(zip|x-.*zip.*)$/,
  'application/x-cfb': /msword|vnd\.(ms-|visio)|x-msg/,
  'application/xml': /xml|^text\//,
  'application/gzip': /gzip|x-tgz|x-tar|x-compressed/,
};
/** What a page would show or play, it is by its bytes alone; an SVG is a page itself, and treated like one. */
const isShown = (type: string) => /^(image|audio|video|font)\//.test(type) && type !== 'image/svg+xml';
/** Recognisable by their bytes: whatever says it is one of these and does not look it, is not. */
const RECOGNISABLE = new Set([...supportedMimeTypes].map((type) => plainType(type)));

export async function sniff(bytes: Readable): Promise<string | undefined> {
  try {
    // Its types are those of browsers; in Node it takes Node's streams.
    const found = await fileTypeFromStream(bytes as unknown as Parameters<typeof fileTypeFromStream>[0]);
    return found && plainType(found.mime);
  } catch (error) {
    // What cannot be parsed is not recognised; what cannot be read is our fault.
    if ((error as NodeJS.ErrnoException).code?.startsWith('E')) throw error;
    return undefined;
  } finally {
    bytes.destroy();
  }
}

/** The type to go by, or a refusal in words. `head` is the file's beginning. */
export function decideType(declared: string, sniffed: string | undefined, head: Uint8Array): string {
  if (sniffed === undefined) {
    if (isShown(declared) || (RECOGNISABLE.has(declared) && !/^text\/|xml|rtf/.test(declared))) throw mismatch();
    if (declared.startsWith('text/') && head.includes(0) && !isWide(head)) throw mismatch();
    return declared;
  }
  if (declared === OCTETS || sniffed === declared) return sniffed;
  if (CONTAINERS.some((names) => names.includes(sniffed) && names.includes(declared))) return declared;
  // "audio/x+xml" is no sound that is made of XML: it is a page that wants to be opened.
  if (!isShown(declared) && MADE_OF[sniffed]?.test(declared)) return declared;
  const [kind] = sniffed.split('/');
  if (kind !== 'application' && declared.startsWith(`${kind}/`) && declared !== 'image/svg+xml') return sniffed;
  throw mismatch();
}

/** Text in UTF-16 says so with its first two bytes. */
const isWide = (head: Uint8Array) => (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);

const mismatch = () =>
  new Refusal('BAD_PAYLOAD', 'The file is not what its type says. Save it anew in its program and try again.', {
    field: 'filetype',
  });
