import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import { icon, iconSend } from '../bits/icons.js';

/** An empty field disables it, and it can still be focused. */
export function sendButton(isNote: boolean, blocked: boolean, send: () => void): TemplateResult {
  const words = isNote ? msg('Add note') : msg('Send');
  return html`<button
    class="send ${isNote ? 'send--note' : ''}"
    type="button"
    part="send"
    aria-label=${words}
    title=${words}
    aria-disabled=${blocked ? 'true' : 'false'}
    @pointerdown=${(event: Event) => event.preventDefault()}
    @click=${send}
  >
    ${isNote ? words : icon(iconSend)}
  </button>`;
}
