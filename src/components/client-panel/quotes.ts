import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ClientQuote } from '../../contract/index.js';
import { PAGES, safeUrl } from '../bits/addresses.js';
import { daysBetween } from '../bits/days.js';
import { shortDate, shortMoment } from '../bits/moments.js';
import { plainLabel } from '../bits/plain-label.js';
import { money } from '../bits/quantities.js';

/** Each status as a word; its dot has the same colour, so that neither is alone. */
const STATUS: { [S in ClientQuote['status']]: { word: () => string; tone: string; open?: true } } = {
  draft: { word: () => msg('Draft'), tone: '', open: true },
  sent: { word: () => msg('Sent'), tone: 'stat--acc', open: true },
  accepted: { word: () => msg('Accepted'), tone: 'stat--pos' },
  expired: { word: () => msg('Expired'), tone: 'stat--warn' },
  rejected: { word: () => msg('Declined'), tone: 'stat--crit' },
};

/** Still open, for each currency: amounts in different currencies are never added up. */
export function openTotals(quotes: readonly ClientQuote[]): [currency: string, amount: number][] {
  const totals = new Map<string, number>();
  for (const { status, currency, amount } of quotes) {
    if (STATUS[status].open) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  }
  return [...totals];
}

/** `today`, `yesterday`, else `17 Nov`, with the year if it is not this one. */
function dayOf(iso: string, now: number, locale: string | undefined): string {
  const at = Date.parse(iso);
  const days = daysBetween(at, now);
  if (days <= 0) return msg('today');
  if (days === 1) return msg('yesterday');
  // A week and more ago the list's own wording is a date; nearer days are told by date here too.
  return days < 7 ? shortDate(at, locale) : shortMoment(iso, now, locale);
}

function row(quote: ClientQuote, now: number, locale: string | undefined): TemplateResult {
  const { word, tone } = STATUS[quote.status];
  const href = safeUrl(quote.url, PAGES);
  const inside = html`<b class="cut" dir="auto">${plainLabel(quote.title)}</b
    ><i class="num"><bdi>${money(quote.amount, quote.currency, locale)}</bdi></i
    ><small class="cut"
      >${quote.number ? html`<bdi>${plainLabel(quote.number)}</bdi> · ` : nothing}<bdi
        >${dayOf(quote.createdAt, now, locale)}</bdi
      ></small
    ><span class="stat ${tone}">${word()}</span>`;
  return href
    ? html`<li><a class="q" part="quote" href=${href} target="_blank" rel="noopener noreferrer">${inside}</a></li>`
    : html`<li class="q" part="quote">${inside}</li>`;
}

/** The quotes, newest first, and what is still open. */
export function quoteList(quotes: readonly ClientQuote[], now: number, locale: string | undefined): TemplateResult {
  const newest = quotes.toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  return html`<ul>
      ${newest.map((quote) => row(quote, now, locale))}
    </ul>
    ${openTotals(quotes).map(
      ([currency, amount], at) =>
        html`<div class="sum">
          <span>${at === 0 ? msg('Open') : nothing}</span
          ><b class="num"><bdi>${money(amount, currency, locale)}</bdi></b>
        </div>`,
    )}`;
}
