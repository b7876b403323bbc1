/**
 * How what the server tells becomes state: push, ack and page all go through the same places. What is only known here (a
 * message that waits, a mark of reading, what is let go of) is written by whoever knows it: outbox, reading, message-budget.
 */
import type {
  ChatMessage,
  Client,
  ClientPatch,
  Conversation,
  ConversationPatch,
  Prospect,
  ProspectPatch,
} from '../contract/index.js';
import * as v from 'valibot';
import {
  Client as ClientSchema,
  Conversation as ConversationSchema,
  Prospect as ProspectSchema,
} from '../contract/index.js';
import { byPlace, type ChatState, type ThreadState } from './chat-state.js';
import {
  confirmed,
  isOlder,
  keyOf,
  later,
  mergeConversation,
  mergeMessage,
  newerMessage,
  sameFields,
} from './merge.js';
import type { Delivery, Message } from './state.js';

/** Same text within this time is taken for the echo of our own message, where a server does not give our key back. */
const ECHO_WINDOW_MS = 5 * 60_000;
const WAITING: ReadonlySet<Delivery> = new Set(['sending', 'uncertain', 'sent']);

/** Puts a message into its thread, where that is loaded or loading. `isNews`: it has just happened. Tells the stored one. */
export function putMessage(state: ChatState, told: ChatMessage, isNews = false): Message | undefined {
  const thread = state.threads.get(told.conversationId);
  if (!thread) return undefined;
  const raw = withServersMedia(told, state.$server.get());
  const known = findKnown(state, thread, raw, isNews);
  if (!known && isElsewhere(state, thread, raw)) return undefined;
  const merged = mergeTold(thread, known, raw);
  if (state.level === 2 && merged.seq !== undefined && !thread.numbers.has(merged.seq)) {
    // Missing revisions are waited for before anything is shown: what comes next follows what was there.
    thread.numbers.add(
      merged.seq > thread.numbers.newest && !thread.numbers.empty ? thread.numbers.newest : merged.seq,
      merged.seq,
    );
    thread.tellGaps();
  }
  thread.messages.put(merged.key, merged);
  return merged;
}

/** A page of history: everything between its first and its last message. */
export function putPage(state: ChatState, thread: ThreadState, page: readonly ChatMessage[]): void {
  const [first, last] = [page[0]?.seq, page.at(-1)?.seq];
  // A page may come before the level is known.
  if ((state.level ?? 2) !== 2 || first === undefined || last === undefined) {
    for (const message of page) putMessage(state, message);
    return;
  }
  thread.numbers.add(first, last);
  const found = new Map<string, Message>();
  for (const told of page) {
    const raw = withServersMedia(told, state.$server.get());
    const merged = mergeTold(thread, findKnown(state, thread, raw), raw);
    found.set(merged.key, merged);
  }
  thread.messages.putAll(found);
  thread.tellGaps();
}

function mergeTold(thread: ThreadState, known: Message | undefined, raw: ChatMessage): Message {
  const merged = known ? mergeMessage(known, raw) : confirmed(raw, keyOf(raw));
  if (merged.id !== merged.key) thread.keyOfId.set(merged.id, merged.key);
  return merged;
}

/**
 * News of a message in a stretch of history that is not here: it comes with its page. Shown alone it would stand beside
 * messages it does not follow, and the pages between would never be asked for.
 */
function isElsewhere(state: ChatState, { numbers }: ThreadState, { seq }: ChatMessage): boolean {
  return state.level === 2 && seq !== undefined && seq < numbers.newest && !numbers.has(seq);
}

const MEDIA = ['imageUrl', 'audioUrl', 'fileUrl'] as const;

/** A server that says `/files/1` means its own, wherever the page comes from. */
function withServersMedia(told: ChatMessage, base: string | undefined): ChatMessage {
  const { metadata } = told;
  if (!base || !metadata) return told;
  const { attachments } = metadata;
  const links = MEDIA.filter((name) => isPath(metadata[name]));
  const haveFiles = attachments?.some(({ url }) => isPath(url)) ?? false;
  if (links.length === 0 && !haveFiles) return told;
  const absolute = Object.fromEntries(links.map((name) => [name, wholeUrl(metadata[name]!, base)]));
  const files = haveFiles ? { attachments: attachments!.map((file) => withWholeUrl(file, base)) } : {};
  return { ...told, metadata: { ...metadata, ...absolute, ...files } };
}

const isPath = (url: string | undefined): url is string => url !== undefined && /^\/(?!\/)/.test(url);

const wholeUrl = (url: string, base: string): string => (URL.canParse(url, base) ? new URL(url, base).href : url);

const withWholeUrl = <T extends { url?: string | undefined }>(one: T, base: string): T =>
  isPath(one.url) ? { ...one, url: wholeUrl(one.url, base) } : one;

function findKnown(state: ChatState, thread: ThreadState, raw: ChatMessage, isNews = false): Message | undefined {
  const known = thread.messages.get(keyOf(raw)) ?? thread.find(raw.id);
  if (known || raw.senderType !== 'agent' || state.level === 2 || keyOf(raw) !== raw.id) return known;
  // A seed server's echo carries an id of its own: it consumes the oldest of our messages that says the same.
  const now = state.world.now();
  const mines = [...thread.locals].map((key) => thread.messages.get(key)!).sort(byPlace);
  const alike = mines.filter(
    (mine) =>
      WAITING.has(mine.delivery) &&
      mine.content === raw.content &&
      mine.messageType === raw.messageType &&
      now - Date.parse(mine.timestamp) < ECHO_WINDOW_MS,
  );
  // What is heard on this line was said on it: what an earlier one may have swallowed is found in the history, or nowhere.
  return alike.find(({ delivery }) => isNews && delivery !== 'uncertain') ?? alike[0];
}

/**
 * What a message means for its conversation's row. Level 2 servers send the message alone; others may send the new
 * counters before or after it, and then the message that is already the row's last one is not counted twice.
 */
export function noteMessageInConversation(state: ChatState, raw: ChatMessage): void {
  const known = state.conversations.get(raw.conversationId);
  if (!known) return;
  const isNew =
    raw.seq !== undefined && known.lastSeq !== undefined
      ? raw.seq > known.lastSeq
      : known.lastMessage?.id !== raw.id &&
        Date.parse(raw.timestamp) >= Date.parse(known.lastMessage?.timestamp ?? raw.timestamp);
  const counts =
    isNew && raw.senderType === 'prospect' && raw.seq !== undefined
      ? raw.seq > (known.readSeq ?? 0)
      : isNew && raw.senderType === 'prospect';
  const changed: Conversation = {
    ...known,
    lastMessage: newerMessage(known.lastMessage, raw)!,
    lastActivity: isNew ? activityAfter(known, raw) : known.lastActivity,
    unreadCount: known.unreadCount + (counts ? 1 : 0),
  };
  const windowEnd = isNew ? windowEndAfter(state, known, raw) : undefined;
  if (windowEnd !== undefined) changed.replyWindowEndsAt = windowEnd;
  if (raw.seq !== undefined) changed.lastSeq = Math.max(known.lastSeq ?? 0, raw.seq);
  if (!sameFields(known, changed)) state.conversations.put(known.id, changed);
}

/** The contact wrote: their channel takes replies anew, where the server says that it counts. */
function windowEndAfter(state: ChatState, { platform, replyWindowEndsAt }: Conversation, raw: ChatMessage) {
  const hours = state.channel(platform).replyWindow?.hours;
  if (hours === undefined || replyWindowEndsAt === undefined || raw.senderType !== 'prospect') return undefined;
  return later(replyWindowEndsAt, new Date(Date.parse(raw.timestamp) + hours * 3_600_000).toISOString());
}

/** A numbered message is the newest whatever the clocks say: ours may be ahead, and have said so before. */
function activityAfter(known: Conversation, raw: ChatMessage): string {
  return raw.seq === undefined ? later(known.lastActivity, raw.timestamp) : raw.timestamp;
}

/**
 * A whole conversation is stored; a partial one only changes a known one. False: nobody knows it yet. `fromList`: it is
 * all that the server has to say about it.
 */
export function putConversation(state: ChatState, told: ConversationPatch, fromList = false): boolean {
  const known = state.conversations.get(told.id);
  if (known) {
    state.conversations.put(known.id, mergeConversation(known, told, fromList));
    return true;
  }
  const whole = v.safeParse(ConversationSchema, told);
  if (!whole.success) return false;
  state.conversations.put(told.id, whole.output);
  return true;
}

export function removeConversation(state: ChatState, id: string): void {
  state.conversations.remove(id);
  state.revisions.delete(id);
  const thread = state.threads.get(id);
  if (thread) {
    forgetMessages(state, thread);
    thread.$first.set('idle');
  }
  if (state.$activeId.get() !== id) return;
  state.$activeId.set(null);
  state.$missing.set(id);
}

/** Empties a thread of everything but what the agent wrote and nobody has confirmed. */
export function forgetMessages(state: ChatState, thread: ThreadState): void {
  thread.messages.retain((key) => state.holds(thread.conversationId, key));
  thread.numbers.clear();
  thread.tellGaps();
}

export function putProspect(state: ChatState, told: ProspectPatch): boolean {
  const known = state.prospects.get(told.id);
  const merged = known ? mergeByTime(known, told) : whole<Prospect>(ProspectSchema, told);
  if (merged) state.prospects.put(merged.id, merged);
  return merged !== undefined;
}

export function putClient(state: ChatState, patch: ClientPatch): boolean {
  const base = state.$server.get();
  const { quotes } = patch;
  const told = base && quotes ? { ...patch, quotes: quotes.map((quote) => withWholeUrl(quote, base)) } : patch;
  const known = state.clients.get(told.id);
  const merged = known ? mergeByTime(known, told) : whole<Client>(ClientSchema, told);
  if (merged) state.clients.put(merged.id, merged);
  return merged !== undefined;
}

function whole<T>(schema: v.GenericSchema<unknown, T>, told: unknown): T | undefined {
  const parsed = v.safeParse(schema, told);
  return parsed.success ? parsed.output : undefined;
}

function mergeByTime<T extends { updatedAt: string }>(known: T, told: Partial<T>): T {
  if (isOlder(told.updatedAt, known.updatedAt)) return known;
  const merged = { ...known, ...told };
  return sameFields(known, merged) ? known : merged;
}
