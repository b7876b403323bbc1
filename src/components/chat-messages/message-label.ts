import { msg } from '@lit/localize';
import type { Message } from '../../store/state.js';
import { clock } from '../bits/moments.js';

/** The accessible name of a message: `Camila, 10:26, message`. */
export function messageLabel(message: Message, name: string, locale: string | undefined): string {
  const kinds: Readonly<Record<string, string>> = {
    image: msg('photo'),
    file: msg('file'),
    audio: msg('voice note'),
    email: msg('email'),
    location: msg('location'),
    contact: msg('contact card'),
  };
  const known = Object.hasOwn(kinds, message.messageType) ? kinds[message.messageType] : undefined;
  const kind = message.visibility === 'internal' ? msg('note') : (known ?? msg('message'));
  return [name, clock(message.timestamp, locale), kind].join(', ');
}
