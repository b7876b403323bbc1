/**
 * What the agent wrote and nobody has confirmed yet. A row is kept in the vault before its bubble is painted, leaves in
 * order of writing inside a conversation, keeps its key whatever happens, and is forgotten only when the server has it.
 * How it leaves is `sending.ts`; what else than messages waits here is `operations.ts`.
 */
import type { ChatMessage, MessageType, SendMessage } from '../contract/index.js';
import type { AskError } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { SendExtra } from './chat-store.js';
import type { Collision } from './collision.js';
import { confirmed, keyOf } from './merge.js';
import type { OutboxQueue } from './outbox-queue.js';
import { isAnothers, ofOwner } from './owner.js';
import type { SafeKeeping } from './safe-keeping.js';
import { reopened, type Carrier, type Sending, type Still } from './sending.js';
import type { Delivery, Message } from './state.js';
import type { TabMessages, Tabs } from './tabs.js';
import { anew, needsUpload } from './uploading.js';
import type { AttachedFile, Failure, MessageRow, OutboxRow, SpentDraft, VaultContent } from './vault.js';
import { noteMessageInConversation, putMessage } from './writers.js';

const CONFIRMED: ReadonlySet<Delivery> = new Set(['sent', 'delivered', 'read']);
const RETRIABLE: ReadonlySet<Delivery> = new Set(['failed', 'uncertain']);
const GONE_REMEMBERED = 1000;
/** A page that announced a row and did not hand it over by then is not going to. */
const HANDED_OVER_MS = 1500;

/** The parts that the outbox is made of. */
export interface OutboxParts {
  readonly state: ChatState;
  readonly safe: SafeKeeping;
  readonly queue: OutboxQueue;
  readonly sending: Sending;
  readonly tabs: Tabs;
  readonly collision: Collision;
}

export class Outbox implements Carrier<MessageRow> {
  /** Level 0: what is in doubt and not on the server's newest page is sent again without being asked about. */
  sendsAgain = false;
  readonly #parts: OutboxParts;
  /** Rows that are being written: a leader that reads the vault at this moment leaves them to us. */
  readonly #writing = new Set<string>();
  /** Order of rows that are settled or taken back, by key, so that a late word about them changes nothing. */
  readonly #gone = new Map<string, number>();
  /** Order of the last row that may be of somebody who has signed out on this page. */
  #leftBehind = -1;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    parts.sending.skips = (row) => this.#skips(row);
    parts.state.$me.listen(() => this.#disown());
    parts.tabs.on({
      row: ({ row }) => this.#takeFromTab(row),
      writing: ({ key }) => this.#expect(key),
      shown: ({ key, conversationId, delivery, retryAt }) => {
        if (this.keeps(conversationId, key)) this.#paint(key, conversationId, delivery, retryAt);
      },
      settled: (told) => this.#settledElsewhere(told),
      failed: (told) => this.#failedElsewhere(told),
      removed: (told) => this.#removedElsewhere(told),
      hello: () => this.#report(),
      here: ({ order = 0 }) => this.#parts.queue.noteOrder(order),
    });
  }

  /** Takes over what earlier pages left behind. */
  restore({ outbox }: VaultContent): void {
    for (const row of outbox) {
      if (!this.#skips(row) && !this.#parts.queue.get(row.key)) this.add(reopened(row));
    }
    this.#parts.sending.drain();
  }

  #skips(row: OutboxRow): boolean {
    const { key, order } = row;
    return this.#writing.has(key) || order <= (this.#gone.get(key) ?? -1) || this.#isOthers(row);
  }

  async send(
    conversationId: string,
    content: string,
    messageType: MessageType,
    extra: SendExtra,
    spent?: SpentDraft,
  ): Promise<string> {
    const { state, queue, safe, sending } = this.#parts;
    const key = state.world.uuid();
    const message = this.#draftMessage(key, conversationId, content, messageType, extra);
    const seenSeq = extra.visibility === 'internal' ? undefined : this.#parts.collision.seenSeq(conversationId);
    const row: Still<MessageRow> = {
      kind: 'message',
      key,
      lane: conversationId,
      order: queue.nextOrder(state.world.now()),
      writtenAt: state.world.now(),
      phase: 'queued',
      ...ofOwner(state),
      conversationId,
      message,
      ...(extra.attachment ? { attachment: extra.attachment } : {}),
      ...(seenSeq === undefined ? {} : { seenSeq }),
    };
    const { generation } = sending;
    this.#writing.add(key);
    this.#parts.tabs.tell('writing', { key });
    if (await this.#keepsEarlier(conversationId)) await safe.keep(row, spent);
    else safe.leave(row);
    this.#writing.delete(key);
    if (generation !== sending.generation) {
      safe.forget(key);
      return key;
    }
    if (this.#skips(row)) return key; // another page was so fast that it is at the server already
    this.add(row);
    noteMessageInConversation(state, inRow(message));
    this.handOver(row);
    return key;
  }

  /**
   * What a full disk did not take is tried again first: another page must not send what was written behind it. False:
   * something is still this page's alone, and so is what comes behind.
   */
  async #keepsEarlier(lane: string): Promise<boolean> {
    const { queue, safe, sending, tabs } = this.#parts;
    for (const row of queue.messagesOf(lane)) {
      if (!safe.isUnkept(row.key)) continue;
      if (sending.isUnderWay(row.key)) return false;
      await safe.keep(row);
      if (safe.isUnkept(row.key) || sending.isUnderWay(row.key)) return false;
      if (queue.get(row.key) === row) tabs.tell('row', { row });
    }
    return true;
  }

  #draftMessage(
    key: string,
    conversationId: string,
    content: string,
    messageType: MessageType,
    extra: SendExtra,
  ): Message {
    const { state } = this.#parts;
    const conversation = state.conversations.get(conversationId);
    const thread = state.thread(conversationId);
    const newest = thread.messages.order.at(-1);
    return {
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
      ...(extra.visibility ? { visibility: extra.visibility } : {}),
      ...placeAfter(conversation?.lastSeq),
    };
  }

  /** Shows a written row to the other pages; the one that leads sends it. */
  handOver(row: OutboxRow): void {
    const { tabs, safe, sending } = this.#parts;
    // What could not be kept is this page's alone to send.
    if (safe.isUnkept(row.key)) return sending.drain();
    tabs.tell('row', { row });
    if (sending.isOpen && !sending.leads) tabs.expectAnswer(() => sending.seekLead('steal'));
    sending.drain();
  }

  /** Sends a failed (or unconfirmed) message again, under the same key. */
  async retry(conversationId: string, key: string): Promise<void> {
    const { state, queue, safe, sending } = this.#parts;
    const known = state.threads.get(conversationId)?.messages.get(key);
    if (!known || !RETRIABLE.has(known.delivery)) return;
    const kept = queue.get(key);
    const before = kept?.kind === 'message' ? kept : undefined;
    // A message that the server stored and the channel refused needs a new attempt; one that never arrived does not.
    const attempt = kept ? known.attempt : (known.attempt ?? 0) + 1;
    const { failure: _failure, error: _error, ...rest } = known;
    const again: Still<MessageRow> = {
      ...(before?.attachment ? { attachment: before.attachment } : {}),
      ...(before?.seenSeq === undefined ? {} : { seenSeq: before.seenSeq }),
      kind: 'message',
      key,
      lane: conversationId,
      order: kept?.order ?? queue.nextOrder(state.world.now()),
      writtenAt: state.world.now(),
      phase: 'queued',
      ...ofOwner(state),
      conversationId,
      message: {
        ...rest,
        // What is on the screen may be from before its file was uploaded.
        ...(before?.message.metadata ? { metadata: before.message.metadata } : {}),
        status: 'sent',
        delivery: 'queued',
        ...(attempt ? { attempt } : {}),
      },
    };
    const row = before?.failure?.field === 'metadata.uploadId' ? anew(again) : again;
    await safe.keep(row);
    this.add(row);
    sending.hurry(conversationId);
    this.handOver(row);
  }

  /** Takes back what never left. What the server has stored is not ours to delete. */
  remove(conversationId: string, key: string): void {
    const { queue, safe, sending, tabs, state } = this.#parts;
    const row = queue.get(key);
    if (!row || row.phase === 'inflight') return;
    if (sending.isUnderWay(key) && !needsUpload(row)) return;
    this.#drop(row);
    sending.uploads.abandon(key);
    safe.forget(key);
    tabs.tell('removed', { key, order: row.order });
    state.threads.get(conversationId)?.messages.remove(key);
    sending.drain();
  }

  // ---- the carrier: what a message row means to threads and list

  request({ message, seenSeq }: MessageRow): { event: 'send_message'; payload: SendMessage } {
    const { key, conversationId, content, messageType, metadata, replyTo, attempt, senderId, platform, timestamp } =
      message;
    const { visibility } = message;
    return {
      event: 'send_message',
      payload: {
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
        ...(visibility ? { visibility } : {}),
        ...(seenSeq !== undefined && this.#parts.state.level === 2 ? { seenSeq } : {}),
      },
    };
  }

  show({ key, conversationId, message }: MessageRow, delivery: Delivery, retryAt?: number): void {
    const { messages } = this.#parts.state.thread(conversationId);
    if (!messages.has(key)) messages.put(key, message);
    else if (isTold(messages.get(key), message.attempt)) return;
    this.#paint(key, conversationId, delivery, retryAt);
  }

  #paint(key: string, conversationId: string, delivery: Delivery, retryAt?: number): void {
    const { messages } = this.#parts.state.thread(conversationId);
    const shown = messages.get(key);
    if (!shown || isTold(shown, shown.attempt)) return;
    const { failure: _failure, retryAt: _retryAt, ...plain } = shown;
    const next: Message = { ...plain, delivery, ...(retryAt === undefined ? {} : { retryAt }) };
    messages.put(key, next);
    this.#noteInRow(next);
  }

  settled(row: MessageRow, data: unknown): void {
    const { state } = this.#parts;
    this.#remember(row.key, row.order);
    const stored = (data as { message?: ChatMessage } | undefined)?.message;
    if (stored && stored.conversationId === row.conversationId) {
      const known = stored.clientMessageId ?? stored.metadata?.clientMessageId;
      // Not by this page's level: it may have been answered to another one, before this one was ever connected.
      const isNumbered = stored.rev !== undefined;
      const named = {
        ...stored,
        ...(known === row.key ? {} : { clientMessageId: row.key }),
        // A server that knows nothing of attempts has answered this one.
        ...(row.message.attempt === undefined || isNumbered ? {} : { attempt: stored.attempt ?? row.message.attempt }),
      };
      // The server saw no reason for another attempt: the first one got through after all.
      if (isNumbered && (stored.attempt ?? 0) < (row.message.attempt ?? 0))
        state.thread(row.conversationId).messages.put(row.key, confirmed(named, row.key));
      putMessage(state, named);
      noteMessageInConversation(state, named);
    } else if (this.#current(row)?.delivery === 'sending') {
      this.#paint(row.key, row.conversationId, 'sent');
    }
  }

  failed(row: MessageRow, failure: Failure): void {
    const failed: Message = { ...row.message, delivery: 'failed', failure };
    this.#parts.state.thread(row.conversationId).messages.put(row.key, failed);
    this.#noteInRow(failed);
  }

  holds(row: MessageRow, error: AskError): boolean {
    return this.#parts.collision.holds(row, error);
  }

  /** Is this message waiting here. */
  keeps(conversationId: string, key: string): boolean {
    const row = this.#parts.queue.get(key);
    return row?.kind === 'message' && row.conversationId === conversationId;
  }

  /** The file of a message that waits here. */
  file(key: string): AttachedFile | undefined {
    const row = this.#parts.queue.get(key);
    return row?.kind === 'message' ? row.attachment : undefined;
  }

  /**
   * Something arrived in a conversation: what the server plainly has by now need not be kept. `isPage`: its newest page,
   * which tells as well what it does not have.
   */
  noteArrivals(conversationId: string, isPage = false): void {
    const { queue, sending, collision } = this.#parts;
    for (const row of queue.messagesOf(conversationId)) {
      const shown = this.#current(row);
      if (isTold(shown, row.message.attempt)) sending.settle(row, undefined);
      else if (isPage && row.phase === 'uncertain' && this.#maySendAgain) void this.#sendAgain(row);
    }
    collision.refresh(conversationId);
  }

  /** Only where the server is known to keep no keys: any other settles it by itself. */
  get #maySendAgain(): boolean {
    const { state } = this.#parts;
    return this.sendsAgain && state.level === 0 && !state.isLevelGuessed;
  }

  /** One page of this browser does. */
  async #sendAgain({ emitted: _emitted, fence: _fence, ...row }: MessageRow): Promise<void> {
    const next: Still<MessageRow> = { ...row, phase: 'queued' };
    if (!(await this.#parts.safe.replaceStill(next, ['inflight', 'uncertain']))) return;
    this.add(next);
    this.handOver(next);
  }

  /** Conversations with a message that a server without acks may or may not have. */
  get inDoubt(): ReadonlySet<string> {
    const doubtful = [...this.#parts.queue.rows()].filter(({ phase }) => phase === 'uncertain');
    return new Set(doubtful.map(({ lane }) => lane));
  }

  // ---- what other pages tell

  /** Another page is writing: if it does not hand the row over, it may have died in between. */
  #expect(key: string): void {
    const { sending, queue, state } = this.#parts;
    if (!sending.leads) return;
    state.world.after(HANDED_OVER_MS, () => {
      if (!queue.get(key) && !this.#gone.has(key)) void sending.readAgain();
    });
  }

  #takeFromTab(row: OutboxRow): void {
    if (this.#skips(row)) return;
    this.add(reopened(row));
    if (row.kind === 'message') noteMessageInConversation(this.#parts.state, inRow(row.message));
    this.#report();
    this.#parts.sending.drain();
  }

  /** The leader tells how the rows are doing. */
  #report(): void {
    const { sending, tabs, queue } = this.#parts;
    if (!sending.leads) return;
    tabs.tell('here', { fence: 0, order: queue.newest });
    for (const row of queue.rows()) {
      const shown = row.kind === 'message' ? this.#current(row) : undefined;
      // What the server said of it already, others hear from the server: without its words they might go back again.
      if (!shown?.local || !sending.isUnderWay(row.key)) continue;
      tabs.tell('shown', { key: row.key, conversationId: shown.conversationId, delivery: shown.delivery });
    }
  }

  #settledElsewhere({ key, order, data }: TabMessages['settled']): void {
    const { queue, sending } = this.#parts;
    this.#remember(key, order);
    const row = queue.get(key);
    if (!row || row.order > order) return;
    queue.drop(key);
    if (row.kind === 'message') this.settled(row, data);
    else sending.carriers.mutation.settled(row, data);
    if (row.kind === 'message' && data === undefined) this.#paint(key, row.conversationId, 'sent');
  }

  #failedElsewhere({ key, order, failure }: TabMessages['failed']): void {
    const { queue, sending } = this.#parts;
    const row = queue.get(key);
    if (!row || row.order > order) return;
    const failed = { ...row, phase: 'failed' as const, failure };
    queue.put(failed);
    if (failed.kind === 'message') this.failed(failed, failure);
    else sending.carriers.mutation.failed(failed, failure);
  }

  #removedElsewhere({ key, order }: TabMessages['removed']): void {
    const { queue, sending, state } = this.#parts;
    const row = queue.get(key);
    this.#remember(key, order);
    if (!row || row.order > order) return;
    queue.drop(key);
    sending.uploads.abandon(key);
    if (row.kind === 'message') state.threads.get(row.conversationId)?.messages.remove(key);
  }

  // ---- memory

  #current(row: MessageRow): Message | undefined {
    return this.#parts.state.threads.get(row.conversationId)?.messages.get(row.key);
  }

  #remember(key: string, order: number): void {
    this.#gone.set(key, Math.max(order, this.#gone.get(key) ?? -1));
    if (this.#gone.size <= GONE_REMEMBERED) return;
    const [oldest] = this.#gone.keys();
    this.#gone.delete(oldest!);
  }

  /** Takes a row that is kept into memory, and shows it. */
  add(row: Still): void {
    const { queue, state, collision } = this.#parts;
    queue.put(row);
    if (row.kind === 'mutation') return void this.#parts.sending.carriers.mutation.show(row, 'queued');
    collision.refresh(row.conversationId);
    if (row.phase === 'held') return void state.thread(row.conversationId).messages.remove(row.key);
    if (isTold(this.#current(row), row.message.attempt)) return;
    state.thread(row.conversationId).messages.put(row.key, {
      ...row.message,
      delivery: row.phase,
      ...(row.failure ? { failure: row.failure } : {}),
    });
  }

  #drop(row: OutboxRow): void {
    this.#remember(row.key, row.order);
    this.#parts.queue.drop(row.key);
  }

  /** The list row shows the same state as the bubble, while ours is the newest message. */
  #noteInRow(message: Message): void {
    const { conversations } = this.#parts.state;
    const conversation = conversations.get(message.conversationId);
    if (!conversation?.lastMessage || keyOf(conversation.lastMessage) !== message.key) return;
    conversations.put(conversation.id, { ...conversation, lastMessage: inRow(message) });
  }

  // ---- whose it is

  /** A vault that could not be emptied, or that several agents share: their words never leave under another name. */
  #isOthers(row: OutboxRow): boolean {
    return row.order <= this.#leftBehind || isAnothers(row, this.#parts.state);
  }

  /** It is known now who has signed in: what is here of somebody else goes out of sight, and stays in the vault. */
  #disown(): void {
    const { queue, state } = this.#parts;
    for (const row of [...queue.rows()].filter((one) => this.#isOthers(one))) {
      queue.drop(row.key);
      if (row.kind === 'message') state.threads.get(row.conversationId)?.messages.remove(row.key);
    }
  }

  /** Forgets everything on this page. */
  forget(): void {
    this.#parts.sending.forget();
    this.#parts.queue.clear();
  }

  /** What was written until now is not taken up again, should the vault not let go of it. */
  leaveBehind(): void {
    const { queue, state } = this.#parts;
    this.#leftBehind = queue.nextOrder(state.world.now());
  }
}

/** The server has spoken of this attempt, perhaps faster than its answer came: that is not taken back. */
function isTold(shown: Message | undefined, attempt = 0): boolean {
  return shown !== undefined && !shown.local && CONFIRMED.has(shown.delivery) && (shown.attempt ?? 0) >= attempt;
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
  const { key: _key, failure: _failure, local: _local, retryAt: _retryAt, ...rest } = message;
  return message.delivery === 'failed' ? { ...rest, status: 'failed' } : rest;
}
