/**
 * What an agent reads when something was refused: what happened, and the way on, in the agent's language. The words hang
 * on the code alone, because a server speaks one language. Its own text stands beside them only where nothing else could
 * tell the reason: a channel's answer, one field, a code that nobody knows.
 */
import { msg, str } from '@lit/localize';
import type { ErrorCode } from '../../contract/index.js';
import { plainLabel } from './plain-label.js';

/** A refusal as acks, links, failed messages and failed changes carry it. */
export interface Refusal {
  /** An `ErrorCode` of the wire, one of the store's own, or whatever another server says. */
  readonly code: string;
  /** The server's own text, in its own language. */
  readonly message: string;
}

/** What the channel of the refused message takes when its reply window is closed. */
export type WindowAfter = 'template' | 'none' | undefined;

type StoreCode = 'OFFLINE' | 'TIMEOUT' | 'EXPIRED';
/** Of files, before and during their upload. */
type FileCode = 'UNSUPPORTED_TYPE' | 'PROGRAM' | 'EMPTY' | 'QUOTA' | 'FILE_LOST';

const WORDS: Readonly<Record<ErrorCode | StoreCode | FileCode, (detail: string, after: WindowAfter) => string>> = {
  BAD_PAYLOAD: () => msg('The server did not accept this. Check what you wrote.'),
  TOO_LARGE: () => msg('This is too large. Make it shorter or smaller.'),
  UNAUTHENTICATED: () => msg('You are not signed in. Sign in again to go on.'),
  TOKEN_EXPIRED: () => msg('Your sign-in has expired. Sign in again to go on.'),
  FORBIDDEN: () => msg('You are not allowed to do this. Ask a colleague who is.'),
  NOT_FOUND: () => msg('This is not there any more, or no longer yours.'),
  CONFLICT: () => msg('Somebody changed this meanwhile. Look at it again, then try again.'),
  RATE_LIMITED: () => msg('Too much at once. Wait a moment, then try again.'),
  UNAVAILABLE: () => msg('The server cannot do this right now. Try again in a moment.'),
  PLATFORM_REJECTED: (detail) =>
    detail ? msg(str`The channel did not take it: ${detail}`) : msg('The channel did not take it.'),
  WINDOW_CLOSED: (_detail, after) =>
    after === 'none'
      ? msg('The time for free replies is over. Replies are accepted again when the contact writes.')
      : msg('The time for free replies is over. Send a template.'),
  INTERNAL: () => msg('Something went wrong on the server. Try again in a moment.'),
  OFFLINE: () => msg('There is no connection. Try again when it is back.'),
  TIMEOUT: () => msg('The server did not answer. Try again.'),
  UNSUPPORTED_TYPE: () => msg('Files of this kind are not taken here, or this one is not what its name says.'),
  PROGRAM: () => msg('Programs and scripts cannot be sent.'),
  EMPTY: () => msg('The file is empty.'),
  QUOTA: () => msg('There is no room for more files. Send or remove some first.'),
  FILE_LOST: () => msg('The server no longer has this file. Delete this message and attach the file again.'),
  EXPIRED: () => msg('This waited for more than a day and was not sent. Send it again if it still holds.'),
};

const isKnown = (code: string): code is keyof typeof WORDS => Object.hasOwn(WORDS, code);

export function refusalWords({ code, message }: Refusal, after: WindowAfter = undefined): string {
  const detail = plainLabel(message).trim();
  if (isKnown(code)) return WORDS[code](detail, after);
  return detail ? msg(str`The server did not accept this: ${detail}`) : msg('The server did not accept this.');
}

/** Under a field: which one it is is seen already. */
export function fieldRefusalWords({ code, message }: Refusal): string {
  const detail = plainLabel(message).trim();
  if (code !== 'BAD_PAYLOAD' || !detail) return refusalWords({ code, message });
  return msg(str`Not accepted: ${detail}`);
}
