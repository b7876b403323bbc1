/**
 * The wire between one tab and the server, as breakable as a real one: each connection carries packets in order both ways,
 * until it is cut (noticed at once), goes silent in one direction or both (noticed after a missed heartbeat), or its
 * events are lost, doubled or mixed above the socket.
 */
import { TransportError, type Sink, type Transport } from '../../src/transport/transport.js';
import type { BackendLink, Said } from './backend.js';
import type { Chance } from './chance.js';
import type { Clock } from './clock.js';
import type { House } from './house.js';

const HEARTBEAT_MS = 15_000;
const FIRST_DELAY_MS = 500;
const MOST_DELAY_MS = 30_000;

/** What is wrong with a tab's connection now. Probabilities from 0 to 1. */
export interface Weather {
  lose: number;
  double: number;
  mix: number;
  /** Up to so many milliseconds, each way. */
  delayMs: number;
}
export const FAIR: Weather = { lose: 0, double: 0, mix: 0, delayMs: 5 };

interface Pending {
  resolve(answer: unknown): void;
  reject(error: TransportError): void;
}

class Connection implements BackendLink {
  readonly pending = new Map<number, Pending>();
  /** Nothing arrives any more in this direction, and nobody says so. */
  deaf = { up: false, down: false };
  clearedUp = 0;
  clearedDown = 0;
  constructor(
    readonly connection: number,
    readonly agentId: string,
  ) {}
}

export class SimTransport implements Transport {
  weather: Weather = FAIR;
  /** A heartbeat of its own; without one the store has to find out that nothing arrives any more. */
  readonly vouches: boolean;
  /** The network of this tab is not there at all. */
  unplugged = false;
  readonly #name: string;
  readonly #house: House;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #agentId: string;
  readonly #alive: () => boolean;
  #sink: Sink | undefined;
  #connection: Connection | undefined;
  #attempts = 0;
  #asks = 0;

  constructor(house: House, name: string, agentId: string, chance: Chance, alive: () => boolean, vouches = true) {
    this.vouches = vouches;
    this.#house = house;
    this.#name = name;
    this.#clock = house.clock;
    this.#chance = chance;
    this.#agentId = agentId;
    this.#alive = alive;
  }

  // ---- what the store sees

  open(sink: Sink): void {
    this.#sink = sink;
    sink.status({ state: 'connecting' });
    this.#reconnect(1);
  }

  request(name: string, payload: unknown, timeoutMs: number): Promise<unknown> {
    const connection = this.#connection;
    if (!connection) return Promise.reject(new TransportError('offline'));
    const id = ++this.#asks;
    const words = JSON.stringify(payload);
    this.#house.trace?.(`${this.#name} asks ${id} ${name}: ${words}`);
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(timeoutMs, () => {
        connection.pending.delete(id);
        reject(new TransportError('timeout'));
      });
      const answered = (answer: unknown) => {
        cancel();
        resolve(answer);
      };
      connection.pending.set(id, { resolve: answered, reject });
      this.#up(connection, async () => {
        const ask = words === undefined ? undefined : (JSON.parse(words) as unknown);
        await this.#house.hear(connection, name, ask, (answer) => this.#ack(connection, id, answer));
      });
    });
  }

  notify(name: string, payload: unknown): void {
    const connection = this.#connection;
    if (!connection) return;
    const ask = JSON.parse(JSON.stringify(payload)) as unknown;
    this.#up(connection, () => this.#house.hear(connection, name, ask, () => undefined));
  }

  close(): void {
    this.#sink = undefined;
    this.drop();
  }

  // ---- what the run does to it

  /** The connection breaks, and both sides know. What was on its way to the server may still arrive there. */
  cut(): void {
    if (!this.#connection) return;
    const sink = this.#sink;
    this.drop();
    sink?.status({ state: 'down', reason: 'cut' });
    this.#reconnect(0);
  }

  /** Nothing arrives any more; found out after the next heartbeat, where there is one. */
  goSilent(up: boolean, down: boolean): void {
    const connection = this.#connection;
    if (!connection) return;
    connection.deaf = { up: connection.deaf.up || up, down: connection.deaf.down || down };
    if (!this.vouches) return;
    this.#clock.after(HEARTBEAT_MS, () => {
      if (this.#connection === connection) this.cut();
    });
  }

  heal(): void {
    this.weather = FAIR;
    this.unplugged = false;
    if (this.#connection?.deaf.up || this.#connection?.deaf.down) this.cut();
  }

  /** Gone without a word to the store: the tab died, or closed it. */
  drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (!connection) return;
    this.#house.leave(connection);
    for (const { reject } of connection.pending.values()) reject(new TransportError('timeout'));
    connection.pending.clear();
  }

  /** Something the server says to this connection. */
  receive(connection: Connection, { event, payload }: Said): void {
    const { lose, double, mix, delayMs } = this.weather;
    if (this.#chance.happens(lose)) return;
    for (let copies = this.#chance.happens(double) ? 3 : 1; copies > 0; copies--) {
      const late = this.#chance.happens(mix) ? this.#chance.below(5000) : undefined;
      this.#down(connection, late ?? this.#chance.below(delayMs + 1), late !== undefined, () => {
        this.#house.trace?.(`${this.#name} hears ${event}: ${JSON.stringify(payload)}`);
        this.#sink?.event(event!, payload);
      });
    }
  }

  // ---- packets

  /** What the server says is a copy already: nobody shares objects with it. */
  #ack(connection: Connection, id: number, answer: unknown): void {
    this.#down(connection, this.#chance.below(this.weather.delayMs + 1), false, () => {
      const waiting = connection.pending.get(id);
      connection.pending.delete(id);
      this.#house.trace?.(`${this.#name} is answered ${id}: ${JSON.stringify(answer)}`);
      waiting?.resolve(answer);
    });
  }

  #up(connection: Connection, arrive: () => Promise<void>): void {
    const now = this.#clock.now;
    connection.clearedUp = Math.max(connection.clearedUp, now + this.#chance.below(this.weather.delayMs + 1));
    if (connection.deaf.up) return;
    // Of a connection that is cut meanwhile, half of what was under way has reached the server already.
    const survives = this.#chance.happens(0.5);
    this.#clock.after(connection.clearedUp - now, () => {
      if (connection.deaf.up || (this.#connection !== connection && !survives)) return undefined;
      return arrive();
    });
  }

  #down(connection: Connection, delay: number, outOfTurn: boolean, arrive: () => void): void {
    const now = this.#clock.now;
    const at = outOfTurn ? now + delay : Math.max(connection.clearedDown, now + delay);
    if (!outOfTurn) connection.clearedDown = at;
    this.#clock.after(at - now, () => {
      if (this.#connection === connection && !connection.deaf.down && this.#alive()) arrive();
    });
  }

  #reconnect(atOnce: number): void {
    const most = Math.min(MOST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#attempts++);
    this.#clock.after(atOnce ? 2 : this.#chance.next() * most, () => this.#knock());
  }

  #knock(): void {
    if (!this.#sink || this.#connection || !this.#alive()) return;
    if (this.unplugged || !this.#house.up) {
      this.#sink.status({ state: 'down', reason: 'nobody answers' });
      return this.#reconnect(0);
    }
    this.#attempts = 0;
    const connection = new Connection(this.#house.nextConnection(), this.#agentId);
    this.#connection = connection;
    this.#house.join(
      connection,
      (said) => this.receive(connection, said),
      // What the server had said before it died arrives before the news that it is gone.
      () => this.#down(connection, this.#chance.below(this.weather.delayMs + 1), false, () => this.cut()),
    );
    this.#sink.status({ state: 'open' });
  }
}
