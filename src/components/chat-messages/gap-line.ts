import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Gap } from '../../store/state.js';

/** Stands above the first message after a stretch of history that is not here. */
export function gapLine(gap: Gap, load: () => void): TemplateResult {
  const words: Record<Gap['stage'], () => string> = {
    more: () => msg('Messages in between are not loaded.'),
    loading: () => msg('Loading the messages in between'),
    failed: () => msg('The messages in between did not load.'),
    missing: () => msg('Messages are missing here.'),
  };
  // The button stays while it loads, so that nothing moves and no focus is lost.
  return html`<div class="event gap" part="gap">
    <span>${words[gap.stage]()}</span>
    <button class="link" type="button" part="gap-load" aria-disabled=${gap.stage === 'loading'} @click=${load}>
      ${msg('Load missing')}
    </button>
  </div>`;
}
