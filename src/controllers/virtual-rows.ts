/**
 * Shows a window of a long column of rows of unknown heights inside a scroller. What the reader looks at is a row and its
 * distance from the top (or the end, when there); everything else follows from it. So nothing moves under the reader's
 * eyes when history is put in front, news behind, or when a picture above grows.
 */
import { afterFrame } from './after-frame.js';
import { RowHeights } from './row-heights.js';
import { frontAdded, sameEnds } from './virtual-rows-change.js';

/** How the rows of one list are made. */
export interface RowMaker<Row extends HTMLElement> {
  create(): Row;
  /** Tells the row what to show. Called again whenever the list around it has changed. */
  bind(row: Row, index: number, key: string): void;
  /** Brings the row's DOM up to date at once, so that it can be measured. */
  settle(row: Row): void;
  /**
   * Looks how large something in the row came out. It only reads, so that the browser lays all rows out once; what follows
   * from it is drawn by the next `settle`.
   */
  look?(row: Row): void;
  /**
   * What of a row must not move under the reader's eyes; the row itself unless said otherwise. What stands above it in the
   * row (a day, a line) may come and go when rows are put in front.
   */
  held?(row: Row): Element;
  /** These rows are about to come into the document. */
  entering(keys: readonly string[]): void;
  /** The reader scrolled. */
  scrolled(): void;
  /** The window or the reading position may have changed. */
  moved(): void;
}

/** Where the reader is: at the end, or with a row at so many pixels below the scroller's top. */
export type ReadingPlace = 'end' | { readonly key: string; readonly offset: number };

/** What is kept of a list that is not shown now: its measured heights and where the reader was. */
export interface KeptPlace {
  readonly keys: readonly string[];
  readonly heights: RowHeights;
  readonly place: ReadingPlace;
}

/** A row and where its held part stands below the scroller's top; `whole`: where the row itself begins. */
interface Anchor {
  readonly index: number;
  readonly offset: number;
  readonly whole: boolean;
}

/** Pixels of an ordinary row nobody has measured yet. */
const ESTIMATE = 64;
/** Never more rows than this, whatever the scroller's height. */
const MOST_ROWS = 200;
/** So near the end counts as there. */
const END = 40;

export class VirtualRows<Row extends HTMLElement> {
  readonly #maker: RowMaker<Row>;
  readonly #rows = new Map<string, Row>();
  readonly #keyOf = new WeakMap<Element, string>();
  readonly #watch = new ResizeObserver((entries) => this.#resized(entries));
  #scroller?: HTMLElement;
  #content?: HTMLElement;
  #keys: readonly string[] = [];
  #heights = new RowHeights(ESTIMATE);
  #first = 0;
  #last = 0;
  #anchor: Anchor = { index: 0, offset: 0, whole: true };
  /** The anchor was asked for: it stays until the reader scrolls or its row goes, even when rows above it are seen. */
  #asked = false;
  #pinned = true;
  #lastTop = 0;
  /** How high everything was then. */
  #lastHeight = 0;
  /** A smooth way to the end is under way; no correction may interrupt it. */
  #gliding = false;
  /** We have brought the reader to the end; the scroll event of it is still to come. */
  #corrected = false;
  /** Rows around which the list has changed, by key: they are bound and measured again. */
  readonly #stale = new Set<string>();
  #frame = 0;

  constructor(maker: RowMaker<Row>) {
    this.#maker = maker;
  }

  get keys(): readonly string[] {
    return this.#keys;
  }

  /** The rows in the document now, top to bottom. */
  get rows(): readonly Row[] {
    const found: Row[] = [];
    for (let index = this.#first; index < this.#last; index++) {
      const row = this.row(this.#keys[index] ?? '');
      if (row) found.push(row);
    }
    return found;
  }

  row(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  /** At the end, and staying there. */
  get pinned(): boolean {
    return this.#pinned;
  }

  /** Pixels of the list below what is seen. */
  get belowView(): number {
    const box = this.#scroller;
    return box ? Math.max(0, box.scrollHeight - box.clientHeight - box.scrollTop) : 0;
  }

  /** Pixels of the list above what is seen. */
  get aboveView(): number {
    return this.#scroller?.scrollTop ?? 0;
  }

  /** Index of the topmost row that is at least partly seen. */
  get firstSeen(): number {
    return (this.#asked ? this.#topmost() : this.#anchor).index;
  }

  /** `around`: elements in the scroller above or below the rows whose size may change. */
  attach(scroller: HTMLElement, content: HTMLElement, around: readonly Element[]): void {
    this.detach();
    this.#scroller = scroller;
    this.#content = content;
    scroller.addEventListener('scroll', this.#scrollEvent, { passive: true });
    for (const element of [scroller, ...around]) this.#watch.observe(element);
  }

  detach(): void {
    this.#watch.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#scroller?.removeEventListener('scroll', this.#scrollEvent);
    this.#clear();
    this.#scroller = undefined;
    this.#content = undefined;
  }

  /** What to remember before another list is shown. */
  keep(): KeptPlace {
    const { index, offset, whole } = this.#anchor;
    const key = this.#keys[index];
    const row = this.row(key ?? '');
    const above = row && !whole ? this.#topOf(row, false) - this.#topOf(row, true) : 0;
    return {
      keys: this.#keys,
      heights: this.#heights,
      place: this.#pinned || key === undefined ? 'end' : { key, offset: offset - above },
    };
  }

  /** Shows another list from scratch, or where it was left. */
  open(keys: readonly string[], place: ReadingPlace, kept?: KeptPlace): void {
    this.#clear();
    this.#keys = kept?.keys ?? keys;
    this.#heights = kept?.heights ?? new RowHeights(ESTIMATE, keys.length);
    if (kept) this.#follow(keys);
    this.#gliding = false;
    this.goTo(place);
  }

  /** The list has changed, or what all rows show: every one of them is bound again. */
  update(keys: readonly string[]): void {
    if (keys !== this.#keys) {
      this.#look();
      this.#follow(keys);
    }
    for (const key of this.#rows.keys()) this.#stale.add(key);
    this.#sync();
  }

  /** Rows came, went or moved, and nothing else: those that have other neighbours now are bound again. */
  change(keys: readonly string[]): void {
    this.#look();
    const [old, first, last] = [this.#keys, this.#first, this.#last];
    this.#follow(keys);
    const shift = this.#first - first;
    const moved = (index: number) => old[index] !== keys[index + shift];
    for (let index = first; index < last; index++)
      if (moved(index - 1) || moved(index) || moved(index + 1)) this.#stale.add(old[index] ?? '');
    this.#sync();
  }

  goTo(place: ReadingPlace): void {
    const index = place === 'end' ? -1 : this.#keys.lastIndexOf(place.key);
    this.#pinned = place === 'end' || index < 0;
    this.#asked = !this.#pinned;
    this.#anchor =
      place === 'end' || index < 0
        ? { index: Math.max(0, this.#keys.length - 1), offset: 0, whole: true }
        : { index, offset: place.offset, whole: true };
    this.#gliding = false;
    this.#sync();
  }

  /** To the end, smoothly where the way is short and motion is welcome. */
  glideToEnd(): void {
    const box = this.#scroller;
    if (!box) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || this.belowView > 3 * box.clientHeight) {
      this.goTo('end');
      return;
    }
    this.#gliding = true;
    this.#asked = false;
    box.addEventListener('scrollend', () => this.#gliding && this.goTo('end'), { once: true });
    box.scrollTo({ top: box.scrollHeight, behavior: 'smooth' });
  }

  /** Puts the right rows into the document and the reader back to his place. */
  sync(): void {
    this.#look();
    this.#sync();
  }

  #sync(): void {
    const view = this.#scroller?.clientHeight ?? 0;
    if (!this.#scroller || !this.#content || view === 0) return;
    for (let pass = 0; pass < 8; pass++) {
      const changed = this.#mount(...this.#range(view));
      this.#restore();
      if (!changed) break;
    }
    this.#noteTop(this.#scroller);
    this.#settlePlace();
    this.#maker.moved();
  }

  /** The rows wanted now: what is seen and some more, changed only when less than half of the margin is left. */
  #range(view: number): [number, number] {
    const count = this.#keys.length;
    if (count === 0) return [0, 0];
    const margin = Math.max(400, view * 0.75);
    const top = this.#pinned
      ? this.#heights.total - view
      : this.#heights.before(this.#anchor.index) - this.#anchor.offset;
    const wanted = (extra: number): [number, number] => [
      this.#heights.indexAt(top - extra),
      this.#heights.indexAt(top + view + extra) + 1,
    ];
    const [nearFirst, nearLast] = wanted(margin / 2);
    if (this.#first <= nearFirst && this.#last >= nearLast && this.#last - this.#first <= MOST_ROWS)
      return [this.#first, this.#last];
    const [first, last] = wanted(margin);
    if (last - first <= MOST_ROWS) return [first, last];
    return this.#pinned ? [last - MOST_ROWS, last] : [first, first + MOST_ROWS];
  }

  /** True when a row turned out higher or lower than believed. */
  #mount(first: number, last: number): boolean {
    const content = this.#content;
    if (!content) return false;
    const keys = this.#keys.slice(first, last);
    const wanted = new Set(keys);
    for (const [key, row] of this.#rows) if (!wanted.has(key)) this.#drop(key, row);
    const entering = keys.filter((key) => !this.#rows.has(key));
    if (entering.length > 0) this.#maker.entering(entering);
    this.#first = first;
    this.#last = last;
    const touched: [index: number, row: Row][] = [];
    let next = content.firstElementChild;
    for (const [at, key] of keys.entries()) {
      const known = this.#rows.get(key);
      const row = known ?? this.#maker.create();
      if (!known) {
        this.#rows.set(key, row);
        this.#keyOf.set(row, key);
      }
      if (!known || this.#stale.has(key)) {
        this.#maker.bind(row, first + at, key);
        touched.push([first + at, row]);
      }
      if (row === next) next = row.nextElementSibling;
      else content.insertBefore(row, next);
    }
    this.#stale.clear();
    // Only now, so that all rows are built before the first one is measured.
    for (const [, row] of touched) this.#maker.settle(row);
    content.style.paddingBlockStart = `${this.#heights.before(first)}px`;
    content.style.paddingBlockEnd = `${this.#heights.total - this.#heights.before(last)}px`;
    for (const [, row] of touched) this.#maker.look?.(row);
    for (const [, row] of touched) this.#maker.settle(row);
    let changed = false;
    for (const [index, row] of touched) {
      if (this.#heights.set(index, row.getBoundingClientRect().height) !== 0) changed = true;
      this.#watch.observe(row);
    }
    return changed;
  }

  #restore(): void {
    const box = this.#scroller;
    if (!box || this.#gliding) return;
    if (this.#pinned) {
      const before = box.scrollTop;
      box.scrollTop = box.scrollHeight;
      this.#corrected ||= box.scrollTop !== before;
      return;
    }
    const row = this.#rows.get(this.#keys[this.#anchor.index] ?? '');
    if (!row) return;
    const drift = this.#topOf(row, this.#anchor.whole) - this.#edge(box) - this.#anchor.offset;
    if (Math.abs(drift) >= 0.5) box.scrollTop += drift;
  }

  #topOf(row: Row, whole: boolean): number {
    const held = (whole ? undefined : this.#maker.held?.(row)) ?? row;
    return held.getBoundingClientRect().top;
  }

  #edge(box: HTMLElement): number {
    return box.getBoundingClientRect().top + box.clientTop;
  }

  /** A wish that could not be granted (too near an end) becomes what really is. */
  #settlePlace(): void {
    if (this.#gliding) return;
    if (this.belowView <= 1) this.#pinned = true;
    if (this.#pinned) this.#asked = false;
    else if (this.#asked) this.#settleAsked();
    if (!this.#asked && !this.#holds) this.#anchor = this.#topmost();
  }

  /** Within a pixel the old wish stands, so that many small corrections never add up; but only the topmost row is held. */
  get #holds(): boolean {
    const { index, offset, whole } = this.#anchor;
    const row = this.#rows.get(this.#keys[index] ?? '');
    if (this.#pinned || !row || !this.#scroller || (whole && this.#maker.held)) return false;
    const edge = this.#edge(this.#scroller);
    const { top, bottom } = row.getBoundingClientRect();
    const seen = top <= edge + 0.5 && bottom > edge + 0.5;
    return seen && Math.abs(this.#topOf(row, whole) - edge - offset) <= 1;
  }

  /** What was asked for is from now on held where it came to stand, by what is said in it. */
  #settleAsked(): void {
    const { index, offset, whole } = this.#anchor;
    const row = this.#rows.get(this.#keys[index] ?? '');
    const box = this.#scroller;
    const rect = row?.getBoundingClientRect();
    const edge = box ? this.#edge(box) : 0;
    if (!row || !rect || !box || rect.bottom <= edge || rect.top >= edge + box.clientHeight) {
      this.#asked = false;
      return;
    }
    const bare = !this.#maker.held;
    const now = this.#topOf(row, bare) - edge;
    if (whole !== bare || Math.abs(now - offset) > 1) this.#anchor = { index, offset: now, whole: bare };
  }

  readonly #scrollEvent = (): void => {
    // Our own correction, most likely: asking now, in the middle of a frame, would make the browser style and lay out twice.
    if (this.#corrected) afterFrame(() => this.#look());
    else this.#scrolled();
    this.#corrected = false;
  };

  readonly #scrolled = (): void => {
    const box = this.#scroller;
    if (!box) return;
    const way = box.scrollTop - this.#lastTop;
    if (Math.abs(way) < 0.5) return; // our own correction
    const up = way < 0;
    // Something has shrunk, which cut the way short, and has grown again: the reader did nothing.
    if (up && this.#pinned && box.scrollHeight !== this.#lastHeight) {
      this.#sync();
      return;
    }
    // Moving away from the end is what a reader does; growing content is not.
    if (this.#pinned && up && this.belowView > END) this.#pinned = false;
    else if (!this.#pinned && !up && this.belowView <= (this.#gliding ? 1 : END)) this.#pinned = true;
    if (up || this.#pinned) this.#gliding = false;
    this.#noteTop(box);
    this.#asked = false;
    this.#anchor = this.#topmost();
    this.#maker.scrolled();
    this.#sync();
  };

  #noteTop(box: HTMLElement): void {
    this.#lastTop = box.scrollTop;
    this.#lastHeight = box.scrollHeight;
  }

  /** Where is the reader, if he has moved since we last knew? */
  #look(): void {
    if (this.#strayed) this.#scrolled();
  }

  /** Somebody scrolled, and the event is still on its way. */
  get #strayed(): boolean {
    const box = this.#scroller;
    return box !== undefined && box.clientHeight > 0 && Math.abs(box.scrollTop - this.#lastTop) > 0.5;
  }

  /** The topmost row that is at least partly seen, and where it stands. */
  #topmost(): Anchor {
    const box = this.#scroller;
    const content = this.#content;
    if (!box || !content) return this.#anchor;
    const edge = this.#edge(box);
    for (let index = this.#first; index < this.#last; index++) {
      const row = this.#rows.get(this.#keys[index] ?? '');
      const rect = row?.getBoundingClientRect();
      if (!row || !rect || rect.bottom <= edge + 0.5) continue;
      if (rect.top > edge + box.clientHeight) break; // the window is elsewhere: the scroll bar was dragged
      const whole = !this.#maker.held;
      return { index, offset: this.#topOf(row, whole) - edge, whole };
    }
    const depth = edge - content.getBoundingClientRect().top;
    const index = this.#heights.indexAt(depth);
    return { index, offset: this.#heights.before(index) - depth, whole: true };
  }

  #resized(entries: readonly ResizeObserverEntry[]): void {
    if (!this.#scroller?.clientHeight) return; // hidden: sizes mean nothing
    const indexes = new Map<string, number>();
    let changed = false;
    let frame = false;
    for (const entry of entries) {
      const key = this.#keyOf.get(entry.target);
      if (key === undefined) {
        frame = true;
        continue;
      }
      if (indexes.size === 0)
        for (let index = this.#first; index < this.#last; index++) indexes.set(this.#keys[index] ?? '', index);
      const index = indexes.get(key);
      if (index === undefined) continue;
      const height = entry.borderBoxSize[0]?.blockSize ?? entry.contentRect.height;
      if (Math.abs(height - this.#heights.at(index)) < 0.05) continue;
      this.#heights.set(index, height);
      changed = true;
    }
    // At the end, the browser may have cut the way short while something shrank that has grown again by now: a reader who
    // scrolls is heard of before this.
    if (changed && (this.#pinned || !this.#strayed)) {
      this.#restore();
      this.#noteTop(this.#scroller);
    }
    if (frame) this.sync();
    else if (changed) {
      // Rows that are put in now would be reported too late by this same observer, and the browser calls that an error.
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.sync());
    }
  }

  /** The anchor's row, or when it is gone the nearest one below it, or else the place where it was. */
  #survivor(old: readonly string[], next: readonly string[], from: number): Anchor {
    const { index, offset, whole } = this.#anchor;
    const edge = this.#scroller ? this.#edge(this.#scroller) : 0;
    this.#asked &&= next.includes(old[index] ?? '', from);
    for (let at = index; at <= Math.max(index, this.#last - 1); at++) {
      const found = next.indexOf(old[at] ?? '', from);
      if (found < 0) continue;
      const row = at === index ? undefined : this.#rows.get(old[at] ?? '');
      return { index: found, offset: row ? this.#topOf(row, whole) - edge : offset, whole };
    }
    return { index: Math.max(0, Math.min(from, next.length - 1)), offset, whole };
  }

  /** Takes over a changed order: finds what stayed at both ends, and keeps the anchor on its row. */
  #follow(next: readonly string[]): void {
    const old = this.#keys;
    this.#keys = next;
    const grown = next.length - old.length;
    const front = frontAdded(old, next);
    if (front !== undefined) {
      this.#heights.splice(old.length, 0, grown - front);
      this.#heights.splice(0, 0, front);
      this.#anchor = { ...this.#anchor, index: this.#anchor.index + front };
      this.#first += front;
      this.#last += front;
      return;
    }
    const { head, tail } = sameEnds(old, next);
    const removed = old.length - head - tail;
    const added = next.length - head - tail;
    this.#heights.splice(head, removed, added);
    const { index } = this.#anchor;
    if (index >= old.length - tail) this.#anchor = { ...this.#anchor, index: index + grown };
    else if (index >= head) this.#anchor = this.#survivor(old, next, head);
    // The window follows its rows.
    const shift = this.#first >= old.length - tail ? grown : 0;
    this.#first = Math.min(next.length, this.#first + shift);
    this.#last = Math.min(next.length, this.#last + shift);
  }

  #drop(key: string, row: Row): void {
    this.#rows.delete(key);
    this.#watch.unobserve(row);
    const root = row.getRootNode();
    // A focused row that leaves would drop focus to the page's body: the list takes it.
    if (root instanceof ShadowRoot && root.activeElement && row.contains(root.activeElement))
      this.#scroller?.focus({ preventScroll: true });
    row.remove();
  }

  /** All at once: the browser then takes them out of its books together. */
  #clear(): void {
    const content = this.#content;
    const root = content?.getRootNode();
    if (root instanceof ShadowRoot && root.activeElement && content?.contains(root.activeElement))
      this.#scroller?.focus({ preventScroll: true });
    for (const row of this.#rows.values()) this.#watch.unobserve(row);
    content?.replaceChildren();
    this.#rows.clear();
    this.#first = 0;
    this.#last = 0;
  }
}
