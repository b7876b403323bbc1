import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import type { BodyHost } from './body-host.js';
import { caption } from './caption.js';

/** Words of a voice note, if any: the row offers to show them. */
export function transcriptOf(message: Message): string {
  return message.messageType === 'audio' && !message.deletedAt
    ? (message.metadata?.transcript ?? caption(message))
    : '';
}

export function transcriptToggle(host: BodyHost): TemplateResult {
  const open = host.isOpen('transcript');
  return html`<button
    type="button"
    class="link fold"
    aria-expanded=${open ? 'true' : 'false'}
    @click=${() => host.toggle('transcript')}
  >
    ${open ? msg('Hide transcript') : msg('Show transcript')}
  </button>`;
}
