/** What the agent is looking at, where the unread line stands, and what has been read. */
import type { Reply } from '../contract/index.js';
import type { ChatState, ThreadState } from './chat-state.js';

export class Reading {
  readonly #state: ChatState;
  /** Keeps what was read until the server has heard it. */
  readonly #keep: (conversationId: string, upTo: { seq?: number; messageId: string }) => void;
  /** The newest message each conversation was marked as read up to, so that looking again says nothing. */
  readonly #markedUpTo = new Map<string, string>();

  constructor(state: ChatState, keep: (conversationId: string, upTo: { seq?: number; messageId: string }) => void) {
    this.#state = state;
    this.#keep = keep;
    state.conversationListeners.add((before, after) => {
      // Opened by its address, and known only now.
      if (!before && after && after.id === state.$activeId.get()) this.drawLine(state.thread(after.id));
    });
  }

  /** Opens a conversation, and leaves the one before. Tells whether anything changed. */
  open(conversationId: string | null): boolean {
    const { $activeId, threads } = this.#state;
    const previous = $activeId.get();
    if (previous === conversationId) return false;
    if (previous) threads.get(previous)?.$unreadLine.set(null);
    $activeId.set(conversationId);
    return true;
  }

  /** It was opened: its line is due. */
  expectLine(thread: ThreadState): void {
    this.#state.$missing.set(null);
    thread.lineIsDue = true;
    this.drawLine(thread);
  }

  /** The line before the first message that was unread when the conversation was opened: drawn once all is there. */
  drawLine(thread: ThreadState): void {
    const conversation = this.#state.conversations.get(thread.conversationId);
    if (!thread.lineIsDue || !thread.loaded || !conversation) return;
    thread.lineIsDue = false;
    const { readSeq, unreadCount } = conversation;
    const keys = thread.messages.order;
    let missing = unreadCount;
    let first: string | undefined;
    for (let at = keys.length - 1; at >= 0 && missing > 0; at--) {
      const message = thread.messages.get(keys[at]!)!;
      if (message.senderType !== 'prospect') continue;
      if (readSeq !== undefined && message.seq !== undefined && message.seq <= readSeq) break;
      first = message.key;
      missing--;
    }
    if (first) thread.$unreadLine.set({ key: first, count: unreadCount });
  }

  /** Shown at once and kept until the server has heard it; its word comes back as the ack or as an update. */
  mark(conversationId: string): void {
    const state = this.#state;
    const conversation = state.conversations.get(conversationId);
    const thread = state.threads.get(conversationId);
    if (!conversation || !thread?.loaded || conversation.unreadCount === 0) return;
    const newest = thread.messages.order.findLast((key) => !thread.messages.get(key)?.local);
    const message = newest === undefined ? undefined : thread.messages.get(newest);
    if (!message || this.#markedUpTo.get(conversationId) === message.id) return;
    const { seq, id: messageId } = message;
    const upTo = { ...(seq === undefined ? {} : { seq }), messageId };
    this.#show(conversationId, upTo);
    this.#keep(conversationId, upTo);
  }

  /** The agent has the end of this thread in front of them. */
  noteSeen(conversationId: string): void {
    const state = this.#state;
    state.isWatched = true;
    const thread = state.threads.get(conversationId);
    if (thread?.loaded) thread.seenSeq = Math.max(thread.seenSeq, thread.newestSeq);
  }

  #show(conversationId: string, { seq, messageId }: { seq?: number; messageId?: string }): void {
    const { conversations } = this.#state;
    const known = conversations.get(conversationId);
    if (!known || (seq !== undefined && seq < (known.readSeq ?? 0))) return;
    if (messageId !== undefined) this.#markedUpTo.set(conversationId, messageId);
    conversations.put(conversationId, {
      ...known,
      unreadCount: 0,
      ...(seq === undefined ? {} : { readSeq: Math.max(known.readSeq ?? 0, seq) }),
    });
  }

  /** Another page of this browser has shown it to the agent. */
  readElsewhere({ conversationId, ...upTo }: { conversationId: string; seq?: number; messageId?: string }): void {
    const known = this.#state.conversations.get(conversationId);
    // With something newer here, the server's word is needed to count what is left.
    if (known && (upTo.seq === undefined || upTo.seq >= (known.lastSeq ?? 0))) this.#show(conversationId, upTo);
  }

  /**
   * The conversation was given to a colleague, or is gone. What was shown as read is not, and a marker that only goes
   * forward would never come back from there: the row is forgotten, on every page, and shown as the server tells it next.
   * `askAgain`: asks the server what it says of a conversation now.
   */
  refused(conversationId: string, askAgain: (conversationId: string) => void): void {
    this.#markedUpTo.delete(conversationId);
    if (this.#state.level !== 2) return;
    this.#state.conversations.remove(conversationId);
    askAgain(conversationId);
  }

  /** The server's word on it. */
  taken(conversationId: string, { unreadCount, readSeq }: Reply<'mark_as_read'>): void {
    const { conversations } = this.#state;
    const known = conversations.get(conversationId);
    if (!known || unreadCount === undefined || (readSeq ?? 0) < (known.readSeq ?? 0)) return;
    conversations.put(conversationId, { ...known, unreadCount, ...(readSeq === undefined ? {} : { readSeq }) });
  }
}
