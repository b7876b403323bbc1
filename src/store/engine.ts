/**
 * Everything behind what a store shows: talking with the server, loading what is looked at, keeping and sending what is
 * written. Nothing of it is needed to draw an inbox, so its code comes beside the first paint (`engine-code.ts`).
 */
import type { ConversationFilter } from '../contract/index.js';
import { Asking } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { ChatStoreOptions } from './chat-store.js';
import { Connection } from './connection.js';
import { Drafts } from './drafts.js';
import { History } from './history.js';
import { InboxView } from './inbox.js';
import { Keepsakes } from './keepsakes.js';
import { Loader } from './loading.js';
import { MessageBudget } from './message-budget.js';
import { Outgoing } from './outgoing.js';
import { Phrasebook } from './phrasebook.js';
import { Presence } from './presence.js';
import { Reading } from './reading.js';
import { Sync } from './sync.js';
import { Typing } from './typing.js';

/** Messages in memory, all threads together, before old ones that nobody looks at are let go. */
const MESSAGE_BUDGET = 20_000;
const PATIENCE_WITH_STORAGE_MS = 1500;

/** Puts the parts together; the only one that knows them all. */
export class Engine {
  readonly state: ChatState;
  readonly asking: Asking;
  readonly sync: Sync;
  readonly loader: Loader;
  readonly history: History;
  readonly inbox: InboxView;
  readonly reading: Reading;
  readonly typing: Typing;
  readonly presence: Presence;
  readonly drafts: Drafts;
  readonly keepsakes: Keepsakes;
  readonly phrasebook: Phrasebook;
  readonly outgoing: Outgoing;
  readonly connection: Connection;
  /** What was last known is shown; or it takes too long. */
  readonly ready: Promise<void>;

  constructor(state: ChatState, options: ChatStoreOptions) {
    this.state = state;
    this.asking = new Asking(state);
    this.sync = new Sync(state, this.asking);
    this.loader = new Loader(state, this.asking, this.sync);
    this.history = new History(state, this.asking, this.sync);
    this.inbox = new InboxView(state);
    this.reading = new Reading(state, (id, upTo) => void this.outgoing.keepRead(id, upTo));
    this.phrasebook = new Phrasebook(state, this.asking);
    const keep = (key: string, text: string) => this.outgoing.keepDraft(key, text);
    this.drafts = new Drafts(state, this.asking, keep);
    this.keepsakes = new Keepsakes(state, keep);
    this.typing = new Typing(state, this.asking);
    this.presence = new Presence(state, this.asking);
    this.outgoing = new Outgoing({
      ...this,
      options,
      notAdmitted: (error) => this.connection.admitAgain(error),
      wiped: () => this.#forgetLate(),
      askAgain: (id) => this.loader.want('conversations', id),
    });
    this.connection = new Connection(this);
    this.#join(options);
    this.ready = this.#restore();
    this.#takeUp();
  }

  /** What the parts need of each other. */
  #join({ messageBudget }: ChatStoreOptions): void {
    const { state, sync, loader, inbox, history, reading, outgoing, connection, typing, presence } = this;
    inbox.stage = () => loader.stage;
    sync.needs = {
      conversation: (id) => loader.want('conversations', id),
      prospect: (id) => loader.want('prospects', id),
      typing: (id, typist, isTyping) => typing.note(id, typist, isTyping),
      viewing: (agentId, status, id) => presence.note(agentId, status, id),
      reloadThread: (thread) => loader.startOver(thread),
      reload: () => void connection.catchUp(true),
      counts: (counts) => inbox.takeCounts(counts),
    };
    loader.onPage = (thread) => {
      outgoing.outbox.noteArrivals(thread.conversationId, true);
      reading.drawLine(thread);
      history.resume(thread);
      outgoing.cache.touch();
    };
    const budget = new MessageBudget(state, messageBudget ?? MESSAGE_BUDGET);
    state.grown = () => budget.noteGrowth();
    state.looking.inbox = () => inbox.refresh();
  }

  /** Shows what was last known, and takes over what earlier pages left behind. */
  async #restore(): Promise<void> {
    const { outgoing, state } = this;
    const restored = outgoing.cache.restore();
    void outgoing.takeOver(restored);
    // A storage that hangs must not keep the agent from the server.
    const late = new Promise<void>((resolve) => state.world.after(PATIENCE_WITH_STORAGE_MS, resolve));
    await Promise.race([restored, late]);
    if (state.conversations.size > 0) this.inbox.ready = true;
    this.inbox.refresh();
  }

  /** What was opened and looked at before this code was here. */
  #takeUp(): void {
    const active = this.state.$activeId.get();
    if (active) this.#follow(active);
    for (const id of this.state.clientsLookedAt) this.loader.want('clients', id);
    this.state.clientsLookedAt.clear();
  }

  // ---- looking

  setActive(conversationId: string | null): void {
    const previous = this.state.$activeId.get();
    if (!this.reading.open(conversationId)) return;
    if (previous) this.typing.announce(previous, false);
    this.presence.announce(conversationId);
    if (conversationId) this.#follow(conversationId);
  }

  /** Loads what an open conversation needs. */
  #follow(conversationId: string): void {
    const { state, loader } = this;
    const thread = state.thread(conversationId);
    this.reading.expectLine(thread);
    if (!state.conversations.has(conversationId)) loader.want('conversations', conversationId);
    void loader.firstPage(thread);
  }

  showMessage(conversationId: string, messageId: string): void {
    this.setActive(conversationId);
    void this.history.show(this.state.thread(conversationId), messageId);
  }

  loadMore(): void {
    if (!this.state.online) return;
    // After a failed first page the way on is to begin again.
    if (this.loader.stage === 'failed' && !this.state.conversations.size) return void this.connection.catchUp(true);
    void this.loader.nextPage(() => this.inbox.refresh());
  }

  /** The filter is another one now. */
  filterChanged(): void {
    if (this.loader.stage === 'idle') this.loadMore();
  }

  async loadPrevious(filter: ConversationFilter): Promise<void> {
    const answer = await this.asking.insist('load_conversations', { filter });
    // The counts of a filtered list are not those of the inbox.
    if (answer.ok) this.sync.takeConversations({ ...answer.data, counts: undefined });
  }

  // ---- writing

  async send(...written: Parameters<Outgoing['send']>): Promise<string> {
    const key = await this.outgoing.send(...written);
    this.typing.announce(written[0], false);
    return key;
  }

  // ---- leaving

  async reset(): Promise<void> {
    this.outgoing.signOut();
    this.#letGo();
    // Everything goes out of this page, whatever becomes of the vault.
    await this.outgoing.wipe().finally(() => this.#forgetShown());
  }

  /** The agent has signed out on another page. */
  #forgetLate(): void {
    this.#letGo();
    this.outgoing.wipedElsewhere();
    this.#forgetShown();
  }

  #letGo(): void {
    this.connection.disconnect();
    this.sync.notePosition(undefined);
  }

  #forgetShown(): void {
    const { state } = this;
    this.drafts.forget();
    this.keepsakes.forget();
    state.$me.set(undefined);
    state.$activeId.set(null);
    this.connection.forgetHistory();
    for (const thread of state.threads.values()) {
      thread.messages.clear();
      thread.numbers.clear();
      thread.tellGaps();
      thread.$target.set(null);
      thread.$held.set(null);
      thread.$replyTarget.set(null);
    }
    for (const list of [state.prospects, state.clients, state.agents]) list.clear();
    state.$counts.set(undefined);
    state.$features.set({});
    state.$settings.set(undefined);
    this.inbox.ready = false;
    this.inbox.refresh();
  }
}
