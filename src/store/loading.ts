/** Loading follows looking: pages of the list, first pages of threads, contacts, colleagues. Nobody else has to ask for them. */
import type { ConversationFilter, Reply } from '../contract/index.js';
import type { Asking } from './asking.js';
import type { ChatState, ThreadState } from './chat-state.js';
import type { Loading as Stage } from './state.js';
import type { Sync } from './sync.js';
import { forgetMessages, putClient, putPage, putProspect, removeConversation } from './writers.js';

const PAGE = 50;
/** Ids asked for in one go; the contract allows 500. */
const BATCH = 200;

/** The oldest number that is here. */
export function oldestSeq(thread: ThreadState): number | undefined {
  for (const key of thread.messages.order) {
    const seq = thread.messages.get(key)?.seq;
    if (seq !== undefined) return seq;
  }
  return undefined;
}

interface ListPages {
  stage: Stage;
  cursor: { lastActivity: string; id: string } | undefined;
}

export class Loader {
  readonly #state: ChatState;
  readonly #asking: Asking;
  readonly #sync: Sync;
  /** Where the pages of each filter stand; levels 0 and 1 know only the whole list. */
  readonly #pages = new Map<string, ListPages>();
  readonly #wanted = { conversations: new Set<string>(), prospects: new Set<string>(), clients: new Set<string>() };
  /** Told when a page of history was taken in. */
  onPage: (thread: ThreadState) => void = () => {};
  #fetching = false;
  #allClients = false;

  constructor(state: ChatState, asking: Asking, sync: Sync) {
    this.#state = state;
    this.#asking = asking;
    this.#sync = sync;
    state.looking.thread = (thread) => void this.firstPage(thread);
    state.looking.client = (id) => this.want('clients', id);
    state.conversationListeners.add((before, after) => {
      // It has come (back) into sight: what somebody looks at is loaded, also when it was refused before.
      const thread = !before && after ? state.threads.get(after.id) : undefined;
      if (thread && thread.$first.lc > 0 && state.level !== undefined) void this.firstPage(thread);
    });
  }

  // ---- the list

  filterKey(): string {
    const { view, text } = this.#state.$filter.get();
    return view === 'all' && !text ? '' : JSON.stringify([view, text]);
  }

  /** Where the list of the filter that is on stands. */
  get stage(): Stage {
    if (this.#pages.get('')?.stage === 'end') return 'end';
    return this.#pages.get(this.filterKey())?.stage ?? 'idle';
  }

  /** The whole list was taken in (a first page, or everything). */
  noteFirstPage(reply: Reply<'load_conversations'>): void {
    this.#pages.clear();
    this.#notePage('', reply);
  }

  noteFailure(): void {
    if (this.stage !== 'end')
      this.#pages.set(this.filterKey(), { stage: 'failed', cursor: this.#pages.get(this.filterKey())?.cursor });
  }

  async nextPage(told: () => void): Promise<void> {
    const key = this.filterKey();
    const pages = this.#pages.get(key) ?? { stage: 'idle' as Stage, cursor: undefined };
    if (pages.stage === 'loading' || this.stage === 'end') return;
    if (this.#state.level !== 2) return told();
    this.#pages.set(key, { ...pages, stage: 'loading' });
    told();
    const { view, text } = this.#state.$filter.get();
    const filter: ConversationFilter = { ...(view === 'all' ? {} : { view }), ...(text ? { text } : {}) };
    const answer = await this.#asking.ask('load_conversations', {
      limit: PAGE,
      ...(pages.cursor ? { before: pages.cursor } : {}),
      ...(key ? { filter } : {}),
    });
    if (answer.ok) {
      this.#sync.takeConversations(answer.data);
      this.#notePage(key, answer.data);
    } else {
      this.#pages.set(key, { ...pages, stage: 'failed' });
    }
    told();
  }

  #notePage(key: string, reply: Reply<'load_conversations'>): void {
    const last = reply.conversations.at(-1);
    this.#pages.set(key, {
      stage: reply.hasMore ? 'more' : 'end',
      cursor: last ? { lastActivity: last.lastActivity, id: last.id } : this.#pages.get(key)?.cursor,
    });
  }

  // ---- one thread

  /** Starts a thread's first page; waits for the link by itself. */
  async firstPage(thread: ThreadState, again = false): Promise<void> {
    const stage = thread.$first.get();
    if (stage === 'loading' || (stage === 'end' && !again)) return;
    if (!this.#asking.transport) return;
    if (stage !== 'end') thread.$first.set('loading');
    const { conversationId } = thread;
    const answer = await this.#asking.ask('load_messages', { conversationId, limit: PAGE });
    if (!answer.ok) {
      // Without a link it is not a failure yet: the page comes with the next connection.
      thread.isWanted = answer.error.code === 'OFFLINE';
      if (stage !== 'end') thread.$first.set(thread.isWanted ? 'idle' : 'failed');
      return;
    }
    this.takeNewestPage(thread, answer.data);
  }

  /**
   * The server cannot tell what has changed since: the newest page is loaded anew, and so is what was here before. What
   * lies between the two is not, and is shown as missing.
   */
  async startOver(thread: ThreadState): Promise<void> {
    const { newest } = thread.numbers;
    forgetMessages(this.#state, thread);
    await this.firstPage(thread, true);
    if (newest === 0 || (oldestSeq(thread) ?? 0) <= newest + 1) return;
    const { conversationId } = thread;
    const answer = await this.#asking.ask('load_messages', { conversationId, before: newest + 1, limit: PAGE });
    if (!answer.ok) return; // it is above, where everything else that is not here is loaded from, too
    putPage(this.#state, thread, answer.data.messages);
    thread.$older.set(answer.data.hasMore ? 'more' : 'end');
  }

  takeNewestPage(thread: ThreadState, reply: Reply<'load_messages'>): void {
    if (reply.reset) forgetMessages(this.#state, thread);
    const { newest } = thread.numbers;
    const from = reply.messages[0]?.seq;
    // What was heard of a thread before it was loaded may be older than the page, and then it stands alone.
    if (!thread.loaded && from !== undefined && this.#state.level === 2) {
      const { conversationId } = thread;
      thread.messages.retain((key, { seq }) => (seq ?? from) >= from || this.#state.holds(conversationId, key));
      thread.numbers.retain([[from, Infinity]]);
    }
    putPage(this.#state, thread, reply.messages);
    // What came while the page was under way: nothing is between them that is not asked for below.
    if (from !== undefined && newest > from && (this.#state.level ?? 2) === 2) thread.numbers.add(from, newest);
    thread.tellGaps();
    this.#noteOldest(thread, reply);
    thread.$first.set('end');
    thread.isWanted = false;
    // After `$first`: what is missing of a thread that counts as loaded is asked for message by message.
    if (reply.rev !== undefined) this.#sync.noteThreadRevision(thread.conversationId, reply.rev);
    this.onPage(thread);
  }

  /** Whether there is more above depends on the page that reaches furthest up. */
  #noteOldest(thread: ThreadState, reply: Reply<'load_messages'>): void {
    const [oldest, from] = [oldestSeq(thread), reply.messages[0]?.seq];
    if (oldest !== undefined && from !== undefined && oldest < from && thread.$older.get() !== 'idle') return;
    thread.$older.set(reply.hasMore ? 'more' : 'end');
  }

  // ---- people and single conversations

  /** Asks for one thing that something mentioned; requests of one moment go together. */
  want(kind: 'conversations' | 'prospects' | 'clients', id: string): void {
    this.#wanted[kind].add(id);
    if (this.#fetching) return;
    this.#fetching = true;
    this.#state.world.after(0, () => void this.fetchWanted());
  }

  async fetchWanted(): Promise<void> {
    this.#fetching = false;
    if (!this.#state.online || this.#state.level === undefined) return; // asked again after the next connection
    const take = (kind: 'conversations' | 'prospects' | 'clients') => {
      const ids = [...this.#wanted[kind]].slice(0, BATCH);
      for (const id of ids) this.#wanted[kind].delete(id);
      return ids;
    };
    const [conversations, prospects, clients] = [take('conversations'), take('prospects'), take('clients')];
    const byId = this.#state.level === 2;
    const answered = await Promise.all([
      conversations.length === 0 || this.#fetchConversations(byId ? conversations : undefined),
      prospects.length === 0 || this.loadProspects(byId ? prospects : undefined),
      clients.length === 0 || this.#loadClients(byId ? clients : undefined),
    ]);
    const { conversations: more, prospects: others, clients: rest } = this.#wanted;
    // Who was refused is asked for with what is wanted next, or with the next connection: at once, it would never end.
    if (answered.every(Boolean) && more.size + others.size + rest.size > 0) await this.fetchWanted();
  }

  /** True: it was answered; the same below. */
  async #fetchConversations(ids: string[] | undefined): Promise<boolean> {
    const answer = await this.#asking.insist('load_conversations', ids && { ids });
    if (!answer.ok) return this.#wantAgain('conversations', ids);
    this.#sync.takeConversations(answer.data);
    for (const id of ids ?? []) {
      // Not there, or not ours to see: the two look the same from here.
      const known = answer.unreadable?.includes(id) || answer.data.conversations.some((found) => found.id === id);
      if (!known) removeConversation(this.#state, id);
    }
    if (!ids) this.#dropUnknownActive();
    return true;
  }

  #dropUnknownActive(): void {
    const active = this.#state.$activeId.get();
    if (active && !this.#state.conversations.has(active)) removeConversation(this.#state, active);
  }

  async loadProspects(ids?: string[]): Promise<boolean> {
    const answer = await this.#asking.insist('load_prospects', ids && { ids });
    if (!answer.ok) return this.#wantAgain('prospects', ids);
    for (const prospect of answer.data.prospects) putProspect(this.#state, prospect);
    return true;
  }

  async #loadClients(ids: string[] | undefined): Promise<boolean> {
    if (!ids && this.#allClients) return true;
    const answer = await this.#asking.insist('load_clients', ids && { ids });
    if (!answer.ok) return this.#wantAgain('clients', ids);
    if (!ids) this.#allClients = true;
    for (const client of answer.data.clients) putClient(this.#state, client);
    return true;
  }

  async loadAgents(): Promise<void> {
    const answer = await this.#asking.insist('load_agents', {});
    if (answer.ok) for (const agent of answer.data.agents) this.#state.agents.put(agent.id, agent);
  }

  /** The link went, or the server would not tell: they stay wanted. */
  #wantAgain(kind: 'conversations' | 'prospects' | 'clients', ids: string[] | undefined): false {
    for (const id of ids ?? []) this.#wanted[kind].add(id);
    return false;
  }

  /** After a new connection everything that lists at levels 0 and 1 may have moved on. */
  forgetWholeLists(): void {
    this.#allClients = false;
  }
}
