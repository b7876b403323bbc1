import { browserWorld } from './browser-world.js';
import { ChatState } from './chat-state.js';
import type { ChatStore, ChatStoreOptions } from './chat-store.js';
import { EngineSoon } from './engine-soon.js';
import type { Operations } from './operations.js';
import { previousConversations } from './previous.js';

/**
 * A chat store: never module state, so that two inboxes, tests and stories stay apart.
 *
 * @example
 * const store = createChatStore({ vault: browserVault('northlight:marta') });
 * await store.connectSocket({ url: 'https://chat.example', options: { auth: { token } } });
 */
export function createChatStore(options: ChatStoreOptions = {}): ChatStore {
  const state = new ChatState(options.world ?? browserWorld(), options);
  const engine = new EngineSoon(state, options);
  if (options.transport) engine.connect(options.transport);
  return expose(state, engine, options);
}

/** A web address; without one Socket.IO goes to the page's own server. */
function serverAt(url = ''): string | undefined {
  const web = url.replace(/^ws/i, 'http');
  return /^https?:/i.test(web) && URL.canParse(web) ? web : undefined;
}

/** What the panels and the host see of it. */
function expose(state: ChatState, engine: EngineSoon, { vault }: ChatStoreOptions): ChatStore {
  /** Counts connecting and disconnecting by URL: what loads meanwhile may be too late. */
  let turn = 0;
  const updateSettings = (...asked: Parameters<Operations['updateSettings']>) =>
    engine.outcome(({ outgoing }) => outgoing.operations.updateSettings(...asked));
  const open = (conversationId: string | null) =>
    engine.here ? engine.here.setActive(conversationId) : state.$activeId.set(conversationId);
  return {
    $link: state.$link,
    $me: state.$me,
    $server: state.$server,
    $locale: state.$locale,
    $features: state.$features,
    $settings: state.$settings,
    $preferences: state.$preferences,
    $storage: state.$storage,
    $activeId: state.$activeId,
    $missing: state.$missing,
    $filter: state.$filter,
    $inbox: state.$inbox,
    $counts: state.$counts,
    $unreadTotal: state.$unreadTotal,
    conversations: state.conversations,
    prospects: state.prospects,
    clients: state.clients,
    agents: state.agents,
    thread: (id) => state.thread(id),
    channel: (id) => state.channel(id),
    botEnabled: (id) => state.botEnabled(id),
    previousConversations: (id) =>
      previousConversations(state, id, (filter) => engine.when((here) => void here.loadPrevious(filter))),
    $changes: state.$changes,
    $uploads: state.$uploads,
    attachedFile: (key) => engine.here?.outgoing.outbox.file(key),
    claim: (name) => engine.ask(({ outgoing }) => outgoing.tabs.claim(name)).catch(() => true),
    onProtocolProblem: (listener) => {
      state.problemListeners.add(listener);
      return () => state.problemListeners.delete(listener);
    },
    connect: (transport) => {
      state.$server.set(undefined);
      engine.connect(transport);
    },
    connectSocket: async (settings) => {
      state.$server.set(serverAt(settings.url));
      // The code is fetched on first use: until then, and if that fails, the link says how things are.
      state.patchLink({ status: 'connecting', error: undefined });
      engine.when(({ outgoing }) => outgoing.uploadTo(settings));
      const mine = ++turn;
      const { socketIoTransport } = await import('../transport/socket-io.js').catch((failure: unknown) => {
        state.patchLink({ status: 'offline' });
        throw failure;
      });
      if (mine === turn) engine.connect(socketIoTransport(settings));
    },
    disconnectSocket: () => {
      turn++;
      engine.disconnect();
    },
    dispose: () => {
      turn++;
      engine.hangUp();
    },
    setLocale: (locale) => state.$locale.set(locale),
    setActiveConversation: open,
    setFilter: (patch) => {
      state.$filter.set({ ...state.$filter.get(), ...patch });
      engine.here?.filterChanged();
    },
    loadMoreConversations: () => engine.here?.loadMore(),
    loadOlder: (id) => engine.when(({ history }) => void history.older(state.thread(id))),
    fillGap: (id, gap, down = true) => engine.when(({ history }) => void history.fillGap(state.thread(id), gap, down)),
    searchMessages: (query, where) => engine.outcome(({ history }) => history.search(query, where)),
    showMessage: (id, messageId) => {
      if (messageId === null) return state.thread(id).$target.set(null);
      open(id);
      engine.when((here) => here.showMessage(id, messageId));
    },
    reloadMessage: (id, messageId) => engine.outcome(({ history }) => history.again(state.thread(id), messageId)),
    loadThread: (id) => engine.when(({ loader }) => void loader.firstPage(state.thread(id))),
    markAsRead: (id) => engine.when(({ reading }) => reading.mark(id)),
    sendMessage: (id, content, messageType = 'text', extra = {}) =>
      engine.ask((here) => here.send(id, content, messageType, extra)),
    retryMessage: (id, key) => engine.when(({ outgoing }) => void outgoing.outbox.retry(id, key)),
    deleteMessage: (id, key) => engine.when(({ outgoing }) => outgoing.outbox.remove(id, key)),
    noteSeen: (id) => engine.when(({ reading }) => reading.noteSeen(id)),
    sendHeld: (id, key) => engine.when(({ outgoing }) => void outgoing.collision.send(id, key)),
    discardHeld: (id, key) => engine.when(({ outgoing }) => outgoing.collision.discard(id, key)),
    editHeld: (id, key) => engine.when(({ outgoing }) => outgoing.collision.edit(id, key)),
    keepHeldAsNote: (id, key) => engine.when(({ outgoing }) => void outgoing.collision.keepAsNote(id, key)),
    setEnvelope: (id, envelope) => engine.when(({ keepsakes }) => keepsakes.address(id, envelope)),
    setPreferences: (patch) => engine.when(({ keepsakes }) => keepsakes.prefer(patch)),
    setDraft: (id, text, mode = 'reply') => engine.when(({ drafts }) => drafts.set(id, text, mode)),
    loadQuickReplies: () => engine.outcome(({ phrasebook }) => phrasebook.quickReplies()),
    loadTemplates: (platform) => engine.outcome(({ phrasebook }) => phrasebook.templates(platform)),
    setReplyTarget: (id, messageId) => state.thread(id).$replyTarget.set(messageId),
    setTyping: (id, isTyping) => engine.here?.typing.announce(id, isTyping),
    convertProspectToClient: (prospectId, clientData) =>
      engine.outcome(({ outgoing }) => outgoing.operations.convert(prospectId, clientData)),
    addClientNote: (clientId, content) =>
      engine.outcome(({ outgoing }) => outgoing.operations.addNote(clientId, content)),
    updateClient: (clientId, patch) =>
      engine.outcome(({ outgoing }) => outgoing.operations.updateClient(clientId, patch)),
    retryChange: (key) => engine.when(({ outgoing }) => outgoing.changes.retry(key)),
    discardChange: (key) => engine.when(({ outgoing }) => outgoing.changes.discard(key)),
    updateSettings: (patch, id) => updateSettings(patch, id),
    toggleBot: (id = state.$activeId.get() ?? undefined) =>
      updateSettings({ botEnabled: id ? !state.botEnabled(id) : !state.$settings.get()?.botEnabled }, id),
    reset: () =>
      engine
        .ask((here) => here.reset())
        .catch(async (failure: unknown) => {
          // Signing out leaves nothing behind, also where the code to do it with did not come.
          if (engine.here) throw failure;
          await vault?.wipe();
        }),
  };
}
