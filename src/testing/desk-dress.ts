/**
 * How the Desk dresses what it says, so that one set of answers plays every server of protocol.md §3: with or without
 * counters, in each style of ack, or with lists told as events.
 */
import type { ClientEventName, Sync, WireError } from '../contract/index.js';
import type { DeskEvent } from './desk-books.js';

/**
 * - `ours`: `{ok, data}`, with `sync` at level 2.
 * - `success`: `{success: true, data}` or `{success: false, error: 'words'}`; lists and things bare inside `data`.
 * - `error-field`: `{error: null, conversations: […]}` or `{error: 'words'}`.
 * - `bare`: the array or the thing itself.
 * - `wrapped`: `{conversations: […]}`, `{message: …}`.
 * - `none`: the ack is called with nothing; lists come as an event of the same name.
 * - `event`: as `none`, but the event is called `conversations`, `messages`, …
 */
export type AckStyle = 'ours' | 'success' | 'error-field' | 'bare' | 'wrapped' | 'none' | 'event';

/** The one thing an answer is about, for the styles that put nothing around it. */
const SUBJECT: Partial<Record<ClientEventName, string>> = {
  load_conversations: 'conversations',
  load_prospects: 'prospects',
  load_clients: 'clients',
  load_messages: 'messages',
  send_message: 'message',
  convert_prospect: 'client',
  add_client_note: 'note',
};

/** What a seed server has never heard of. */
const LATER_FIELDS = new Set([
  'seq',
  'rev',
  'lastSeq',
  'readSeq',
  'botEnabled',
  'clientMessageId',
  'attempt',
  'statusAt',
  'senderName',
  'hasMore',
  'hasMoreAfter',
  'counts',
  'settings',
  'duplicate',
]);

const LATER_EVENTS = new Set(['client_updated', 'agent_presence', 'conversation_removed', 'draft_updated']);

/** A copy as it would come off the wire, so that nobody shares objects with the Desk. */
export function overTheWire<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/** One such copy after the other, of a thing that does not change meanwhile. */
export function copies(value: unknown): () => unknown {
  const words = JSON.stringify(value) as string | undefined;
  return () => (words === undefined ? undefined : (JSON.parse(words) as unknown));
}

/** The same, with only the fields of protocol.md part 1. `echoKey` keeps the sender's key in `metadata`. */
export function asSeed(value: unknown, echoKey: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => asSeed(item, echoKey));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined || (LATER_FIELDS.has(key) && !isSettings(value))) continue;
    const known = asSeed(part, echoKey);
    // Seed servers store `metadata` as it comes, or not at all.
    kept[key] = key === 'metadata' && echoKey ? part : known;
  }
  return kept;
}

/** What a seed server answers: of a list only the list, and only the given fields of each thing. */
export function seedAnswer(name: string, data: unknown, echoKey: boolean): unknown {
  const subject = name.startsWith('load_') ? SUBJECT[name as ClientEventName] : undefined;
  const list = subject === undefined ? data : { [subject]: (data as Record<string, unknown>)[subject] };
  return asSeed(list, echoKey);
}

/** `botEnabled` is a later field of a conversation, but a given one of the settings. */
const isSettings = (value: object) => 'workingHours' in value;

export function dressAnswer(name: string, data: unknown, style: AckStyle, sync: Sync | undefined): unknown {
  const subject = SUBJECT[name as ClientEventName];
  const whole = (data ?? {}) as Record<string, unknown>;
  const bare = subject === undefined ? null : (whole[subject] ?? null);
  const wrapped = subject === undefined ? {} : { [subject]: whole[subject] };
  switch (style) {
    case 'ours':
      return { ok: true, data: whole, ...(sync ? { sync } : {}) };
    case 'success':
      return { success: true, data: bare };
    case 'error-field':
      return { error: null, ...wrapped };
    case 'bare':
      return bare;
    case 'wrapped':
      return wrapped;
    case 'none':
    case 'event':
      return null;
  }
}

export function dressRefusal(error: WireError, style: AckStyle, sync: Sync | undefined): unknown {
  if (style === 'ours') return { ok: false, error, ...(sync ? { sync } : {}) };
  if (style === 'success') return { success: false, error: error.message };
  return style === 'none' || style === 'event' ? null : { error: error.message };
}

/** The event that carries a list where no ack does; undefined for asks that are not lists. */
export function listEvent(
  name: string,
  ask: unknown,
  data: unknown,
  style: AckStyle,
): { name: string; payload: unknown } | undefined {
  if (!name.startsWith('load_')) return undefined;
  const subject = SUBJECT[name as ClientEventName];
  if (subject === undefined) return undefined;
  const list = (data as Record<string, unknown>)[subject];
  const conversationId = (ask as { conversationId?: string } | undefined)?.conversationId;
  const payload = conversationId === undefined ? list : { conversationId, [subject]: list };
  return { name: style === 'event' ? subject : name, payload };
}

/** Only the four given events reach a client of an older server, and a new message moves its conversation along. */
export function asSeedEvents(
  event: DeskEvent,
  conversationOf: (conversationId: string) => { unreadCount: number; lastActivity: string; updatedAt: string },
  echoKey: boolean,
): { name: string; payload: unknown }[] {
  if (LATER_EVENTS.has(event.name)) return [];
  const payload = asSeed(event.payload, echoKey) as Record<string, unknown>;
  const events: { name: string; payload: unknown }[] = [{ name: event.name, payload }];
  if (event.name === 'new_message' && event.isNew) {
    const id = String(payload.conversationId);
    const { unreadCount, lastActivity, updatedAt } = conversationOf(id);
    const moved = { id, lastMessage: payload, lastActivity, unreadCount, updatedAt };
    events.push({ name: 'conversation_updated', payload: moved });
  }
  return events;
}
