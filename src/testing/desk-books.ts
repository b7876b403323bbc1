/**
 * The books of the Desk: contacts, clients, conversations and messages in memory, with the counters of a level 2 server.
 * Every change goes through one of the `change…`/`add…` methods, which number it and tell about it once.
 */
import type {
  Agent,
  ChatMessage,
  ChatSettings,
  Client,
  ClientNote,
  Conversation,
  Draft,
  EventSync,
  MessageMetadata,
  Prospect,
  QuickReply,
  ServerEventName,
  Template,
} from '../contract/index.js';

export type DeskMessage = ChatMessage & { seq: number; rev: number };
export type DeskConversation = Conversation & { rev: number; lastSeq: number; readSeq: number };

/** One conversation with all that was said in it. */
export interface DeskThread {
  conversation: DeskConversation;
  messages: DeskMessage[];
  /** Changes up to this revision can no longer be told one by one. */
  forgottenRev: number;
}

/** One change, as it is told to the agents. `isNew`: a message that was not there before. */
export interface DeskEvent {
  name: ServerEventName;
  payload: Record<string, unknown>;
  sync?: Omit<EventSync, 'e'>;
  isNew?: boolean;
  /** Whose link it does not go to (typing, presence: one does not tell a person what they do). */
  except?: string;
  /** It does not go back over the link it came from. */
  notBack?: true;
  /** Whose links it goes to, where that is not decided by what it is about. */
  only?: (agentId: string) => boolean;
}

export class DeskBooks {
  readonly threads = new Map<string, DeskThread>();
  readonly prospects = new Map<string, Prospect>();
  readonly clients = new Map<string, Client>();
  readonly agents = new Map<string, Agent>();
  settings: ChatSettings = {
    botEnabled: false,
    autoResponse: false,
    workingHours: { enabled: false, start: '09:00', end: '18:00', timezone: 'UTC' },
    notifications: { sound: true, desktop: true, email: false },
  };
  /** Messages that channels have approved. */
  readonly templates: Template[] = [];
  readonly quickReplies: QuickReply[] = [];
  /** Files that were uploaded and wait for their message, by upload id. */
  readonly files = new Map<string, MessageMetadata>();
  /** What agents have begun to write, by agent, conversation and mode. */
  readonly #drafts = new Map<string, Draft>();
  /** Number of the newest change of any kind. */
  head = 0;
  /** `head` at which a thing changed last, by kind and id. */
  readonly #changedAt = new Map<string, number>();
  readonly #ids = new Map<string, number>();
  readonly #now: () => number;
  readonly #tell: (event: DeskEvent) => void;

  constructor(now: () => number, tell: (event: DeskEvent) => void) {
    this.#now = now;
    this.#tell = tell;
  }

  newId(prefix: string): string {
    const next = (this.#ids.get(prefix) ?? 0) + 1;
    this.#ids.set(prefix, next);
    return `${prefix}-${next}`;
  }

  stamp(): string {
    return new Date(this.#now()).toISOString();
  }

  thread(conversationId: string): DeskThread {
    const thread = this.threads.get(conversationId);
    if (!thread) throw new Error(`The desk has no conversation "${conversationId}".`);
    return thread;
  }

  message(messageId: string): DeskMessage {
    for (const { messages } of this.threads.values()) {
      const found = messages.find((message) => message.id === messageId);
      if (found) return found;
    }
    throw new Error(`The desk has no message "${messageId}".`);
  }

  /** Remembers everything; what it returns puts it back. */
  checkpoint(): () => void {
    const { threads, prospects, clients, settings, head } = this;
    const kept = structuredClone({ threads, prospects, clients, settings, head, at: this.#changedAt, ids: this.#ids });
    return () => {
      const again = structuredClone(kept);
      refill(threads, again.threads);
      refill(prospects, again.prospects);
      refill(clients, again.clients);
      refill(this.#changedAt, again.at);
      refill(this.#ids, again.ids);
      this.settings = again.settings;
      this.head = again.head;
    };
  }

  changedAt(kind: 'conversation' | 'prospect' | 'client', id: string): number {
    return this.#changedAt.get(`${kind} ${id}`) ?? 0;
  }

  #mark(kind: 'conversation' | 'prospect' | 'client', id: string): void {
    this.#changedAt.set(`${kind} ${id}`, ++this.head);
  }

  /** Enters a contact without telling anybody: test data. */
  enterProspect(prospect: Prospect): Prospect {
    this.prospects.set(prospect.id, prospect);
    this.#mark('prospect', prospect.id);
    return prospect;
  }

  enterClient(client: Client): Client {
    this.clients.set(client.id, client);
    this.#mark('client', client.id);
    return client;
  }

  enterConversation(conversation: Conversation): DeskConversation {
    const entered = {
      ...conversation,
      rev: conversation.rev ?? 0,
      lastSeq: conversation.lastSeq ?? 0,
      readSeq: conversation.readSeq ?? 0,
    };
    this.threads.set(entered.id, { conversation: entered, messages: [], forgottenRev: 0 });
    this.#mark('conversation', entered.id);
    return entered;
  }

  /** Numbers a message, moves its conversation along and tells once. `quiet`: test data, nobody is told. */
  addMessage(draft: ChatMessage, quiet = false): DeskMessage {
    const thread = this.thread(draft.conversationId);
    const { conversation } = thread;
    conversation.rev += 1;
    conversation.lastSeq += 1;
    const message: DeskMessage = { ...draft, seq: conversation.lastSeq, rev: conversation.rev };
    thread.messages.push(message);
    conversation.lastMessage = message;
    conversation.lastActivity = message.timestamp;
    conversation.updatedAt = message.timestamp;
    if (message.senderType === 'prospect') conversation.unreadCount += 1;
    this.#mark('conversation', conversation.id);
    if (!quiet) this.#tellMessage(message, true);
    return message;
  }

  changeMessage(messageId: string, patch: Partial<ChatMessage>): DeskMessage {
    const message = this.message(messageId);
    const { conversation } = this.thread(message.conversationId);
    conversation.rev += 1;
    Object.assign(message, patch, { rev: conversation.rev });
    this.#mark('conversation', conversation.id);
    this.#tellMessage(message, false);
    return message;
  }

  /** Takes a conversation out of somebody's sight; it is not the conversation that changes. */
  tellRemoved(conversationId: string, only: (agentId: string) => boolean): void {
    this.#tell({ name: 'conversation_removed', payload: { id: conversationId }, only });
  }

  changeConversation(conversationId: string, patch: Partial<Conversation>): DeskConversation {
    const { conversation } = this.thread(conversationId);
    const updatedAt = this.stamp();
    Object.assign(conversation, patch, { rev: conversation.rev + 1, updatedAt });
    this.#mark('conversation', conversationId);
    // What was taken away must be said too; JSON would drop an `undefined`.
    const said = Object.fromEntries(Object.entries(patch).map(([key, value]) => [key, value ?? null]));
    this.#tell({
      name: 'conversation_updated',
      payload: { id: conversationId, ...said, rev: conversation.rev, updatedAt },
      sync: { r: conversation.rev },
    });
    return conversation;
  }

  changeProspect(prospectId: string, patch: Partial<Prospect>): Prospect {
    const prospect = this.prospects.get(prospectId);
    if (!prospect) throw new Error(`The desk has no contact "${prospectId}".`);
    Object.assign(prospect, patch, { updatedAt: this.stamp() });
    this.#mark('prospect', prospectId);
    this.#tell({ name: 'prospect_updated', payload: { ...prospect } });
    return prospect;
  }

  changeClient(clientId: string, patch: Partial<Client>): Client {
    const client = this.clients.get(clientId);
    if (!client) throw new Error(`The desk has no client "${clientId}".`);
    Object.assign(client, patch, { updatedAt: this.stamp(), rev: (client.rev ?? 0) + 1 });
    this.#mark('client', clientId);
    this.#tell({ name: 'client_updated', payload: { ...client } });
    return client;
  }

  addNote(clientId: string, content: string, author: Agent): ClientNote {
    const at = this.stamp();
    const note: ClientNote = {
      id: this.newId('note'),
      clientId,
      content,
      authorId: author.id,
      authorName: author.name,
      createdAt: at,
      updatedAt: at,
    };
    const notes = this.clients.get(clientId)?.notes ?? [];
    this.changeClient(clientId, { notes: [...notes, note] });
    return note;
  }

  /** Something volatile: it changes nothing and is not numbered. */
  mention(name: 'typing' | 'agent_presence', payload: Record<string, unknown>, except?: string): void {
    this.#tell({ name, payload, ...(except === undefined ? {} : { except }) });
  }

  /** What a message says about the file it carries. */
  fileOf(uploadId: string | undefined): MessageMetadata {
    return (uploadId !== undefined && this.files.get(uploadId)) || {};
  }

  draftsOf(agentId: string): Draft[] {
    return [...this.#drafts].filter(([key]) => key.startsWith(`${agentId} `)).map(([, draft]) => draft);
  }

  keepDraft(agentId: string, draft: Draft): void {
    const key = `${agentId} ${draft.conversationId} ${draft.mode}`;
    if (draft.content) this.#drafts.set(key, draft);
    else this.#drafts.delete(key);
    this.#tell({ name: 'draft_updated', payload: draft, notBack: true, only: (id) => id === agentId });
  }

  #tellMessage(message: DeskMessage, isNew: boolean): void {
    this.#tell({
      name: 'new_message',
      payload: { ...message },
      sync: { r: message.rev, s: message.seq },
      isNew,
    });
  }
}

function refill<K, V>(map: Map<K, V>, from: Map<K, V>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}
