import type { MessageRow } from './message-row.js';

/** A message that was led to is held in colour for so long. */
const LIT_MS = 1200;
const LIT = 'is-target';

/** Holds a message in colour for a moment, also when its row comes and goes meanwhile. */
export class Spotlight {
  readonly #row: (key: string) => MessageRow | undefined;
  #key: string | undefined;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(row: (key: string) => MessageRow | undefined) {
    this.#row = row;
  }

  on(key: string | undefined): void {
    clearTimeout(this.#timer);
    this.#row(this.#key ?? '')?.classList.remove(LIT);
    this.#key = key;
    if (key === undefined) return;
    this.#row(key)?.classList.add(LIT);
    this.#timer = setTimeout(() => this.on(undefined), LIT_MS);
  }

  /** A row has been given a message. */
  bind(row: MessageRow, key: string): void {
    row.classList.toggle(LIT, key === this.#key);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
