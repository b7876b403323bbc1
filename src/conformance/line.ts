/** One connection to the server under test: asks, reads answers in every style the store knows, remembers what it heard. */
import * as v from 'valibot';
import { type Ask, type ClientEventName, type Sync } from '../contract/index.js';
import { isRecord, readAnswer, TransportError, type AnswerError, type Transport } from '../transport/index.js';

/** The member that holds the list of an ask, and the name of the event that may carry it instead of an ack. */
const LISTS: Readonly<Record<string, string>> = {
  load_conversations: 'conversations',
  load_prospects: 'prospects',
  load_clients: 'clients',
  load_messages: 'messages',
};

export interface Answered {
  /** `ack`: the ack said it; `event`: an event carried the list; `none`: nothing came. */
  by: 'ack' | 'event' | 'none';
  ok: boolean;
  data: Record<string, unknown>;
  sync?: Sync;
  error?: AnswerError;
}

export interface Heard {
  name: string;
  payload: Record<string, unknown>;
}

export class Line {
  readonly heard: Heard[] = [];
  readonly #waiting = new Set<() => void>();
  #state = 'connecting';
  #reason = '';

  constructor(
    readonly transport: Transport,
    readonly timing: { connectMs: number; ackMs: number; eventMs: number },
  ) {
    transport.open({
      event: (name, payload) => {
        this.heard.push({ name, payload: isRecord(payload) ? payload : { list: payload } });
        this.#wake();
      },
      status: (status) => {
        this.#state = status.state;
        this.#reason =
          'code' in status ? `${status.code}: ${status.message}` : 'reason' in status ? (status.reason ?? '') : '';
        this.#wake();
      },
    });
  }

  async connected(): Promise<{ ok: boolean; reason: string }> {
    await this.until(() => this.#state === 'open' || this.#state === 'refused', this.timing.connectMs);
    return { ok: this.#state === 'open', reason: this.#reason || this.#state };
  }

  async ask<E extends ClientEventName>(name: E, payload?: Ask<E>): Promise<Answered> {
    // What is waited for beside the ack is no longer waited for once there is an answer.
    const asked = { over: false };
    try {
      return await this.#ask(name, payload, asked);
    } finally {
      asked.over = true;
      this.#wake();
    }
  }

  async #ask<E extends ClientEventName>(
    name: E,
    payload: Ask<E> | undefined,
    asked: { over: boolean },
  ): Promise<Answered> {
    const list = LISTS[name];
    const from = this.heard.length;
    const told = () =>
      list === undefined ? undefined : this.heard.slice(from).find((one) => one.name === name || one.name === list);
    const ack = this.transport.request(name, payload, this.timing.ackMs).then(
      (answer) => ({ answer }),
      (failure: unknown) => ({ failure }),
    );
    const event = list === undefined ? undefined : this.until(() => asked.over || told() !== undefined);
    const first = await Promise.race([ack, ...(event ? [event.then((came) => (came ? undefined : ack))] : [])]);
    const byEvent = (): Answered | undefined => {
      const one = told();
      return one && { by: 'event', ok: true, data: listIn(list!, one.payload) };
    };
    if (!first) return byEvent()!;
    if ('failure' in first) {
      await event;
      const lost = first.failure instanceof TransportError ? first.failure.reason : String(first.failure);
      return (
        byEvent() ?? { by: 'none', ok: false, data: {}, error: { code: 'UNAVAILABLE', message: lost, retryable: true } }
      );
    }
    if (list !== undefined && (first.answer === undefined || first.answer === null)) {
      await event;
      return byEvent() ?? { by: 'ack', ok: false, data: {} };
    }
    return this.#read(name, first.answer);
  }

  /** Waits until it is so; false when it did not come in time. */
  until(holds: () => boolean, withinMs = this.timing.eventMs): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const look = () => {
        if (holds()) end(true);
      };
      const timer = setTimeout(() => end(holds()), withinMs);
      const end = (came: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(came);
      };
      this.#waiting.add(look);
    });
  }

  close(): void {
    this.transport.close();
  }

  #read(name: ClientEventName, answer: unknown): Answered {
    const read = readAnswer(answer);
    if (!read.ok)
      return { by: 'ack', ok: false, data: {}, error: read.error, ...(read.sync ? { sync: read.sync } : {}) };
    const data = shape(name, read.data);
    return { by: 'ack', ok: true, data, ...(read.sync ? { sync: read.sync } : {}) };
  }

  #wake(): void {
    for (const look of [...this.#waiting]) look();
  }
}

function listIn(list: string, payload: Record<string, unknown>): Record<string, unknown> {
  return Array.isArray(payload.list) ? { [list]: payload.list } : payload;
}

/** Bare lists and bare things under the member name of the contract. */
function shape(name: ClientEventName, data: unknown): Record<string, unknown> {
  const list = LISTS[name];
  if (list !== undefined && Array.isArray(data)) return { [list]: data };
  if (!isRecord(data)) return {};
  if (name === 'send_message' && typeof data.id === 'string' && !('message' in data)) return { message: data };
  if (name === 'add_client_note' && typeof data.id === 'string' && !('note' in data)) return { note: data };
  return data;
}

/** Why something does not fit its schema; undefined when it does. */
export function misfit(schema: v.GenericSchema, value: unknown): string | undefined {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return undefined;
  const [issue] = parsed.issues;
  return `${v.getDotPath(issue) ?? 'payload'}: ${issue.message}`.slice(0, 200);
}
