import { offerEngine } from '../store/engine-code.js';
import { Engine } from '../store/engine.js';
import type { Cancel, WakeEvent, World } from '../store/world.js';

type WakeListener = (event: WakeEvent) => void;

export interface TestWorldOptions {
  /** Milliseconds since 1970. Default: 22 November 2026, 10:00 UTC. */
  now?: number;
  /** Of the random numbers and keys. Default 1. */
  seed?: number;
  /** `auto` (default): with the next microtask. `manual`: when the test calls `runFrames` or `settle`. */
  frames?: 'auto' | 'manual';
}

/** A world in which time stands still until the test moves it, and chance repeats itself. */
export interface TestWorld extends World {
  /** Lets everything that is under way finish, without moving the clock; frames included. */
  settle(): Promise<void>;
  /** Moves the clock, running each timer at its time and settling in between. */
  advance(ms: number): Promise<void>;
  /** Jumps the clock without running anything: a laptop that slept, a clock that was set. */
  jump(ms: number): void;
  runFrames(): void;
  /** Plays what the browser would tell. */
  wake(event: WakeEvent): void;
  /** How many timers wait. */
  readonly timers: number;
}

interface Timer {
  at: number;
  run: () => void;
}

/** A turn of the event loop: all microtasks there are, and those they make, have run after it. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** mulberry32: small, repeatable, good enough for jitter. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class VirtualWorld implements TestWorld {
  readonly #timers = new Set<Timer>();
  readonly #frames = new Set<() => void>();
  readonly #wakers = new Set<WakeListener>();
  readonly #autoFrames: boolean;
  readonly random: () => number;
  #now: number;
  #keys = 0;

  constructor(options: TestWorldOptions) {
    this.#now = options.now ?? Date.UTC(2026, 10, 22, 10);
    this.random = randomFrom(options.seed ?? 1);
    this.#autoFrames = options.frames !== 'manual';
  }

  now(): number {
    return this.#now;
  }

  /** The time in front, then a counter, so that keys of one millisecond sort as they were made; the rest is chance. */
  uuid(): string {
    const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, '0');
    const time = hex(this.#now, 12);
    const counter = hex(this.#keys++ & 0xfff, 3);
    const tail = hex(this.random() * 2 ** 48, 12);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${hex(0x8000 + this.random() * 0x4000, 4)}-${tail}`;
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { at: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  frame(run: () => void): Cancel {
    const once = () => run();
    this.#frames.add(once);
    if (this.#autoFrames) queueMicrotask(() => this.#runFrame(once));
    return () => this.#frames.delete(once);
  }

  onWake(listener: WakeListener): Cancel {
    this.#wakers.add(listener);
    return () => this.#wakers.delete(listener);
  }

  get timers(): number {
    return this.#timers.size;
  }

  async settle(): Promise<void> {
    await turn();
    while (this.#frames.size > 0) {
      this.runFrames();
      await turn();
    }
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await this.settle();
    }
    this.#now = end;
  }

  jump(ms: number): void {
    this.#now += ms;
  }

  runFrames(): void {
    for (const run of [...this.#frames]) this.#runFrame(run);
  }

  wake(event: WakeEvent): void {
    for (const listener of [...this.#wakers]) listener(event);
  }

  #runFrame(run: () => void): void {
    if (this.#frames.delete(run)) run();
  }

  /** The earliest timer up to `end`; of two at the same time the one that was set first. */
  #next(end: number): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (!earliest || timer.at < earliest.at)) earliest = timer;
    }
    return earliest;
  }
}

export function testWorld(options: TestWorldOptions = {}): TestWorld {
  // Nothing comes by the network in a world whose time stands still.
  offerEngine(Engine);
  return new VirtualWorld(options);
}
