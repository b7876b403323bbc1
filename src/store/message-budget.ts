/** Keeps memory bounded: old pages of threads that nobody looks at are let go, and come back when somebody does. */
import type { ChatState, ThreadState } from './chat-state.js';
import { forgetMessages } from './writers.js';

/** What stays of a thread at first: one page, so that opening it again shows something at once. */
const STAYS = 50;

export class MessageBudget {
  readonly #state: ChatState;
  readonly #most: number;
  #due = false;

  constructor(state: ChatState, most: number) {
    this.#state = state;
    this.#most = most;
  }

  /** There is one message more. */
  noteGrowth(): void {
    if (this.#due || this.#state.messageCount <= this.#most) return;
    this.#due = true;
    // Later, so that a page is whole before anything is let go.
    this.#state.world.after(0, () => {
      this.#due = false;
      this.enforce();
    });
  }

  enforce(): void {
    const { threads, $activeId } = this.#state;
    const idle = [...threads.values()]
      .filter((thread) => !thread.inView && thread.conversationId !== $activeId.get() && thread.loaded)
      .sort((a, b) => a.looked - b.looked);
    for (const release of [this.#releaseOldPages, this.#releaseAll])
      for (const thread of idle) {
        if (this.#state.messageCount <= this.#most) return;
        release(thread);
      }
  }

  readonly #releaseOldPages = (thread: ThreadState): void => {
    const { messages } = thread;
    const oldest = messages.get(messages.order[messages.order.length - STAYS] ?? '')?.seq;
    // Without numbers there is no asking for what lies above.
    if (this.#state.level !== 2 || oldest === undefined) return;
    messages.retain((key, { seq }) => (seq ?? Infinity) >= oldest || this.#stays(thread, key));
    thread.numbers.dropBelow(oldest);
    thread.tellGaps();
    thread.$older.set('more');
  };

  readonly #releaseAll = (thread: ThreadState): void => {
    if ([...thread.locals].length === thread.messages.size) return;
    forgetMessages(this.#state, thread);
    thread.$older.set('idle');
    thread.$first.set('idle');
  };

  #stays(thread: ThreadState, key: string): boolean {
    return thread.locals.has(key) || this.#state.holds(thread.conversationId, key);
  }
}
