/** More of one thread's history: upwards, into a gap, or around a message that was asked for. */
import type { Ask, Reply } from '../contract/index.js';
import type { Asking } from './asking.js';
import type { ChatState, ThreadState } from './chat-state.js';
import { oldestSeq } from './loading.js';
import type { Gap, Outcome } from './state.js';
import type { Sync } from './sync.js';
import { putPage } from './writers.js';

const PAGE = 50;
const NOT_GIVEN = {
  ok: false,
  error: { code: 'NOT_FOUND', message: 'The server did not give this message.' },
} as const;

export class History {
  readonly #state: ChatState;
  readonly #asking: Asking;
  readonly #sync: Sync;

  constructor(state: ChatState, asking: Asking, sync: Sync) {
    this.#state = state;
    this.#asking = asking;
    this.#sync = sync;
  }

  async older(thread: ThreadState): Promise<void> {
    const stage = thread.$older.get();
    if (stage !== 'more' && stage !== 'failed') return;
    const before = oldestSeq(thread);
    if (before === undefined) return thread.$older.set('end');
    thread.$older.set('loading');
    const page = await this.#page(thread, { before });
    // Forgotten or reached by another way meanwhile.
    if (thread.$older.get() !== 'loading') return;
    thread.$older.set(!page.ok ? 'failed' : page.data.hasMore ? 'more' : 'end');
  }

  /** Loads into a gap, from above (`down`) or from below. */
  async fillGap(thread: ThreadState, gap: Gap, down: boolean): Promise<void> {
    const known = thread.$gaps.get().find((one) => one.after === gap.after && one.before === gap.before);
    if (!known || known.stage === 'loading') return;
    thread.tellGaps('loading', known);
    const page = await this.#page(thread, down ? { after: gap.after } : { before: gap.before });
    if (!page.ok) return thread.tellGaps('failed', known);
    const { messages } = page.data;
    const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq];
    const useful = first !== undefined && last !== undefined && (down ? first > gap.after : last < gap.before);
    if (!useful || page.data.reset) return thread.tellGaps('missing', known);
    // The page begins where the gap does, also when numbers are left out there.
    thread.numbers.add(down ? gap.after : first, down ? last : gap.before);
    thread.tellGaps();
  }

  /** Leads to a message, wherever in the history it is. Until the thread itself is there, it waits for it. */
  async show(thread: ThreadState, messageId: string): Promise<void> {
    const here = () => thread.find(messageId) !== undefined;
    if (here()) return thread.$target.set({ messageId, stage: 'here' });
    const target = { messageId, stage: 'loading' } as const;
    thread.$target.set(target);
    if (!thread.loaded || !this.#state.online) return;
    const page = this.#state.level === 2 ? await this.#page(thread, { around: messageId }) : undefined;
    if (thread.$target.get() !== target) return; // something else was asked for
    if (page?.ok) this.#noteOldest(thread, page.data);
    const stage = here() ? 'here' : !page || page.ok || page.error.code === 'NOT_FOUND' ? 'missing' : 'failed';
    thread.$target.set({ messageId, stage });
  }

  /** Asks for a message anew, because links in it no longer hold; those around it come along. */
  async again(thread: ThreadState, messageId: string): Promise<Outcome> {
    const page = await this.#page(thread, this.#state.level === 2 ? { around: messageId } : {});
    if (!page.ok) return page;
    // Only level 2 can be asked for one message: the newest page of others may be too short for it.
    if (!page.data.messages.some(({ id }) => id === messageId)) return NOT_GIVEN;
    return { ok: true, data: undefined };
  }

  /** The first page has come: a message that was asked for before is looked for now. */
  resume(thread: ThreadState): void {
    const target = thread.$target.get();
    if (target?.stage === 'loading') void this.show(thread, target.messageId);
  }

  async search(
    query: string,
    { conversationId, cursor }: { conversationId?: string; cursor?: string } = {},
  ): Promise<Outcome<Reply<'search_messages'>>> {
    return this.#asking.ask('search_messages', {
      query,
      limit: PAGE,
      ...(conversationId === undefined ? {} : { filter: { conversationId } }),
      ...(cursor === undefined ? {} : { cursor }),
    });
  }

  /** An island above everything: what lies above it is what there is to load at the top. */
  #noteOldest(thread: ThreadState, page: Reply<'load_messages'>): void {
    if (page.messages[0]?.seq === oldestSeq(thread)) thread.$older.set(page.hasMore ? 'more' : 'end');
  }

  async #page(thread: ThreadState, which: Partial<Ask<'load_messages'>>) {
    const { conversationId } = thread;
    const answer = await this.#asking.ask('load_messages', { conversationId, ...which, limit: PAGE });
    if (!answer.ok) return answer;
    putPage(this.#state, thread, answer.data.messages);
    const known = this.#state.revisions.get(conversationId);
    // Changes of these messages that came before the page was here are told once more.
    if (known !== undefined && (answer.data.rev ?? known) < known)
      this.#sync.noteThreadRevision(conversationId, answer.data.rev!);
    return answer;
  }
}
