import { Asking } from './asking.js';
import { browserWorld } from './browser-world.js';
import { ChatState } from './chat-state.js';
import type { ChatStore, ChatStoreOptions } from './chat-store.js';
import { Connection } from './connection.js';
import { History } from './history.js';
import { Drafts } from './drafts.js';
import { Keepsakes } from './keepsakes.js';
import { InboxView } from './inbox.js';
import { Loader } from './loading.js';
import { MessageBudget } from './message-budget.js';
import { loadOutgoing, outgoingNow } from './outgoing-code.js';
import type { Outgoing } from './outgoing.js';
import type { Operations } from './operations.js';
import { Presence } from './presence.js';
import { Phrasebook } from './phrasebook.js';
import { previousConversations } from './previous.js';
import { Reading } from './reading.js';
import type { Outcome } from './state.js';
import { Sync } from './sync.js';
import { Typing } from './typing.js';

/**
 * A chat store: never module state, so that two inboxes, tests and stories stay apart.
 *
 * @example
 * const store = createChatStore({ vault: browserVault('northlight:marta') });
 * await store.connectSocket({ url: 'https://chat.example', options: { auth: { token } } });
 */
export function createChatStore(options: ChatStoreOptions = {}): ChatStore {
  return new Composition(options).store;
}

/** Messages in memory, all threads together, before old ones that nobody looks at are let go. */
const MESSAGE_BUDGET = 20_000;
const PATIENCE_WITH_STORAGE_MS = 1500;

const NOT_HERE = { ok: false, error: { code: 'OFFLINE', message: 'There is no connection.' } } as const;

/** Puts the parts of the store together; the only one that knows them all. */
class Composition {
  readonly state: ChatState;
  readonly asking: Asking;
  readonly sync: Sync;
  readonly loader: Loader;
  readonly history: History;
  readonly inbox: InboxView;
  /** Undefined as long as its code is on its way. */
  outgoing: Outgoing | undefined;
  /** What was last known is shown; or it takes too long. */
  readonly ready: Promise<void>;
  readonly reading: Reading;
  readonly typing: Typing;
  readonly presence: Presence;
  readonly drafts: Drafts;
  readonly keepsakes: Keepsakes;
  readonly phrasebook: Phrasebook;
  readonly connection: Connection;
  readonly #options: ChatStoreOptions;
  #coming: Promise<Outgoing> | undefined;
  #restored: Promise<void> | undefined;
  #tries = 0;
  /** What is to be done once the code is here. */
  readonly #waiting: ((outgoing: Outgoing) => void)[] = [];
  /** Counts connecting and disconnecting by URL: what loads meanwhile may be too late. */
  #turn = 0;
  readonly store: ChatStore;

  constructor(options: ChatStoreOptions) {
    const world = options.world ?? browserWorld();
    this.state = new ChatState(world, options);
    this.asking = new Asking(this.state);
    this.sync = new Sync(this.state, this.asking);
    this.loader = new Loader(this.state, this.asking, this.sync);
    this.history = new History(this.state, this.asking, this.sync);
    this.inbox = new InboxView(this.state);
    this.reading = new Reading(this.state, (id, upTo) =>
      this.#whenHere((outgoing) => void outgoing.keepRead(id, upTo)),
    );
    this.phrasebook = new Phrasebook(this.state, this.asking);
    const keep = (key: string, text: string) => this.#whenHere((outgoing) => outgoing.keepDraft(key, text));
    this.drafts = new Drafts(this.state, this.asking, keep);
    this.keepsakes = new Keepsakes(this.state, keep);
    this.typing = new Typing(this.state, this.asking);
    this.presence = new Presence(this.state, this.asking);
    this.connection = new Connection(this);
    this.inbox.stage = () => this.loader.stage;
    this.sync.needs = {
      conversation: (id) => this.loader.want('conversations', id),
      prospect: (id) => this.loader.want('prospects', id),
      typing: (id, typist, isTyping) => this.typing.note(id, typist, isTyping),
      viewing: (agentId, status, id) => this.presence.note(agentId, status, id),
      reloadThread: (thread) => this.loader.startOver(thread),
      reload: () => void this.connection.catchUp(true),
      counts: (counts) => this.inbox.takeCounts(counts),
    };
    this.loader.onPage = (thread) => {
      this.outgoing?.outbox.noteArrivals(thread.conversationId, true);
      this.reading.drawLine(thread);
      this.history.resume(thread);
      this.outgoing?.cache.touch();
    };
    const budget = new MessageBudget(this.state, options.messageBudget ?? MESSAGE_BUDGET);
    this.state.grown = () => budget.noteGrowth();
    this.state.looking.inbox = () => this.inbox.refresh();
    this.store = this.#expose();
    this.#options = options;
    this.ready = this.#restore();
    if (options.transport) this.connection.connect(options.transport);
  }

  // ---- what goes out

  /** Shows what was last known, and takes over what earlier pages left behind. */
  async #restore(): Promise<void> {
    const { world } = this.state;
    // A storage that hangs must not keep the agent from the server, nor must code that is slow to come.
    const late = new Promise<void>((resolve) => world.after(PATIENCE_WITH_STORAGE_MS, resolve));
    const code = outgoingNow();
    if (!code) await Promise.race([this.#come().catch(() => undefined), late]);
    const restored = code ? this.#begin(code) : this.#restored;
    await Promise.race([restored, late]);
    if (this.state.conversations.size > 0) this.inbox.ready = true;
    this.inbox.refresh();
  }

  /** Resolves when what was last known is shown. */
  #begin(Code: typeof Outgoing): Promise<void> {
    const outgoing = new Code({
      ...this,
      options: this.#options,
      notAdmitted: (error) => this.connection.admitAgain(error),
      wiped: () => void this.#forget(),
      askAgain: (id) => this.loader.want('conversations', id),
    });
    this.outgoing = outgoing;
    if (this.connection.isHungUp) outgoing.tabs.leave();
    this.#restored = outgoing.cache.restore();
    void outgoing.takeOver(this.#restored);
    if (this.connection.isUp) outgoing.sending.open();
    for (const act of this.#waiting.splice(0)) act(outgoing);
    return this.#restored;
  }

  /** Rejects when its code does not come: then nothing that is written is taken, and the agent is told. */
  #come(): Promise<Outgoing> {
    if (this.outgoing) return Promise.resolve(this.outgoing);
    return (this.#coming ??= loadOutgoing().then(
      (Code) => {
        void this.#begin(Code);
        return this.outgoing!;
      },
      (failure: unknown) => {
        this.#coming = undefined;
        this.state.$storage.set('memory');
        void this.state.pause(this.#tries++).then(() => this.#come().catch(() => undefined));
        throw failure;
      },
    ));
  }

  /** What can wait until the code is here, in order. */
  #whenHere(act: (outgoing: Outgoing) => void): void {
    if (this.outgoing) act(this.outgoing);
    else this.#waiting.push(act);
  }

  /** What somebody waits for. */
  #out<T>(act: (outgoing: Outgoing) => Promise<T>): Promise<T> {
    return this.outgoing ? act(this.outgoing) : this.#come().then(act);
  }

  /** The same, for who is told what came of it. */
  #change<T>(act: (outgoing: Outgoing) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return this.outgoing ? act(this.outgoing) : this.#come().then(act, () => NOT_HERE);
  }

  // ---- looking

  setActive(conversationId: string | null): void {
    const { state } = this;
    const previous = state.$activeId.get();
    if (!this.reading.open(conversationId)) return;
    if (previous) this.typing.announce(previous, false);
    this.presence.announce(conversationId);
    if (!conversationId) return;
    if (!state.conversations.has(conversationId)) this.loader.want('conversations', conversationId);
    void this.loader.firstPage(state.thread(conversationId));
  }

  showMessage(conversationId: string, messageId: string | null): void {
    const thread = this.state.thread(conversationId);
    if (messageId === null) return thread.$target.set(null);
    this.setActive(conversationId);
    void this.history.show(thread, messageId);
  }

  // ---- writing

  async send(...written: Parameters<Outgoing['send']>): Promise<string> {
    const key = await this.#out((outgoing) => outgoing.send(...written));
    this.typing.announce(written[0], false);
    return key;
  }

  async reset(): Promise<void> {
    this.outgoing?.signOut();
    await this.#forget();
  }

  async #forget(): Promise<void> {
    this.connection.disconnect();
    this.sync.notePosition(undefined);
    this.#waiting.length = 0;
    const outgoing = this.outgoing ?? (await this.#come().catch(() => undefined));
    await (outgoing ?? this.#options.vault)?.wipe();
    this.drafts.forget();
    this.keepsakes.forget();
    const { state } = this;
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
    this.inbox.$counts.set(undefined);
    state.$features.set({});
    state.$settings.set(undefined);
    this.inbox.ready = false;
    this.inbox.refresh();
  }

  #expose(): ChatStore {
    const { state, loader, inbox } = this;
    return {
      $link: state.$link,
      $me: state.$me,
      $locale: state.$locale,
      $features: state.$features,
      $settings: state.$settings,
      $preferences: state.$preferences,
      $storage: state.$storage,
      $activeId: state.$activeId,
      $missing: state.$missing,
      $filter: state.$filter,
      $inbox: state.$inbox,
      $counts: inbox.$counts,
      $unreadTotal: state.$unreadTotal,
      conversations: state.conversations,
      prospects: state.prospects,
      clients: state.clients,
      agents: state.agents,
      thread: (id) => state.thread(id),
      channel: (id) => state.channel(id),
      botEnabled: (id) => state.botEnabled(id),
      previousConversations: (id) => previousConversations(state, this.asking, this.sync, id),
      $changes: state.$changes,
      $uploads: state.$uploads,
      attachedFile: (key) => this.outgoing?.outbox.file(key),
      claim: (name) => this.#out((outgoing) => outgoing.tabs.claim(name)).catch(() => true),
      onProtocolProblem: (listener) => {
        state.problemListeners.add(listener);
        return () => state.problemListeners.delete(listener);
      },
      connect: (transport) => this.connection.connect(transport),
      connectSocket: async (settings) => {
        state.mediaBase = URL.canParse(settings.url ?? '') ? settings.url : undefined;
        // The code is fetched on first use: until then, and if that fails, the link says how things are.
        state.patchLink({ status: 'connecting', error: undefined });
        this.#whenHere((outgoing) => outgoing.uploadTo(settings));
        const turn = ++this.#turn;
        const { socketIoTransport } = await import('../transport/socket-io.js').catch((failure: unknown) => {
          state.patchLink({ status: 'offline' });
          throw failure;
        });
        if (turn === this.#turn) this.connection.connect(socketIoTransport(settings));
      },
      disconnectSocket: () => {
        this.#turn++;
        this.connection.disconnect();
      },
      dispose: () => {
        this.#turn++;
        this.connection.hangUp();
      },
      setLocale: (locale) => state.$locale.set(locale),
      setActiveConversation: (id) => this.setActive(id),
      setFilter: (patch) => {
        state.$filter.set({ ...state.$filter.get(), ...patch });
        if (loader.stage === 'idle') this.#loadMore();
      },
      loadMoreConversations: () => this.#loadMore(),
      loadOlder: (id) => void this.history.older(state.thread(id)),
      fillGap: (id, gap, down = true) => void this.history.fillGap(state.thread(id), gap, down),
      searchMessages: (query, where) => this.history.search(query, where),
      showMessage: (id, messageId) => this.showMessage(id, messageId),
      reloadMessage: (id, messageId) => this.history.again(state.thread(id), messageId),
      loadThread: (id) => void loader.firstPage(state.thread(id)),
      markAsRead: (id) => this.reading.mark(id),
      sendMessage: (id, content, messageType = 'text', extra = {}) => this.send(id, content, messageType, extra),
      retryMessage: (id, key) => this.#whenHere(({ outbox }) => void outbox.retry(id, key)),
      deleteMessage: (id, key) => this.#whenHere(({ outbox }) => outbox.remove(id, key)),
      noteSeen: (id) => this.reading.noteSeen(id),
      sendHeld: (id, key) => this.#whenHere(({ collision }) => void collision.send(id, key)),
      discardHeld: (id, key) => this.#whenHere(({ collision }) => collision.discard(id, key)),
      keepHeldAsNote: (id, key) => this.#whenHere(({ collision }) => void collision.keepAsNote(id, key)),
      setEnvelope: (id, envelope) => this.keepsakes.address(id, envelope),
      setPreferences: (patch) => this.keepsakes.prefer(patch),
      setDraft: (id, text, mode = 'reply') => this.drafts.set(id, text, mode),
      loadQuickReplies: () => this.phrasebook.quickReplies(),
      loadTemplates: (platform) => this.phrasebook.templates(platform),
      setReplyTarget: (id, messageId) => state.thread(id).$replyTarget.set(messageId),
      setTyping: (id, isTyping) => this.typing.announce(id, isTyping),
      convertProspectToClient: (prospectId, clientData) =>
        this.#change(({ operations }) => operations.convert(prospectId, clientData)),
      addClientNote: (clientId, content) => this.#change(({ operations }) => operations.addNote(clientId, content)),
      updateClient: (clientId, patch) => this.#change(({ operations }) => operations.updateClient(clientId, patch)),
      retryChange: (key) => this.#whenHere(({ changes }) => changes.retry(key)),
      discardChange: (key) => this.#whenHere(({ changes }) => changes.discard(key)),
      updateSettings: (patch, id) => this.#updateSettings(patch, id),
      toggleBot: (id = state.$activeId.get() ?? undefined) =>
        this.#updateSettings({ botEnabled: id ? !state.botEnabled(id) : !state.$settings.get()?.botEnabled }, id),
      reset: () => this.reset(),
    };
  }

  #updateSettings(...asked: Parameters<Operations['updateSettings']>): Promise<Outcome> {
    return this.#change(({ operations }) => operations.updateSettings(...asked));
  }

  #loadMore(): void {
    if (!this.state.online) return;
    // After a failed first page the way on is to begin again.
    if (this.loader.stage === 'failed' && !this.state.conversations.size) return void this.connection.catchUp(true);
    void this.loader.nextPage(() => this.inbox.refresh());
  }
}
