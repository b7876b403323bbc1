import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Renders its host again when the day changes, because "10:26" then becomes "Yesterday". */
export class Midnight implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** The first moment of today, in local time: a row that is given it renders again tomorrow. */
  get today(): number {
    return new Date().setHours(0, 0, 0, 0);
  }

  hostConnected(): void {
    const now = new Date();
    const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#host.requestUpdate();
        this.hostConnected();
      },
      next - now.getTime() + 50,
    );
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
