/**
 * Keeps memory bounded: old pages of threads that nobody looks at are let go, and of an open one what is far from what is
 * seen. All of it comes back when somebody looks there.
 */
import type { ChatState, ThreadState } from './chat-state.js';
import { forgetMessages } from './writers.js';

/** What stays of a thread at first: one page, so that opening it again shows something at once. */
const STAYS = 50;
/** Of an open thread at least so many stay on either side of what is drawn: nobody scrolls over them in a moment. */
const NEAR = 200;
/** A page is under way: it is looked again a little later. */
const ONCE_MORE_MS = 200;

export class MessageBudget {
  readonly #state: ChatState;
  readonly #most: number;
  #due = false;

  constructor(state: ChatState, most: number) {
    this.#state = state;
    this.#most = most;
  }

  /** There is one message more. Looks at it `wait` milliseconds later, so that a page is whole before anything is let go. */
  noteGrowth(wait = 0): void {
    if (this.#due || this.#state.messageCount <= this.#most) return;
    this.#due = true;
    this.#state.world.after(wait, () => {
      this.#due = false;
      this.enforce();
    });
  }

  enforce(): void {
    const { threads, $activeId } = this.#state;
    const isOpen = (thread: ThreadState) => thread.inView || thread.conversationId === $activeId.get();
    const loaded = [...threads.values()].filter((thread) => thread.loaded).sort((a, b) => a.looked - b.looked);
    const idle = loaded.filter((thread) => !isOpen(thread));
    const open = loaded.filter(isOpen);
    for (const [release, from] of [
      [this.#releaseOldPages, idle],
      [this.#releaseAll, idle],
      [this.#releaseFar, open],
    ] as const)
      for (const thread of from) {
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
    thread.numbers.retain([[oldest, Infinity]]);
    thread.tellGaps();
    thread.$older.set('more');
  };

  readonly #releaseAll = (thread: ThreadState): void => {
    if ([...thread.locals].length === thread.messages.size) return;
    forgetMessages(this.#state, thread);
    thread.$older.set('idle');
    thread.$first.set('idle');
  };

  /** What is drawn is watched, message by message. Where nobody watches any, the list is read as a whole: it stays whole. */
  readonly #releaseFar = (thread: ThreadState): void => {
    const { messages } = thread;
    const { order, watched } = messages;
    if (this.#state.level !== 2 || watched.size === 0) return;
    if (isLoading(thread)) return this.noteGrowth(ONCE_MORE_MS);
    const kept = new Uint8Array(order.length);
    const keep = (at: number, around: number) => kept.fill(1, Math.max(0, at - around), at + around + 1);
    const near = Math.max(NEAR, Math.floor(this.#most / 4));
    const target = thread.find(thread.$target.get()?.messageId ?? '')?.key;
    order.forEach((key, at) => {
      // One alone is what another one quotes.
      const isDrawn = watched.has(order[at - 1] ?? '') || watched.has(order[at + 1] ?? '');
      if (watched.has(key)) keep(at, isDrawn ? near : 0);
      if (key === target) keep(at, STAYS);
    });
    keep(order.length - 1, STAYS);
    if (!kept.includes(0)) return;
    const spans = spansOf(kept, (at) => messages.get(order[at]!)?.seq);
    const keys = new Set(order.filter((_key, at) => kept[at]));
    if (!kept[0]) thread.$older.set('more');
    messages.retain((key) => keys.has(key) || this.#stays(thread, key));
    thread.numbers.retain(spans);
    thread.tellGaps();
  };

  #stays(thread: ThreadState, key: string): boolean {
    return thread.locals.has(key) || this.#state.holds(thread.conversationId, key);
  }
}

/** A page is on its way whose place among the others is known by what is here now. */
function isLoading({ $older, $gaps, $target }: ThreadState): boolean {
  const stages = [$older.get(), $target.get()?.stage, ...$gaps.get().map(({ stage }) => stage)];
  return stages.includes('loading');
}

/** The numbers of each run of what is kept. What lies beyond the first or the last of all is no matter of this. */
function spansOf(kept: Uint8Array, seqOf: (at: number) => number | undefined): [from: number, to: number][] {
  const spans: [from: number, to: number][] = [];
  let run: [from: number, to: number] | undefined;
  kept.forEach((isKept, at) => {
    const seq = seqOf(at);
    if (!isKept) run = undefined;
    else if (run) run[1] = seq ?? run[1];
    else if (seq !== undefined) spans.push((run = [at === 0 ? 0 : seq, seq]));
  });
  if (run) run[1] = Infinity;
  return spans;
}
