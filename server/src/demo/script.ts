/**
 * The demo's dialogues are written as plays: one line a message, `c` the customer, `a` the agent, `b` the bot; what is
 * sent beside text stands in brackets: `[photo]`, `[voice 18]`, `[file name.pdf]`. `{slots}` are filled in by chance.
 */
import type { messages } from '../database/schema.js';
import type { Dice } from './random.js';

export type Speaker = 'prospect' | 'agent' | 'bot';
export type Attachment =
  { kind: 'photo'; number: number } | { kind: 'voice'; seconds: number } | { kind: 'file'; name: string };

/** What is different about a message, given when and to whom it is said. */
export type Dress = (at: Date, who: { contactId: string }) => Partial<typeof messages.$inferInsert>;

export interface Turn {
  speaker: Speaker;
  text: string;
  attachment?: Attachment;
  dress?: Dress;
}
export interface Act {
  /** Days before the last act. */
  daysAgo: number;
  turns: readonly Turn[];
}

export type Dialogue = readonly Turn[];

export interface PhraseBank {
  /** In the order in which a sale goes: asking, measuring, offer, order, delivery, afterwards. */
  dialogues: readonly Dialogue[];
  days: readonly string[];
  /** What a customer says out of the blue, and in answer to an agent. */
  openers: readonly string[];
  answers: readonly string[];
  /** What the bot says. */
  bot: readonly string[];
}

const SPEAKERS: Record<string, Speaker> = { c: 'prospect', a: 'agent', b: 'bot' };

export function play(script: string): Dialogue[] {
  return script
    .trim()
    .split(/\n\s*\n/)
    .map((scene) => scene.split('\n').map((line) => readLine(line.trim())));
}

function readLine(line: string): Turn {
  const parts = /^([cab])(?:\[(\w+) ?([^\]]*)\])?:\s*(.*)$/.exec(line);
  if (!parts) throw new Error(`Not a line of a dialogue: ${line}`);
  const [, who, kind, detail, text] = parts;
  const attachment = kind === undefined ? undefined : readAttachment(kind, detail ?? '');
  return { speaker: SPEAKERS[who!]!, text: text!, ...(attachment && { attachment }) };
}

function readAttachment(kind: string, detail: string): Attachment {
  if (kind === 'photo') return { kind, number: Number(detail) || 0 };
  if (kind === 'voice') return { kind, seconds: Number(detail) };
  if (kind === 'file') return { kind, name: detail };
  throw new Error(`Not an attachment: ${kind}`);
}

/** One scene has one day, one price, one size: whoever repeats a slot means the same. */
export function fill(scene: Dialogue, bank: PhraseBank, dice: Dice): Turn[] {
  const price = dice.whole(70, 240) * 100 + dice.pick([0, 20, 40, 60, 80]);
  const slots: Record<string, string> = {
    day: dice.pick(bank.days),
    day2: dice.pick(bank.days),
    time: `${dice.whole(8, 17)}:${dice.pick(['00', '15', '30', '45'])}`,
    size: `${(dice.whole(26, 58) / 10).toFixed(1)} × ${(dice.whole(21, 42) / 10).toFixed(1)} m`,
    price: `€${price.toLocaleString('en')}`,
    deposit: `€${Math.round(price * 0.4).toLocaleString('en')}`,
    quote: `Q-${dice.whole(1200, 2039)}`,
    invoice: String(dice.whole(1010, 1186)),
    n: String(dice.whole(2, 6)),
    weeks: String(dice.whole(4, 9)),
  };
  return scene.map((turn) => ({
    ...turn,
    text: turn.text.replace(/\{(\w+)\}/g, (_all, name: string) => slots[name] ?? ''),
    ...(turn.attachment?.kind === 'photo' && { attachment: { kind: 'photo', number: dice.whole(1, 40) } }),
    ...(turn.attachment?.kind === 'file' && {
      attachment: {
        kind: 'file',
        name: turn.attachment.name.replace('{quote}', slots.quote!).replace('{invoice}', slots.invoice!),
      },
    }),
  }));
}
