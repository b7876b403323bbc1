/** The words around the field: what stands in it while it is empty, and the lines above it: what the reply quotes, who sees a note, why a message is held back. */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../store/state.js';
import { icon, iconAlert, iconX } from '../bits/icons.js';
import { iconLock, iconReply } from '../bits/more-icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { previewOf } from '../bits/preview.js';

export const noteStrip = (): TemplateResult =>
  html`<div class="strip strip--note" part="strip">
    ${icon(iconLock, 16)}<span class="grow">${msg('Only your team sees this')}</span>
  </div>`;

/** `anyway`: sends in spite of it; absent: there is nothing to overrule. */
export const alertStrip = (words: string, anyway?: () => void): TemplateResult =>
  html`<div class="strip strip--crit" part="strip" role="alert">
    ${icon(iconAlert, 16)}<span class="grow">${words}</span>
    ${anyway ? html`<button type="button" @click=${anyway}>${msg('Send anyway')}</button>` : nothing}
  </div>`;

/** The message that the next reply quotes, and the way to take that back. */
export function quoteStrip(
  source: Message | undefined,
  ownName: string | undefined,
  contactName: string | undefined,
  drop: () => void,
): TemplateResult {
  const name = ownName ?? (source?.senderType === 'prospect' ? contactName : source?.senderName);
  return html`<div class="strip" part="reply-target">
    ${icon(iconReply, 16, 'flip')}<span class="grow cut"
      >${name ? html`${msg('Reply to')} <bdi>${plainLabel(name)}</bdi>: ` : html`${msg('Reply to')} `}<bdi
        >${source ? previewOf(source).text : msg('An earlier message')}</bdi
      ></span
    >
    <button
      type="button"
      class="ib ib--small"
      aria-label=${msg('Do not reply to this message')}
      title=${msg('Do not reply to this message')}
      @click=${drop}
    >
      ${icon(iconX, 16)}
    </button>
  </div>`;
}

/** Stands in the empty field. */
export function invitation(isNote: boolean, hasQuickReplies: boolean | undefined): string {
  if (isNote) return msg('Write a note for your team');
  return hasQuickReplies ? msg('Write a reply, or / for quick replies') : msg('Write a reply');
}
