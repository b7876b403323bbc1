/**
 * Links to files hold for a while. When one has ended, that is said in words, and its message is asked for anew. Comes with
 * the first file.
 */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatStore } from '../../store/chat-store.js';
import type { Outcome } from '../../store/state.js';
import type { BodyHost } from './body-host.js';
import { isServers } from './servers-own.js';

/** `ended`: the link holds no more. `gone`: there is nothing behind it. `broken`: nobody knows why it does not load. */
export type Standing = 'ended' | 'gone' | 'broken';
type Stage = Standing | 'asking' | 'loading' | 'failed' | 'lost';

/** A server that takes longer lets the browser find out by itself. */
const PATIENCE_MS = 5000;
/** Browsers open what a click asks for only for a moment after it. */
const CLICK_PATIENCE_MS = 1000;
const ENDED: Readonly<Record<number, Standing>> = { 401: 'ended', 403: 'ended', 404: 'gone', 410: 'ended' };

/**
 * Undefined: it holds. Signed links are often good for GET alone, so that is asked, and not waited for. Only the server
 * itself is asked, and nobody it leads on to: a stranger must not learn who reads what, or from where.
 */
export async function standingOf(url: string, store: ChatStore, patience = PATIENCE_MS): Promise<Standing | undefined> {
  if (!isServers(url, store)) return 'broken';
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const asked = { referrerPolicy: 'no-referrer', redirect: 'manual', signal: stop.signal } as const;
    const { ok, status } = await fetch(url, asked);
    return ok ? undefined : (ENDED[status] ?? 'broken');
  } catch {
    return 'broken'; // no network, or a server that lets pages know nothing
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

export const standingWords = (standing: Standing): string =>
  ({
    ended: msg('This link has expired.'),
    gone: msg('This file is not there any more.'),
    broken: msg('This file did not load.'),
  })[standing];

/** What is said when a message was asked for anew and did not come. */
export const missedWords = (isLost: boolean): string =>
  isLost ? msg('The server did not send this message again.') : msg('It could not be loaded.');

export const isLost = (outcome: Outcome): boolean => !outcome.ok && outcome.error.code === 'NOT_FOUND';

const stages = new WeakMap<BodyHost, Map<string, Stage>>();

function set(host: BodyHost, url: string, stage: Stage | undefined): void {
  const known = stages.get(host) ?? new Map<string, Stage>();
  if (stage) known.set(url, stage);
  else known.delete(url);
  stages.set(host, known);
  host.requestUpdate();
}

/**
 * What is said below a file whose link does not hold; asks first why something did not load, unless that is asked or said
 * already of a file beside it, from the same message.
 */
export function stale(
  url: string,
  host: BodyHost,
  broken: boolean,
  beside: readonly string[] = [],
): TemplateResult | typeof nothing {
  const known = stages.get(host);
  const stage = known?.get(url);
  if (stage === undefined && broken && !beside.some((other) => known?.has(other))) {
    stages.set(host, (stages.get(host) ?? new Map<string, Stage>()).set(url, 'asking'));
    void standingOf(url, host.chat).then((standing) => set(host, url, standing ?? 'broken'));
  }
  if (stage === undefined || stage === 'asking') return nothing;
  const words =
    stage === 'loading'
      ? msg('Loading…')
      : stage === 'failed' || stage === 'lost'
        ? missedWords(stage === 'lost')
        : standingWords(stage);
  const again = async () => {
    set(host, url, 'loading');
    const outcome = await host.reload();
    set(host, url, outcome.ok ? undefined : isLost(outcome) ? 'lost' : 'failed');
  };
  return html`<div class="under" role="status" part="link-expired">
    ${words}
    ${
      stage === 'gone'
        ? nothing
        : // It stays while it works, and keeps the focus.
          html`<button
            type="button"
            class="link"
            part="load-again"
            aria-disabled=${stage === 'loading' ? 'true' : 'false'}
            @click=${() => stage !== 'loading' && void again()}
          >
            ${msg('Load again')}
          </button>`
    }
  </div>`;
}

const asked = new WeakSet<HTMLAnchorElement>();
const checked = new WeakSet<HTMLAnchorElement>();

/**
 * A file of the server is about to be saved: not before its link is known to hold, else the agent would find a page of
 * the server. A server that is slow to say so is believed. Links of others are links.
 */
export function save(event: MouseEvent, host: BodyHost): void {
  const link = event.currentTarget as HTMLAnchorElement;
  const { href } = link;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !isServers(href, host.chat)) return;
  if (checked.delete(link)) return;
  event.preventDefault();
  if (asked.has(link)) return;
  asked.add(link);
  void standingOf(href, host.chat, CLICK_PATIENCE_MS).then((standing) => {
    asked.delete(link);
    if (standing === 'ended' || standing === 'gone') return set(host, link.getAttribute('href') ?? href, standing);
    checked.add(link);
    link.click();
  });
}
