import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A finger's click comes a moment after it has left the glass. */
const CLICK_WITHIN = 100;
const ENDS = ['pointerup', 'pointercancel', 'click'] as const;

/**
 * From a press to its click. What is pressed must not move away meanwhile: the click would be lost, or open a neighbour.
 * So whoever draws waits for `over`.
 */
export class Press implements ReactiveController {
  #over: Promise<void> | undefined;
  #release: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Resolves when nothing is pressed any more; undefined: nothing is. */
  get over(): Promise<void> | undefined {
    return this.#over;
  }

  readonly begin = (event: PointerEvent): void => {
    if (!event.isPrimary || event.button !== 0) return;
    this.#end();
    this.#over = new Promise((resolve) => (this.#release = resolve));
    for (const type of ENDS) window.addEventListener(type, this.#onEnd, { capture: true });
  };

  hostDisconnected(): void {
    this.#end();
  }

  #onEnd = ({ type }: Event): void => {
    if (type === 'pointerup') this.#timer ??= setTimeout(this.#end, CLICK_WITHIN);
    else this.#end();
  };

  #end = (): void => {
    for (const type of ENDS) window.removeEventListener(type, this.#onEnd, { capture: true });
    clearTimeout(this.#timer);
    this.#release?.();
    this.#over = this.#release = this.#timer = undefined;
  };
}
