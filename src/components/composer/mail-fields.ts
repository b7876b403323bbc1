import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Envelope } from '../../store/state.js';
import { icon, iconAlert } from '../bits/icons.js';
import { iconChevDown } from '../bits/more-icons.js';
import { wrongAddress } from './mail.js';

interface MailFields {
  /** The subject that goes if nobody writes another one. */
  readonly subject: string;
  readonly envelope: Envelope | null;
  readonly isOpen: boolean;
  /** Addresses are judged: they were left, or Send was pressed. */
  readonly isJudged: boolean;
  open(): void;
  judge(): void;
  write(envelope: Envelope): void;
}

/** Subject and cc of an e-mail: one line until they are used. */
export function mailFields(mail: MailFields): TemplateResult {
  const { envelope, subject } = mail;
  const written = envelope?.subject ?? subject;
  if (!mail.isOpen)
    return html`<button type="button" class="mailline" part="mail-open" aria-expanded="false" @click=${mail.open}>
      <span class="cut"
        >${written ? html`${msg('Subject')}: <bdi>${written}</bdi>` : msg('Subject and Cc')}${
          envelope?.cc ? html` · ${msg('Cc')}: <bdi>${envelope.cc}</bdi>` : nothing
        }</span
      >${icon(iconChevDown, 16)}
    </button>`;
  const wrong = mail.isJudged ? wrongAddress(envelope?.cc ?? '') : undefined;
  const value = (event: Event) => (event.target as HTMLInputElement).value;
  return html`<div class="mailfields" part="mail-fields">
    <label
      ><span>${msg('Subject')}</span
      ><input
        type="text"
        name="subject"
        dir="auto"
        autocomplete="off"
        maxlength="998"
        .value=${live(written)}
        @input=${(event: Event) => mail.write({ ...envelope, subject: value(event) })}
    /></label>
    <label
      ><span>${msg('Cc')}</span
      ><input
        type="text"
        inputmode="email"
        name="cc"
        dir="auto"
        autocomplete="off"
        spellcheck="false"
        .value=${live(envelope?.cc ?? '')}
        aria-invalid=${wrong ? 'true' : 'false'}
        aria-describedby=${wrong ? 'cc-wrong' : nothing}
        @input=${(event: Event) => mail.write({ ...envelope, cc: value(event) })}
        @change=${mail.judge}
    /></label>
    ${wrong ? html`<p class="mailwrong" id="cc-wrong" role="alert">${icon(iconAlert, 14)}${wrong}</p>` : nothing}
  </div>`;
}
