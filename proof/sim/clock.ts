/** Virtual time for a whole run: one queue, ordered by time and then by the order of asking. Nothing here ever waits. */

export type Cancel = () => void;

interface Due {
  at: number;
  order: number;
  run: (() => unknown) | undefined;
}

/** In a closed run the real event loop, which tells of errors that nobody caught, is let in so often. */
const TURN_EVERY = 32;
/** One turn of the real event loop: every promise that can go on without us has gone on after it. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** After all promises that wait for nothing but each other: much cheaper, and enough where nothing in a run is real. */
const tick = () => new Promise<void>((resolve) => process.nextTick(resolve));

export class Clock {
  #now: number;
  #order = 0;
  readonly #heap: Due[] = [];
  /** Events run so far: a measure of how much happened. */
  ran = 0;

  readonly #settle: () => Promise<void>;
  #advances = 0;

  /** @param isClosed nothing in this run waits for the outside (a database, a file) */
  constructor(start: number, isClosed = false) {
    this.#now = start;
    this.#settle = isClosed ? tick : turn;
  }

  get now(): number {
    return this.#now;
  }

  after(ms: number, run: () => unknown): Cancel {
    const due: Due = { at: this.#now + Math.max(0, ms), order: this.#order++, run };
    this.#push(due);
    return () => {
      due.run = undefined;
    };
  }

  /** Runs everything that falls due until then, letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await (this.#advances++ % TURN_EVERY === 0 ? turn() : this.#settle());
    for (let next = this.#heap[0]; next && next.at <= end; next = this.#heap[0]) {
      this.#pop();
      if (!next.run) continue;
      this.#now = Math.max(this.#now, next.at);
      this.ran++;
      const going = next.run();
      if (going) await going;
      await this.#settle();
    }
    this.#now = end;
  }

  /** Errors that nobody caught are told here. */
  turn(): Promise<void> {
    return turn();
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(heap[at]!, heap[parent]!)) break;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = at;
      if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && before(heap[right]!, heap[least]!)) least = right;
      if (least === at) return;
      [heap[at], heap[least]] = [heap[least]!, heap[at]!];
      at = least;
    }
  }
}

const before = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.order < b.order);
