import { safeMedia, safeUrl } from '../bits/addresses.js';
import { plainLabel } from '../bits/plain-label.js';
import type { Message } from '../../store/state.js';
import { caption, onlyAddress } from './caption.js';

/** One picture of a message. */
export interface Picture {
  /** For `src`. */
  readonly source: string;
  /** For `href`; undefined where the browser must not open it as a page. */
  readonly address: string | undefined;
  readonly name: string;
  readonly words: string;
}

function pictureOf(url: string | undefined, name: string | undefined, words: string): Picture | undefined {
  const source = safeMedia(url, 'image');
  return source ? { source, address: safeUrl(url), name: plainLabel(name ?? ''), words } : undefined;
}

/** The pictures that can be shown: several of a gallery, else one, else none. */
export function picturesOf(message: Message): readonly Picture[] {
  if (message.messageType !== 'image' || message.deletedAt) return [];
  const { metadata } = message;
  const words = caption(message);
  const gallery = (metadata?.attachments ?? [])
    .filter(({ type }) => !type || type.startsWith('image/'))
    .map(({ url, name }) => pictureOf(url, name, words))
    .filter((picture) => picture !== undefined);
  if (gallery.length > 1) return gallery;
  const one = pictureOf(
    metadata?.imageUrl ?? metadata?.fileUrl ?? onlyAddress(message.content),
    metadata?.fileName,
    words,
  );
  return one ? [one] : gallery;
}
