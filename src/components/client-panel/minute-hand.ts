import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host again when the minute changes, as long as the last render asked for it. */
export class MinuteHand implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attached = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Call it while rendering something that shows a clock. */
  tick(): void {
    clearTimeout(this.#timer);
    // A rendering may still come when it has left the page.
    if (!this.#attached) return;
    this.#timer = setTimeout(() => this.#host.requestUpdate(), 60_000 - (Date.now() % 60_000) + 20);
  }

  hostConnected(): void {
    this.#attached = true;
  }

  hostDisconnected(): void {
    this.#attached = false;
    clearTimeout(this.#timer);
  }
}
