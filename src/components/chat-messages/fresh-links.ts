/**
 * Links to files hold for a while. When one has ended, that is said in words, and its message is asked for anew. Comes with
 * the first file.
 */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { BodyHost } from './body-host.js';

/** `ended`: the link holds no more. `gone`: there is nothing behind it. `broken`: nobody knows why it does not load. */
export type Standing = 'ended' | 'gone' | 'broken';
type Stage = Standing | 'asking' | 'loading' | 'failed';

/** A server that takes longer lets the browser find out by itself. */
const PATIENCE_MS = 5000;
const ENDED: Readonly<Record<number, Standing>> = { 401: 'ended', 403: 'ended', 404: 'gone', 410: 'ended' };

/** Undefined: it holds. Signed links are often good for GET alone, so that is asked, and not waited for. */
export async function standingOf(url: string): Promise<Standing | undefined> {
  if (!/^https?:/i.test(url)) return 'broken';
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const { ok, status } = await fetch(url, { referrerPolicy: 'no-referrer', signal: stop.signal });
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

const stages = new WeakMap<BodyHost, Map<string, Stage>>();

function set(host: BodyHost, url: string, stage: Stage | undefined): void {
  const known = stages.get(host) ?? new Map<string, Stage>();
  if (stage) known.set(url, stage);
  else known.delete(url);
  stages.set(host, known);
  host.requestUpdate();
}

/** What is said below a file whose link does not hold; asks first why something did not load. */
export function stale(url: string, host: BodyHost, broken: boolean): TemplateResult | typeof nothing {
  const stage = stages.get(host)?.get(url);
  if (stage === undefined && broken) {
    stages.set(host, (stages.get(host) ?? new Map<string, Stage>()).set(url, 'asking'));
    void standingOf(url).then((standing) => set(host, url, standing ?? 'broken'));
  }
  if (stage === undefined || stage === 'asking') return nothing;
  const words =
    stage === 'loading' ? msg('Loading…') : stage === 'failed' ? msg('It could not be loaded.') : standingWords(stage);
  const again = async () => {
    set(host, url, 'loading');
    set(host, url, (await host.reload()) ? undefined : 'failed');
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

const checked = new WeakSet<HTMLAnchorElement>();

/** A file is about to be saved: not before its link is known to hold, else the agent would find a page of the server. */
export function save(event: MouseEvent, host: BodyHost): void {
  const link = event.currentTarget as HTMLAnchorElement;
  const { href } = link;
  if (!/^https?:/i.test(href) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (checked.delete(link)) return;
  event.preventDefault();
  void standingOf(href).then((standing) => {
    if (standing === 'ended' || standing === 'gone') return set(host, link.getAttribute('href') ?? href, standing);
    checked.add(link);
    link.click();
  });
}
