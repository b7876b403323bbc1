import { msg, str } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { SearchHit } from '../../contract/index.js';
import { define } from '../../controllers/chat-element.js';
import { icon, iconSearch, iconX } from '../bits/icons.js';
import { iconChevDown } from '../bits/more-icons.js';
import { adoptStyles } from '../bits/adopt-styles.js';
import { StorePart } from '../bits/store-part.js';
import { findStyles } from './find-bar.styles.js';
import { FoundWords } from './found-words.js';

/** So long after the last letter the server is asked. */
const CALM_MS = 250;
const MOST_LETTERS = 200;

/**
 * Finds words in one conversation, also where it is not loaded: rows outside the window escape the browser's own find.
 * Comes with its first use.
 *
 * @internal
 * @tag crm-find-bar
 */
export class FindBar extends StorePart {
  @property({ attribute: false })
  conversationId = '';

  /** Called when the agent is done with it. */
  @property({ attribute: false })
  close?: () => void;

  @state()
  private hits: readonly SearchHit[] = [];

  /** Index of the hit that is shown; -1 before there is one. */
  @state()
  private at = -1;

  @state()
  private stage: 'idle' | 'asking' | 'done' | 'failed' = 'idle';

  @query('input')
  private field!: HTMLInputElement;

  readonly #words = new FoundWords();
  #asked = '';
  #total: number | undefined;
  #next: string | undefined;
  #timer?: ReturnType<typeof setTimeout>;

  /** Puts keyboard focus into the field, with what is in it chosen. */
  focusField(): void {
    this.field?.select();
    this.field?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this.getRootNode() as ShadowRoot | Document, findStyles);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#words.stop();
  }

  protected override firstUpdated(): void {
    this.focusField();
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Another conversation was opened beside it.
    if (changed.has('conversationId') && changed.get('conversationId')) void this.#search(this.field.value);
  }

  protected override render(): TemplateResult {
    const none = this.hits.length === 0;
    return html`<div class="find" part="find" role="search" @keydown=${this.#pressed}>
      ${icon(iconSearch, 16)}
      <input
        type="text"
        part="find-input"
        aria-label=${msg('Find in this conversation')}
        placeholder=${msg('Find in this conversation')}
        maxlength=${MOST_LETTERS}
        autocomplete="off"
        spellcheck="false"
        enterkeyhint="search"
        @input=${this.#typed}
      />
      <span class="find__n" role="status" part="find-count">${this.#said()}</span>
      ${
        this.stage === 'failed'
          ? html`<button class="link" type="button" @click=${() => void this.#search(this.field.value)}>
              ${msg('Try again')}
            </button>`
          : nothing
      }
      <button
        class="ib find__up"
        type="button"
        aria-label=${msg('Earlier hit')}
        aria-disabled=${none}
        @click=${() => this.#go(1)}
      >
        ${icon(iconChevDown, 16)}
      </button>
      <button
        class="ib"
        type="button"
        aria-label=${msg('Later hit')}
        aria-disabled=${none}
        @click=${() => this.#go(-1)}
      >
        ${icon(iconChevDown, 16)}
      </button>
      <button class="ib" type="button" aria-label=${msg('Close')} @click=${() => this.close?.()}>
        ${icon(iconX, 16)}
      </button>
    </div>`;
  }

  #said(): string {
    if (this.stage === 'failed') return msg('The search did not work.');
    if (this.stage !== 'done') return '';
    if (this.hits.length === 0) return msg('Nothing found');
    return msg(str`${this.at + 1} of ${this.#total ?? this.hits.length}`);
  }

  readonly #typed = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(this.field.value), CALM_MS);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close?.();
    } else if (event.key === 'Enter' && event.target === this.field) {
      event.preventDefault();
      clearTimeout(this.#timer);
      if (this.field.value.trim() === this.#asked && this.stage === 'done') void this.#go(event.shiftKey ? -1 : 1);
      else void this.#search(this.field.value);
    }
  };

  async #search(written: string): Promise<void> {
    const words = written.trim();
    this.#asked = words;
    this.hits = [];
    this.at = -1;
    this.#next = undefined;
    this.#words.stop();
    if (words === '') return void (this.stage = 'idle');
    this.stage = 'asking';
    if (!(await this.#page(words))) return;
    this.#words.start(this, words);
    if (this.hits.length > 0) this.#show(0);
  }

  /** False when it failed, or something else is looked for now. */
  async #page(words: string): Promise<boolean> {
    const { conversationId } = this;
    const cursor = this.#next === undefined ? {} : { cursor: this.#next };
    const found = await this.store?.searchMessages(words, { conversationId, ...cursor });
    if (!found || words !== this.#asked || conversationId !== this.conversationId || !this.isConnected) return false;
    this.stage = found.ok ? 'done' : 'failed';
    if (!found.ok) return false;
    this.hits = [...this.hits, ...found.data.hits];
    this.#next = found.data.next;
    this.#total = found.data.total;
    return true;
  }

  /** The hits are newest first: forwards leads back in time, and after the last one begins again. */
  async #go(step: 1 | -1): Promise<void> {
    if (this.hits.length === 0) return;
    let to = this.at + step;
    if (to >= this.hits.length && this.#next !== undefined && !(await this.#page(this.#asked))) return;
    if (to < 0) to = this.hits.length - 1;
    this.#show(to % this.hits.length);
  }

  #show(at: number): void {
    this.at = at;
    const hit = this.hits[at];
    if (hit) this.store?.showMessage(this.conversationId, hit.message.id);
  }
}

// Here and not beside the class: a bundler may leave out modules that are imported for their effect alone.
export const defineFindBar = (): void => define('crm-find-bar', FindBar);

declare global {
  interface HTMLElementTagNameMap {
    'crm-find-bar': FindBar;
  }
}
