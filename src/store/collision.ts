/**
 * Two people answering one customer at once (protocol.md §6): a reply says up to where its author had read. When a
 * colleague or the bot answered behind that, the server takes nothing, and the reply is held back until its author
 * decides: send it all the same, go on writing it, keep it as a note for the team, or drop it.
 */
import type { Asking, AskError } from './asking.js';
import type { ChatState, ThreadState } from './chat-state.js';
import { keyOf } from './merge.js';
import type { OutboxQueue } from './outbox-queue.js';
import type { SafeKeeping } from './safe-keeping.js';
import type { Held, Message } from './state.js';
import type { Tabs } from './tabs.js';
import type { Still } from './sending.js';
import type { MessageRow } from './vault.js';
import { putMessage } from './writers.js';

/** A file cannot go back into the field, and a template is no template once its words are changed. */
const isWords = ({ messageType, metadata }: Message): boolean =>
  (messageType === 'text' || messageType === 'email') && metadata?.templateId === undefined;

/** Of what was answered meanwhile, so much is fetched. */
const ANSWERS_MOST = 50;

export class Collision {
  /** Takes a changed row into memory and hands it to the page that sends. Set by the composition. */
  release: (row: Still) => void = () => {};
  takeBack: (conversationId: string, key: string) => void = () => {};
  /** Puts the words of a message back into the reply that is being written. Set by the composition. */
  rewrite: (message: Message) => void = () => {};
  readonly #state: ChatState;
  readonly #asking: Asking;
  readonly #queue: OutboxQueue;
  readonly #safe: SafeKeeping;
  readonly #tabs: Tabs;

  constructor(state: ChatState, asking: Asking, queue: OutboxQueue, safe: SafeKeeping, tabs: Tabs) {
    this.#state = state;
    this.#asking = asking;
    this.#queue = queue;
    this.#safe = safe;
    this.#tabs = tabs;
  }

  /** What a reply that is written now can take into account; undefined where nothing is known. */
  seenSeq(conversationId: string): number | undefined {
    const thread = this.#state.threads.get(conversationId);
    if (!thread?.loaded) return undefined;
    if (!this.#state.isWatched) return thread.newestSeq;
    return thread.seenSeq > 0 ? thread.seenSeq : undefined;
  }

  /** True when the server refused because of an answer that its author had not seen: it is held back then. */
  holds(row: MessageRow, error: AskError): boolean {
    if (error.code !== 'CONFLICT' || error.field !== 'seenSeq') return false;
    const held: MessageRow = { ...row, phase: 'held' };
    const thread = this.#state.thread(row.conversationId);
    this.#queue.put(held);
    void this.#safe.keep(held);
    this.#tabs.tell('row', { row: held });
    thread.messages.remove(row.key);
    this.#uncover(row);
    this.refresh(row.conversationId);
    void this.#fetchAnswers(row);
    return true;
  }

  /** The list row showed the held reply as the newest message: the newest real one is. */
  #uncover({ key, conversationId }: MessageRow): void {
    const { conversations } = this.#state;
    const conversation = conversations.get(conversationId);
    if (!conversation?.lastMessage || keyOf(conversation.lastMessage) !== key) return;
    const { messages } = this.#state.thread(conversationId);
    const newest = messages.order.findLast((one) => !messages.get(one)?.local);
    const { lastMessage: _ours, ...rest } = conversation;
    const lastMessage = newest === undefined ? undefined : messages.get(newest);
    conversations.put(conversationId, lastMessage ? { ...rest, lastMessage } : rest);
  }

  /** What the colleague wrote may still be on its way to us. */
  async #fetchAnswers({ conversationId, seenSeq }: MessageRow): Promise<void> {
    if (seenSeq === undefined) return;
    const answer = await this.#asking.ask('load_messages', { conversationId, after: seenSeq, limit: ANSWERS_MOST });
    if (!answer.ok || !this.#state.threads.get(conversationId)?.loaded) return;
    for (const message of answer.data.messages) putMessage(this.#state, message);
    this.refresh(conversationId);
  }

  /** Tells what is held in a conversation, and which answers it did not take into account. */
  refresh(conversationId: string): void {
    const row = this.#queue.messagesOf(conversationId).find(({ phase }) => phase === 'held');
    const thread = row ? this.#state.thread(conversationId) : this.#state.threads.get(conversationId);
    if (!thread) return;
    if (!row) return thread.$held.get() === null ? undefined : thread.$held.set(null);
    const { content, messageType, visibility, replyTo } = row.message;
    const metadata = row.message.metadata!; // our own has at least its key there
    const fileName = metadata.fileName ?? row.attachment?.name;
    const held: Held = {
      key: row.key,
      content,
      messageType,
      metadata,
      ...(replyTo ? { replyTo } : {}),
      ...(fileName ? { fileName } : {}),
      ...(visibility ? { visibility } : {}),
      canEdit: isWords(row.message),
      answers: this.#answers(thread, row.seenSeq ?? 0),
    };
    const known = thread.$held.get();
    const same = known?.key === held.key && known.answers.length === held.answers.length;
    if (!same) thread.$held.set(held);
  }

  #answers(thread: ThreadState, seenSeq: number): Message[] {
    const me = this.#state.$me.get();
    const all = thread.messages.order.map((key) => thread.messages.get(key)!);
    return all.filter(
      ({ seq, senderType, senderId, visibility }) =>
        seq !== undefined &&
        seq > seenSeq &&
        visibility !== 'internal' &&
        (senderType === 'bot' || (senderType === 'agent' && senderId !== me)),
    );
  }

  // ---- the agent decides

  send(conversationId: string, key: string): Promise<void> {
    return this.#decide(conversationId, key, (message) => message);
  }

  keepAsNote(conversationId: string, key: string): Promise<void> {
    return this.#decide(conversationId, key, (message) => ({ ...message, visibility: 'internal' }));
  }

  discard(conversationId: string, key: string): void {
    if (!this.#find(conversationId, key)) return;
    this.takeBack(conversationId, key);
    this.refresh(conversationId);
  }

  /** Its words are kept with the draft before they leave the outbox: rather twice than not at all. */
  edit(conversationId: string, key: string): void {
    const row = this.#find(conversationId, key);
    if (!row || !isWords(row.message)) return;
    this.rewrite(row.message);
    this.discard(conversationId, key);
  }

  async #decide(conversationId: string, key: string, change: (message: Message) => Message): Promise<void> {
    const row = this.#find(conversationId, key);
    if (!row) return;
    const { seenSeq: _seen, ...rest } = row;
    const next: Still<MessageRow> = {
      ...rest,
      phase: 'queued',
      writtenAt: this.#state.world.now(),
      message: change(row.message),
    };
    if (await this.#safe.replaceStill(next, ['held'])) this.release(next);
  }

  #find(conversationId: string, key: string): MessageRow | undefined {
    return this.#queue.messagesOf(conversationId).find((row) => row.key === key && row.phase === 'held');
  }
}
