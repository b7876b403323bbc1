import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Waits a moment before something is said, so that quick answers never flash a skeleton. */
export class Patience implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ms: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(host: ReactiveControllerHost, ms = 200) {
    this.#host = host;
    this.#ms = ms;
    host.addController(this);
  }

  /** Has it been waiting for too long? Call it while rendering, with whether it is still waiting. */
  over(waiting: boolean): boolean {
    if (!waiting) this.hostDisconnected();
    else if (!this.#over && this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#over = true;
        this.#host.requestUpdate();
      }, this.#ms);
    }
    return this.#over;
  }

  /** Begins anew: what is waited for is another thing, or was asked for again. */
  restart(): void {
    this.hostDisconnected();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#over = false;
  }
}
