import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds of silence before what was typed filters the list. */
export const FILTER_AFTER = 150;

/** What stands in the search field, and when it becomes the filter. */
export class QuickFilter implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #apply: (text: string) => void;
  #text = '';
  #applied = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, apply: (text: string) => void) {
    this.#host = host;
    this.#apply = apply;
    host.addController(this);
  }

  get text(): string {
    return this.#text;
  }

  /** The filter as the store has it: somebody else may have changed it, but never under the agent's fingers. */
  follow(applied: string): void {
    if (applied !== this.#applied && this.#timer === undefined) this.#text = applied;
    this.#applied = applied;
  }

  type(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), FILTER_AFTER);
    this.#host.requestUpdate();
  }

  clear(): void {
    this.#text = '';
    this.flush();
    this.#host.requestUpdate();
  }

  /** Filters now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#text.trim();
    if (text === this.#applied) return;
    this.#applied = text;
    this.#apply(text);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
