/** What a channel and the server take of files, asked before anything is uploaded. */
import { msg, str } from '@lit/localize';
import { fitsType, isForbidden, type ChannelSheet, type Features, type MessageType } from '../../contract/index.js';
import { fileSize } from '../bits/quantities.js';

/** So many files go at once where the channel's sheet names no number. */
export const FILES_AT_ONCE = 10;

export interface FileProblem {
  readonly kind: 'text-only' | 'program' | 'type' | 'size' | 'empty';
  /** What would be small enough, in bytes. */
  readonly maxBytes?: number;
}

/** Bytes that the channel takes of a type; 0: none at all. */
export function mostBytes(type: string, sheet: ChannelSheet, uploads: Features['uploads']): number {
  const fitting = sheet.media.filter(({ types }) => types.some((pattern) => fitsType(type, pattern)));
  if (uploads && !uploads.types.some((pattern) => fitsType(type, pattern))) return 0;
  return Math.min(Math.max(0, ...fitting.map(({ maxBytes }) => maxBytes)), uploads?.maxBytes ?? Infinity);
}

/** What stands against a file; undefined: nothing. */
export function problemOf(
  { type, size, name }: { type: string; size: number; name: string },
  sheet: ChannelSheet,
  uploads: Features['uploads'],
): FileProblem | undefined {
  if (sheet.media.length === 0) return { kind: 'text-only' };
  if (size === 0) return { kind: 'empty' };
  if (isForbidden({ type, name }, uploads?.forbidden)) return { kind: 'program' };
  const maxBytes = mostBytes(type, sheet, uploads);
  if (maxBytes === 0) return { kind: 'type' };
  return size > maxBytes ? { kind: 'size', maxBytes } : undefined;
}

export function problemWords({ kind, maxBytes = 0 }: FileProblem, channel: string, locale: string | undefined): string {
  const words = {
    'text-only': msg(str`${channel} carries text only, no files.`),
    program: msg('Programs and scripts cannot be sent.'),
    type: msg(str`${channel} does not carry files of this kind.`),
    size: msg(str`Too large for ${channel}: at most ${fileSize(maxBytes, locale)}.`),
    empty: msg('The file is empty.'),
  };
  return words[kind];
}

const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);

export function messageTypeOf(type: string): MessageType {
  if (SHOWN.has(type)) return 'image';
  return type.startsWith('audio/') ? 'audio' : 'file';
}

/** Pictures that a browser can draw, and so make smaller. */
export const canShrink = (type: string): boolean => SHOWN.has(type) && type !== 'image/gif';
