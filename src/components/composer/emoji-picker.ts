/**
 * Emoji to be put where the caret is. A grid of our own: the ready-made picker writes style elements and HTML, which strict
 * hosts forbid. Nothing is fetched but our own code.
 */
import { msg } from '@lit/localize';
import { html, nothing, render, type TemplateResult } from 'lit';
import { adoptStyles } from '../bits/adopt-styles.js';
import { findEmoji, inTone, openBook, type Emoji, type EmojiBook } from './emoji-book.js';
import { emojiStyles } from './emoji-picker.styles.js';
import { standPop } from './pop.js';
import type { OpenPopup, Popup, Writing } from './writing.js';

const RECENT_MOST = 36;
const FOUND_MOST = 180;
const RECENT = -1;
const TONES = [0, 1, 2, 3, 4, 5];
const HAND: Emoji = { emoji: '✋', toned: true, name: '', words: '' };
/** The sign of each group on its tab. */
const SIGNS = ['😀', '👋', '🐻', '🍔', '🏠', '⚽', '💡', '❤️', '🏳️'];

class EmojiPicker implements Popup {
  readonly #writing: Writing;
  readonly #closed: () => void;
  readonly #opener: HTMLElement | undefined;
  readonly #box: HTMLElement;
  readonly #ends = new AbortController();
  #book: EmojiBook | undefined;
  #failed = false;
  #query = '';
  #group: number;
  /** The one that Tab comes to. */
  #at = 0;

  constructor(writing: Writing, closed: () => void, opener: HTMLElement | undefined) {
    this.#writing = writing;
    this.#closed = closed;
    this.#opener = opener;
    this.#group = this.#recent.length > 0 ? RECENT : 0;
    this.#box = standPop(writing, 'emoji', 'dialog', msg('Emoji'));
    this.#box.classList.add('pop--emoji');
    const root = this.#box.getRootNode();
    if (root instanceof ShadowRoot) adoptStyles(root, emojiStyles);
    const { signal } = this.#ends;
    this.#box.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    document.addEventListener('pointerdown', (event) => this.#elsewhere(event), { signal, capture: true });
    this.#draw();
    this.#box.querySelector('input')?.focus();
    void this.#load();
  }

  close(): void {
    this.#ends.abort();
    const root = this.#box.getRootNode();
    const within = root instanceof ShadowRoot && this.#box.contains(root.activeElement);
    this.#box.remove();
    if (within) this.#writing.focusComposer();
  }

  #leave(): void {
    if (this.#ends.signal.aborted) return;
    this.close();
    this.#closed();
  }

  get #tone(): number {
    return this.#writing.store?.$preferences.get().skinTone ?? 0;
  }

  get #recent(): readonly string[] {
    return this.#writing.store?.$preferences.get().recentEmoji ?? [];
  }

  #elsewhere(event: Event): void {
    const path = event.composedPath();
    // Its own button closes it by itself.
    if (!path.includes(this.#box) && !(this.#opener && path.includes(this.#opener))) this.#leave();
  }

  async #load(): Promise<void> {
    this.#failed = false;
    try {
      this.#book = await openBook(this.#writing.locale);
    } catch {
      this.#failed = true;
    }
    if (!this.#ends.signal.aborted) this.#draw();
  }

  #choose(emoji: string): void {
    const recentEmoji = [emoji, ...this.#recent.filter((one) => one !== emoji)].slice(0, RECENT_MOST);
    this.#writing.store?.setPreferences({ recentEmoji });
    this.#leave();
    this.#writing.insert(emoji);
    this.#writing.focusComposer();
  }

  // ---- keys

  #pressed(event: KeyboardEvent): void {
    event.stopPropagation(); // the panel's own keys
    if (event.isComposing) return;
    const from = event.target as HTMLElement;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#leave();
    } else if (from.matches('input[type=search]')) this.#pressedInSearch(event);
    else if (from.matches('[role=tab]')) this.#walkTabs(event);
    else if (from.matches('.emo')) this.#walkGrid(event, from);
  }

  #pressedInSearch(event: KeyboardEvent): void {
    const first = this.#cells[0];
    if (event.key === 'ArrowDown') first?.focus();
    else if (event.key === 'Enter' && this.#query.trim()) first?.click();
    else return;
    event.preventDefault();
  }

  #walkTabs(event: KeyboardEvent): void {
    const tabs = [...this.#box.querySelectorAll<HTMLElement>('[role=tab]')];
    const step = this.#step(event.key);
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.matches(':focus'));
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next?.click();
    next?.focus();
  }

  #walkGrid(event: KeyboardEvent, from: HTMLElement): void {
    const cells = this.#cells;
    const at = cells.indexOf(from);
    const columns = cells.filter((cell) => cell.offsetTop === cells[0]?.offsetTop).length;
    const to: Record<string, number> = {
      ArrowDown: at + columns,
      ArrowUp: at - columns,
      Home: 0,
      End: cells.length - 1,
    };
    const step = this.#step(event.key);
    const next = step ? at + step : Object.hasOwn(to, event.key) ? to[event.key] : undefined;
    if (next === undefined) return;
    event.preventDefault();
    if (next < 0) return this.#box.querySelector('input')?.focus();
    const cell = cells[next];
    if (!cell) return;
    this.#at = next;
    this.#draw();
    cell.focus();
  }

  /** Left is forwards where it is read from the right. */
  #step(key: string): number {
    const forwards = getComputedStyle(this.#box).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    return key === forwards ? 1 : key === 'ArrowLeft' || key === 'ArrowRight' ? -1 : 0;
  }

  get #cells(): HTMLElement[] {
    return [...this.#box.querySelectorAll<HTMLElement>('.emo')];
  }

  // ---- drawing

  #draw(): void {
    render(this.#template(), this.#box);
  }

  readonly #typed = (event: Event): void => {
    this.#query = (event.target as HTMLInputElement).value;
    this.#at = 0;
    this.#draw();
  };

  #template(): TemplateResult {
    return html`<div class="emo-find">
        <input
          type="search"
          autocomplete="off"
          aria-label=${msg('Find an emoji')}
          placeholder=${msg('Find an emoji')}
          .value=${this.#query}
          @input=${this.#typed}
        />
      </div>
      ${this.#book ? this.#filled(this.#book) : this.#waiting()}`;
  }

  #waiting(): TemplateResult {
    if (!this.#failed) return html`<div class="pop__say" role="status">${msg('Loading…')}</div>`;
    return html`<div class="pop__say" role="alert">
      <span>${msg('This part did not load.')}</span
      ><button type="button" class="link" @click=${() => void this.#load()}>${msg('Try again')}</button>
    </div>`;
  }

  #filled(book: EmojiBook): TemplateResult {
    const isSearch = this.#query.trim() !== '';
    const shown = isSearch ? findEmoji(book, this.#query).slice(0, FOUND_MOST) : this.#ofGroup(book);
    const label = isSearch ? msg('Found') : this.#label(this.#group);
    return html`${isSearch ? nothing : this.#tabs()}
    ${
      shown.length === 0
        ? html`<div class="pop__say" role="status">${msg('No emoji is called so.')}</div>`
        : html`<div class="emo-grid" role="group" aria-label=${label} lang=${book.lang}>
            ${shown.map((one, at) => this.#cell(one, at))}
          </div>`
    }
    ${this.#tones()}`;
  }

  #ofGroup(book: EmojiBook): readonly Emoji[] {
    if (this.#group !== RECENT) return book.groups[this.#group] ?? [];
    const all = book.groups.flat();
    return this.#recent.map((emoji) => {
      const plain = emoji.replace(/[\u{1F3FB}-\u{1F3FF}]/gu, '');
      const known = all.find((one) => one.emoji === emoji || one.emoji.replace(/\uFE0F/gu, '') === plain);
      // As it was chosen, in whatever tone.
      return { emoji, toned: false, name: known?.name ?? emoji, words: '' };
    });
  }

  #cell(one: Emoji, at: number): TemplateResult {
    const emoji = inTone(one, this.#tone);
    return html`<button
      type="button"
      class="emo"
      tabindex=${at === this.#at ? 0 : -1}
      aria-label=${one.name}
      title=${one.name}
      @click=${() => this.#choose(emoji)}
    >
      ${emoji}
    </button>`;
  }

  #tabs(): TemplateResult {
    const groups = [...(this.#recent.length > 0 ? [RECENT] : []), ...SIGNS.keys()];
    return html`<div class="emo-tabs" role="tablist" aria-label=${msg('Groups')}>
      ${groups.map(
        (group) =>
          html`<button
            type="button"
            role="tab"
            aria-selected=${group === this.#group ? 'true' : 'false'}
            tabindex=${group === this.#group ? 0 : -1}
            aria-label=${this.#label(group)}
            title=${this.#label(group)}
            @click=${() => this.#show(group)}
          >
            ${group === RECENT ? '🕘' : SIGNS[group]}
          </button>`,
      )}
    </div>`;
  }

  #show(group: number): void {
    this.#group = group;
    this.#at = 0;
    this.#draw();
    this.#box.querySelector('.emo-grid')?.scrollTo(0, 0);
  }

  #label(group: number): string {
    const labels = [
      msg('Smileys'),
      msg('People'),
      msg('Animals and nature'),
      msg('Food and drink'),
      msg('Travel and places'),
      msg('Activities'),
      msg('Objects'),
      msg('Symbols'),
      msg('Flags'),
    ];
    return labels[group] ?? msg('Recently used');
  }

  #tones(): TemplateResult {
    const names = [msg('None'), msg('Light'), msg('Medium light'), msg('Medium'), msg('Medium dark'), msg('Dark')];
    const choose = (skinTone: number) => {
      this.#writing.store?.setPreferences({ skinTone });
      this.#draw();
    };
    return html`<fieldset class="emo-tones">
      <legend class="sr">${msg('Skin tone')}</legend>
      ${TONES.map(
        (tone) =>
          html`<label title=${names[tone]!}
            ><input
              type="radio"
              name="emoji-tone"
              class="sr"
              .checked=${tone === this.#tone}
              @change=${() => choose(tone)}
            /><span class="sr">${names[tone]}</span><span aria-hidden="true">${inTone(HAND, tone)}</span></label
          >`,
      )}
    </fieldset>`;
  }
}

export const open: OpenPopup = (writing, closed, _trigger, opener) => new EmojiPicker(writing, closed, opener);
