/**
 * What the agent wrote and nobody has confirmed yet. A row is kept in the vault before its bubble is painted, leaves in
 * order of writing inside a conversation, keeps its key whatever happens, and is forgotten only when the server has it.
 */
import type { ChatMessage, MessageType, SendMessage } from '../contract/index.js';
import type { Asking, AskError } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { SendExtra } from './chat-store.js';
import { confirmed, keyOf } from './merge.js';
import type { Delivery, Message } from './state.js';
import type { Cancel, OutboxRow, Vault } from './world.js';
import { noteMessageInConversation, putMessage } from './writers.js';

/** Conversations that send at the same time. */
const PARALLEL = 4;
const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MOST_MS = 30_000;
/** After a day nobody wants the answer sent any more without being asked. */
const HORIZON_MS = 24 * 3_600_000;
/** A seed server that kept the socket up for so long after the write has taken the message (protocol.md §10). */
const SEED_TRUST_MS = 10_000;
/** Characters from which a message is suspected when the link breaks, and how often it may. */
const LARGE_CONTENT = 50_000;
const CUTS_MOST = 3;
const CONFIRMED: ReadonlySet<Delivery> = new Set(['sent', 'delivered', 'read']);

export class Outbox {
  readonly #state: ChatState;
  readonly #asking: Asking;
  readonly #vault: Vault;
  readonly #rows = new Map<string, OutboxRow[]>();
  readonly #busy = new Set<string>();
  /** Conversations that wait before they try again. */
  readonly #waiting = new Map<string, Cancel>();
  readonly #tries = new Map<string, number>();
  /** How often the link broke while a large message was on its way, by key. */
  readonly #cuts = new Map<string, number>();
  readonly #trusting = new Map<string, Cancel>();
  #order = 0;
  #open = false;
  /** Raised by `wipe`: what was on its way before belongs to somebody who has signed out. */
  #generation = 0;

  constructor(state: ChatState, asking: Asking, vault: Vault) {
    this.#state = state;
    this.#asking = asking;
    this.#vault = vault;
  }

  /** Takes over what an earlier page left behind. */
  async restore(): Promise<void> {
    const { durable, outbox, drafts } = await this.#vault.open();
    this.#state.$storage.set(durable ? 'durable' : 'memory');
    for (const row of outbox) {
      this.#order = Math.max(this.#order, row.order);
      const delivery: Delivery = row.message.delivery === 'failed' ? 'failed' : row.emitted ? 'uncertain' : 'queued';
      this.#add({ ...row, message: { ...row.message, delivery } });
    }
    for (const [conversationId, text] of Object.entries(drafts)) {
      const { $draft } = this.#state.thread(conversationId);
      if (!$draft.get()) $draft.set(text);
    }
    this.drain();
  }

  async send(conversationId: string, content: string, messageType: MessageType, extra: SendExtra): Promise<string> {
    const state = this.#state;
    const key = state.world.uuid();
    const conversation = state.conversations.get(conversationId);
    const thread = state.thread(conversationId);
    const newest = thread.messages.order.at(-1);
    const message: Message = {
      id: key,
      key,
      clientMessageId: key,
      conversationId,
      senderId: state.$me.get() ?? 'agent',
      senderType: 'agent',
      ...(state.ownName ? { senderName: state.ownName } : {}),
      content,
      messageType,
      platform: conversation?.platform ?? 'whatsapp',
      timestamp: new Date(
        Math.max(state.world.now(), afterNewest(newest ? thread.messages.get(newest) : undefined)),
      ).toISOString(),
      status: 'sent',
      delivery: 'queued',
      local: true,
      metadata: { ...extra.metadata, clientMessageId: key },
      ...(extra.replyTo ? { replyTo: extra.replyTo } : {}),
      ...placeAfter(conversation?.lastSeq),
    };
    const row: OutboxRow = { key, conversationId, message, order: ++this.#order };
    const generation = this.#generation;
    await this.#keep(row);
    if (generation !== this.#generation) {
      void this.#vault.removeRow(key).catch(() => undefined);
      return key;
    }
    this.#add(row);
    noteMessageInConversation(state, inRow(message));
    this.drain();
    return key;
  }

  /** Sends a failed (or unconfirmed) message again, under the same key. */
  async retry(conversationId: string, key: string): Promise<void> {
    const known = this.#state.threads.get(conversationId)?.messages.get(key);
    if (!known || (known.delivery !== 'failed' && known.delivery !== 'uncertain')) return;
    const kept = this.#rows.get(conversationId)?.find((row) => row.key === key);
    // A message that the server stored and the channel refused needs a new attempt; one that never arrived does not.
    const attempt = kept ? known.attempt : (known.attempt ?? 0) + 1;
    const { failure: _failure, error: _error, ...rest } = known;
    const message: Message = { ...rest, delivery: 'queued', ...(attempt ? { attempt } : {}) };
    const row: OutboxRow = { key, conversationId, message, order: kept?.order ?? ++this.#order };
    await this.#keep(row);
    this.#add(row);
    this.#waiting.get(conversationId)?.();
    this.#waiting.delete(conversationId);
    this.drain();
  }

  /** Takes back what never left. What the server has stored is not ours to delete. */
  remove(conversationId: string, key: string): void {
    const row = this.#rows.get(conversationId)?.find((candidate) => candidate.key === key);
    if (!row || this.#state.threads.get(conversationId)?.messages.get(key)?.delivery === 'sending') return;
    this.#drop(row);
    this.#state.threads.get(conversationId)?.messages.remove(key);
  }

  /** The link is up and caught up: everything that waits may leave. */
  open(): void {
    this.#open = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#tries.clear();
    this.drain();
  }

  /** The link went: what a server without acks may or may not have is in doubt now. */
  close(): void {
    this.#open = false;
    for (const [key, cancel] of this.#trusting) {
      cancel();
      for (const rows of this.#rows.values()) {
        const row = rows.find((candidate) => candidate.key === key);
        if (row) this.#show(row, 'uncertain');
      }
    }
    this.#trusting.clear();
  }

  drain(): void {
    if (!this.#open || this.#state.level === undefined) return;
    for (const [conversationId, rows] of this.#rows) {
      if (this.#busy.size >= PARALLEL) return;
      if (this.#busy.has(conversationId) || this.#waiting.has(conversationId)) continue;
      const next = rows.find((row) => this.#isReady(row));
      if (!next) continue;
      this.#busy.add(conversationId);
      void this.#sendOne(next).finally(() => {
        this.#busy.delete(conversationId);
        this.drain();
      });
    }
  }

  #isReady(row: OutboxRow): boolean {
    const delivery = this.#current(row)?.delivery ?? row.message.delivery;
    // A page that was closed while sending leaves doubt only where the server keeps no keys.
    return delivery === 'queued' || (delivery === 'uncertain' && this.#state.level === 2);
  }

  async #sendOne(row: OutboxRow): Promise<void> {
    if (this.#state.world.now() - Date.parse(row.message.timestamp) > HORIZON_MS && !row.message.attempt) {
      return this.#fail(row, { code: 'EXPIRED', message: 'Not sent for a day.', retryable: true });
    }
    const seed = this.#state.level === 0;
    const generation = this.#generation;
    if (seed && !row.emitted) {
      row.emitted = true;
      await this.#keep(row);
    }
    this.#show(row, 'sending');
    const answered = this.#asking.ask('send_message', this.#payload(row));
    if (seed) {
      // No answer is to be expected, and the socket keeps the order: the next message need not wait.
      this.#trust(row);
      void answered.then((answer) => {
        if (answer.ok && generation === this.#generation) this.#settle(row, answer.data.message);
      });
      return;
    }
    const answer = await answered;
    if (generation !== this.#generation) return;
    if (answer.ok) return this.#settle(row, answer.data.message);
    if (!answer.error.retryable) return this.#fail(row, answer.error);
    if (!this.#state.online && this.#isTooLarge(row)) {
      return this.#fail(row, { code: 'TOO_LARGE', message: 'Too long for this connection.', retryable: true });
    }
    this.#show(row, 'queued');
    if (answer.error.code !== 'OFFLINE') this.#wait(row.conversationId, answer.error);
  }

  /** Servers cut the socket of who sends too much: a large message that broke it again and again is the reason. */
  #isTooLarge({ key, message }: OutboxRow): boolean {
    if (message.content.length < LARGE_CONTENT) return false;
    const cuts = (this.#cuts.get(key) ?? 0) + 1;
    this.#cuts.set(key, cuts);
    return cuts >= CUTS_MOST;
  }

  #payload({ message }: OutboxRow): SendMessage {
    const { key, conversationId, content, messageType, metadata, replyTo, attempt, senderId, platform, timestamp } =
      message;
    return {
      id: key,
      clientMessageId: key,
      conversationId,
      content,
      messageType,
      senderType: 'agent',
      senderId,
      platform,
      timestamp,
      status: 'sent',
      metadata: { ...metadata, clientMessageId: key },
      ...(replyTo ? { replyTo } : {}),
      ...(attempt ? { attempt } : {}),
    };
  }

  /** A seed server's silence, with the socket up, is taken for consent after a while; its echo settles it sooner. */
  #trust(row: OutboxRow): void {
    this.#trusting.get(row.key)?.();
    const cancel = this.#state.world.after(SEED_TRUST_MS, () => {
      this.#trusting.delete(row.key);
      if (this.#current(row)?.delivery === 'sending') this.#show(row, 'sent');
      this.#drop(row);
    });
    this.#trusting.set(row.key, cancel);
  }

  /** The server has it: called by the ack, and by the echo of a server that does not ack. */
  #settle(row: OutboxRow, stored: ChatMessage | undefined): void {
    this.#trusting.get(row.key)?.();
    this.#trusting.delete(row.key);
    this.#tries.delete(row.conversationId);
    this.#drop(row);
    if (stored && stored.conversationId === row.conversationId) {
      const known = stored.clientMessageId ?? stored.metadata?.clientMessageId;
      const named = {
        ...stored,
        ...(known === row.key ? {} : { clientMessageId: row.key }),
        // A server that knows nothing of attempts has answered this one.
        ...(row.message.attempt === undefined || this.#state.level === 2
          ? {}
          : { attempt: stored.attempt ?? row.message.attempt }),
      };
      // The server saw no reason for another attempt: the first one got through after all.
      if (this.#state.level === 2 && (stored.attempt ?? 0) < (row.message.attempt ?? 0))
        this.#state.thread(row.conversationId).messages.put(row.key, confirmed(named, row.key));
      putMessage(this.#state, named);
      noteMessageInConversation(this.#state, named);
    } else if (this.#current(row)?.delivery === 'sending') {
      this.#show(row, 'sent');
    }
  }

  /** Something arrived in a conversation: what the server plainly has by now need not be kept. */
  noteArrivals(conversationId: string): void {
    for (const row of this.#rows.get(conversationId) ?? []) {
      const shown = this.#current(row);
      if (shown && !shown.local && CONFIRMED.has(shown.delivery)) this.#settle(row, undefined);
    }
  }

  /** Is this message waiting here. */
  holds(conversationId: string, key: string): boolean {
    return this.#rows.get(conversationId)?.some((row) => row.key === key) ?? false;
  }

  #current(row: OutboxRow): Message | undefined {
    return this.#state.threads.get(row.conversationId)?.messages.get(row.key);
  }

  #wait(conversationId: string, error: AskError): void {
    const tries = this.#tries.get(conversationId) ?? 0;
    this.#tries.set(conversationId, tries + 1);
    const most = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** tries);
    const delay = Math.max(error.retryAfterMs ?? 0, this.#state.world.random() * most);
    const cancel = this.#state.world.after(delay, () => {
      this.#waiting.delete(conversationId);
      this.drain();
    });
    this.#waiting.set(conversationId, cancel);
  }

  #fail(row: OutboxRow, error: { code: string; message: string; retryable: boolean }): void {
    const failed: Message = {
      ...row.message,
      delivery: 'failed',
      failure: { code: error.code, message: error.message, retryable: error.retryable },
    };
    row.message = failed;
    void this.#keep(row);
    this.#state.thread(row.conversationId).messages.put(row.key, failed);
    this.#noteInRow(failed);
  }

  #show(row: OutboxRow, delivery: Delivery): void {
    const shown = this.#current(row) ?? row.message;
    // The news of it was faster than the answer that got lost: what the server has told is not taken back.
    const told = !shown.local && CONFIRMED.has(shown.delivery) && (shown.attempt ?? 0) >= (row.message.attempt ?? 0);
    if (told) return;
    const next: Message = { ...shown, delivery };
    this.#state.thread(row.conversationId).messages.put(row.key, next);
    this.#noteInRow(next);
  }

  /** The list row shows the same state as the bubble, while ours is the newest message. */
  #noteInRow(message: Message): void {
    const conversation = this.#state.conversations.get(message.conversationId);
    if (!conversation?.lastMessage || keyOf(conversation.lastMessage) !== message.key) return;
    this.#state.conversations.put(conversation.id, { ...conversation, lastMessage: inRow(message) });
  }

  #add(row: OutboxRow): void {
    const rows = (this.#rows.get(row.conversationId) ?? []).filter(({ key }) => key !== row.key);
    rows.push(row);
    this.#rows.set(
      row.conversationId,
      rows.sort((a, b) => a.order - b.order),
    );
    this.#state.thread(row.conversationId).messages.put(row.key, row.message);
  }

  #drop(row: OutboxRow): void {
    const rows = this.#rows.get(row.conversationId)?.filter(({ key }) => key !== row.key) ?? [];
    if (rows.length > 0) this.#rows.set(row.conversationId, rows);
    else this.#rows.delete(row.conversationId);
    void this.#vault.removeRow(row.key).catch(() => undefined);
  }

  async #keep(row: OutboxRow): Promise<void> {
    try {
      await this.#vault.putRow(row);
    } catch {
      this.#state.$storage.set('memory'); // full or refused: it is still sent, and the agent is warned
    }
  }

  /** Forgets everything, on this page and in the vault. */
  async wipe(): Promise<void> {
    this.close();
    this.#generation++;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#tries.clear();
    this.#cuts.clear();
    this.#rows.clear();
    await this.#vault.wipe().catch(() => undefined);
  }
}

function placeAfter(lastSeq: number | undefined): { place?: number } {
  return lastSeq === undefined ? {} : { place: lastSeq + 0.5 };
}

/** A clock that runs behind the server's must not put our message above what it answers. */
function afterNewest(newest: Message | undefined): number {
  return newest ? Date.parse(newest.timestamp) + 1 : 0;
}

/** As the newest message of its conversation; `delivery` and `place` stay, because the server has not spoken yet. */
function inRow(message: Message): ChatMessage {
  const { key: _key, failure: _failure, local: _local, ...rest } = message;
  return message.delivery === 'failed' ? { ...rest, status: 'failed' } : rest;
}
