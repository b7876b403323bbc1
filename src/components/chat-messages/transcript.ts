import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import type { BodyHost } from './body-host.js';
import { caption } from './caption.js';

/** What is said in a voice note, if known: the row offers to show it. Servers put it into a contact's message as its text. */
export function transcriptOf(message: Message): string {
  return message.messageType === 'audio' && !message.deletedAt
    ? (message.metadata?.transcript ?? (message.senderType === 'prospect' ? caption(message) : ''))
    : '';
}

/** What its author wrote beside a voice note: like any text, it is shown. */
export const wordsBeside = (message: Message): string =>
  message.senderType === 'prospect' || message.deletedAt ? '' : caption(message);

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
