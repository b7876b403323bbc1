/** How long the channel still takes free replies: a thing that runs out while the agent looks at it. */
import { msg, str } from '@lit/localize';
import type { ChannelSheet, Conversation } from '../../contract/index.js';
import type { Thread } from '../../store/state.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** With more time left than this, nobody needs to hear of it. */
const SOON = 4 * HOUR;
/** Messages from the end that are looked at for a refusal. */
const LOOK = 30;

export interface ReplyWindow {
  /** Milliseconds; 0 or less: closed. Infinity: nothing is known of an end. */
  readonly left: number;
  readonly hours: number;
  readonly after: 'template' | 'none';
}

/** Undefined where the channel knows no window. */
export function replyWindow(
  conversation: Conversation,
  sheet: ChannelSheet,
  thread: Thread,
  now: number,
): ReplyWindow | undefined {
  if (!sheet.replyWindow) return undefined;
  const { replyWindowEndsAt } = conversation;
  const left = replyWindowEndsAt === undefined ? Infinity : Date.parse(replyWindowEndsAt) - now;
  return { ...sheet.replyWindow, left: wasRefused(thread) ? Math.min(left, 0) : left };
}

/** The server said that the window is closed, and the contact has not written since: its word counts, not our clock. */
function wasRefused({ messages }: Thread): boolean {
  for (const key of messages.$ids.get().slice(-LOOK).reverse()) {
    const message = messages.get(key);
    if (message?.failure?.code === 'WINDOW_CLOSED') return true;
    if (message?.senderType === 'prospect') return false;
  }
  return false;
}

export const closesSoon = ({ left }: ReplyWindow): boolean => left > 0 && left < SOON;

/** Milliseconds until the words change. */
export function nextChange({ left }: ReplyWindow): number | undefined {
  if (left <= 0 || left === Infinity) return undefined;
  return left >= SOON ? left - SOON + 1 : (left % MINUTE) + 1;
}

export function windowWords({ left, after }: ReplyWindow): string {
  // Up, so that the last minute does not read as none.
  const minutes = Math.ceil(left / MINUTE);
  const hours = Math.floor(minutes / 60);
  const time = hours ? msg(str`${hours} h ${minutes % 60} min`) : msg(str`${minutes} min`);
  return after === 'template'
    ? msg(str`Free replies close in ${time}, then templates only.`)
    : msg(str`Replies close in ${time}.`);
}

export function closedWords({ hours, after }: ReplyWindow, name: string, channel: string): string {
  return after === 'template'
    ? msg(str`${name} last wrote more than ${hours} hours ago. ${channel} only accepts approved templates now.`)
    : msg(str`${name} last wrote more than ${hours} hours ago. ${channel} accepts replies again when they write.`);
}
