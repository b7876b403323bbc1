import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { DraftMode } from '../../contract/index.js';

export const hasWords = (text: string): boolean => /\S/u.test(text);

/** Reply | Note: one tab stop, arrow keys change the mode. What was begun in the other mode is marked on its tab. */
export function modeTabs(
  mode: DraftMode,
  drafts: Readonly<Record<DraftMode, string>>,
  choose: (mode: DraftMode, byKey: boolean) => void,
): TemplateResult {
  const tab = (own: DraftMode, words: string) => {
    const waits = own !== mode && hasWords(drafts[own]);
    const name = waits ? msg(str`${words}, a draft waits`) : nothing;
    return html`<button
      type="button"
      role="tab"
      part="mode"
      class=${waits ? 'is-waiting' : ''}
      data-mode=${own}
      aria-label=${name}
      title=${name}
      aria-selected=${mode === own ? 'true' : 'false'}
      tabindex=${mode === own ? 0 : -1}
      @click=${() => choose(own, false)}
    >
      ${words}
    </button>`;
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    choose(mode === 'reply' ? 'note' : 'reply', true);
  };
  return html`<div class="seg" role="tablist" aria-label=${msg('Mode')} @keydown=${pressed}>
    ${tab('reply', msg('Reply'))}${tab('note', msg('Note'))}
  </div>`;
}
