import { isPlainKey } from '../../controllers/plain-keys.js';
import type { VirtualRows } from '../../controllers/virtual-rows.js';
import type { MessageRow } from './message-row.js';
import type { RowPlace } from './row-frame.js';

export interface WalkHost {
  readonly rows: VirtualRows<MessageRow>;
  readonly box: HTMLElement;
  placeOf(key: string, index: number): RowPlace;
}

/** Of a message that is not in the window, how far below the top it comes in. */
const COMES_IN_AT = 0.3;

/**
 * The arrow keys walk through the messages; the one they stand at has the focus. When its row scrolls out of the window,
 * the log takes the focus and gives it back when the row returns.
 */
export class LogWalk {
  readonly #host: WalkHost;
  #key: string | undefined;
  /** Where it stood when the focus went elsewhere. */
  #last: string | undefined;

  constructor(host: WalkHost) {
    this.#host = host;
  }

  /** Another conversation is shown. */
  forget(): void {
    this.#key = this.#last = undefined;
  }

  pressed(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    const target = event.composedPath()[0];
    if (!move || !isPlainKey(event) || event.defaultPrevented || !(target instanceof Element)) return;
    const { rows, box } = this.#host;
    // Buttons, sliders and fields in a message keep their keys.
    const row = target.closest('crm-message-row');
    if (target !== box && (!row || target !== spotOf(row))) return;
    const count = rows.keys.length;
    if (count === 0) return;
    event.preventDefault();
    const known = this.#key === undefined ? -1 : rows.keys.lastIndexOf(this.#key);
    const at = known < 0 ? this.#begin(event.key) : move(known, count);
    this.focus(rows.keys[Math.max(0, Math.min(count - 1, at))]!);
  }

  /** Leads the focus to one message. */
  focus(key: string): void {
    const { rows, box } = this.#host;
    if (!rows.row(key)) rows.goTo({ key, offset: box.clientHeight * COMES_IN_AT });
    const row = rows.row(key);
    if (!row) return;
    this.#enter(row, key);
    this.#uncover(row);
  }

  /** Takes the focus back to a message, else to where it was if that is still in the window. Nothing scrolls. */
  resume(key: string | undefined): void {
    const { rows, box } = this.#host;
    const place = key ?? this.#last;
    const row = place === undefined ? undefined : rows.row(place);
    if (row) return this.#enter(row, place!);
    box.focus({ preventScroll: true });
    this.#key = key;
  }

  /** The window has moved: a message that had the focus may be back. */
  moved(): void {
    const { rows, box } = this.#host;
    const row = this.#key === undefined ? undefined : rows.row(this.#key);
    if (row && (box.getRootNode() as ShadowRoot | Document).activeElement === box) this.#enter(row, this.#key!);
  }

  /** The focus came to a message by a pointer, or went elsewhere. */
  focused(event: FocusEvent): void {
    const target = event.composedPath()[0];
    const row = target instanceof Element ? target.closest('crm-message-row') : null;
    if (row) this.#key = row.key;
  }

  left(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (!(to instanceof Node) || this.#host.box.contains(to)) return;
    this.#last = this.#key;
    this.#key = undefined;
  }

  #enter(row: MessageRow, key: string): void {
    this.#key = key;
    row.place = this.#host.placeOf(key, this.#host.rows.keys.lastIndexOf(key));
    row.settle();
    const spot = spotOf(row);
    if (spot instanceof HTMLElement) {
      spot.tabIndex = -1;
      spot.focus({ preventScroll: true });
    }
  }

  /** Scrolls no further than needed. */
  #uncover(row: MessageRow): void {
    const { box } = this.#host;
    const [view, rect] = [box.getBoundingClientRect(), row.getBoundingClientRect()];
    const above = rect.top - view.top;
    const below = rect.bottom - view.bottom;
    if (above < 0 && below > 0) return; // it fills the view
    if (above < 0) box.scrollTop += above;
    else if (below > 0) box.scrollTop += Math.min(below, above);
  }

  /** Without a place of its own the walk begins at the last message in sight, Home and End at the ends. */
  #begin(key: string): number {
    const { rows, box } = this.#host;
    if (key === 'Home') return 0;
    if (key === 'End') return rows.keys.length - 1;
    const bottom = box.getBoundingClientRect().bottom + 1;
    const seen = rows.rows.findLast((row) => row.getBoundingClientRect().bottom <= bottom);
    return seen ? rows.keys.lastIndexOf(seen.key) : rows.firstSeen;
  }
}

const MOVES: Readonly<Record<string, ((at: number, count: number) => number) | undefined>> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** What of a row takes the focus: the article, which says everything, or the line of the system. */
export function spotOf(row: Element): Element {
  return row.querySelector(':scope > [role=article]') ?? row.querySelector(':scope > [part~=event]') ?? row;
}
