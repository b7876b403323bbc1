/** At most one announcement in so many milliseconds. */
export const BETWEEN_MS = 3000;
/** So many messages at once are read out one by one; more are summed up. */
const READ_OUT = 3;

/** Time, from outside: tests move it by hand. */
export interface Clock {
  now(): number;
  after(ms: number, act: () => void): void;
}

/** News is heard, storms of it are not: what comes within three seconds of the last announcement becomes one number. */
export class Announcements {
  readonly #clock: Clock;
  readonly #sum: (count: number) => void;
  #last = -Infinity;
  #waiting = 0;

  constructor(clock: Clock, sum: (count: number) => void) {
    this.#clock = clock;
    this.#sum = sum;
  }

  /** `count` messages came; `seen`: their rows come into the log. True when these rows may be read out. */
  admit(count: number, seen: boolean): boolean {
    const rest = this.#last + BETWEEN_MS - this.#clock.now();
    if (rest <= 0 && this.#waiting === 0 && seen && count <= READ_OUT) {
      this.#last = this.#clock.now();
      return true;
    }
    const alone = this.#waiting === 0;
    this.#waiting += count;
    if (!alone) return false;
    if (rest > 0) this.#clock.after(rest, () => this.#tell());
    else this.#tell();
    return false;
  }

  /** Another conversation is shown. */
  forget(): void {
    this.#waiting = 0;
  }

  #tell(): void {
    const count = this.#waiting;
    if (count === 0) return;
    this.#waiting = 0;
    this.#last = this.#clock.now();
    this.#sum(count);
  }
}
