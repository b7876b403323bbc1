import type { ChatStore } from '../../store/chat-store.js';
import type { Gap } from '../../store/state.js';
import type { MessageRow } from './message-row.js';

/** What of the list the reader has come to. */
interface Reach {
  readonly rows: readonly MessageRow[];
  readonly keys: readonly string[];
  readonly firstSeen: number;
}

/** Asks for more history where the reader comes near an end of what is here. */
export class HistoryReach {
  #askedFor?: readonly string[];

  /** The next page above; once for each state of the list, because a page is told before its rows are there. */
  older(store: ChatStore, conversationId: string): void {
    const thread = store.thread(conversationId);
    const ids = thread.messages.$ids.get();
    if (thread.$older.get() !== 'more' || ids === this.#askedFor) return;
    this.#askedFor = ids;
    store.loadOlder(conversationId);
  }

  /** A gap that comes near is filled from the side the reader comes from. */
  gap(store: ChatStore, conversationId: string, gaps: readonly Gap[], { rows, keys, firstSeen }: Reach): void {
    const row = rows.find(({ plan }) => plan.gap?.stage === 'more');
    const gap = row?.plan.gap;
    // What is drawn may be a frame behind what is known.
    if (!row || !gap || !gaps.includes(gap) || keys !== store.thread(conversationId).messages.$ids.get()) return;
    const fromAbove = keys[firstSeen] !== row.key && firstSeen < keys.lastIndexOf(row.key);
    store.fillGap(conversationId, gap, fromAbove);
  }
}
