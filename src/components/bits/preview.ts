import { msg, str } from '@lit/localize';
import type { SVGTemplateResult } from 'lit';
import type { ChatMessage } from '../../contract/index.js';
import { iconUser } from './icons.js';
import { iconFile, iconImage, iconLock, iconMic, iconPin } from './more-icons.js';
import { plainLabel } from './plain-label.js';
import { duration } from './quantities.js';

/** One line that stands for a message, with the drawing that says what kind it is. */
export interface Preview {
  readonly text: string;
  readonly icon?: SVGTemplateResult;
}

/** More than any row can show: long mails must not fill the page with hidden text. */
const ENOUGH = 160;
const oneLine = (text: string) =>
  text
    .slice(0, ENOUGH * 2)
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, ENOUGH);

type Kind = (message: ChatMessage, text: string) => Preview;

const KINDS: Readonly<Record<string, Kind>> = {
  image: (_message, text) => ({ icon: iconImage, text: text || msg('Photo') }),
  audio: ({ metadata }) => ({
    icon: iconMic,
    text: metadata?.duration
      ? msg(str`Voice note · ${duration(metadata.duration)}`)
      : msg('Voice note', { desc: 'stands for an audio message' }),
  }),
  file: ({ metadata }, text) => ({ icon: iconFile, text: plainLabel(metadata?.fileName ?? '') || text || msg('File') }),
  location: (_message, text) => ({ icon: iconPin, text: text || msg('Location') }),
  contact: (_message, text) => ({ icon: iconUser, text: text || msg('Contact card') }),
  email: ({ metadata }, text) => ({ text: [plainLabel(metadata?.subject ?? ''), text].filter(Boolean).join('. ') }),
};

/** What a row shows of a message: its words, or what it is. */
export function previewOf(message: ChatMessage): Preview {
  if (message.deletedAt) return { text: msg('Message deleted') };
  const text = oneLine(message.content);
  const kind = Object.hasOwn(KINDS, message.messageType) ? KINDS[message.messageType] : undefined;
  const preview = kind ? kind(message, text) : { text: text || msg('Message') };
  return message.visibility === 'internal' ? { ...preview, icon: iconLock } : preview;
}
