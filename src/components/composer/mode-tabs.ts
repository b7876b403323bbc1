import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { DraftMode } from '../../contract/index.js';

/** Reply | Note: one tab stop, arrow keys change the mode. */
export function modeTabs(mode: DraftMode, choose: (mode: DraftMode, byKey: boolean) => void): TemplateResult {
  const tab = (own: DraftMode, words: string) =>
    html`<button
      type="button"
      role="tab"
      part="mode"
      data-mode=${own}
      aria-selected=${mode === own ? 'true' : 'false'}
      tabindex=${mode === own ? 0 : -1}
      @click=${() => choose(own, false)}
    >
      ${words}
    </button>`;
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    choose(mode === 'reply' ? 'note' : 'reply', true);
  };
  return html`<div class="seg" role="tablist" aria-label=${msg('Mode')} @keydown=${pressed}>
    ${tab('reply', msg('Reply'))}${tab('note', msg('Note'))}
  </div>`;
}
