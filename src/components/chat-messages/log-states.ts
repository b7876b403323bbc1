/** What the log shows when there are no messages to show. */
import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import { icon, iconAlert, iconInbox, iconRetry } from '../bits/icons.js';

/** Bubbles to come; classes, because strict hosts forbid style attributes. */
const SHAPES = ['in a', 'in b', 'out c', 'in d', 'out e'].map((shape) =>
  shape
    .split(' ')
    .map((part) => `wait__b--${part}`)
    .join(' '),
);

export function skeleton(): TemplateResult {
  return html`<div class="wait" part="loading">
    ${SHAPES.map((shape) => html`<span class="sk wait__b ${shape}"></span>`)}<span class="sr" role="status"
      >${msg('Loading messages')}</span
    >
  </div>`;
}

export function nothingSaid(): TemplateResult {
  return html`<div class="empty" part="empty">
    ${icon(iconInbox, 24)}<b>${msg('No messages yet')}</b>
    <p>${msg('What you write below goes to the contact.')}</p>
  </div>`;
}

export function notLoaded(tryAgain: () => void): TemplateResult {
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
