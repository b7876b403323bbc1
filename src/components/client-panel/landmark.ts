import type { LitElement, ReactiveController } from 'lit';

/**
 * A landmark of the page, with a name, unless the host says otherwise. It is named anew with each drawing: only then is
 * it sure which language is spoken.
 */
export class Landmark implements ReactiveController {
  readonly #host: LitElement;
  readonly #words: () => string;
  /** The name that was given here, so that a host's own is left alone. */
  #given: string | null = null;

  constructor(host: LitElement, words: () => string) {
    this.#host = host;
    this.#words = words;
    host.addController(this);
  }

  hostConnected(): void {
    if (!this.#host.hasAttribute('role')) this.#host.setAttribute('role', 'complementary');
  }

  hostUpdated(): void {
    const name = this.#host.getAttribute('aria-label');
    if (name !== this.#given) return;
    this.#given = this.#words();
    if (name !== this.#given) this.#host.setAttribute('aria-label', this.#given);
  }
}
