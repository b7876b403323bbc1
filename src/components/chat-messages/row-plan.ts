/** How messages stand together: groups of one speaker, days, and the unread line between them. */
import { daysBetween } from '../bits/days.js';
import type { Gap, Message, UnreadLine } from '../../store/state.js';

/** One speaker within so many milliseconds makes one group. */
const TOGETHER = 5 * 60_000;

export interface RowPlan {
  /** A date pill stands above. */
  readonly day: boolean;
  /** The unread line stands above and announces so many; 0 for none. */
  readonly unread: number;
  /** First of its group. */
  readonly starts: boolean;
  /** Last of its group: carries the avatar and the meta line. */
  readonly ends: boolean;
  /** What is not here between the message above and this one. */
  readonly gap?: Gap | undefined;
}

/** Prospect and system at the start and centre, everybody of ours at the end. */
export type Side = 'in' | 'out' | 'bot' | 'note' | 'event';
export function sideOf(message: Message): Side {
  if (message.senderType === 'system') return 'event';
  if (message.visibility === 'internal') return 'note';
  if (message.senderType === 'bot') return 'bot';
  return message.senderType === 'prospect' ? 'in' : 'out';
}

/** What of a message decides about the groups around it. While this stays the same, only its own row renders. */
export function standing(message: Message): string {
  return `${sideOf(message)} ${message.senderId} ${message.timestamp} ${needsAgent(message)}`;
}

/** Failed and unconfirmed messages stand alone: they carry buttons. */
function needsAgent(message: Message): boolean {
  return message.delivery === 'failed' || message.delivery === 'uncertain';
}

/** Does `after` continue the group of `before`? */
export function joined(before: Message | undefined, after: Message | undefined): boolean {
  if (!before || !after) return false;
  const side = sideOf(after);
  if (side === 'event' || side === 'note' || side !== sideOf(before)) return false;
  if (before.senderId !== after.senderId && side !== 'bot') return false;
  if (needsAgent(before) || needsAgent(after)) return false;
  const [from, to] = [Date.parse(before.timestamp), Date.parse(after.timestamp)];
  return Math.abs(to - from) < TOGETHER && daysBetween(from, to) === 0;
}

export function planRow(
  before: Message | undefined,
  message: Message,
  after: Message | undefined,
  line: UnreadLine | null,
  gaps: readonly Gap[] = [],
): RowPlan {
  const gap = gapAbove(message, gaps);
  const unread = line?.key === message.key ? line.count : 0;
  return {
    day: !before || daysBetween(Date.parse(before.timestamp), Date.parse(message.timestamp)) !== 0,
    unread,
    starts: unread > 0 || gap !== undefined || !joined(before, message),
    ends: (line !== null && line.key === after?.key) || !joined(message, after) || Boolean(gapAbove(after, gaps)),
    ...(gap ? { gap } : {}),
  };
}

function gapAbove(message: Message | undefined, gaps: readonly Gap[]): Gap | undefined {
  return gaps.length === 0 || message?.seq === undefined
    ? undefined
    : gaps.find(({ before }) => before === message.seq);
}

const EMOJI =
  /^(?:(?:\p{RI}\p{RI}|[#*0-9]\uFE0F?\u20E3|\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*)\s*){1,3}$/u;
const PLAIN = /^[\s\d#*©®™]+$/u;

/** Three emoji or fewer and nothing else. */
export function isEmojiOnly(message: Pick<Message, 'content' | 'messageType'>): boolean {
  const { content, messageType } = message;
  return messageType === 'text' && content.length <= 48 && EMOJI.test(content) && !PLAIN.test(content);
}

/** Nothing to draw differently. */
export const samePlan = (one: RowPlan, other: RowPlan): boolean =>
  one.gap === other.gap &&
  one.day === other.day &&
  one.unread === other.unread &&
  one.starts === other.starts &&
  one.ends === other.ends;
