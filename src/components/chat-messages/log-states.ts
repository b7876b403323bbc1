/** What the log shows when there are no messages to show. */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Loading } from '../../store/state.js';
import { icon, iconAlert, iconInbox, iconWifiOff } from '../bits/icons.js';
import { iconRetry } from '../bits/more-icons.js';

/** Bubbles to come; classes, because strict hosts forbid style attributes. */
const SHAPES = ['in a', 'in b', 'out c', 'in d', 'out e'].map((shape) =>
  shape
    .split(' ')
    .map((part) => `wait__b--${part}`)
    .join(' '),
);

function skeleton(): TemplateResult {
  return html`<div class="wait" part="loading">
    ${SHAPES.map((shape) => html`<span class="sk wait__b ${shape}"></span>`)}<span class="sr" role="status"
      >${msg('Loading messages')}</span
    >
  </div>`;
}

function nothingSaid(): TemplateResult {
  return html`<div class="empty" part="empty">
    ${icon(iconInbox, 24)}<b>${msg('No messages yet')}</b>
    <p>${msg('What you write below goes to the contact.')}</p>
  </div>`;
}

function notLoaded(tryAgain: () => void): TemplateResult {
  return html`<div class="empty" part="error">
    ${icon(iconAlert, 24)}<b>${msg('Messages did not load')}</b>
    <p>${msg('Nothing was lost.')}</p>
    <button class="btn" type="button" @click=${tryAgain}>${icon(iconRetry, 16)}${msg('Try again')}</button>
  </div>`;
}

export function olderNotLoaded(tryAgain: () => void): TemplateResult {
  return html`<div class="event" part="error">
    <span>${msg('Earlier messages did not load.')}</span>
    <button class="link" type="button" @click=${tryAgain}>${msg('Try again')}</button>
  </div>`;
}

const comesLater = () => msg('These messages come when you are back. You can write already.');

/** Above what was written here, while the messages before it cannot come. */
export function notHere(): TemplateResult {
  return html`<div class="event" part="event"><span>${comesLater()}</span></div>`;
}

/**
 * What stands where no message is. `patient`: the first page has been awaited for long enough to say so; `away`: it
 * cannot come, because the connection is lost.
 */
export function insteadOfMessages(
  first: Loading,
  patient: boolean,
  away: boolean,
  tryAgain: () => void,
): TemplateResult | typeof nothing {
  if (first === 'failed') return notLoaded(tryAgain);
  if (first !== 'idle' && first !== 'loading') return nothingSaid();
  if (away) {
    return html`<div class="empty" part="empty">
      ${icon(iconWifiOff, 24)}
      <p>${comesLater()}</p>
    </div>`;
  }
  return patient ? skeleton() : nothing;
}
