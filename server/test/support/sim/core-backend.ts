/**
 * The reference server itself, from its gateway to its transactions, on a database in memory: only Socket.IO is missing.
 * Slower than the Desk by far, so fewer seeds; but here it is the real code that is killed before and after its commits.
 */
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import type { ChatMessage, Conversation, MessageStatus } from '../../../../src/contract/index.js';
import { issueToken, type TokenRules } from '../../../src/auth/tokens.js';
import { assignConversation } from '../../../src/conversations/change.js';
import { createCore, type Core } from '../../../src/core.js';
import { readEpoch } from '../../../src/database/epoch.js';
import type { Database, OpenDatabase } from '../../../src/database/open.js';
import { agents, conversations, messages, meta } from '../../../src/database/schema.js';
import { receiveMessage } from '../../../src/messages/receive.js';
import { reportStatus } from '../../../src/messages/store.js';
import { messageToWire } from '../../../src/messages/wire.js';
import { openAgentGateway } from '../../../src/realtime/gateway.js';
import type { Agent } from '../../../src/access.js';
import type { World } from '../../../src/world.js';
import { freshDatabase } from '../database.js';
import { addConversation } from '../office.js';
import type { Backend, BackendLink, CrashPoint, Said, Truth } from '../../../../proof/sim/backend.js';
import type { Chance } from '../../../../proof/sim/chance.js';
import type { Clock } from '../../../../proof/sim/clock.js';
import { SimNamespace, SimSocket } from './sockets.js';

const TENANT = 'north';
const TEAM: readonly Agent[] = [
  { tenantId: TENANT, id: 'supervisor', name: 'Sam', role: 'supervisor' },
  { tenantId: TENANT, id: 'anna', name: 'Anna', role: 'agent' },
  { tenantId: TENANT, id: 'ben', name: 'Ben', role: 'agent' },
];
const UNBOUND = { requests: { perSecond: 1e9, burst: 1e9 }, sends: { perSecond: 1e9, burst: 1e9 } };
const RULES: TokenRules = {
  secret: new TextEncoder().encode('a secret that only the simulation knows'),
  issuer: 'crm-chat',
  audience: 'crm-chat',
};

class Killed extends Error {}

export class CoreBackend implements Backend {
  readonly agents = TEAM.map(({ id }) => id);
  readonly conversationIds = ['c1', 'c2', 'c3', 'c4'];
  readonly #assigned = new Map<string, string>();
  readonly #sockets = new Map<number, { socket: SimSocket; entered: Promise<void> }>();
  readonly #chance: Chance;
  readonly #world: World;
  readonly #open: OpenDatabase;
  #core!: Core;
  #namespace!: SimNamespace;
  #said: Said[] = [];
  #crash: CrashPoint;

  private constructor(open: OpenDatabase, clock: Clock, chance: Chance) {
    this.#open = open;
    this.#chance = chance;
    let keys = 0;
    this.#world = {
      now: () => new Date(clock.now),
      uuid: () => `00000000-0000-7000-8000-${String(++keys).padStart(12, '0')}`,
      random: chance.next,
      // A token's end would end the connection; here connections end often enough.
      after: (ms, run) => (ms > 60_000 ? () => undefined : clock.after(ms, run)),
    };
  }

  static async open(clock: Clock, chance: Chance): Promise<CoreBackend> {
    const database = await freshDatabase();
    await database.db.insert(agents).values([...TEAM]);
    const backend = new CoreBackend(database, clock, chance);
    for (const id of backend.conversationIds)
      await addConversation(database.db, {
        id,
        assignedTo: null,
        platform: 'whatsapp',
        messages: 1,
        lastActivity: new Date(clock.now),
      });
    await backend.#start();
    return backend;
  }

  async #start(): Promise<void> {
    const epoch = await readEpoch(this.#open.db, this.#world);
    const log = pino({ level: 'silent' });
    this.#core = createCore({ db: this.#killable(this.#open.db), world: this.#world, log, epoch, keptFrom: 0 });
    this.#namespace = new SimNamespace((said) => this.#said.push(said));
    openAgentGateway(this.#core, this.#namespace.asNamespace(), RULES, UNBOUND);
  }

  /** The process can die in any transaction that writes: before its commit, or right after it. */
  #killable(db: Database): Database {
    return new Proxy(db, {
      get: (target, name) => {
        const member = Reflect.get(target, name) as unknown;
        if (name !== 'transaction')
          return typeof member === 'function' ? (member as () => unknown).bind(target) : member;
        return async (work: (tx: unknown) => Promise<unknown>, config?: { accessMode?: string }) => {
          const crash = config?.accessMode === 'read only' ? undefined : this.#crash;
          if (crash) this.#crash = undefined;
          const result = await target.transaction(async (tx) => {
            const done = await work(tx);
            if (crash === 'before') throw new Killed('killed before the commit');
            return done;
          }, config as never);
          if (crash === 'after') throw new Killed('killed after the commit');
          return result;
        };
      },
    });
  }

  sees(agentId: string, conversationId: string): boolean {
    const assigned = this.#assigned.get(conversationId);
    return agentId === 'supervisor' || assigned === undefined || assigned === agentId;
  }

  join(link: BackendLink): void {
    const agent = TEAM.find(({ id }) => id === link.agentId)!;
    const namespace = this.#namespace;
    const enter = async () => {
      const token = await issueToken(RULES, this.#world, agent);
      const socket = new SimSocket(link, token);
      entry.socket = socket;
      await namespace.enter(socket);
    };
    const entry = { socket: undefined as unknown as SimSocket, entered: Promise.resolve() };
    this.#sockets.set(link.connection, entry);
    entry.entered = enter();
  }

  leave(link: BackendLink): void {
    const entry = this.#sockets.get(link.connection);
    this.#sockets.delete(link.connection);
    void entry?.entered.then(() => {
      entry.socket.disconnect();
      this.#namespace.sockets.delete(entry.socket.id);
    });
  }

  async ask(link: BackendLink, name: string, payload: unknown, crash: CrashPoint): Promise<Said[]> {
    const entry = this.#sockets.get(link.connection);
    // Its connection is gone, and with it the session that the ask belonged to.
    if (!entry) return [];
    await entry.entered;
    this.#said = [];
    // After the commit it may die at once, or with the beginning of what it had to say already out.
    const partly = crash === 'after' && this.#chance.happens(0.5);
    this.#crash = partly ? undefined : crash;
    const answer = JSON.parse(JSON.stringify(await entry.socket.hear(name, payload))) as unknown;
    this.#crash = undefined;
    const said = [...this.#said, { to: link, payload: answer }];
    this.#said = [];
    if (!crash) return said;
    return partly ? said.slice(0, this.#chance.below(said.length + 1)) : [];
  }

  customerSays(conversationId: string, content: string): Promise<Said[]> {
    return this.#act(() => receiveMessage(this.#core, { tenantId: TENANT, conversationId, content }));
  }

  report(conversationId: string, which: number, status: MessageStatus): Promise<Said[]> {
    return this.#act(async () => {
      const sent = await this.#open.db
        .select()
        .from(messages)
        .where(and(eq(messages.conversationId, conversationId), eq(messages.senderType, 'agent')))
        .orderBy(desc(messages.seq))
        .limit(4);
      const message = sent[which % Math.max(1, sent.length)];
      if (!message) return;
      const error = status === 'failed' ? { code: 'REJECTED', message: 'The number is not reachable.' } : undefined;
      const report = { messageId: message.id, attempt: message.attempt, status, ...(error ? { error } : {}) };
      await reportStatus(this.#core, TENANT, report);
    });
  }

  assign(conversationId: string, agentId: string | undefined): Promise<Said[]> {
    return this.#act(async () => {
      if (agentId === undefined) this.#assigned.delete(conversationId);
      else this.#assigned.set(conversationId, agentId);
      await assignConversation(this.#core, { tenantId: TENANT, conversationId }, agentId ?? null);
    });
  }

  async #act(work: () => Promise<unknown>): Promise<Said[]> {
    this.#said = [];
    await work();
    const said = this.#said;
    this.#said = [];
    return said;
  }

  async restart(otherEpoch: boolean): Promise<void> {
    this.#sockets.clear();
    if (otherEpoch) await this.#open.db.update(meta).set({ value: this.#world.uuid() }).where(eq(meta.key, 'epoch'));
    await this.#start();
  }

  async truth(): Promise<Truth> {
    const rows = await this.#open.db.select().from(messages).orderBy(asc(messages.conversationId), asc(messages.seq));
    const byConversation = new Map<string, ChatMessage[]>(this.conversationIds.map((id) => [id, []]));
    for (const row of rows) byConversation.get(row.conversationId)!.push(messageToWire(row, this.#core));
    const counted = await this.#open.db
      .select({ id: conversations.id, lastSeq: conversations.lastSeq })
      .from(conversations);
    for (const { id, lastSeq } of counted)
      if (byConversation.get(id)!.length !== lastSeq)
        throw new Error(`${id} counts ${lastSeq} and has ${byConversation.get(id)!.length}`);
    // Each public message of an agent has its platform jobs, one an attempt; written in the same transaction or not at all.
    const orphans = await this.#open.db.execute(
      sql`select id from messages m where sender_type = 'agent' and client_message_id is not null and not exists (select 1 from platform_jobs j where j.message_id = m.id)`,
    );
    const { rows: lonely } = orphans as unknown as { rows: unknown[] };
    if (lonely.length > 0) throw new Error(`${lonely.length} messages were stored without a platform job`);
    return { conversations: [], messages: byConversation };
  }

  async freshMessages(agentId: string, conversationId: string): Promise<ChatMessage[]> {
    const data = await this.#fresh<{ messages: ChatMessage[] }>(agentId, 'load_messages', {
      conversationId,
      limit: 500,
    });
    return data.messages;
  }

  async freshConversations(agentId: string): Promise<Conversation[]> {
    const data = await this.#fresh<{ conversations: Conversation[] }>(agentId, 'load_conversations', { limit: 100 });
    return data.conversations;
  }

  async #fresh<T>(agentId: string, name: string, payload: unknown): Promise<T> {
    const link = { agentId, connection: -1 };
    this.join(link);
    const [answer] = (await this.ask(link, name, payload, undefined)).filter(({ event }) => event === undefined);
    this.leave(link);
    return (answer!.payload as { data: T }).data;
  }

  async close(): Promise<void> {
    await this.#open.close();
  }
}
