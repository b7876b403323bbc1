/** What stands on an e-mail besides its words. */
import { msg, str } from '@lit/localize';
import type { Thread } from '../../store/state.js';
import { plainLabel } from '../bits/plain-label.js';

/** "Re:" as mail programs of our customers' languages say it. */
const IS_REPLY = /^\s*(?:re|aw|antw|res|ref|rv|sv|vs|odp|ynt|返信|رد)\s*(?:\[\d+\])?\s*[:：]/iu;
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;".]+(?:\.[^\s@<>,;".]+)+$/u;
/** So many messages from the end are looked at for a subject. */
const LOOK = 50;

/** The subject that a reply has by itself: the newest one, with one "Re:"; empty when there is none. */
export function replySubject({ messages }: Thread, ofConversation: string | undefined): string {
  const keys = messages.$ids.get().slice(-LOOK).reverse();
  const newest = keys.map((key) => messages.get(key)?.metadata?.subject).find((subject) => subject?.trim());
  const subject = (newest ?? ofConversation ?? '').trim();
  return subject === '' || IS_REPLY.test(subject) ? subject : `Re: ${subject}`;
}

/** `Ana <ana@example.com>, bo@example.com`: the addresses, each as it was written. */
export const splitAddresses = (cc: string): string[] =>
  cc
    .split(/[,;\n]/u)
    .map((one) => one.trim())
    .filter(Boolean);

/** Why these cannot be addresses, in words; undefined when all of them can. */
export function wrongAddress(cc: string): string | undefined {
  const wrong = splitAddresses(cc).find((one) => !ADDRESS.test(/<([^<>]*)>\s*$/u.exec(one)?.[1] ?? one));
  if (wrong === undefined) return undefined;
  const name = plainLabel(wrong);
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return wrong.includes('@')
    ? msg(str`“${shown}” is not a whole address, such as name@example.com`)
    : msg(str`“${shown}” has no @, so it is not an email address`);
}
