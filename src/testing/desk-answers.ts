/**
 * What the Desk answers to each ask, as a level 2 server. An older server is made of the same answers by leaving things
 * out (see `desk-dress.ts`), and by not understanding the rest of the ask.
 */
import type * as v from 'valibot';
import type {
  Client,
  ClientEventName,
  clientEvents,
  Conversation,
  ConversationFilter,
  Features,
  Prospect,
} from '../contract/index.js';
import type { DeskBooks, DeskMessage, DeskThread } from './desk-books.js';
import { refuse, type Asker } from './desk-asker.js';
import { searchMessages } from './desk-search.js';
import { mayBeSent, writingAnswers } from './desk-writing.js';

/** An ask that fitted its schema. */
type Asked<E extends ClientEventName> = v.InferOutput<(typeof clientEvents)[E]['ask']>;
type Answers = { [E in ClientEventName]?: (books: DeskBooks, ask: Asked<E>, asker: Asker) => unknown };

const PAGE = 50;

const byActivity = (a: Conversation, b: Conversation) =>
  b.lastActivity.localeCompare(a.lastActivity) || b.id.localeCompare(a.id);

/** Does the bot answer here: the conversation's own switch, else the general one. */
export const botAnswers = (books: DeskBooks, conversation: Conversation) =>
  conversation.botEnabled ?? books.settings.botEnabled;

function holds(books: DeskBooks, conversation: Conversation, filter: ConversationFilter, me: string): boolean {
  const { view, text, prospectId, clientId } = filter;
  if (prospectId !== undefined && conversation.prospectId !== prospectId) return false;
  if (clientId !== undefined && conversation.clientId !== clientId) return false;
  if (view === 'mine' && conversation.assignedTo !== me) return false;
  if (view === 'unassigned' && conversation.assignedTo !== undefined) return false;
  if (view === 'bot' && !botAnswers(books, conversation)) return false;
  if (!text) return true;
  const prospect = books.prospects.get(conversation.prospectId);
  const places = [prospect?.name, prospect?.identifier, conversation.lastMessage?.content];
  return places.some((place) => place?.toLocaleLowerCase().includes(text.toLocaleLowerCase()));
}

/** Things of one kind, told since a head, or by id, or by pages in the order of entry. */
function listOf<T extends { id: string }>(
  books: DeskBooks,
  kind: 'prospect' | 'client',
  all: Iterable<T>,
  ask: { since?: { epoch: string; head: number }; ids?: string[]; limit?: number; before?: string },
  epoch: string,
) {
  const reset = ask.since !== undefined && ask.since.epoch !== epoch;
  let found = [...all];
  if (ask.ids) found = found.filter(({ id }) => ask.ids?.includes(id));
  const since = reset ? undefined : ask.since;
  if (since) found = found.filter(({ id }) => books.changedAt(kind, id) > since.head);
  if (ask.before) found = found.slice(found.findIndex(({ id }) => id === ask.before) + 1);
  const limit = ask.limit ?? (ask.ids || since ? found.length : PAGE);
  return { found: found.slice(0, limit), hasMore: found.length > limit, ...(reset ? { reset } : {}) };
}

function threadOf(books: DeskBooks, conversationId: string, asker: Asker): DeskThread {
  const thread = books.threads.get(conversationId);
  if (!thread || !asker.sees(thread.conversation)) throw refuse('NOT_FOUND', 'This conversation does not exist.');
  return thread;
}

function pageOf(messages: DeskMessage[], ask: Asked<'load_messages'>): { from: number; to: number } {
  const limit = ask.limit ?? PAGE;
  if (ask.after !== undefined) {
    const after = ask.after;
    const from = messages.filter(({ seq }) => seq <= after).length;
    return { from, to: Math.min(messages.length, from + limit) };
  }
  if (ask.around !== undefined) {
    const middle = messages.findIndex(({ id }) => id === ask.around);
    if (middle < 0) throw refuse('NOT_FOUND', 'This message does not exist.');
    const from = Math.max(0, middle - Math.floor(limit / 2));
    return { from, to: Math.min(messages.length, from + limit) };
  }
  const before = ask.before;
  const to = before === undefined ? messages.length : messages.filter(({ seq }) => seq < before).length;
  return { from: Math.max(0, to - limit), to };
}

/** Does `act` once per key; a repeat is answered as the first time, another content under the same key is refused. */
function once<T extends object>(
  asker: Asker,
  key: string | undefined,
  content: unknown,
  act: () => T,
): T & { duplicate?: true } {
  if (key === undefined || asker.level < 2) return act();
  const owned = `${asker.agent.id} ${key}`;
  const hash = JSON.stringify(content);
  const known = asker.answered.get(owned);
  if (known) {
    if (known.hash !== hash) throw refuse('CONFLICT', 'This key was used for something else.');
    return { ...(known.data as T), duplicate: true };
  }
  const data = act();
  asker.answered.set(owned, { hash, data });
  return data;
}

/** A message that the channel refused, sent once more on purpose: the same message, a new attempt. */
function attemptAgain(books: DeskBooks, ask: Asked<'send_message'>, asker: Asker, key: string | undefined) {
  const first = asker.level < 2 ? undefined : asker.answered.get(`${asker.agent.id} ${key}`);
  const { message } = (first?.data ?? {}) as { message?: DeskMessage };
  const stored = message && books.message(message.id);
  if (stored?.status !== 'failed' || (ask.attempt ?? 0) <= (stored.attempt ?? 0)) return undefined;
  threadOf(books, stored.conversationId, asker);
  return books.changeMessage(stored.id, { status: 'sent', attempt: ask.attempt, error: undefined });
}

export const answers: Answers = {
  load_conversations(books, ask, asker) {
    const { agent, epoch } = asker;
    const every = [...books.threads.values()].map(({ conversation }) => conversation).sort(byActivity);
    const all = every.filter((conversation) => asker.sees(conversation));
    const reset = ask.since !== undefined && ask.since.epoch !== epoch;
    const since = reset ? undefined : ask.since;
    const filter = ask.filter ?? {};
    // The list is about what is open; a contact's earlier conversations and changes are told whatever their status.
    const everything = ask.ids || since || filter.prospectId !== undefined || filter.clientId !== undefined;
    let found = everything ? all : all.filter(({ status }) => status !== 'archived');
    const open = found;
    if (ask.ids) found = found.filter(({ id }) => ask.ids?.includes(id));
    if (since) found = found.filter(({ id }) => books.changedAt('conversation', id) > since.head);
    found = found.filter((conversation) => holds(books, conversation, filter, agent.id));
    const before = ask.before;
    if (before) found = found.filter((conversation) => byActivity(before as Conversation, conversation) < 0);
    const limit = ask.limit ?? (ask.ids || since ? found.length : PAGE);
    const conversations = found.slice(0, limit);
    const gone = every.filter(({ id }) => since && books.changedAt('conversation', id) > since.head);
    const removed = gone.filter((conversation) => !asker.sees(conversation)).map(({ id }) => id);
    const contacts = new Set(conversations.map(({ prospectId }) => prospectId));
    const count = (view: ConversationFilter['view']) =>
      open.filter((conversation) => holds(books, conversation, { view }, agent.id)).length;
    return {
      conversations,
      prospects: [...contacts].map((id) => books.prospects.get(id)).filter((p): p is Prospect => p !== undefined),
      hasMore: found.length > limit,
      ...(removed.length > 0 ? { removed } : {}),
      ...(everything
        ? {}
        : {
            counts: { all: count('all'), mine: count('mine'), unassigned: count('unassigned'), bot: count('bot') },
            settings: books.settings,
          }),
      ...(asker.features.drafts && !ask.ids && !before ? { drafts: books.draftsOf(agent.id) } : {}),
      ...(reset ? { reset } : {}),
    };
  },

  load_prospects(books, ask, { epoch }) {
    const { found, ...rest } = listOf(books, 'prospect', books.prospects.values(), ask, epoch);
    return { prospects: found, ...rest };
  },

  load_clients(books, ask, { epoch }) {
    const { found, ...rest } = listOf(books, 'client', books.clients.values(), ask, epoch);
    return { clients: found, ...rest };
  },

  load_messages(books, ask, asker) {
    const { epoch } = asker;
    const { conversation, messages, forgottenRev } = threadOf(books, ask.conversationId, asker);
    const { rev, lastSeq } = conversation;
    const since = ask.sinceRev;
    const trusted = ask.epoch === undefined || ask.epoch === epoch;
    if (since !== undefined && trusted && since >= forgottenRev && since <= rev) {
      return { messages: messages.filter((message) => message.rev > since), rev, lastSeq, hasMore: false };
    }
    const reset = since !== undefined || !trusted;
    const { from, to } = pageOf(messages, ask);
    return {
      messages: messages.slice(from, to),
      rev,
      lastSeq,
      hasMore: from > 0,
      hasMoreAfter: to < messages.length,
      ...(reset ? { reset } : {}),
    };
  },

  send_message(books, ask, asker) {
    const key = ask.clientMessageId ?? ask.metadata?.clientMessageId ?? ask.id;
    const again = attemptAgain(books, ask, asker, key);
    if (again) return { message: again };
    // The key first: what an agent has said stays theirs to ask about, also when the conversation is no longer.
    const answer = once(asker, key, [ask.conversationId, ask.content, ask.messageType], () => {
      const thread = threadOf(books, ask.conversationId, asker);
      mayBeSent(books, thread, ask, asker);
      const { conversation } = thread;
      const message = books.addMessage({
        id: books.newId('message'),
        conversationId: conversation.id,
        senderId: asker.agent.id,
        senderName: asker.agent.name,
        senderType: 'agent',
        content: ask.content,
        messageType: ask.messageType,
        platform: conversation.platform,
        timestamp: books.stamp(),
        status: 'sent',
        ...(ask.metadata ? { metadata: { ...ask.metadata, ...books.fileOf(ask.metadata.uploadId) } } : {}),
        ...(ask.visibility === 'internal' ? { visibility: ask.visibility } : {}),
        ...(ask.replyTo ? { replyTo: ask.replyTo } : {}),
        ...(ask.attempt === undefined ? {} : { attempt: ask.attempt }),
        ...(key === undefined ? {} : { clientMessageId: key }),
      });
      return { message };
    });
    // As it is by now, not as it was when it was stored.
    return { ...answer, message: books.message(answer.message.id) };
  },

  mark_as_read(books, ask, asker) {
    const { conversation, messages } = threadOf(books, ask.conversationId, asker);
    const named = messages.find(({ id }) => id === ask.upTo?.messageId)?.seq;
    const wanted = Math.min(ask.upTo?.seq ?? named ?? conversation.lastSeq, conversation.lastSeq);
    const readSeq = Math.max(conversation.readSeq, wanted);
    const later = messages.filter(({ seq, senderType }) => seq > readSeq && senderType === 'prospect').length;
    if (readSeq !== conversation.readSeq || later !== conversation.unreadCount) {
      books.changeConversation(conversation.id, { readSeq, unreadCount: later });
    }
    return { readSeq, unreadCount: later, rev: conversation.rev };
  },

  convert_prospect(books, ask, asker) {
    const prospect = books.prospects.get(ask.prospectId);
    if (!prospect) throw refuse('NOT_FOUND', 'This contact does not exist.');
    return once(asker, ask.opId, ask.clientData, () => {
      if (prospect.isClient) throw refuse('CONFLICT', 'This contact is a client already.');
      const at = books.stamp();
      const client: Client = books.enterClient({
        id: books.newId('client'),
        firstName: ask.clientData.firstName,
        lastName: ask.clientData.lastName ?? '',
        email: ask.clientData.email ?? '',
        phone: ask.clientData.phone ?? '',
        ...(ask.clientData.company ? { company: ask.clientData.company } : {}),
        status: 'active',
        tags: [],
        notes: [],
        quotes: [],
        totalValue: 0,
        createdAt: at,
        updatedAt: at,
        rev: 1,
      });
      books.changeProspect(prospect.id, { isClient: true, clientId: client.id });
      for (const { conversation } of books.threads.values()) {
        if (conversation.prospectId !== prospect.id) continue;
        books.changeConversation(conversation.id, { clientId: client.id, isClientConverted: true });
      }
      return { client, prospect };
    });
  },

  add_client_note(books, ask, asker) {
    if (!books.clients.has(ask.clientId)) throw refuse('NOT_FOUND', 'This client does not exist.');
    return once(asker, ask.opId, [ask.clientId, ask.content], () => ({
      note: books.addNote(ask.clientId, ask.content, asker.agent),
    }));
  },

  update_chat_settings(books, ask, asker) {
    const { conversationId, opId, ifRev, ...settings } = ask;
    return once(asker, opId, [conversationId, settings], () => {
      if (conversationId === undefined) {
        books.settings = { ...books.settings, ...settings };
        return { settings: books.settings };
      }
      const { conversation } = threadOf(books, conversationId, asker);
      if (ifRev !== undefined && ifRev !== conversation.rev) {
        throw refuse('CONFLICT', 'Somebody changed this meanwhile.');
      }
      const botEnabled = settings.botEnabled ?? botAnswers(books, conversation);
      if (botEnabled !== conversation.botEnabled) books.changeConversation(conversationId, { botEnabled });
      return { settings: { botEnabled }, rev: conversation.rev };
    });
  },

  typing(books, { conversationId, isTyping }, { agent }) {
    const who = { senderId: agent.id, name: agent.name, senderType: 'agent' };
    books.mention('typing', { conversationId, isTyping, ...who }, agent.id);
    return {};
  },

  load_agents: (books) => ({ agents: [...books.agents.values()] }),

  view_conversation(books, { conversationId }, { agent }) {
    const viewing = conversationId === null ? {} : { viewing: conversationId };
    books.mention('agent_presence', { agentId: agent.id, status: agent.status, ...viewing }, agent.id);
    return {};
  },

  update_client(books, ask, asker) {
    const client = books.clients.get(ask.clientId);
    if (!client) throw refuse('NOT_FOUND', 'This client does not exist.');
    return once(asker, ask.opId, ask.patch, () => {
      if (ask.ifRev !== undefined && ask.ifRev !== client.rev) {
        throw refuse('CONFLICT', 'Somebody changed this meanwhile.');
      }
      const patch = Object.fromEntries(Object.entries(ask.patch).filter(([, value]) => value !== undefined));
      return { client: books.changeClient(ask.clientId, patch) };
    });
  },

  search_messages: searchMessages,

  ...writingAnswers,
};

/** The extension each ask belongs to; an ask that is not here is one of the nine given ones. */
export const extensionOf: Readonly<Record<string, keyof Features>> = {
  typing: 'typing',
  load_agents: 'agents',
  view_conversation: 'agents',
  update_client: 'clients',
  search_messages: 'search',
  load_templates: 'templates',
  load_quick_replies: 'quick_replies',
  save_draft: 'drafts',
};
