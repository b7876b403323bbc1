/** The wire between a store and a Desk: in memory, asynchronous, in order, and as breakable as a real one. */
import { offerEngine } from '../store/engine-code.js';
import { Engine } from '../store/engine.js';
import { TransportError, type Sink, type Transport } from '../transport/transport.js';
import type { DeskLink, Switchboard } from './desk-switchboard.js';
import { overTheWire } from './desk-dress.js';

export interface DeskTransportOptions {
  /** Who is signed in. */
  agentId: string;
  /** Milliseconds each way. Default 0: with the next microtask. */
  delayMs?: number;
  /** What it says of itself (`Transport.vouches`). Default true. */
  vouches?: boolean;
  /** Runs something later and returns the way to cancel it; a test world's `after` fits. Default: `setTimeout`. */
  after?: (ms: number, run: () => void) => () => void;
}

function realAfter(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

interface Pending {
  answered(answer: unknown): void;
  lost(): void;
}

class DeskTransport implements Transport, DeskLink {
  /** Nothing is ever silent here that is not meant to be. */
  readonly vouches: boolean;
  readonly agentId: string;
  readonly #desk: Switchboard;
  readonly #delayMs: number;
  readonly #after: NonNullable<DeskTransportOptions['after']>;
  readonly #pending = new Set<Pending>();
  #sink: Sink | undefined;
  #state: 'closed' | 'waiting' | 'open' | 'refused' = 'closed';
  /** Counts connections: what was on its way over an earlier one is lost. */
  #connection = 0;

  constructor(desk: Switchboard, options: DeskTransportOptions) {
    this.#desk = desk;
    this.agentId = options.agentId;
    this.vouches = options.vouches ?? true;
    this.#delayMs = options.delayMs ?? 0;
    this.#after = options.after ?? realAfter;
  }

  open(sink: Sink): void {
    this.#sink = sink;
    this.#state = 'waiting';
    this.#desk.join(this);
    sink.status({ state: 'connecting' });
    this.#knock();
  }

  request(name: string, payload: unknown, timeoutMs: number): Promise<unknown> {
    if (this.#state !== 'open') return Promise.reject(new TransportError('offline'));
    const ask = overTheWire(payload);
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        if (this.#pending.delete(pending)) finish();
        cancelTimeout();
      };
      const pending: Pending = {
        answered: (answer) => settle(() => resolve(answer)),
        lost: () => settle(() => reject(new TransportError('timeout'))),
      };
      const cancelTimeout = this.#after(timeoutMs, pending.lost);
      this.#pending.add(pending);
      this.#travel(() => this.#desk.ask(this, name, ask, (answer) => this.#travel(() => pending.answered(answer))));
    });
  }

  notify(name: string, payload: unknown): void {
    if (this.#state !== 'open') return;
    const ask = overTheWire(payload);
    this.#travel(() => this.#desk.ask(this, name, ask, () => undefined));
  }

  close(): void {
    this.#state = 'closed';
    this.#desk.leave(this);
    this.#loseAll();
    this.#sink = undefined;
  }

  // ---- called by the desk

  event(name: string, payload: unknown): void {
    if (this.#state === 'open') this.#travel(() => this.#sink?.event(name, payload));
  }

  cut(refusal?: { code: string; message: string }): void {
    if (this.#state === 'closed') return;
    this.#state = refusal ? 'refused' : 'waiting';
    this.#sink?.status(refusal ? { state: 'refused', ...refusal } : { state: 'down', reason: 'the link broke' });
    this.#loseAll();
  }

  back(): void {
    if (this.#state === 'waiting') this.#knock();
  }

  #knock(): void {
    this.#travel(() => {
      const door = this.#desk.door;
      if (this.#state !== 'waiting') return;
      if (door.open) {
        this.#state = 'open';
        this.#sink?.status({ state: 'open' });
      } else if (door.refusal) {
        this.#state = 'refused';
        this.#sink?.status({ state: 'refused', ...door.refusal });
      } else {
        this.#sink?.status({ state: 'down', reason: 'the desk is away' });
      }
    });
  }

  /** Later, if this connection still stands then. */
  #travel(arrive: () => void): void {
    const connection = this.#connection;
    const run = () => {
      if (connection === this.#connection) arrive();
    };
    if (this.#delayMs > 0) this.#after(this.#delayMs, run);
    else queueMicrotask(run);
  }

  #loseAll(): void {
    this.#connection += 1;
    for (const pending of [...this.#pending]) pending.lost();
  }
}

/** A transport to a Desk. Several may be open at once: colleagues, or tabs of one agent. */
export function deskTransport(desk: Switchboard, options: DeskTransportOptions): Transport {
  // A desk answers within the microtask: the store in front of it is whole from the first moment.
  offerEngine(Engine);
  return new DeskTransport(desk, options);
}
