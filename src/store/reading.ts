/** What the agent is looking at, where the unread line stands, and what has been read. */
import type { Ask } from '../contract/index.js';
import type { Asking } from './asking.js';
import type { ChatState, ThreadState } from './chat-state.js';

export class Reading {
  readonly #state: ChatState;
  readonly #asking: Asking;
  /** The newest message each conversation was marked as read up to, so that looking again says nothing. */
  readonly #markedUpTo = new Map<string, string>();
  /** Marks whose answer got lost: said again with the next connection. */
  readonly #unsaid = new Set<string>();

  constructor(state: ChatState, asking: Asking) {
    this.#state = state;
    this.#asking = asking;
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
    if (conversationId) {
      this.#state.$missing.set(null);
      const thread = this.#state.thread(conversationId);
      thread.lineIsDue = true;
      this.drawLine(thread);
    }
    return true;
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

  /** Shown at once; the server's word comes back as the ack or as an update. */
  mark(conversationId: string): void {
    const state = this.#state;
    const conversation = state.conversations.get(conversationId);
    const thread = state.threads.get(conversationId);
    if (!conversation || !thread?.loaded || conversation.unreadCount === 0 || !state.online) return;
    const newest = thread.messages.order.findLast((key) => !thread.messages.get(key)?.local);
    const message = newest === undefined ? undefined : thread.messages.get(newest);
    if (!message || this.#markedUpTo.get(conversationId) === message.id) return;
    this.#markedUpTo.set(conversationId, message.id);
    const { seq } = message;
    state.conversations.put(conversationId, {
      ...conversation,
      unreadCount: 0,
      ...(seq === undefined ? {} : { readSeq: Math.max(conversation.readSeq ?? 0, seq) }),
    });
    void this.#say(conversationId, { ...(seq === undefined ? {} : { seq }), messageId: message.id });
  }

  /** A new connection: what was not heard is said again. */
  sayUnsaid(): void {
    for (const conversationId of [...this.#unsaid]) {
      this.#unsaid.delete(conversationId);
      const seq = this.#state.conversations.get(conversationId)?.readSeq;
      const messageId = this.#markedUpTo.get(conversationId);
      void this.#say(conversationId, { ...(seq === undefined ? {} : { seq }), ...(messageId ? { messageId } : {}) });
    }
  }

  async #say(conversationId: string, upTo: { seq?: number; messageId?: string }): Promise<void> {
    const state = this.#state;
    const ask: Ask<'mark_as_read'> = state.level === 2 ? { conversationId, upTo } : { conversationId };
    const answer = await this.#asking.insist('mark_as_read', ask);
    if (!answer.ok) {
      if (answer.error.retryable && state.level !== 0) this.#unsaid.add(conversationId);
      return;
    }
    const known = state.conversations.get(conversationId);
    const { unreadCount, readSeq } = answer.data;
    if (!known || unreadCount === undefined || (readSeq ?? 0) < (known.readSeq ?? 0)) return;
    state.conversations.put(conversationId, { ...known, unreadCount, ...(readSeq === undefined ? {} : { readSeq }) });
  }
}
