/**
 * The Desk's half that hangs on the wire: who is connected, what is asked, how it is answered and told, and every way in
 * which that can go wrong. `desk.ts` adds the people.
 */
import * as v from 'valibot';
import {
  clientEvents,
  type Agent,
  type Conversation,
  type ErrorCode,
  type Features,
  type Sync,
  type WireError,
} from '../contract/index.js';
import { answers, extensionOf } from './desk-answers.js';
import { DeskRefusal, type Asker } from './desk-asker.js';
import { DeskBooks, type DeskEvent, type DeskMessage } from './desk-books.js';
import {
  asSeedEvents,
  copies,
  dressAnswer,
  dressRefusal,
  listEvent,
  overTheWire,
  seedAnswer,
  type AckStyle,
} from './desk-dress.js';

export interface DeskOptions {
  /** Milliseconds since 1970. Default: starts on 22 November 2026 at 10:00 UTC and goes on a second with each stamp. */
  now?: () => number;
  /** What the desk speaks, see protocol.md §3. Default 2. At level 0 no ack is ever called. */
  level?: 0 | 1 | 2;
  /** How acks look. Default: `ours`; at level 0 it says how lists are told: `none` (same name) or `event` (plural). */
  ack?: AckStyle;
  /** Announced at level 2. Default: typing, agents and clients. `me` is filled in. */
  features?: Features;
  /** The team. Default: Marta Reis (`agent-1`) and Tomás Lima (`agent-2`). */
  agents?: Agent[];
  /** Do messages carry `metadata.clientMessageId` back below level 2. Default true. */
  echoKey?: boolean;
  /** Tell the news before calling the ack. Default false. */
  broadcastFirst?: boolean;
  /** Which conversations an agent may see. Default: all of them. */
  sees?: (agentId: string, conversation: Conversation) => boolean;
}

/** One ask as it came in. */
export interface DeskAsk {
  agentId: string;
  name: string;
  payload: unknown;
}

/** What the desk needs of a connected browser; made by `deskTransport`. */
export interface DeskLink {
  readonly agentId: string;
  event(name: string, payload: unknown): void;
  /** The link broke, or (with a code) the server turned it away. */
  cut(refusal?: { code: string; message: string }): void;
  /** The link may be tried again. */
  back(): void;
}

const START = Date.UTC(2026, 10, 22, 10);
const TEAM: Agent[] = [
  { id: 'agent-1', name: 'Marta Reis', status: 'online' },
  { id: 'agent-2', name: 'Tomás Lima', status: 'online' },
];

export class Switchboard {
  readonly level: 0 | 1 | 2;
  readonly books: DeskBooks;
  /** Every ask that arrived, oldest first. */
  readonly log: DeskAsk[] = [];
  epoch = 'epoch-1';
  readonly #options: DeskOptions;
  readonly #links = new Set<DeskLink>();
  readonly #answered: Asker['answered'] = new Map();
  readonly #failures = new Map<string, WireError[]>();
  readonly #heldAcks = new Map<string, (() => void)[]>();
  readonly #lostAcks: string[] = [];
  readonly #lostAsks: string[] = [];
  readonly #lostEvents: string[] = [];
  readonly #listeners = new Set<(message: DeskMessage) => void>();
  #online = true;
  #refusal: { code: string; message: string } | undefined;

  constructor(options: DeskOptions = {}) {
    this.#options = options;
    this.level = options.level ?? 2;
    let stamps = 0;
    this.books = new DeskBooks(options.now ?? (() => START + 1000 * stamps++), (event) => this.#tell(event));
    for (const agent of options.agents ?? TEAM) this.books.agents.set(agent.id, { ...agent });
  }

  /** May this agent see the conversation now. */
  sees(agentId: string, conversationId: string): boolean {
    const conversation = this.books.threads.get(conversationId)?.conversation;
    return conversation !== undefined && (this.#options.sees?.(agentId, conversation) ?? true);
  }

  /** Remembers everything that is stored; what it returns puts it back (a transaction rolled back, a backup restored). */
  checkpoint(): () => void {
    const restoreBooks = this.books.checkpoint();
    const answered = structuredClone([...this.#answered]);
    return () => {
      restoreBooks();
      this.#answered.clear();
      for (const [key, answer] of structuredClone(answered)) this.#answered.set(key, answer);
    };
  }

  /** The payloads of all asks of one name, oldest first. */
  asks(name: string): unknown[] {
    return this.log.filter((ask) => ask.name === name).map(({ payload }) => payload);
  }

  /** Calls back for each message an agent sends; returns the way to stop. */
  onAgentMessage(listener: (message: DeskMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // ---- misbehaviour

  /** The next ask of this name is refused and changes nothing. */
  failNext(name: string, error: ErrorCode | (Partial<WireError> & { code: ErrorCode })): void {
    const given = typeof error === 'string' ? { code: error } : error;
    const queue = this.#failures.get(name) ?? [];
    queue.push({ message: 'Refused by the test.', retryable: false, ...given });
    this.#failures.set(name, queue);
  }

  /** From now on asks of this name are done, but their acks wait for `release`. */
  hold(name: string): void {
    if (!this.#heldAcks.has(name)) this.#heldAcks.set(name, []);
  }

  release(name: string): void {
    const waiting = this.#heldAcks.get(name) ?? [];
    this.#heldAcks.delete(name);
    for (const call of waiting) call();
  }

  /** The next ask of this name is done, but its ack is lost on the way. */
  dropAckOf(name: string): void {
    this.#lostAcks.push(name);
  }

  /** The next ask of this name is lost on its way to the desk. */
  dropAsk(name: string): void {
    this.#lostAsks.push(name);
  }

  /** The next event of this name (of any, without one) is lost on the way to everybody. */
  dropNextEvent(name = '*'): void {
    this.#lostEvents.push(name);
  }

  /** Sends a payload as it is, right or wrong, to everybody or to one agent. */
  emitRaw(name: string, payload: unknown, agentId?: string): void {
    for (const link of this.#links) {
      if (agentId === undefined || link.agentId === agentId) link.event(name, overTheWire(payload));
    }
  }

  /** All links break; asks under way end with `timeout`, new ones with `offline`. */
  goOffline(): void {
    this.#online = false;
    for (const link of [...this.#links]) link.cut();
  }

  goOnline(): void {
    this.#online = true;
    for (const link of [...this.#links]) link.back();
  }

  /** Turns everybody away, as with a token that is not good any more, until `admit`. */
  refuse(code = 'UNAUTHENTICATED', message = 'The token is not valid.'): void {
    this.#refusal = { code, message };
    for (const link of [...this.#links]) link.cut(this.#refusal);
  }

  admit(): void {
    this.#refusal = undefined;
  }

  /** Comes back with a history that cannot be compared with the old one (a restored backup). */
  restart(epoch = `${this.epoch}+`): void {
    this.goOffline();
    this.epoch = epoch;
    this.goOnline();
  }

  /** Old changes can no longer be told one by one: `sinceRev` from before now is answered with `reset`. */
  forgetChanges(conversationId: string): void {
    const thread = this.books.thread(conversationId);
    thread.forgottenRev = thread.conversation.rev;
  }

  // ---- for transports

  /** How the door is: open, closed for now, or closed for this one. */
  get door(): { open: true } | { open: false; refusal?: { code: string; message: string } } {
    if (this.#refusal) return { open: false, refusal: this.#refusal };
    return this.#online ? { open: true } : { open: false };
  }

  join(link: DeskLink): void {
    this.#links.add(link);
  }

  leave(link: DeskLink): void {
    this.#links.delete(link);
  }

  /** Takes one ask; `ack` is called at most once, or never. */
  ask(link: DeskLink, name: string, payload: unknown, ack: (answer: unknown) => void): void {
    if (this.#take(this.#lostAsks, name)) return;
    this.log.push({ agentId: link.agentId, name, payload });
    const style = this.#options.ack ?? (this.level === 0 ? 'none' : 'ours');
    const extension = extensionOf[name];
    // A server that never heard of an event does not answer it.
    if (!(name in answers) || (extension && !this.#features(link.agentId)?.[extension])) return;

    const news: DeskEvent[] = [];
    this.#collect = news;
    let answer: unknown;
    let list: { name: string; payload: unknown } | undefined;
    try {
      const data = this.#answer(link.agentId, name, payload);
      const told = this.level === 2 ? data : seedAnswer(name, data, this.#options.echoKey ?? true);
      answer = dressAnswer(name, told, style, this.#sync(link.agentId));
      if (this.level === 0 || style === 'none' || style === 'event') list = listEvent(name, payload, told, style);
    } catch (error) {
      if (!(error instanceof DeskRefusal)) throw error;
      answer = dressRefusal(error.error, style, this.#sync(link.agentId));
    } finally {
      this.#collect = undefined;
    }
    const copy = overTheWire(answer);
    const lost = this.level === 0 || this.#take(this.#lostAcks, name);
    const held = this.#heldAcks.get(name);
    const call = () => (lost ? undefined : ack(copy ?? undefined));
    const tellNews = () => news.forEach((event) => this.#tell(event, link));

    if (this.#options.broadcastFirst) tellNews();
    if (held) held.push(call);
    else call();
    if (list) link.event(list.name, overTheWire(list.payload));
    if (!this.#options.broadcastFirst) tellNews();

    const sent = news.find((event) => event.name === 'new_message' && event.isNew);
    if (name === 'send_message' && sent) {
      const message = this.books.message(String(sent.payload.id));
      for (const listener of this.#listeners) listener(message);
    }
  }

  /** While an ask is being done, its news waits here until the ack is on its way. */
  #collect: DeskEvent[] | undefined;

  #answer(agentId: string, name: string, payload: unknown): unknown {
    const failure = this.#failures.get(name)?.shift();
    if (failure) throw new DeskRefusal(failure);
    const known = name as keyof typeof answers;
    const checked = v.safeParse(clientEvents[known].ask, payload ?? {});
    if (!checked.success) {
      const [issue] = checked.issues;
      const field = v.getDotPath(issue) ?? undefined;
      throw new DeskRefusal({ code: 'BAD_PAYLOAD', message: issue.message, retryable: false, ...(field && { field }) });
    }
    const asker: Asker = {
      agent: this.agent(agentId),
      epoch: this.epoch,
      level: this.level,
      features: this.#features(agentId) ?? {},
      answered: this.#answered,
      sees: (conversation) => this.#options.sees?.(agentId, conversation) ?? true,
    };
    // A seed server reads the given fields only, and tells everything it has.
    const ask = this.level === 2 ? checked.output : this.#seedAsk(name, checked.output);
    const answer = answers[known] as (books: DeskBooks, ask: unknown, asker: Asker) => unknown;
    return answer(this.books, ask, asker);
  }

  #seedAsk(name: string, ask: Record<string, unknown>): Record<string, unknown> {
    if (!name.startsWith('load_')) return ask;
    const { conversationId } = ask;
    return { limit: Number.MAX_SAFE_INTEGER, ...(conversationId === undefined ? {} : { conversationId }) };
  }

  /** `from`: the link over which came what this is the news of. */
  #tell(event: DeskEvent, from?: DeskLink): void {
    if (this.#collect) {
      // A copy: what comes later in the same ask must not change what is told of this moment.
      this.#collect.push({ ...event, payload: overTheWire(event.payload) });
      return;
    }
    if (this.level === 2 && event.name in extensionEvents && !this.#features('')?.[extensionEvents[event.name]!])
      return;
    const said =
      this.level === 2
        ? [{ name: event.name, payload: this.#numbered(event) }]
        : asSeedEvents(event, (id) => this.books.thread(id).conversation, this.#options.echoKey ?? true);
    for (const { name, payload } of said) {
      if (this.#take(this.#lostEvents, name) || this.#take(this.#lostEvents, '*')) continue;
      const copy = copies(payload);
      for (const link of this.#links) {
        if (event.notBack && link === from) continue;
        if (link.agentId !== event.except && this.#mayHear(link, event)) link.event(name, copy());
      }
    }
  }

  #mayHear(link: DeskLink, { name, payload, only }: DeskEvent): boolean {
    if (only) return only(link.agentId);
    const about = payload.conversationId ?? (name === 'conversation_updated' ? payload.id : undefined);
    return typeof about !== 'string' || this.sees(link.agentId, about);
  }

  #numbered(event: DeskEvent): unknown {
    return event.sync ? { ...event.payload, _sync: { e: this.epoch, ...event.sync } } : event.payload;
  }

  #features(agentId: string): Features | undefined {
    if (this.level < 2) return undefined;
    const features = this.#options.features ?? { typing: true, agents: {}, clients: true };
    return features.agents ? { ...features, agents: { me: agentId, ...features.agents } } : features;
  }

  #sync(agentId: string): Sync | undefined {
    const features = this.#features(agentId);
    return features && { v: 1, epoch: this.epoch, head: this.books.head, features };
  }

  /** A member of the team; an unknown id is somebody new. */
  protected agent(agentId: string): Agent {
    return this.books.agents.get(agentId) ?? { id: agentId, name: agentId, status: 'online' };
  }

  #take(queue: string[], name: string): boolean {
    const at = queue.indexOf(name);
    if (at >= 0) queue.splice(at, 1);
    return at >= 0;
  }
}

/** Server events that belong to an extension. */
const extensionEvents: Readonly<Record<string, keyof Features>> = {
  client_updated: 'clients',
  agent_presence: 'agents',
  draft_updated: 'drafts',
};
