/**
 * A TCP proxy that misbehaves on demand, per direction: latency and jitter, bandwidth, slicing, resets, and the black hole
 * that swallows everything without a word. Bytes stay in order, as TCP keeps them.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Chance } from '../sim/chance.js';

export interface Faults {
  latencyMs: number;
  jitterMs: number;
  /** Bytes in a second; 0: as fast as it goes. */
  bandwidth: number;
  /** Cut into pieces of at most so many bytes; 0: as it comes. */
  slice: number;
  blackHole: boolean;
}
export type Direction = 'up' | 'down';
export const FAULTLESS: Faults = { latencyMs: 0, jitterMs: 0, bandwidth: 0, slice: 0, blackHole: false };

interface Pair {
  client: Socket;
  server: Socket;
}

export class FaultProxy {
  readonly faults: Record<Direction, Faults> = { up: FAULTLESS, down: FAULTLESS };
  connections = 0;
  resets = 0;
  #isUnplugged = false;
  readonly #pairs = new Set<Pair>();
  readonly #chance: Chance;
  readonly #target: { port: number };
  #listener!: Server;
  port = 0;

  private constructor(target: { port: number }, chance: Chance) {
    this.#target = target;
    this.#chance = chance;
  }

  /** `target.port` is read at each connection: it may change when the server comes back elsewhere. */
  static async open(target: { port: number }, chance: Chance): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, chance);
    proxy.#listener = createServer((client) => proxy.#take(client)).listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    const address = proxy.#listener.address();
    proxy.port = typeof address === 'object' && address ? address.port : 0;
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  set(direction: Direction | 'both', faults: Partial<Faults>): void {
    for (const one of direction === 'both' ? (['up', 'down'] as const) : [direction])
      this.faults[one] = { ...this.faults[one], ...faults };
  }

  heal(): void {
    this.faults.up = FAULTLESS;
    this.faults.down = FAULTLESS;
  }

  /** Breaks a share of the connections at once, both ways, with a reset. */
  reset(share = 1): void {
    for (const { client, server } of [...this.#pairs]) {
      if (!this.#chance.happens(share)) continue;
      this.resets++;
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** The cable is out until it is plugged in again: nobody gets through, everybody knows at once, and healing helps nothing. */
  unplug(): void {
    this.#isUnplugged = true;
    this.reset();
  }

  plugIn(): void {
    this.#isUnplugged = false;
  }

  async close(): Promise<void> {
    this.reset();
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #take(client: Socket): void {
    if (this.#isUnplugged) {
      client.on('error', () => client.destroy());
      client.resetAndDestroy();
      return;
    }
    this.connections++;
    const server = connect(this.#target.port, '127.0.0.1');
    const pair = { client, server };
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    this.#carry('up', client, server);
    this.#carry('down', server, client);
  }

  /** Each chunk leaves no sooner than the one before it. */
  #carry(direction: Direction, from: Socket, to: Socket): void {
    let clear = 0;
    from.on('data', (chunk: Buffer) => {
      const { latencyMs, jitterMs, bandwidth, slice, blackHole } = this.faults[direction];
      if (blackHole) return;
      const size = slice > 0 ? slice : chunk.length;
      for (let at = 0; at < chunk.length; at += size) {
        const piece = chunk.subarray(at, at + size);
        const now = performance.now();
        const travel = latencyMs + this.#chance.next() * jitterMs;
        clear = Math.max(clear, now + travel) + (bandwidth > 0 ? (piece.length / bandwidth) * 1000 : 0);
        const wait = clear - now;
        if (wait < 1) to.write(piece);
        else setTimeout(() => to.writable && to.write(piece), wait);
      }
    });
    from.on('end', () => setTimeout(() => to.end(), Math.max(0, clear - performance.now())));
  }
}
