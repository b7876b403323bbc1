import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconSearch, iconX } from '../bits/icons.js';

interface SearchGestures {
  readonly type: (text: string) => void;
  readonly clear: () => void;
  readonly key: (event: KeyboardEvent) => void;
}

/** The search field; while it is empty, the cap of its key, where that is a single one: chords are in the list of keys. */
export const searchField = (
  text: string,
  { type, clear, key }: SearchGestures,
  cap: string | undefined,
): TemplateResult =>
  html`<label class="search" part="search">
    ${icon(iconSearch)}<input
      type="search"
      placeholder=${msg('Search')}
      aria-label=${msg('Search conversations')}
      autocomplete="off"
      spellcheck="false"
      maxlength="200"
      .value=${text}
      @input=${(event: InputEvent) => type((event.target as HTMLInputElement).value)}
      @keydown=${key}
    />${
      text
        ? html`<button
            class="ib"
            type="button"
            aria-label=${msg('Clear search')}
            title=${msg('Clear search')}
            @click=${clear}
          >
            ${icon(iconX, 16)}
          </button>`
        : cap?.length === 1
          ? html`<kbd class="kbd" aria-hidden="true">${cap.toUpperCase()}</kbd>`
          : nothing
    }
  </label>`;
