/** Composes the demo's history as plain rows: what everybody said, when, and what became of it. */
import { CHANNELS, type MessageMetadata, type MessageStatus } from '../../../src/contract/index.js';
import type { conversations, messages } from '../database/schema.js';
import { bankOf } from './banks.js';
import type { DemoContact } from './contacts.js';
import { EARLIER, ENDINGS } from './endings.js';
import { loudness, paper, PHOTO } from './media.js';
import { DEMO_AGENTS, DEMO_TENANT } from './people.js';
import type { Dice } from './random.js';
import { fill, type Act, type Turn } from './script.js';

export type NewConversation = Omit<typeof conversations.$inferInsert, 'changedXid'>;
export type NewMessage = typeof messages.$inferInsert;
export interface Thread {
  conversation: NewConversation;
  messages: NewMessage[];
}
interface Timed extends Turn {
  at: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Minutes since the newest message of the contact at this place in the list: the first ones fresh, the last weeks old. */
export function minutesAgo(place: number): number {
  const fresh = [2, 14, 18, 39, 46, 71];
  return fresh[place] ?? Math.round(20 * 60 + 55 * (place - 6) ** 1.55);
}

/** The contact's current conversation: scenes up to the wanted length, then its own ending. */
export function composeThread(
  dice: Dice,
  contact: DemoContact,
  prospectId: string,
  clientId: string | null,
  length: number,
  lastAt: number,
): Thread {
  const ending = ENDINGS[contact.identifier];
  const acts = ending?.acts ?? [{ daysAgo: 0, turns: unreadTurns(dice, contact) }];
  const own = acts.reduce((sum, { turns }) => sum + turns.length, 0);
  const before = ending?.whole ? [] : scenes(dice, contact, Math.max(0, length - own));
  const firstDay = acts.reduce((most, { daysAgo }) => Math.max(most, daysAgo), 0);
  const timed = [...backwards(dice, before, lastAt - firstDay * DAY), ...forwards(dice, acts, lastAt)];
  return assemble(dice, contact, {
    prospectId,
    clientId,
    timed,
    platform: contact.platform,
    status: 'active',
    lastFailed: ending?.lastFailed ?? false,
  });
}

export function earlierThreads(
  dice: Dice,
  contact: DemoContact,
  prospectId: string,
  clientId: string | null,
  now: number,
): Thread[] {
  return EARLIER.filter(({ identifier }) => identifier === contact.identifier).map(
    ({ platform, subject, daysAgo, turns }) =>
      assemble(
        dice,
        { ...contact, bot: false, unread: 0 },
        {
          prospectId,
          clientId,
          timed: forwards(dice, [{ daysAgo: 0, turns }], now - daysAgo * DAY),
          platform,
          subject,
          status: 'archived',
          lastFailed: false,
        },
      ),
  );
}

/** Years of working together: for trying out long histories. */
export function composeLongThread(
  dice: Dice,
  contact: DemoContact,
  prospectId: string,
  clientId: string | null,
  length: number,
  lastAt: number,
): Thread {
  const chatty: DemoContact = { ...contact, language: 'en', unread: 0, bot: false };
  return assemble(dice, chatty, {
    prospectId,
    clientId,
    timed: backwards(dice, scenes(dice, chatty, length), lastAt),
    platform: 'whatsapp',
    status: 'active',
    lastFailed: false,
  });
}

/** How many turns a contact's conversation has at least: its own ending. */
export function endingLength(contact: DemoContact): number {
  const acts = ENDINGS[contact.identifier]?.acts;
  if (acts) return acts.reduce((sum, { turns }) => sum + turns.length, 0);
  return contact.unread || (contact.bot ? 2 : 0);
}

function unreadTurns(dice: Dice, { language, unread, bot }: DemoContact): Turn[] {
  const bank = bankOf(language);
  if (unread > 20)
    return Array.from({ length: unread }, (_, i) => ({
      speaker: 'prospect' as const,
      text: '',
      attachment: { kind: 'photo' as const, number: 1 + (i % 40) },
    }));
  const from = dice.whole(0, bank.openers.length - 1);
  const said = Array.from({ length: unread || (bot ? 1 : 0) }, (_, i): Turn => ({
    speaker: 'prospect',
    text: bank.openers[(from + i) % bank.openers.length]!,
  }));
  return bot && !unread ? [...said, { speaker: 'bot', text: dice.pick(bank.bot) }] : said;
}

/** Exactly so many turns, as scenes that follow one another; the first one may begin in the middle. */
function scenes(dice: Dice, contact: DemoContact, length: number): Turn[][] {
  const bank = bankOf(contact.language);
  const result: Turn[][] = [];
  // A lead begins with asking; a client's history may begin anywhere, but nobody introduces themselves twice.
  let next = contact.client ? dice.whole(0, bank.dialogues.length - 1) : 0;
  let turns = 0;
  while (turns < length) {
    const scene = fill(bank.dialogues[next]!, bank, dice);
    next = next + 1 < bank.dialogues.length ? next + 1 : 1;
    result.push(scene);
    turns += scene.length;
  }
  const first = result[0];
  if (first && turns > length) result[0] = first.slice(turns - length);
  return result;
}

/** One scene every few days, in working hours, the last one before the moment given. */
function backwards(dice: Dice, list: Turn[][], end: number): Timed[] {
  const result: Timed[] = [];
  let day = Math.floor(end / DAY) - 1;
  for (const scene of [...list].reverse()) {
    let at = day * DAY + dice.whole(8 * 60, 15 * 60) * MINUTE;
    const timed = scene.map((turn, i) => ({ ...turn, at: (at += gap(dice, turn, scene[i - 1])) }));
    result.unshift(...timed);
    day -= list.length > 100 ? 1 : dice.whole(1, 4);
  }
  return result;
}

/** The last turn is said at `end`, the others before it; acts on earlier days at about the same hour. */
function forwards(dice: Dice, acts: readonly Act[], end: number): Timed[] {
  return acts.flatMap(({ daysAgo, turns }) => {
    let at = end - daysAgo * DAY;
    const timed = [...turns].reverse().map((turn, i, reversed) => {
      const said = { ...turn, at };
      at -= turns.length > 20 ? dice.whole(3, 15) * 1000 : gap(dice, turn, reversed[i + 1]);
      return said;
    });
    return timed.reverse();
  });
}

/** People say several things in a row quickly, and answer each other after a while. */
const gap = (dice: Dice, turn: Turn, before: Turn | undefined) =>
  (before?.speaker === turn.speaker ? dice.whole(8, 75) : dice.whole(50, 9 * 60)) * 1000;

interface Part {
  prospectId: string;
  clientId: string | null;
  timed: Timed[];
  platform: string;
  subject?: string;
  status: 'active' | 'archived';
  lastFailed: boolean;
}

function assemble(dice: Dice, contact: DemoContact, part: Part): Thread {
  const { prospectId, clientId, timed, platform, status } = part;
  const id = dice.uuid();
  const lastSeq = timed.length;
  const readSeq = Math.max(0, lastSeq - contact.unread);
  const lastHeard = timed.findLastIndex(({ speaker }) => speaker === 'prospect');
  const team = DEMO_AGENTS.find((agent) => agent.id === contact.assignedTo) ?? dice.pick(DEMO_AGENTS);
  const rows = timed.map((turn, i): NewMessage => {
    const sender = speakerOf(turn, contact, prospectId, team);
    const failed =
      (part.lastFailed && i === lastSeq - 1) || (turn.speaker === 'agent' && i < lastHeard && dice.next() < 0.004);
    const at = new Date(turn.at);
    return {
      tenantId: DEMO_TENANT,
      id: dice.uuid(),
      conversationId: id,
      seq: i + 1,
      rev: i + 1,
      ...sender,
      content: turn.text,
      messageType: typeOf(turn),
      platform,
      status: failed ? 'failed' : statusOf(dice, turn, platform, i < lastHeard),
      statusAt: at,
      error: failed ? { code: 'PLATFORM_REJECTED', message: 'The recipient could not be reached.' } : null,
      metadata: metadataOf(dice, turn),
      timestamp: at,
      ...turn.dress?.(at, { contactId: prospectId }),
    };
  });
  const last = new Date(timed.at(-1)!.at);
  return {
    messages: rows,
    conversation: {
      tenantId: DEMO_TENANT,
      id,
      prospectId,
      clientId,
      platform,
      status,
      assignedTo: contact.assignedTo,
      tags: contact.tags,
      // What e-mails are about, so that an answer has a subject too.
      subject: part.subject ?? (platform === 'email' ? (contact.tags.at(-1) ?? null) : null),
      botEnabled: contact.bot ? true : null,
      lastActivity: last,
      lastInboundAt: lastHeard < 0 ? null : new Date(timed[lastHeard]!.at),
      lastSeq,
      rev: lastSeq,
      readSeq,
      unreadCount: rows.filter((row) => row.senderType === 'prospect' && row.seq > readSeq).length,
      createdAt: new Date(timed[0]!.at),
      updatedAt: last,
    },
  };
}

function speakerOf(turn: Turn, contact: DemoContact, prospectId: string, team: { id: string; name: string }) {
  if (turn.speaker === 'prospect')
    return { senderId: prospectId, senderType: 'prospect' as const, senderName: contact.name };
  if (turn.speaker === 'bot') return { senderId: 'bot', senderType: 'bot' as const, senderName: 'Bot' };
  return { senderId: team.id, senderType: 'agent' as const, senderName: team.name };
}

/** Whoever answered has read what was said before. */
function statusOf(dice: Dice, turn: Turn, platform: string, answered: boolean): MessageStatus {
  if (turn.speaker === 'prospect') return 'delivered';
  const receipts = CHANNELS[platform]!.receipts;
  const best = receipts.at(-1)!;
  return answered ? best : dice.pick(receipts);
}

function typeOf({ attachment }: Turn): string {
  if (!attachment) return 'text';
  return { photo: 'image', voice: 'audio', file: 'file' }[attachment.kind];
}

function metadataOf(dice: Dice, { attachment }: Turn): MessageMetadata | null {
  if (!attachment) return null;
  if (attachment.kind === 'photo') {
    const number = attachment.number || dice.whole(1, 40);
    return {
      fileName: `kitchen-${number}.svg`,
      fileType: 'image/svg+xml',
      imageUrl: `/demo-media/photos/kitchen-${number}.svg`,
      ...PHOTO,
    };
  }
  if (attachment.kind === 'voice') {
    const { seconds } = attachment;
    return {
      fileName: `voice-${seconds}.wav`,
      fileType: 'audio/wav',
      fileSize: 44 + seconds * 8000,
      audioUrl: `/demo-media/voices/voice-${seconds}.wav`,
      duration: seconds,
      waveform: loudness(seconds, 44),
    };
  }
  const { name } = attachment;
  return {
    fileName: name,
    fileType: 'application/pdf',
    fileSize: paper(name).length,
    fileUrl: `/demo-media/files/${encodeURIComponent(name)}`,
  };
}
