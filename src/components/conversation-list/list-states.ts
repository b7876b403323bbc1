import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Inbox, InboxFilter, Link } from '../../store/state.js';
import { icon, iconAlert, iconInbox, iconSearch, iconWifiOff } from '../bits/icons.js';
import { iconLock, iconRetry } from '../bits/more-icons.js';
import { skeletonRows } from './skeleton-rows.js';

const tryAgain = (retry: () => void) =>
  html`<button class="btn" type="button" @click=${retry}>${icon(iconRetry, 16)}${msg('Try again')}</button>`;

/** No store has been found. */
export const notConnected = (): TemplateResult =>
  html`<div class="empty" part="empty">
    ${icon(iconInbox, 24)}<b>${msg('Not connected')}</b>
    <p>${msg('Conversations appear here as soon as this inbox is connected.')}</p>
    <p class="hint">${msg('If this stays: check that the page sets a server-url, a store or a transport.')}</p>
  </div>`;

/** The server will not have us. The host is told by an event and can bring a fresh token. */
const refused = (why: string): TemplateResult =>
  html`<div class="empty" part="error" role="alert">
    ${icon(iconLock, 24)}<b>${msg('The server refused the sign-in')}</b>
    <p>${why || msg('Sign in again to see your conversations.')} ${msg('Nothing was lost.')}</p>
  </div>`;

const unreachable = (): TemplateResult =>
  html`<div class="empty" part="error" role="status">
    ${icon(iconWifiOff, 24)}<b>${msg('No connection')}</b>
    <p>${msg('Conversations appear as soon as the server answers. Nothing was lost.')}</p>
    <p class="hint">${msg('If this stays: check the server-url, and that the server lets this page in.')}</p>
  </div>`;

const loadFailed = (retry: () => void): TemplateResult =>
  html`<div class="empty" part="error" role="alert">
    ${icon(iconAlert, 24)}<b>${msg('Conversations did not load')}</b>
    <p>${msg('Nothing was lost.')}</p>
    ${tryAgain(retry)}
  </div>`;

/** A text with what the agent wrote in it, in a direction of its own. A translation is text, so the place is marked in it. */
function isolated(words: string, text: (mark: string) => string): TemplateResult {
  const [before = '', after = ''] = text('\uFFFC').split('\uFFFC');
  return html`${before}<bdi>${words}</bdi>${after}`;
}

/** `partly`: not all was there to be searched, and the server cannot be asked. */
const nothingFound = (text: string, partly: boolean, clear: () => void): TemplateResult =>
  html`<div class="empty" part="empty">
    ${icon(iconSearch, 24)}<b>${isolated(text, (mark) => msg(str`Nothing found for “${mark}”`))}</b>
    <p>
      ${msg('Search by name, phone, email or words of the newest message.')}
      ${partly ? msg('Only what is loaded here was searched.') : nothing}
    </p>
    <button class="btn" type="button" @click=${clear}>${msg('Clear search')}</button>
  </div>`;

const NOTHING_IN: { [V in InboxFilter['view']]: () => string } = {
  all: () => msg('New conversations from every channel arrive here.'),
  mine: () => msg('Conversations that are assigned to you arrive here.'),
  unassigned: () => msg('Conversations that nobody has yet arrive here.'),
  bot: () => msg('Conversations that the bot answers arrive here.'),
};

const allCaughtUp = (view: InboxFilter['view']): TemplateResult =>
  html`<div class="empty" part="empty">
    <slot name="empty"
      >${icon(iconInbox, 24)}<b>${msg('All caught up')}</b>
      <p>${NOTHING_IN[view]()}</p></slot
    >
  </div>`;

/** Below the rows: what did not load, when the rows above are still good. */
export const moreFailed = (retry: () => void): TemplateResult =>
  html`<div class="foot" role="status">
    ${msg('More conversations did not load.')}
    <button class="link" type="button" @click=${retry}>${msg('Try again')}</button>
  </div>`;

/** Above rows that are still shown, though the server refuses us. */
export const refusedBanner = (why: string): TemplateResult =>
  html`<div class="banner banner--crit" part="error" role="alert">
    <span>${msg('The server refused the sign-in. What you see may be old.')} ${why}</span>
  </div>`;

/** Heard after a search. */
export const foundWords = (count: number): string =>
  count === 1 ? msg('1 conversation found') : msg(str`${count} conversations found`);

interface Standing {
  readonly inbox: Inbox;
  readonly filter: InboxFilter;
  readonly link: Link;
  /** Why the server refuses us, in words. */
  readonly why: string;
  /** The first page has not been seen yet. */
  readonly waiting: boolean;
  /** It has been awaited for long enough to say so. */
  readonly late: boolean;
  readonly compact: boolean;
  readonly retry: () => void;
  readonly clear: () => void;
}

/** What stands where there are no rows. */
export function insteadOfRows(standing: Standing): TemplateResult | typeof nothing {
  const { inbox, filter, link, why, waiting, late, compact, retry, clear } = standing;
  if (link.status === 'refused') return refused(why);
  // Without a link the store asks again by itself.
  const partly = inbox.loading !== 'end' && link.status !== 'online';
  if (partly && inbox.ready && filter.text) return nothingFound(filter.text, true, clear);
  if (inbox.loading === 'failed') return loadFailed(retry);
  if (!waiting) return filter.text ? nothingFound(filter.text, false, clear) : allCaughtUp(filter.view);
  if (!late) return nothing;
  if (link.status === 'offline' || link.status === 'closed') return unreachable();
  if (link.status === 'idle') return notConnected();
  return html`<div class=${compact ? 'is-compact' : ''} aria-busy="true">${skeletonRows()}</div>`;
}
