import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host again when the minute changes, as long as the last render asked for it. */
export class MinuteHand implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Call it while rendering something that shows a clock. */
  tick(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#host.requestUpdate(), 60_000 - (Date.now() % 60_000) + 20);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
