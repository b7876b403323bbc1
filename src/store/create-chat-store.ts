import { Asking } from './asking.js';
import { browserWorld } from './browser-world.js';
import { Cache } from './cache.js';
import { Changes } from './changes.js';
import { ChatState } from './chat-state.js';
import type { DraftMode, MessageType } from '../contract/index.js';
import type { ChatStore, ChatStoreOptions, SendExtra } from './chat-store.js';
import { Collision } from './collision.js';
import { Connection } from './connection.js';
import { History } from './history.js';
import { Keepsakes } from './keepsakes.js';
import { Drafts, draftKey } from './drafts.js';
import { InboxView } from './inbox.js';
import { Loader } from './loading.js';
import { memoryVault } from './memory-vault.js';
import { MessageBudget } from './message-budget.js';
import { Operations } from './operations.js';
import { OutboxQueue } from './outbox-queue.js';
import { Outbox } from './outbox.js';
import { Presence } from './presence.js';
import { Phrasebook } from './phrasebook.js';
import { previousConversations } from './previous.js';
import { Reading } from './reading.js';
import { SafeKeeping } from './safe-keeping.js';
import { Sending } from './sending.js';
import { Sync } from './sync.js';
import { Tabs } from './tabs.js';
import { Typing } from './typing.js';
import { uploadOverTus } from './uploading.js';
import type { SpentDraft } from './vault.js';
import { forgetMessages } from './writers.js';

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

/** Puts the parts of the store together; the only one that knows them all. */
class Composition {
  readonly state: ChatState;
  readonly asking: Asking;
  readonly sync: Sync;
  readonly loader: Loader;
  readonly history: History;
  readonly inbox: InboxView;
  readonly safe: SafeKeeping;
  readonly queue = new OutboxQueue();
  readonly tabs: Tabs;
  readonly sending: Sending;
  readonly collision: Collision;
  readonly outbox: Outbox;
  readonly cache: Cache;
  /** What was last known is shown; or it takes too long. */
  readonly ready: Promise<void>;
  readonly changes: Changes;
  readonly operations: Operations;
  readonly reading: Reading;
  readonly typing: Typing;
  readonly presence: Presence;
  readonly drafts: Drafts;
  readonly keepsakes: Keepsakes;
  readonly phrasebook: Phrasebook;
  readonly connection: Connection;
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
    const vault = options.vault ?? memoryVault();
    this.safe = new SafeKeeping(this.state, vault);
    this.cache = new Cache(this.state, this.sync, vault, options.cache ?? 'on');
    this.tabs = new Tabs(world);
    this.sending = new Sending(this.state, this.asking, this.safe, this.queue, this.tabs);
    this.collision = new Collision(this.state, this.asking, this.queue, this.safe, this.tabs);
    this.outbox = new Outbox(this);
    this.changes = new Changes(this);
    this.operations = new Operations(this.state, this.changes);
    this.reading = new Reading(this.state, this.changes, this.tabs, (id) => this.loader.want('conversations', id));
    this.phrasebook = new Phrasebook(this.state, this.asking);
    const keep = (key: string, text: string) => {
      this.safe.draft(key, text);
      this.tabs.tell('draft', { key, text });
    };
    this.drafts = new Drafts(this.state, this.asking, keep);
    this.keepsakes = new Keepsakes(this.state, keep);
    this.typing = new Typing(this.state, this.asking);
    this.presence = new Presence(this.state, this.asking);
    this.connection = new Connection(this);
    this.state.holds = (id, key) => this.outbox.keeps(id, key);
    this.#joinSending(options);
    this.inbox.stage = () => this.loader.stage;
    this.sync.needs = {
      conversation: (id) => this.loader.want('conversations', id),
      prospect: (id) => this.loader.want('prospects', id),
      typing: (id, typist, isTyping) => this.typing.note(id, typist, isTyping),
      viewing: (agentId, status, id) => this.presence.note(agentId, status, id),
      reloadThread: async (thread) => {
        forgetMessages(this.state, thread);
        await this.loader.firstPage(thread, true);
      },
      reload: () => void this.connection.catchUp(true),
      counts: (counts) => this.inbox.takeCounts(counts),
    };
    this.loader.onPage = (thread) => {
      this.outbox.noteArrivals(thread.conversationId);
      this.reading.drawLine(thread);
      this.history.resume(thread);
      this.cache.touch();
    };
    const budget = new MessageBudget(this.state, options.messageBudget ?? MESSAGE_BUDGET);
    this.state.grown = () => budget.noteGrowth();
    this.state.looking.inbox = () => this.inbox.refresh();
    this.store = this.#expose(options);
    this.ready = this.#restore();
    if (options.transport) this.connection.connect(options.transport);
  }

  /** What the parts of the outbox need of each other. */
  #joinSending({ upload }: ChatStoreOptions): void {
    const { sending, outbox, changes, collision, tabs } = this;
    sending.carriers = { message: outbox, mutation: changes };
    sending.uploads.upload = upload;
    sending.onNotAdmitted = (error) => this.connection.admitAgain(error);
    changes.handOver = (row) => outbox.handOver(row);
    collision.release = (row) => {
      outbox.add(row);
      outbox.handOver(row);
    };
    collision.takeBack = (id, key) => outbox.remove(id, key);
    tabs.on({
      draft: ({ key, text }) => void (this.keepsakes.show(key, text) || this.drafts.show(key, text)),
      upload: ({ key, part }) => sending.uploads.note(key, part),
      wiped: () => void this.#forget(),
    });
  }

  /** Takes over what earlier pages left behind, and meets the other pages. */
  async #restore(): Promise<void> {
    const { world } = this.state;
    // A storage that hangs must not keep the agent from the server.
    const late = new Promise<void>((resolve) => world.after(PATIENCE_WITH_STORAGE_MS, resolve));
    const restored = Promise.race([this.cache.restore(), late]);
    void this.#takeOver();
    await restored;
    if (this.state.conversations.size > 0) this.inbox.ready = true;
    this.inbox.refresh();
  }

  async #takeOver(): Promise<void> {
    const content = await this.safe.open();
    const words = Object.entries(content.drafts).filter(([key, text]) => !this.keepsakes.show(key, text));
    this.drafts.restore(Object.fromEntries(words));
    this.tabs.join(content.name);
    this.outbox.restore(content);
    this.sending.seekLead();
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

  /** The draft whose words these are, so that it goes when they are kept: a host may send something else meanwhile. */
  #spent(conversationId: string, content: string, mode: DraftMode): SpentDraft | undefined {
    const text = this.drafts.get(conversationId, mode);
    return text !== '' && text.trim() === content.trim() ? { key: draftKey(conversationId, mode), text } : undefined;
  }

  async send(conversationId: string, content: string, messageType: MessageType, extra: SendExtra): Promise<string> {
    const { state } = this;
    const mode = extra.visibility === 'internal' ? 'note' : 'reply';
    const spent = this.#spent(conversationId, content, mode);
    const key = await this.outbox.send(conversationId, content, messageType, extra, spent);
    const { $unreadLine, $replyTarget } = state.thread(conversationId);
    $unreadLine.set(null);
    if (extra.replyTo !== undefined && extra.replyTo === $replyTarget.get()) $replyTarget.set(null);
    if (spent && this.drafts.get(conversationId, mode) === spent.text) this.drafts.set(conversationId, '', mode);
    this.typing.announce(conversationId, false);
    return key;
  }

  async reset(): Promise<void> {
    this.tabs.tell('wiped', {});
    await this.#forget();
  }

  async #forget(): Promise<void> {
    this.connection.disconnect();
    // Before anything is awaited: a write that was planned must not come behind the wipe.
    this.cache.forget();
    this.sync.notePosition(undefined);
    await this.outbox.wipe();
    this.changes.forget();
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

  #expose({ upload }: ChatStoreOptions): ChatStore {
    const { state, loader, inbox, operations } = this;
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
      $changes: this.changes.$changes,
      $uploads: this.sending.uploads.$parts,
      attachedFile: (key) => this.outbox.file(key),
      claim: (name) => this.tabs.claim(name),
      onProtocolProblem: (listener) => {
        state.problemListeners.add(listener);
        return () => state.problemListeners.delete(listener);
      },
      connect: (transport) => this.connection.connect(transport),
      connectSocket: async (settings) => {
        state.mediaBase = URL.canParse(settings.url ?? '') ? settings.url : undefined;
        // The code is fetched on first use: until then, and if that fails, the link says how things are.
        state.patchLink({ status: 'connecting', error: undefined });
        this.sending.uploads.upload = upload ?? uploadOverTus(state, settings);
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
      loadThread: (id) => void loader.firstPage(state.thread(id)),
      markAsRead: (id) => this.reading.mark(id),
      sendMessage: (id, content, messageType = 'text', extra = {}) => this.send(id, content, messageType, extra),
      retryMessage: (id, key) => void this.outbox.retry(id, key),
      deleteMessage: (id, key) => this.outbox.remove(id, key),
      noteSeen: (id) => this.collision.noteSeen(id),
      sendHeld: (id, key) => void this.collision.send(id, key),
      discardHeld: (id, key) => this.collision.discard(id, key),
      keepHeldAsNote: (id, key) => void this.collision.keepAsNote(id, key),
      setEnvelope: (id, envelope) => this.keepsakes.address(id, envelope),
      setPreferences: (patch) => this.keepsakes.prefer(patch),
      setDraft: (id, text, mode = 'reply') => this.drafts.set(id, text, mode),
      loadQuickReplies: () => this.phrasebook.quickReplies(),
      loadTemplates: (platform) => this.phrasebook.templates(platform),
      setReplyTarget: (id, messageId) => state.thread(id).$replyTarget.set(messageId),
      setTyping: (id, isTyping) => this.typing.announce(id, isTyping),
      convertProspectToClient: (prospectId, clientData) => operations.convert(prospectId, clientData),
      addClientNote: (clientId, content) => operations.addNote(clientId, content),
      updateClient: (clientId, patch) => operations.updateClient(clientId, patch),
      retryChange: (key) => this.changes.retry(key),
      discardChange: (key) => this.changes.discard(key),
      updateSettings: (patch, id) => operations.updateSettings(patch, id),
      toggleBot: (id = state.$activeId.get() ?? undefined) =>
        operations.updateSettings({ botEnabled: id ? !state.botEnabled(id) : !state.$settings.get()?.botEnabled }, id),
      reset: () => this.reset(),
    };
  }

  #loadMore(): void {
    if (!this.state.online) return;
    // After a failed first page the way on is to begin again.
    if (this.loader.stage === 'failed' && !this.state.conversations.size) return void this.connection.catchUp(true);
    void this.loader.nextPage(() => this.inbox.refresh());
  }
}
