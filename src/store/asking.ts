/**
 * One question, one answer: carries a request through the transport, reads the answer in whatever style the server
 * speaks, holds it against its schema, and learns from it which level the server is (protocol.md §3).
 */
import * as v from 'valibot';
import { clientEvents, type Ask, type ClientEventName, type Reply, type Sync } from '../contract/index.js';
import {
  isRecord,
  readAnswer,
  TransportError,
  type Answer,
  type AnswerError,
  type Transport,
} from '../transport/index.js';
import type { ChatState } from './chat-state.js';

/** A server that has not answered by then, with the link up, does not answer at all. */
export const ANSWER_TIMEOUT_MS = 8000;

export type AskError =
  | AnswerError
  | { code: 'OFFLINE' | 'TIMEOUT'; message: string; retryable: true; retryAfterMs?: undefined; field?: undefined };
export type Answered<E extends ClientEventName> =
  /** `unreadable`: ids of list items that did not fit their schema; they exist, but nothing is known of them. */
  { ok: true; data: Reply<E>; sync?: Sync; unreadable?: string[] } | { ok: false; error: AskError };

/** The names of the member that holds the list, and of the items in it, for acks that are bare arrays. */
const LISTS = {
  load_conversations: 'conversations',
  load_prospects: 'prospects',
  load_clients: 'clients',
  load_messages: 'messages',
  load_agents: 'agents',
} as const;
type ListEvent = keyof typeof LISTS;
const isListEvent = (name: string): name is ListEvent => Object.hasOwn(LISTS, name);

/** The member that holds the one thing an ack is about, for acks that are the bare thing. */
const THINGS: Partial<Record<ClientEventName, string>> = {
  send_message: 'message',
  add_client_note: 'note',
  convert_prospect: 'client',
  update_client: 'client',
  add_client_quote: 'quote',
  update_client_quote: 'quote',
  update_client_note: 'note',
  update_chat_settings: 'settings',
};

interface Waiting {
  event: ListEvent;
  conversationId: string | undefined;
  answer: (data: unknown) => void;
}

export class Asking {
  transport: Transport | undefined;
  /** When something last came from the server, and how often something did. */
  heardAt = 0;
  heard = 0;
  /** A question stayed without an answer, and nothing else came meanwhile. */
  onSilence: () => void = () => {};
  readonly #state: ChatState;
  readonly #waiting = new Set<Waiting>();

  constructor(state: ChatState) {
    this.#state = state;
  }

  async ask<E extends ClientEventName>(
    event: E,
    payload?: Ask<E>,
    timeoutMs = ANSWER_TIMEOUT_MS,
  ): Promise<Answered<E>> {
    const transport = this.transport;
    if (!transport) return offline();
    const { heard } = this;
    let answer: unknown;
    let acked = false;
    const waiting = isListEvent(event) ? this.#waitForEvent(event, payload) : undefined;
    try {
      answer = await Promise.race([
        transport.request(event, payload, timeoutMs).then((words) => {
          acked = true;
          // An ack without a word is good, but it is no list: that one comes as an event.
          return waiting && (words === undefined || words === null) ? this.#within(timeoutMs, waiting.arrived) : words;
        }),
        ...(waiting ? [waiting.arrived] : []),
      ]);
    } catch (failure) {
      if (failure instanceof TransportError && failure.reason === 'timeout') {
        if (transport === this.transport && heard === this.heard) this.onSilence();
        return { ok: false, error: { code: 'TIMEOUT', message: 'The server did not answer.', retryable: true } };
      }
      return offline();
    } finally {
      waiting?.stop();
    }
    if (transport !== this.transport) return offline(); // an answer to a connection that is no longer ours
    this.noteLife();
    const read = readAnswer(answer);
    this.#learnLevel(event, read, !acked);
    if (!read.ok) return read;
    const checked = this.#check(event, read.data);
    return checked.ok && read.sync ? { ...checked, sync: read.sync } : checked;
  }

  noteLife(): void {
    this.heard++;
    this.heardAt = this.#state.world.now();
  }

  /**
   * Asks until it is answered: a busy server is asked again after the time it names. Gives up when the link goes (the next
   * connection starts over) and when the server does not answer at all.
   */
  async insist<E extends ClientEventName>(event: E, payload?: Ask<E>): Promise<Answered<E>> {
    for (let tries = 0; ; tries++) {
      const answer = await this.ask(event, payload);
      if (answer.ok || !answer.error.retryable || !this.#state.online) return answer;
      if (answer.error.code === 'TIMEOUT' && this.#state.level !== 2) return answer;
      await this.#state.pause(tries, answer.error.retryAfterMs);
      if (!this.#state.online) return offline();
    }
  }

  /** True when the event was the answer to a list request of a server that does not ack. */
  offer(name: string, payload: unknown): boolean {
    for (const waiting of this.#waiting) {
      if (name !== waiting.event && name !== LISTS[waiting.event]) continue;
      const about = isRecord(payload) ? payload.conversationId : undefined;
      if (waiting.conversationId && typeof about === 'string' && about !== waiting.conversationId) continue;
      waiting.answer(payload);
      return true;
    }
    return false;
  }

  #waitForEvent(event: ListEvent, payload: unknown): { arrived: Promise<unknown>; stop: () => void } {
    let answer!: (data: unknown) => void;
    const arrived = new Promise<unknown>((resolve) => (answer = resolve));
    const about = isRecord(payload) && typeof payload.conversationId === 'string' ? payload.conversationId : undefined;
    const waiting: Waiting = { event, conversationId: about, answer };
    this.#waiting.add(waiting);
    return { arrived, stop: () => this.#waiting.delete(waiting) };
  }

  #within(timeoutMs: number, arrived: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const cancel = this.#state.world.after(timeoutMs, () => reject(new TransportError('timeout')));
      void arrived.then((list) => {
        cancel();
        resolve(list);
      });
    });
  }

  /** Only a good list tells level 2 from level 1; anything else proves at most that the server acks. */
  #learnLevel(event: ClientEventName, read: Answer, byEvent: boolean): void {
    const known = this.#state.level;
    if (byEvent) {
      if (known === undefined) this.#state.patchLink({ level: 0 });
      return;
    }
    const level = read.sync ? 2 : 1;
    const tells = read.ok && event === 'load_conversations';
    if (tells ? known !== level : known === 0) this.#state.patchLink({ level: tells ? level : 1 });
  }

  #check<E extends ClientEventName>(event: E, data: unknown): Answered<E> {
    const shaped = this.#shape(event, data);
    const schema: v.GenericSchema = clientEvents[event].reply;
    if (!isListEvent(event)) {
      const parsed = v.safeParse(schema, shaped);
      if (parsed.success) return { ok: true, data: parsed.output as Reply<E> };
      this.#state.report(event, describe(parsed.issues));
      return badAnswer();
    }
    // Items are checked one by one: a single bad one must not empty the inbox.
    const name = LISTS[event];
    const items = isRecord(shaped) ? shaped[name] : undefined;
    const shell = v.safeParse(schema, isRecord(shaped) ? { ...shaped, [name]: [] } : shaped);
    if (!shell.success || !Array.isArray(items)) {
      this.#state.report(event, shell.success ? `${name} is not a list` : describe(shell.issues));
      return badAnswer();
    }
    const item = itemSchema(event);
    const good: unknown[] = [];
    const unreadable: string[] = [];
    for (const candidate of items) {
      const parsed = v.safeParse(item, candidate);
      if (parsed.success) {
        good.push(parsed.output);
        continue;
      }
      this.#state.report(event, describe(parsed.issues));
      if (isRecord(candidate) && typeof candidate.id === 'string') unreadable.push(candidate.id);
    }
    const whole = { ...(shell.output as object), [name]: good } as Reply<E>;
    return { ok: true, data: whole, ...(unreadable.length > 0 ? { unreadable } : {}) };
  }

  /** Bare arrays and bare things get the member name that the schema expects. */
  #shape(event: ClientEventName, data: unknown): unknown {
    if (isListEvent(event)) return Array.isArray(data) ? { [LISTS[event]]: data } : data;
    const thing = THINGS[event];
    if (data === undefined || typeof data !== 'object' || data === null) return {};
    if (!thing || !isRecord(data) || thing in data || 'note' in data || 'prospect' in data) return data;
    return typeof data.id === 'string' ? { [thing]: data } : data;
  }
}

function itemSchema(event: ListEvent): v.GenericSchema {
  const entries = clientEvents[event].reply.entries as Record<string, v.GenericSchema>;
  return (entries[LISTS[event]] as v.ArraySchema<v.GenericSchema, undefined>).item;
}

function offline(): { ok: false; error: AskError } {
  return { ok: false, error: { code: 'OFFLINE', message: 'There is no connection.', retryable: true } };
}

function badAnswer(): { ok: false; error: AskError } {
  return { ok: false, error: { code: 'INTERNAL', message: 'The answer could not be read.', retryable: false } };
}

export function describe(issues: readonly v.BaseIssue<unknown>[]): string {
  const first = issues[0];
  return first ? `${v.getDotPath(first) ?? 'payload'}: ${first.message}`.slice(0, 300) : 'unreadable';
}
