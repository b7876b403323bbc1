import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { dayAround } from './days.js';

/** Renders its host again when the day changes, because "10:26" then becomes "Yesterday". */
export class Midnight implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #next = 0;
  #attached = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The first moment of today, in the zone in use: a row that is given it renders again tomorrow. */
  get today(): number {
    return dayAround(Date.now()).start;
  }

  /** After each rendering, because only then the host's time zone is sure to be the one in use. */
  hostUpdated(): void {
    // What was asked for before it left the page is rendered after that.
    if (!this.#attached) return;
    const now = Date.now();
    const { next } = dayAround(now);
    if (next === this.#next) return;
    clearTimeout(this.#timer);
    this.#next = next;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), next - now + 50);
  }

  hostConnected(): void {
    this.#attached = true;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#attached = false;
    clearTimeout(this.#timer);
    this.#next = 0;
  }
}
