import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, iconClock, iconNote } from '../bits/icons.js';

export const windowStrip = (words: string): TemplateResult =>
  html`<div class="strip strip--warn" part="window">${icon(iconClock, 16)}<span class="grow">${words}</span></div>`;

/** Stands where the field was: why, and what can be done instead. `note`: begins one; false where there are none. */
export const windowClosed = (words: string, note: false | (() => void)): TemplateResult =>
  html`<div class="strip strip--warn" part="window" role="status">
      ${icon(iconClock, 16)}<span class="grow">${words}</span>
    </div>
    ${
      note
        ? html`<div class="closed">
            <button class="btn btn--ghost" type="button" @click=${note}>${icon(iconNote)}${msg('Write a note')}</button>
          </div>`
        : nothing
    }`;
