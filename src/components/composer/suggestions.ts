/**
 * The list that completes what the agent writes. The focus stays in the field; arrows walk through the list, Enter and Tab
 * take, Escape leaves the text as it was typed.
 */
import { msg, str } from '@lit/localize';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { Outcome } from '../../store/state.js';
import { plainLabel } from '../bits/plain-label.js';
import { standPop } from './pop.js';
import type { Popup, Trigger, Writing } from './writing.js';

/** One line of the list. */
export interface Suggestion {
  readonly id: string;
  /** What is put into the text. */
  readonly text: string;
  readonly line: TemplateResult;
  /** What it would become, under the list; absent: the line says all. */
  readonly preview?: string;
}

/** What a list is about. */
export interface Source<T> {
  readonly part: string;
  /** The list's name. */
  label(): string;
  /** Above the list. */
  heading(query: string): string;
  load(): Promise<Outcome<readonly T[]>>;
  /** What fits, best first. */
  find(items: readonly T[], query: string): readonly Suggestion[];
  /** Said when nothing fits, or nothing is there. */
  nothing(query: string): string;
}

/** Quick answers never flash "Loading". */
const PATIENCE_MS = 200;
const SHOWN_AT_MOST = 50;
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
const ID = 'suggestions';

export class SuggestionList<T> implements Popup {
  readonly #writing: Writing;
  readonly #source: Source<T>;
  readonly #trigger: Trigger;
  readonly #closed: () => void;
  readonly #ends = new AbortController();
  #box: HTMLElement | undefined;
  #items: readonly T[] | undefined;
  #failed = false;
  #shown: readonly Suggestion[] = [];
  #at = 0;

  constructor(writing: Writing, source: Source<T>, trigger: Trigger, closed: () => void) {
    this.#writing = writing;
    this.#source = source;
    this.#trigger = trigger;
    this.#closed = closed;
    const { field, region } = writing;
    const { signal } = this.#ends;
    if (trigger.skip === 0) writing.focusComposer();
    const look = () => this.typed();
    // The caret may go elsewhere without a word being written.
    field?.addEventListener('click', look, { signal });
    field?.addEventListener('keyup', look, { signal });
    region?.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        const isOurs = relatedTarget instanceof Node && this.#box?.contains(relatedTarget);
        if (relatedTarget !== field && !isOurs) this.#leave();
      },
      { signal },
    );
    setTimeout(() => this.#draw(), PATIENCE_MS);
    void this.#load();
  }

  get #query(): string | undefined {
    const { field } = this.#writing;
    const { start, skip } = this.#trigger;
    if (!field || field.selectionEnd < start + skip) return undefined;
    const query = field.value.slice(start + skip, field.selectionEnd);
    return /\s/u.test(query) ? undefined : query;
  }

  typed(): void {
    if (this.#query === undefined) return this.#leave();
    this.#find();
    this.#draw();
  }

  pressed(event: KeyboardEvent): boolean {
    const { key } = event;
    const move = Object.hasOwn(MOVES, key) ? MOVES[key] : undefined;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain) return false;
    const chosen = this.#shown[this.#at];
    if (key === 'Escape') this.#leave();
    else if (!chosen || !this.#box) return false;
    else if (move) this.#move(move);
    else if (key === 'Enter' || key === 'Tab') this.#take(chosen);
    else return false;
    event.preventDefault();
    event.stopPropagation(); // one layer at a time
    return true;
  }

  close(): void {
    this.#ends.abort();
    this.#box?.remove();
    const { field } = this.#writing;
    for (const name of ['aria-controls', 'aria-activedescendant', 'aria-autocomplete', 'aria-haspopup'])
      field?.removeAttribute(name);
  }

  /** Draws again because something it shows is known better now. */
  refresh(): void {
    this.#find();
    this.#draw();
  }

  #leave(): void {
    if (this.#ends.signal.aborted) return;
    this.close();
    this.#closed();
  }

  async #load(): Promise<void> {
    this.#failed = false;
    const answer = await this.#source.load();
    if (this.#ends.signal.aborted) return;
    if (answer.ok) this.#items = answer.data;
    else this.#failed = true;
    if (this.#query === undefined) return this.#leave();
    this.#find();
    this.#draw();
  }

  #find(): void {
    const before = this.#shown[this.#at]?.id;
    this.#shown = this.#source.find(this.#items ?? [], this.#query ?? '').slice(0, SHOWN_AT_MOST);
    this.#at = Math.max(
      0,
      this.#shown.findIndex(({ id }) => id === before),
    );
  }

  #move(by: number): void {
    const { length } = this.#shown;
    this.#at = (this.#at + by + length) % length;
    this.#draw();
    this.#box?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  #take({ text }: Suggestion): void {
    const { field } = this.#writing;
    const to = field?.selectionEnd ?? 0;
    this.#leave();
    this.#writing.insert(text, this.#trigger.start, to);
    this.#writing.focusComposer();
  }

  #draw(): void {
    if (this.#ends.signal.aborted) return;
    const { field } = this.#writing;
    const source = this.#source;
    this.#box ??= standPop(this.#writing, source.part, 'group', source.label());
    render(this.#template(plainLabel(this.#query ?? '')), this.#box);
    if (!field) return;
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-haspopup', 'listbox');
    const list = this.#shown.length > 0;
    if (list) field.setAttribute('aria-controls', ID);
    else field.removeAttribute('aria-controls');
    if (list) field.setAttribute('aria-activedescendant', `${ID}-${this.#at}`);
    else field.removeAttribute('aria-activedescendant');
  }

  #template(query: string): TemplateResult {
    const source = this.#source;
    const shown = this.#shown;
    const preview = shown[this.#at]?.preview;
    return html`<div class="pop__h" aria-hidden="true">${source.heading(query)}</div>
      ${
        shown.length > 0
          ? html`<div class="pop__list" role="listbox" id=${ID} aria-label=${source.label()}>
              ${shown.map(
                (one, at) =>
                  html`<div
                    role="option"
                    id="${ID}-${at}"
                    aria-selected=${at === this.#at ? 'true' : 'false'}
                    @pointerdown=${keepFocus}
                    @click=${() => this.#take(one)}
                  >
                    ${one.line}<kbd class="kbd" aria-hidden="true">↵</kbd>
                  </div>`,
              )}
            </div>`
          : this.#empty(query)
      }${preview === undefined ? nothing : html`<p class="pop__preview" part="preview" dir="auto">${preview}</p>`}
      <div class="sr" role="status">${shown.length > 0 ? this.#count(shown.length) : nothing}</div>`;
  }

  #count(count: number): string {
    return count === 1 ? msg('1 suggestion') : msg(str`${count} suggestions`);
  }

  #empty(query: string): TemplateResult {
    if (this.#failed)
      return html`<div class="pop__say" role="alert">
        <span>${msg('This part did not load.')}</span>
        <button type="button" class="link" @click=${() => this.#again()}>${msg('Try again')}</button>
      </div>`;
    const words = this.#items ? this.#source.nothing(query) : msg('Loading…');
    return html`<div class="pop__say" role="status">${words}</div>`;
  }

  #again(): void {
    this.#writing.focusComposer(); // the button goes away
    this.#items = undefined;
    void this.#load();
    this.#draw();
  }
}

/** A press on a line must not take the focus from the field: the list would close under it. */
export const keepFocus = (event: Event): void => event.preventDefault();

/** Case and accents do not matter: `sao` finds `São`. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
