/**
 * Somebody else's server, for tests: it knows the nine client events and four server events of the given contract and
 * nothing else, takes their payloads exactly as given, and answers in one of the styles found in the field. Whatever else
 * arrives it writes down (`complaints`), so that a test can see that nobody asked too much of it.
 *
 * By hand: `npx tsx e2e/foreign-servers/seed-server.ts success 3600`
 */
import { createServer, type Server as HttpServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Server, type Socket } from 'socket.io';
import type {
  ChatMessage,
  ChatSettings,
  Client,
  ClientData,
  Conversation,
  SendMessage,
} from '../../src/contract/index.js';
import { seedData, type SeedData } from './seed-data.js';

export const ACK_STYLES = [
  'ours',
  'success',
  'error-field',
  'err-data',
  'bare',
  'wrapped',
  'empty-ack',
  'no-ack',
  'no-ack-plural',
] as const;
/**
 * `ours`: `{ok, data}` without `sync` · `success`: `{success, data | error}` · `error-field`: `{error}` or the wrapped
 * thing · `err-data`: two arguments · `bare`: the thing · `wrapped`: `{conversations: […]}` · `empty-ack`: called with
 * nothing, lists come as events of the same name · `no-ack`: never called · `no-ack-plural`: events called
 * `conversations`, `messages`, …
 */
export type SeedAck = (typeof ACK_STYLES)[number];
type Ack = (...answer: unknown[]) => void;
/** All that the nine events may carry; each handler checks what it needs. */
type Given = SendMessage & ChatSettings & { prospectId: string; clientId: string; clientData: Partial<ClientData> };

const LIBRARY = fileURLToPath(new URL('../../dist/', import.meta.url));
const GIVEN = new Set([
  'load_conversations',
  'load_prospects',
  'load_clients',
  'load_messages',
  'send_message',
  'mark_as_read',
  'convert_prospect',
  'add_client_note',
  'update_chat_settings',
]);

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
<style>html,body{block-size:100%;margin:0}crm-chat{block-size:100%}</style>
<script type="module" src="/lib/crm-chat.bundle.js"></script></head>
<body><crm-chat server-url="/"></crm-chat></body></html>`;

export class SeedServer {
  readonly data: SeedData = seedData();
  /** Everything that came in and is not one of the nine events with its given payload. */
  readonly complaints: string[] = [];
  /** Every good ask, oldest first. */
  readonly asks: { name: string; payload: unknown }[] = [];
  settings: ChatSettings | undefined;
  #messages = 0;

  private constructor(
    readonly url: string,
    private readonly http: HttpServer,
    private readonly io: Server,
    private readonly style: SeedAck,
  ) {
    io.on('connection', (socket) => this.#serve(socket));
  }

  static async launch(style: SeedAck, port = 0): Promise<SeedServer> {
    const http = createServer((request, response) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      if (!path.startsWith('/lib/')) return void response.setHeader('content-type', 'text/html').end(PAGE);
      // Only names a build writes: no way out of the folder.
      const name = /^\/lib\/((?:chunks\/)?[\w.-]+\.js)$/.exec(path)?.[1];
      readFile(`${LIBRARY}${name}`).then(
        (code) => response.setHeader('content-type', 'text/javascript').end(code),
        () => response.writeHead(404).end(),
      );
    });
    const io = new Server(http, { serveClient: false });
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    const bound = typeof address === 'object' && address ? address.port : port;
    return new SeedServer(`http://127.0.0.1:${bound}`, http, io, style);
  }

  async close(): Promise<void> {
    await this.io.close();
    this.http.close();
  }

  /** What the customers do. */
  customerSays(conversationId: string, content: string): void {
    const conversation = this.#conversation(conversationId);
    conversation.unreadCount += 1;
    this.#add({ conversationId, content, senderId: conversation.prospectId, senderType: 'prospect' });
  }

  customerTypes(conversationId: string, isTyping: boolean): void {
    this.io.emit('typing', { conversationId, isTyping });
  }

  setStatus(messageId: string, status: ChatMessage['status']): void {
    const message = this.data.messages.find(({ id }) => id === messageId);
    if (message) this.io.emit('new_message', Object.assign(message, { status }));
  }

  /** What agents sent, in order. */
  get sent(): ChatMessage[] {
    return this.data.messages.filter(({ id }) => id.startsWith('sent-'));
  }

  /** All links break, and may come back. */
  hangUp(): void {
    for (const socket of this.io.sockets.sockets.values()) socket.conn.close();
  }

  #serve(socket: Socket): void {
    socket.onAny((name: string) => {
      if (!GIVEN.has(name)) this.complaints.push(`unknown event ${name}`);
    });
    const { data } = this;
    this.#on(socket, 'load_conversations', 'conversations', () => data.conversations);
    this.#on(socket, 'load_prospects', 'prospects', () => data.prospects);
    this.#on(socket, 'load_clients', 'clients', () => data.clients);
    this.#on(socket, 'load_messages', 'messages', ({ conversationId }) =>
      data.messages.filter((message) => message.conversationId === this.#conversation(conversationId).id),
    );
    this.#on(socket, 'send_message', 'message', (sent) => {
      const { timestamp, senderType, status } = sent;
      const good = sent.conversationId && sent.content && sent.messageType && timestamp;
      if (!good || senderType !== 'agent' || status !== 'sent') throw new Error('bad send_message');
      const { conversationId, content, messageType } = sent;
      if (content.includes('[refuse]')) throw new Error('This number is blocked');
      return this.#add({ conversationId, content, messageType, senderId: 'agent-x', senderType: 'agent' });
    });
    this.#on(socket, 'mark_as_read', '', ({ conversationId }) => {
      const conversation = this.#conversation(conversationId);
      conversation.unreadCount = 0;
      this.io.emit('conversation_updated', { id: conversationId, unreadCount: 0 });
      return undefined;
    });
    this.#on(socket, 'convert_prospect', 'client', ({ prospectId, clientData }) =>
      this.#convert(prospectId, clientData),
    );
    this.#on(socket, 'add_client_note', 'note', ({ clientId, content }) => {
      const client = data.clients.find(({ id }) => id === clientId);
      if (!client || !content) throw new Error('bad add_client_note');
      const now = new Date().toISOString();
      const id = `n-${client.notes.length + 1}`;
      const note = { id, clientId, content, authorId: 'agent-x', createdAt: now, updatedAt: now };
      client.notes = [...client.notes, note];
      return note;
    });
    this.#on(socket, 'update_chat_settings', '', (given) => {
      const { botEnabled, autoResponse, workingHours, notifications } = given;
      if ([botEnabled, autoResponse].some((flag) => typeof flag !== 'boolean') || !workingHours || !notifications) {
        throw new Error('bad update_chat_settings: the flat settings are expected');
      }
      this.settings = { botEnabled, autoResponse, workingHours, notifications };
      return undefined;
    });
  }

  /** One given event: its payload as given (none for the lists), its ack in this server's style. */
  #on(socket: Socket, name: string, subject: string, answer: (given: Given) => unknown): void {
    const takesPayload = !['load_conversations', 'load_prospects', 'load_clients'].includes(name);
    socket.on(name, (...args: unknown[]) => {
      const [payload, ack] = takesPayload ? args : [undefined, args[0]];
      if (args.length !== (takesPayload ? 2 : 1) || typeof ack !== 'function') {
        this.complaints.push(`${name} was sent with ${JSON.stringify(args)}`);
        return;
      }
      this.asks.push({ name, payload });
      try {
        this.#answer(socket, name, subject, payload, answer(payload as Given), ack as Ack);
      } catch (error) {
        const message = error instanceof Error ? error.message : 'failed';
        if (message.startsWith('bad ')) this.complaints.push(message);
        this.#refuse(message, ack as Ack);
      }
    });
  }

  #answer(socket: Socket, name: string, subject: string, payload: unknown, thing: unknown, ack: Ack): void {
    const wrapped = subject ? { [subject]: thing } : {};
    switch (this.style) {
      case 'ours':
        return ack({ ok: true, data: wrapped });
      case 'success':
        return ack({ success: true, data: thing ?? null });
      case 'error-field':
        return ack({ error: null, ...wrapped });
      case 'err-data':
        return ack(null, thing);
      case 'bare':
        return ack(thing);
      case 'wrapped':
        return ack(wrapped);
      case 'empty-ack':
        ack();
        break;
      case 'no-ack':
      case 'no-ack-plural':
        break;
    }
    if (!name.startsWith('load_')) return;
    const { conversationId } = (payload ?? {}) as { conversationId?: string };
    socket.emit(
      this.style === 'no-ack-plural' ? subject : name,
      conversationId ? { conversationId, ...wrapped } : thing,
    );
  }

  #refuse(message: string, ack: Ack): void {
    if (this.style === 'ours') ack({ ok: false, error: { code: 'FORBIDDEN', message, retryable: false } });
    else if (this.style === 'success') ack({ success: false, error: message });
    else if (this.style === 'err-data') ack(message, null);
    else if (!this.style.includes('ack')) ack({ error: message });
  }

  #conversation(id: string): Conversation {
    const found = this.data.conversations.find((conversation) => conversation.id === id);
    if (!found) throw new Error(`bad conversation ${id}`);
    return found;
  }

  #add(given: Partial<ChatMessage> & { conversationId: string; content: string; senderId: string }): ChatMessage {
    const conversation = this.#conversation(given.conversationId);
    const message: ChatMessage = {
      id: `${given.senderType === 'agent' ? 'sent' : 'said'}-${++this.#messages}`,
      senderType: 'prospect',
      messageType: 'text',
      platform: conversation.platform,
      timestamp: new Date().toISOString(),
      status: 'sent',
      ...given,
    };
    this.data.messages.push(message);
    Object.assign(conversation, {
      lastMessage: message,
      lastActivity: message.timestamp,
      updatedAt: message.timestamp,
    });
    this.io.emit('new_message', message);
    const { id, lastActivity, unreadCount } = conversation;
    this.io.emit('conversation_updated', { id, lastMessage: message, lastActivity, unreadCount });
    return message;
  }

  #convert(prospectId: string, clientData: Partial<ClientData>): Client {
    const prospect = this.data.prospects.find(({ id }) => id === prospectId);
    if (!prospect || !clientData?.firstName) throw new Error('bad convert_prospect');
    const now = new Date().toISOString();
    const client = {
      id: `k-${prospectId}`,
      firstName: clientData.firstName,
      lastName: clientData.lastName ?? '',
      email: clientData.email ?? '',
      phone: clientData.phone ?? '',
      status: 'active' as const,
      tags: [],
      notes: [],
      quotes: [],
      totalValue: 0,
      createdAt: now,
      updatedAt: now,
    };
    this.data.clients.push(client);
    Object.assign(prospect, { isClient: true, clientId: client.id, updatedAt: now });
    this.io.emit('prospect_updated', prospect);
    for (const conversation of this.data.conversations) {
      if (conversation.prospectId !== prospectId) continue;
      Object.assign(conversation, { isClientConverted: true, clientId: client.id, updatedAt: now });
      this.io.emit('conversation_updated', { id: conversation.id, isClientConverted: true, clientId: client.id });
    }
    return client;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const style = ACK_STYLES.find((name) => name === process.argv[2]) ?? 'ours';
  const server = await SeedServer.launch(style, Number(process.argv[3] ?? 3600));
  console.log(`${style}: ${server.url}`);
}
