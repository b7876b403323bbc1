import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Target } from '../../store/state.js';
import { icon, iconAlert, iconX } from '../bits/icons.js';

/** Says why a message that was asked for is not shown. */
export function targetNotice(
  target: Target | null,
  tryAgain: () => void,
  close: () => void,
): TemplateResult | typeof nothing {
  if (target?.stage !== 'missing' && target?.stage !== 'failed') return nothing;
  const failed = target.stage === 'failed';
  return html`<div class="sought" part="target-notice" role="alert">
    ${icon(iconAlert, 16)}<span
      >${failed ? msg('That message did not load.') : msg('That message is not here any more.')}</span
    >
    ${failed ? html`<button class="link" type="button" @click=${tryAgain}>${msg('Try again')}</button>` : nothing}
    <button class="ib" type="button" aria-label=${msg('Close')} @click=${close}>${icon(iconX, 16)}</button>
  </div>`;
}
