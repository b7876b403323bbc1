import { dayName } from '../bits/moments.js';

const SCROLLING = 'is-scrolling';
const SCROLLING_MS = 1200;
/** A day's own pill that stands so near the top says it already, in pixels from there. */
const NEAR = { above: -24, below: 40 };

/** While the reader scrolls, the day of what he sees stands at the top. */
export class FloatingDay {
  readonly #log: HTMLElement;
  readonly #pill: () => HTMLElement;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(log: HTMLElement, pill: () => HTMLElement) {
    this.#log = log;
    this.#pill = pill;
  }

  /** The reader scrolls, and has not stopped for a while. */
  scrolled(): void {
    this.#log.classList.add(SCROLLING);
    this.stop();
    this.#timer = setTimeout(() => {
      this.#log.classList.remove(SCROLLING);
      this.#pill().hidden = true;
    }, SCROLLING_MS);
  }

  /** The reader scrolls, or did a moment ago. */
  get isUp(): boolean {
    return this.#log.classList.contains(SCROLLING);
  }

  /** `timestamp`: of the topmost message that is seen. `box`, `rows`: what scrolls, and what is in it. */
  show(timestamp: string, box: HTMLElement, rows: HTMLElement, locale: string | undefined): void {
    const pill = this.#pill();
    const label = pill.firstElementChild;
    if (!label) return;
    const top = box.getBoundingClientRect().top;
    const said = [...rows.querySelectorAll('.day')].some((own) => {
      const at = own.getBoundingClientRect().top - top;
      return at > NEAR.above && at < NEAR.below;
    });
    label.textContent = dayName(timestamp, Date.now(), locale);
    pill.hidden = said;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
