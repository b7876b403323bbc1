import type { LitElement, ReactiveController } from 'lit';

/** Pixels between two rows. */
const GAP = 1;
/** Pixels below the last row. */
const FOOT = 8;

/**
 * How high a row is and how much of the list is seen. Tokens that any ancestor may set decide the height and the
 * density, so both are read from the page, not known.
 */
export class RowGeometry implements ReactiveController {
  readonly #host: LitElement;
  readonly #sizes = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(() => this.#measure());
  #scroller: HTMLElement | null = null;
  #probe: HTMLElement | null = null;

  /** From the top of one row to the top of the next. */
  pitch = 85;
  /** Of the part that is seen. */
  height = 600;
  compact = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  get scrollTop(): number {
    return this.#scroller?.scrollTop ?? 0;
  }

  /** Scrolls as little as needed to show a row whole. */
  reveal(index: number): void {
    if (!this.#scroller) return;
    const top = index * this.pitch;
    const { scrollTop } = this.#scroller;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + this.pitch > scrollTop + this.height)
      this.#scroller.scrollTop = top + this.pitch - this.height + FOOT;
  }

  hostUpdated(): void {
    // A render that was on its way when the list was removed must not watch again.
    if (!this.#host.isConnected) return;
    const root = this.#host.renderRoot;
    const scroller = root.querySelector<HTMLElement>('.scroll');
    if (scroller === this.#scroller) return;
    this.#sizes?.disconnect();
    this.#scroller = scroller;
    this.#probe = root.querySelector<HTMLElement>('.probe');
    if (scroller) this.#sizes?.observe(scroller);
    // Observing measures: before the first paint, and without a second render when all is as expected.
    if (this.#probe) this.#sizes?.observe(this.#probe);
  }

  hostDisconnected(): void {
    this.#sizes?.disconnect();
    this.#scroller = this.#probe = null;
  }

  #measure(): void {
    if (!this.#scroller || !this.#probe) return;
    const row = this.#probe.getBoundingClientRect().height;
    if (row === 0) return; // not on the page, or hidden: what was known stays
    const compact = Number(getComputedStyle(this.#host).getPropertyValue('--_d')) < 0.5;
    const height = this.#scroller.clientHeight;
    if (row + GAP === this.pitch && compact === this.compact && height === this.height) return;
    this.pitch = row + GAP;
    this.compact = compact;
    this.height = height;
    this.#host.requestUpdate();
  }
}
