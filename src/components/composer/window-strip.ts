import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../bits/icons.js';
import { iconClock, iconNote, iconTemplate } from '../bits/more-icons.js';

export const windowStrip = (words: string): TemplateResult =>
  html`<div class="strip strip--warn" part="window">${icon(iconClock, 16)}<span class="grow">${words}</span></div>`;

/** What can still be done; false: that is not to be had here. */
interface WaysOn {
  readonly template: false | ((button: HTMLElement) => void);
  readonly note: false | (() => void);
}

/** Stands where the field was: why, and what can be done instead. */
export const windowClosed = (words: string, { template, note }: WaysOn): TemplateResult =>
  html`<div class="strip strip--warn" part="window" role="status">
      ${icon(iconClock, 16)}<span class="grow">${words}</span>
    </div>
    ${
      template || note
        ? html`<div class="closed">
            ${
              template
                ? html`<button
                    class="btn btn--pri"
                    type="button"
                    part="choose-template"
                    @click=${(event: Event) => template(event.currentTarget as HTMLElement)}
                  >
                    ${icon(iconTemplate)}${msg('Choose a template')}
                  </button>`
                : nothing
            }${
              note
                ? html`<button class="btn btn--ghost" type="button" @click=${note}>
                    ${icon(iconNote)}${msg('Write a note')}
                  </button>`
                : nothing
            }
          </div>`
        : nothing
    }`;
