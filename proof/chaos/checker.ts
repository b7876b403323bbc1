/**
 * What went wrong in a storm: from what each page showed as kept, what is stored at the end, and what each page shows then.
 * It knows the promises and nothing of the product.
 */
import type { Sent, Shown } from './agent-page.js';

/** As the server tells it to somebody who comes new. */
export interface StoredMessage {
  readonly id: string;
  readonly clientMessageId?: string;
  readonly seq: number;
  readonly content: string;
  readonly status: string;
}
/** By conversation, in the order in which the server numbers them. */
export type Stored = ReadonlyMap<string, readonly StoredMessage[]>;

/** A page when everything is quiet. */
export interface PageAtTheEnd {
  readonly name: string;
  /** What it has shown as kept, in the order of writing, in all its lives. */
  readonly sent: readonly Sent[];
  /** By conversation, oldest first. */
  readonly shows: ReadonlyMap<string, readonly Shown[]>;
  /** How many of its words are not at the server. */
  readonly waiting: number;
  readonly failed: readonly string[];
  readonly problems: readonly string[];
}

/** Every one of them must be empty. */
export interface Faults {
  lost: string[];
  doubled: string[];
  disordered: string[];
  different: string[];
  waiting: string[];
  failed: string[];
  problems: string[];
}

/** A page may have let go of what is older; so much of the end it shows. */
const SHOWN_LEAST = 20;

export const isOurs = (text: string): boolean => /: message \d+$/.test(text);

export function check(pages: readonly PageAtTheEnd[], stored: Stored): Faults {
  return {
    lost: pages.flatMap(({ sent }) => lost(sent, stored)),
    doubled: doubled(stored),
    disordered: [...misnumbered(stored), ...pages.flatMap((page) => disordered(page, stored))],
    different: pages.flatMap((page) => differences(page, stored)),
    waiting: pages.flatMap(({ name, waiting }) => (waiting === 0 ? [] : [`${name} still has ${waiting}`])),
    failed: pages.flatMap(({ failed }) => failed),
    problems: pages.flatMap(({ problems }) => problems),
  };
}

/** In its own conversation: what landed in another one is lost to who waits for it. */
function lost(sent: readonly Sent[], stored: Stored): string[] {
  const there = new Map([...stored].map(([id, all]) => [id, new Set(all.map(({ content }) => content))]));
  return sent.filter(({ conversationId, text }) => !there.get(conversationId)?.has(text)).map(({ text }) => text);
}

function doubled(stored: Stored): string[] {
  const all = [...stored.values()].flat();
  return [
    ...twice(all.flatMap(({ content }) => (isOurs(content) ? [content] : []))),
    ...twice(all.flatMap(({ clientMessageId }) => (clientMessageId === undefined ? [] : [clientMessageId]))),
  ];
}

function twice(values: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return [...times].filter(([, count]) => count > 1).map(([value]) => value);
}

/** Numbers rise, or "in order" means nothing. */
function misnumbered(stored: Stored): string[] {
  return [...stored].flatMap(([id, all]) =>
    all.flatMap(({ seq }, at) =>
      at > 0 && seq <= all[at - 1]!.seq ? [`${id}: ${seq} after ${all[at - 1]!.seq}`] : [],
    ),
  );
}

/** What a page wrote in a conversation stands there in the order of writing, whatever else is lost or doubled. */
function disordered({ name, sent }: PageAtTheEnd, stored: Stored): string[] {
  const found: string[] = [];
  for (const [id, all] of stored) {
    const place = new Map(all.map(({ content }, at) => [content, at]));
    let last = { at: -1, text: '' };
    for (const { conversationId, text } of sent) {
      const at = place.get(text);
      if (conversationId !== id || at === undefined) continue;
      if (at < last.at) found.push(`${name}: "${text}" was written after "${last.text}" and stands before it`);
      last = { at, text };
    }
  }
  return found;
}

/** What a page shows of a conversation must be the end of what is stored of it. */
export function differences({ name, shows }: Pick<PageAtTheEnd, 'name' | 'shows'>, stored: Stored): string[] {
  return [...shows].flatMap(([id, shown]) => {
    const all = stored.get(id) ?? [];
    const fresh = all.slice(Math.max(0, all.length - shown.length));
    const isSame = ({ key, delivery }: Shown, at: number) =>
      key === (fresh[at]?.clientMessageId ?? fresh[at]?.id) && delivery === fresh[at]?.status;
    const isEnough = shown.length >= Math.min(all.length, SHOWN_LEAST);
    const place = shown.findIndex((one, at) => !isSame(one, at));
    if (isEnough && place < 0) return [];
    const wrong = shown[place] ? `"${shown[place].text}" (${shown[place].delivery}) in place ${place}` : 'no more';
    return [`${name} shows ${shown.length} of ${all.length} in ${id}: ${wrong}`];
  });
}
