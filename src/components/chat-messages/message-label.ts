import { msg, str } from '@lit/localize';
import type { Message } from '../../store/state.js';
import { clock } from '../bits/moments.js';
import type { RowPlace } from './row-frame.js';

/** The accessible name of a message: `Camila, 10:26, message`; on a walk through them `Camila, 10:26, message 12 of 340`. */
export function messageLabel(message: Message, name: string, locale: string | undefined, place?: RowPlace): string {
  const kinds: Readonly<Record<string, string>> = {
    image: msg('photo'),
    file: msg('file'),
    audio: msg('voice note'),
    email: msg('email'),
    location: msg('location'),
    contact: msg('contact card'),
  };
  const known = Object.hasOwn(kinds, message.messageType) ? kinds[message.messageType] : undefined;
  const kind = message.visibility === 'internal' ? msg('note') : known;
  const walk = place && msg(str`message ${place.at} of ${place.of}`);
  return [name, clock(message.timestamp, locale), kind ?? (walk ? undefined : msg('message')), walk]
    .filter((part) => part !== undefined)
    .join(', ');
}
