/**
 * The Desk: a back office in memory that speaks the wire contract. It is the server of the demos, the stories and the
 * tests, and it can be told to misbehave in every way a real one does (see the switchboard).
 */
import type { ChatMessage, ChatSettings, Client, Conversation, MessageStatus, Prospect } from '../contract/index.js';
import { buildClient, buildConversation, buildProspect } from './builders.js';
import type { DeskConversation, DeskMessage } from './desk-books.js';
import { Switchboard, type DeskOptions } from './desk-switchboard.js';

export class Desk extends Switchboard {
  // ---- data, entered without telling anybody

  addContact(prospect: Partial<Prospect> = {}): Prospect {
    return this.books.enterProspect(buildProspect({ id: this.books.newId('prospect'), ...prospect }));
  }

  addClient(client: Partial<Client> = {}): Client {
    return this.books.enterClient(buildClient({ id: this.books.newId('client'), ...client }));
  }

  /** Opens a conversation, with a contact of its own when none is named. */
  addConversation(conversation: Partial<Conversation> = {}): DeskConversation {
    const platform = conversation.platform ?? 'whatsapp';
    const prospectId = conversation.prospectId ?? this.addContact({ platform }).id;
    const id = conversation.id ?? this.books.newId('conversation');
    const at = this.books.stamp();
    return this.books.enterConversation(
      buildConversation({ createdAt: at, updatedAt: at, lastActivity: at, ...conversation, id, prospectId, platform }),
    );
  }

  /** Enters a message of the past. Unread counters move as for a real one. */
  addMessage(conversationId: string, message: Partial<ChatMessage> = {}): DeskMessage {
    return this.books.addMessage(this.#draft(conversationId, message), true);
  }

  // ---- what people do, told to everybody

  customerSays(conversationId: string, text: string, extra: Partial<ChatMessage> = {}): DeskMessage {
    return this.books.addMessage(this.#draft(conversationId, { content: text, ...extra }));
  }

  /** A colleague, or the same agent in another browser, writes. */
  agentSays(agentId: string, conversationId: string, text: string, extra: Partial<ChatMessage> = {}): DeskMessage {
    const who = { senderId: agentId, senderName: this.agent(agentId).name, senderType: 'agent' as const };
    return this.books.addMessage(this.#draft(conversationId, { content: text, ...who, status: 'sent', ...extra }));
  }

  botSays(conversationId: string, text: string, extra: Partial<ChatMessage> = {}): DeskMessage {
    const who = { senderId: 'bot', senderType: 'bot' as const };
    return this.books.addMessage(this.#draft(conversationId, { content: text, ...who, ...extra }));
  }

  customerTypes(conversationId: string, isTyping = true): void {
    const { conversation } = this.books.thread(conversationId);
    const prospect = this.books.prospects.get(conversation.prospectId);
    const name = prospect?.name === undefined ? {} : { name: prospect.name };
    const who = { senderId: conversation.prospectId, senderType: 'prospect', ...name };
    this.books.mention('typing', { conversationId, isTyping, ...who });
  }

  agentTypes(agentId: string, conversationId: string, isTyping = true): void {
    const who = { senderId: agentId, senderType: 'agent', name: this.agent(agentId).name };
    this.books.mention('typing', { conversationId, isTyping, ...who }, agentId);
  }

  /** A message is edited, deleted or reacted to, on the customer's side or by the channel. */
  changeMessage(messageId: string, patch: Partial<ChatMessage>): void {
    this.books.changeMessage(messageId, patch);
  }

  setStatus(messageId: string, status: MessageStatus, error?: { code: string; message: string }): void {
    this.books.changeMessage(messageId, { status, ...(error ? { error } : {}) });
  }

  /** Another browser of the team read everything. */
  readElsewhere(conversationId: string): void {
    const { lastSeq } = this.books.thread(conversationId).conversation;
    this.books.changeConversation(conversationId, { readSeq: lastSeq, unreadCount: 0 });
  }

  assign(conversationId: string, agentId: string | undefined): void {
    const saw = [...this.books.agents.keys()].filter((id) => this.sees(id, conversationId));
    this.books.changeConversation(conversationId, { assignedTo: agentId });
    const lost = saw.filter((id) => !this.sees(id, conversationId));
    if (lost.length > 0) this.books.tellRemoved(conversationId, (id) => lost.includes(id));
  }

  setBot(conversationId: string, botEnabled: boolean): void {
    this.books.changeConversation(conversationId, { botEnabled });
  }

  updateConversation(conversationId: string, patch: Partial<Conversation>): void {
    this.books.changeConversation(conversationId, patch);
  }

  updateContact(prospectId: string, patch: Partial<Prospect>): void {
    this.books.changeProspect(prospectId, patch);
  }

  updateClient(clientId: string, patch: Partial<Client>): void {
    this.books.changeClient(clientId, patch);
  }

  set settings(settings: ChatSettings) {
    this.books.settings = settings;
  }

  get settings(): ChatSettings {
    return this.books.settings;
  }

  // ---- what the desk knows

  conversation(conversationId: string): DeskConversation {
    return this.books.thread(conversationId).conversation;
  }

  messages(conversationId: string): readonly DeskMessage[] {
    return this.books.thread(conversationId).messages;
  }

  #draft(conversationId: string, message: Partial<ChatMessage>): ChatMessage {
    const { conversation } = this.books.thread(conversationId);
    return {
      id: this.books.newId('message'),
      senderId: conversation.prospectId,
      senderType: 'prospect',
      content: 'Hello',
      messageType: 'text',
      timestamp: this.books.stamp(),
      status: 'delivered',
      ...message,
      conversationId,
      platform: message.platform ?? conversation.platform,
    };
  }
}

/**
 * @example
 * const desk = createDesk();
 * const { id } = desk.addConversation({ tags: ['Lead'] });
 * const store = createChatStore({ transport: deskTransport(desk, { agentId: 'agent-1' }) });
 * desk.customerSays(id, 'Is it still there?');
 */
export const createDesk = (options?: DeskOptions): Desk => new Desk(options);
