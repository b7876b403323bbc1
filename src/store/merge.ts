/**
 * How two tellings of the same thing become one, whatever the order of arrival: fields that only go forward take their
 * maximum, the rest follows the higher revision (or, where a server has none, the later `updatedAt`).
 */
import type { ChatMessage, Conversation, ConversationPatch } from '../contract/index.js';
import type { Delivery, Message } from './state.js';

const RANK: Readonly<Record<Delivery, number>> = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  sent: 1,
  failed: 2,
  delivered: 3,
  read: 4,
};

/** Positive when `a` is further than `b`: a deliberate new attempt counts before any status of the earlier one. */
export function compareProgress(
  a: { attempt?: number | undefined; delivery: Delivery },
  b: { attempt?: number | undefined; delivery: Delivery },
): number {
  return (a.attempt ?? 0) - (b.attempt ?? 0) || RANK[a.delivery] - RANK[b.delivery];
}

/** The sender's key, in whichever of its spellings the server kept it, else the id. */
export function keyOf(message: ChatMessage): string {
  return message.clientMessageId ?? message.metadata?.clientMessageId ?? message.id;
}

export function confirmed(raw: ChatMessage, key: string): Message {
  // Ours first, the rest after: the other way round, engines give each object room for hundreds of bytes more.
  const made: Message = { key, delivery: raw.status, ...raw };
  // A server may have fields of these names, and they are not ours.
  if (made.key !== key || made.delivery !== raw.status) Object.assign(made, { key, delivery: raw.status });
  return raw.error ? Object.assign(made, { failure: { ...raw.error, retryable: true } }) : made;
}

const isPending = (message: Message) => RANK[message.delivery] === 0;

/** The known message and what the server says of it now. Returns the known object itself when nothing changed. */
export function mergeMessage(known: Message, raw: ChatMessage): Message {
  const told = confirmed(raw, known.key);
  if (isPending(known) || known.local) {
    // Our own optimistic copy gives way to what was stored; a re-send that is on its way keeps waiting for its answer.
    return (known.attempt ?? 0) > (told.attempt ?? 0) ? known : told;
  }
  const content = (told.rev ?? 0) >= (known.rev ?? 0) ? told : known;
  const progress = compareProgress(told, known) > 0 ? told : known;
  const merged: Message = {
    ...known,
    ...content,
    senderId: known.senderId,
    senderType: known.senderType,
    key: known.key,
    status: progress.status,
    delivery: progress.delivery,
    ...(progress.attempt === undefined ? {} : { attempt: progress.attempt }),
  };
  if (merged.delivery !== 'failed') {
    delete (merged as { failure?: unknown }).failure;
    delete merged.error;
  }
  return sameFields(known, merged) ? known : merged;
}

/** The newer of two "last messages"; of the same one, its further state. */
export function newerMessage(known: ChatMessage | undefined, told: ChatMessage | undefined): ChatMessage | undefined {
  if (!known || !told) return told ?? known;
  if (known.id === told.id || keyOf(known) === keyOf(told)) {
    if ('delivery' in known) return told; // ours, until the server spoke
    const { key: _key, delivery: _delivery, failure: _failure, ...plain } = mergeMessage(confirmed(known, 'k'), told);
    return plain as ChatMessage;
  }
  // Ours has no number yet: what came after it was written is newer, whatever this browser's clock says.
  const { place } = known as { place?: number };
  if (place !== undefined && told.seq !== undefined) return told.seq > place ? told : known;
  if (known.seq !== undefined && told.seq !== undefined) return told.seq > known.seq ? told : known;
  return Date.parse(told.timestamp) >= Date.parse(known.timestamp) ? told : known;
}

/**
 * A conversation and a possibly partial telling of it. With `rev` on both sides the caller has already decided that the
 * telling is news; without, an older `updatedAt` is not accepted. `whole`: it is all there is to say, so that a field that
 * is not in it is no longer there (nobody has the conversation any more).
 */
export function mergeConversation(known: Conversation, told: ConversationPatch, whole = false): Conversation {
  const revised = told.rev !== undefined && known.rev !== undefined;
  if (revised ? told.rev! < known.rev! : isOlder(told.updatedAt, known.updatedAt)) return known;
  const merged = (whole && revised ? { ...told } : { ...known, ...told }) as Conversation;
  const lastMessage = newerMessage(known.lastMessage, told.lastMessage);
  if (lastMessage) merged.lastMessage = lastMessage;
  // With revisions the server's word counts, also when a browser's clock that is ahead has said otherwise.
  merged.lastActivity = revised
    ? (told.lastActivity ?? known.lastActivity)
    : later(known.lastActivity, told.lastActivity);
  const readSeq = Math.max(known.readSeq ?? 0, told.readSeq ?? 0);
  if (readSeq > 0) merged.readSeq = readSeq;
  const lastSeq = Math.max(known.lastSeq ?? 0, told.lastSeq ?? 0);
  if (lastSeq > 0) merged.lastSeq = lastSeq;
  return sameFields(known, merged) ? known : merged;
}

export function isOlder(told: string | undefined, known: string | undefined): boolean {
  return told !== undefined && known !== undefined && Date.parse(told) < Date.parse(known);
}

export function later(a: string, b: string | undefined): string {
  return b !== undefined && Date.parse(b) > Date.parse(a) ? b : a;
}

/** Shallow, which is enough to spare a render for the commonest repetition: the same event twice. */
export function sameFields<T extends object>(a: T, b: T): boolean {
  const names = Object.keys(b) as (keyof T)[];
  if (Object.keys(a).length !== names.length) return false;
  return names.every((name) => a[name] === b[name] || JSON.stringify(a[name]) === JSON.stringify(b[name]));
}
