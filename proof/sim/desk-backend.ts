/** The Desk as a transactional server: every ask is one transaction that can be rolled back or lose its answers. */
import { createDesk, type Desk } from '../../src/testing/desk.js';
import type { DeskLink } from '../../src/testing/desk-switchboard.js';
import type { ChatMessage, Conversation, MessageStatus } from '../../src/contract/index.js';
import type { Backend, BackendLink, CrashPoint, Said, Truth } from './backend.js';
import { Shelf } from './files.js';
import { planted } from './planted.js';

const RANK: Readonly<Record<MessageStatus, number>> = { sent: 1, failed: 2, delivered: 3, read: 4 };

export interface DeskBackendOptions {
  now: () => number;
  agents: readonly string[];
  conversations: number;
  /** Chance for what a crash lets out before it hits. */
  below: (limit: number) => number;
}

class Wire implements DeskLink {
  readonly agentId: string;
  constructor(
    readonly link: BackendLink,
    readonly say: (said: Said) => void,
  ) {
    this.agentId = link.agentId;
  }
  event(event: string, payload: unknown): void {
    this.say({ to: this.link, event, payload });
  }
  cut(): void {}
  back(): void {}
}

export class DeskBackend implements Backend {
  readonly agents: readonly string[];
  readonly conversationIds: readonly string[];
  readonly files = new Shelf();
  readonly #desk: Desk;
  readonly #wires = new Map<number, Wire>();
  readonly #below: (limit: number) => number;
  #said: Said[] = [];
  #epochs = 1;

  constructor({ now, agents, conversations, below }: DeskBackendOptions) {
    this.agents = agents;
    this.#below = below;
    this.#desk = createDesk({
      now,
      agents: agents.map((id) => ({ id, name: id, status: 'online' as const })),
      // The first agent supervises; the others see what is theirs and what is nobody's.
      sees: (agentId, { assignedTo }) => agentId === agents[0] || assignedTo === undefined || assignedTo === agentId,
    });
    this.conversationIds = Array.from({ length: conversations }, () => this.#desk.addConversation().id);
    for (const id of this.conversationIds) this.#desk.addMessage(id, { content: `hello from ${id}` });
  }

  sees(agentId: string, conversationId: string): boolean {
    return this.#desk.sees(agentId, conversationId);
  }

  join(link: BackendLink): void {
    const wire = new Wire(link, (said) => this.#said.push(said));
    this.#wires.set(link.connection, wire);
    this.#desk.join(wire);
  }

  leave(link: BackendLink): void {
    const wire = this.#wires.get(link.connection);
    if (wire) this.#desk.leave(wire);
    this.#wires.delete(link.connection);
  }

  ask(link: BackendLink, name: string, payload: unknown, crash: CrashPoint): Promise<Said[]> {
    // The connection may be gone by the time its last words arrive; the server has read them all the same.
    const wire = this.#wires.get(link.connection) ?? new Wire(link, (said) => this.#said.push(said));
    return this.#transaction(crash, () => {
      if (name === 'send_message' && this.#lacksFile(payload as Partial<ChatMessage>))
        this.#desk.failNext(name, { code: 'NOT_FOUND', field: 'metadata.uploadId' });
      this.#desk.ask(wire, name, payload, (answer) => this.#said.push({ to: link, payload: answer }));
    });
  }

  customerSays(conversationId: string, text: string): Promise<Said[]> {
    return this.#transaction(undefined, () => void this.#desk.customerSays(conversationId, text));
  }

  report(conversationId: string, which: number, status: MessageStatus): Promise<Said[]> {
    return this.#transaction(undefined, () => {
      const sent = this.#desk.messages(conversationId).filter(({ senderType }) => senderType === 'agent');
      const message = sent.at(-1 - (which % Math.max(1, sent.length)));
      if (!message || (RANK[status] <= RANK[message.status] && !planted('reports go back'))) return;
      const error = status === 'failed' ? { code: 'REJECTED', message: 'The number is not reachable.' } : undefined;
      this.#desk.setStatus(message.id, status, error);
    });
  }

  assign(conversationId: string, agentId: string | undefined): Promise<Said[]> {
    return this.#transaction(undefined, () => this.#desk.assign(conversationId, agentId));
  }

  restart(otherEpoch: boolean): Promise<void> {
    for (const wire of this.#wires.values()) this.#desk.leave(wire);
    this.#wires.clear();
    if (otherEpoch) this.#desk.epoch = `epoch-${++this.#epochs}`;
    return Promise.resolve();
  }

  truth(): Promise<Truth> {
    const { threads } = this.#desk.books;
    return Promise.resolve({
      conversations: [...threads.values()].map(({ conversation }) => conversation),
      messages: new Map([...threads].map(([id, { messages }]) => [id, [...messages]])),
    });
  }

  async freshMessages(agentId: string, conversationId: string): Promise<ChatMessage[]> {
    return this.#fresh<{ messages: ChatMessage[] }>(agentId, 'load_messages', {
      conversationId,
      limit: 500,
    }).messages;
  }

  async freshConversations(agentId: string): Promise<Conversation[]> {
    return this.#fresh<{ conversations: Conversation[] }>(agentId, 'load_conversations', { limit: 500 }).conversations;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  sweep(): void {
    this.files.sweep(new Set(this.#messages().flatMap(({ metadata }) => metadata?.uploadId ?? [])));
  }

  #messages(): ChatMessage[] {
    return [...this.#desk.books.threads.values()].flatMap(({ messages }) => messages);
  }

  /** It takes what is there, whole or not: that it is whole is what the client promises. */
  #lacksFile({ clientMessageId, metadata }: Partial<ChatMessage>): boolean {
    const { uploadId } = metadata ?? {};
    if (uploadId === undefined || this.files.sizeOf(uploadId) !== undefined) return false;
    return !this.#messages().some((message) => message.clientMessageId === clientMessageId);
  }

  #fresh<T>(agentId: string, name: string, payload: unknown): T {
    let told: { data: T } | undefined;
    const wire = new Wire({ agentId, connection: -1 }, () => undefined);
    this.#desk.ask(wire, name, payload, (answer) => (told = answer as { data: T }));
    return told!.data;
  }

  #transaction(crash: CrashPoint, work: () => void): Promise<Said[]> {
    this.#said = [];
    const rollback = crash === 'before' ? this.#desk.checkpoint() : undefined;
    work();
    const said = this.#said;
    this.#said = [];
    if (crash === 'before') {
      rollback!();
      return Promise.resolve(planted('ack before commit') ? said.filter(({ event }) => event === undefined) : []);
    }
    return Promise.resolve(crash === 'after' ? said.slice(0, this.#below(said.length + 1)) : said);
  }
}
