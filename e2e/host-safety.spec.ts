/**
 * What a host's page may rely on, under the strict policy: nothing left behind after elements leave, nothing on the page
 * that was not there before, no style in or out, and a second copy that steps back.
 */
import type { Page } from '@playwright/test';
import type {} from '../src/index.js';
import { ensureBundle } from '../scripts/fresh-bundle.mjs';
import { expect, test } from './fixtures.js';
import { HostSite } from './host-site.js';
import { InboxPage } from './inbox-page.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'none'; img-src 'self' blob: https:; " +
  "connect-src 'self' ws: wss:; frame-src 'self'; base-uri 'none'; form-action 'none'; " +
  "require-trusted-types-for 'script'; trusted-types lit-html crm-email";
const MOUNTS = 1000;
const BYTES_LEFT = 2e6;
/** The library is at home after so many, and its caches are full. */
const WARM_UP = 100;
/** So often the inbox is not only mounted but awaited until it is online and shows its list. */
const EVERY = 25;

const SCRIPT = '<script type="module" src="/lib/crm-chat.bundle.js"></script>';

/**
 * Counts what is there now of everything that could stay behind, by name, as far as the library's own files ask for it:
 * the test runner listens and waits in the page too. Put in before any other script.
 */
function countLeftovers(): void {
  const counts: Record<string, number> = {};
  const add = (name: string, by: number) => (counts[name] = (counts[name] ?? 0) + by);
  const isOurs = () => new Error().stack?.includes('/lib/') ?? false;
  Reflect.set(window, Symbol.for('leftovers'), counts);

  const { addEventListener: listen, removeEventListener: quit } = EventTarget.prototype;
  const lasting = (target: EventTarget | undefined) =>
    !target || target === window
      ? 'window'
      : target === document
        ? 'document'
        : target === document.documentElement || target === document.body
          ? 'html'
          : undefined;
  const heard = new WeakMap<object, Set<string>>();
  const nameOf = (target: EventTarget | undefined, type: string, options: unknown) => {
    const capture = options === true || (options as AddEventListenerOptions | undefined)?.capture === true;
    return `${lasting(target)} hears ${type}${capture ? ' first' : ''}`;
  };
  const stop = (name: string, listener: object) => {
    if (heard.get(listener)?.delete(name)) add(name, -1);
  };
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, ...args: never[]) {
    const [type, listener, options] = args as unknown as [string, object | null, AddEventListenerOptions | undefined];
    if (lasting(this) && listener && isOurs()) {
      const name = nameOf(this, type, options);
      const names = heard.get(listener) ?? new Set();
      heard.set(listener, names);
      if (!names.has(name)) {
        names.add(name);
        add(name, 1);
        options?.signal?.addEventListener('abort', () => stop(name, listener));
        if (options?.once) Reflect.apply(listen, this ?? window, [type, () => stop(name, listener), options]);
      }
    }
    Reflect.apply(listen, this ?? window, args);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, ...args: never[]) {
    const [type, listener, options] = args as unknown as [string, object | null, unknown];
    if (lasting(this) && listener) stop(nameOf(this, type, options), listener);
    Reflect.apply(quit, this ?? window, args);
  };

  for (const [start, end, once] of [
    ['setInterval', 'clearInterval', false],
    ['setTimeout', 'clearTimeout', true],
    ['requestAnimationFrame', 'cancelAnimationFrame', true],
  ] as const) {
    const running = new Set<unknown>();
    const begin = window[start].bind(window) as (run: (...told: unknown[]) => void, ...more: unknown[]) => unknown;
    const cancel = window[end].bind(window) as (id: unknown) => void;
    const over = (id: unknown) => running.delete(id) && add(start, -1);
    const starts = (run: (...told: unknown[]) => void, ...more: unknown[]): unknown => {
      if (!isOurs()) return begin(run, ...more);
      const id: unknown = begin(
        (...told) => {
          if (once) over(id);
          run(...told);
        },
        ...more,
      );
      running.add(id);
      add(start, 1);
      return id;
    };
    const ends = (id: unknown) => {
      over(id);
      cancel(id);
    };
    Object.assign(window, { [start]: starts, [end]: ends });
  }

  for (const name of ['ResizeObserver', 'MutationObserver', 'IntersectionObserver'] as const) {
    const { prototype } = window[name];
    const busy = new WeakSet<object>();
    const { observe, disconnect } = prototype;
    prototype.observe = function (this: object, ...args: never[]) {
      if (!busy.has(this) && isOurs()) {
        add(name, 1);
        busy.add(this);
      }
      return Reflect.apply(observe, this, args) as never;
    } as never;
    prototype.disconnect = function (this: object) {
      if (busy.delete(this)) add(name, -1);
      Reflect.apply(disconnect, this, []);
    };
  }

  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      add('sockets', 1);
      this.addEventListener('close', () => add('sockets', -1));
    }
  };
  // No private fields: this function is carried into the page as text, without the compiler's helpers.
  const openChannels = new WeakSet<object>();
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      openChannels.add(this);
      add('channels', 1);
    }
    override close() {
      if (openChannels.delete(this)) add('channels', -1);
      super.close();
    }
  };
  const breaches: string[] = [];
  Reflect.set(window, Symbol.for('breaches'), breaches);
  document.addEventListener('securitypolicyviolation', (event) => {
    breaches.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
}

/** What is there now; what has gone altogether is not named. */
const leftovers = (page: Page) =>
  page.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query();
    const counts = Reflect.get(window, Symbol.for('leftovers')) as Record<string, number>;
    const all = { ...counts, locks: held.length + pending.length };
    return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== 0));
  });

let site: HostSite;

test.beforeAll(async ({ server }) => {
  test.setTimeout(240_000);
  await ensureBundle();
  site = await HostSite.open(server.url);
  site.put('/host.svg', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
});
test.afterAll(async () => {
  await site?.close();
});

/** An empty page of the host's own, under the policy. */
async function open(page: Page, head = SCRIPT, policy = POLICY): Promise<void> {
  await page.addInitScript(countLeftovers);
  site.put('/', {
    type: 'text/html',
    policy,
    body: `<!doctype html><html lang="en"><head><title>Host</title><link rel="icon" href="/host.svg">${head}</head><body></body></html>`,
  });
  await page.goto(`${site.url}/`);
}

const breaches = (page: Page) => page.evaluate(() => Reflect.get(window, Symbol.for('breaches')) as string[]);

async function aToken(): Promise<string> {
  const answer = await fetch(`${site.url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId: 'marta' }),
  });
  return ((await answer.json()) as { token: string }).token;
}

/** One inbox as tall as the page, with properties that are set before it is in the document. */
async function mountInbox(page: Page): Promise<void> {
  await page.waitForFunction(() => customElements.get('crm-chat'));
  await page.evaluate(
    (token) => {
      const chat = Object.assign(document.createElement('crm-chat'), { serverUrl: '', token });
      Object.assign(chat.style, { display: 'block', blockSize: '860px' });
      document.body.append(chat, document.createElement('main'));
    },
    await aToken(),
  );
}

test(`mounted and removed ${MOUNTS} times: no memory, socket, timer, lock, observer or listener stays`, async ({
  page,
  guard,
}) => {
  guard.expectHangingUp();
  test.setTimeout(300_000);
  await open(page);
  await page.waitForFunction(() => customElements.get('crm-chat'));
  const token = await aToken();
  const mount = (times: number) =>
    page.evaluate(
      async ([token, count, every]) => {
        for (let time = 0; time < count; time++) {
          const chat = document.createElement('crm-chat');
          chat.serverUrl = '';
          chat.token = token;
          const shown = new Promise<void>((resolve) => {
            chat.addEventListener('crm-link-change', (event) => event.detail.status === 'online' && resolve());
          });
          document.body.append(chat);
          await chat.updateComplete;
          if (time % every === 0) await shown;
          chat.remove();
          await new Promise((resolve) => setTimeout(resolve));
        }
      },
      [token, times, EVERY] as const,
    );
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  // One of each for the whole page, however many inboxes there have been.
  const forGood = {
    // By these panels find a provider that comes after them.
    'html hears context-provider': 1,
    'html hears context-request': 1,
    // engine.io-client's own, heard from its first connection on.
    'window hears offline': 1,
    'window hears pagehide': 1,
  };
  const settled = () => expect.poll(() => leftovers(page), { timeout: 60_000 }).toEqual(forGood);
  await mount(WARM_UP);
  await settled();
  const before = await heap();
  await mount(MOUNTS);
  await settled();
  const grown = (await heap()) - before;
  test.info().annotations.push({ type: 'heap', description: `${(grown / 1e6).toFixed(2)} MB after ${MOUNTS} more` });
  expect(grown).toBeLessThanOrEqual(BYTES_LEFT);
  expect(await breaches(page)).toEqual([]);
});

test('a page keeps its names and its styles, and gives the elements none of them', async ({ page }) => {
  await page.route('**/host.css', (route) =>
    route.fulfill({
      contentType: 'text/css',
      body: 'button, input, textarea { display: none !important } * { letter-spacing: 9px; text-transform: uppercase } div { padding: 40px }',
    }),
  );
  await open(page, '<link rel="stylesheet" href="/host.css">');
  const before = await page.evaluate(() => Object.getOwnPropertyNames(window));
  await page.evaluate(() => {
    document.body.append(document.createElement('p'), document.createElement('section'));
    const root = document.querySelector('section')!.attachShadow({ mode: 'open' });
    root.append(document.createElement('crm-chat'));
    // Properties set before the element is upgraded, inside another shadow root.
    Object.assign(root.querySelector('crm-chat')!, { serverUrl: '' });
  });
  const token = await aToken();
  /** All computed styles, but for what follows from the height that the inbox gives its section. */
  const look = () =>
    page.evaluate(() =>
      ['p', 'body', 'html'].map((one) => {
        const style = getComputedStyle(document.querySelector(one)!);
        const names = [...style].filter((name) => !/^(block-size|height|(perspective|transform)-origin)$/.test(name));
        return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]));
      }),
    );
  const looked = await look();
  await page.evaluate((text) => {
    Object.assign(document.querySelector('section')!.shadowRoot!.querySelector('crm-chat')!, { token: text });
  }, token);
  await page.evaluate(async () => void (await import('/lib/crm-chat.bundle.js' as string)));
  const inbox = new InboxPage(page);
  await expect(inbox.row(/Camila Ferreira/)).toBeVisible();
  await expect(page.getByRole('searchbox')).toBeVisible();
  expect(await look()).toEqual(looked);
  const styles = await page.evaluate(() => [document.adoptedStyleSheets.length, document.styleSheets.length]);
  expect(styles).toEqual([0, 1]);
  const field = await page.getByRole('searchbox').evaluate((one) => {
    const { letterSpacing, textTransform } = getComputedStyle(one);
    return [letterSpacing, textTransform];
  });
  expect(field).toEqual(['normal', 'none']);
  const added = (await page.evaluate(() => Object.getOwnPropertyNames(window))).filter(
    (name) => !before.includes(name),
  );
  // Lit's and nanostores' own, by which two copies of them tell of each other: these and no others.
  expect(added.sort()).toEqual([
    'litElementVersions',
    'litHtmlVersions',
    'litPropertyMetadata',
    'nanostoresGlobal',
    'reactiveElementVersions',
  ]);
  expect(await breaches(page)).toEqual([]);
});

test('moved in the page without connecting again', async ({ page }) => {
  const opened: string[] = [];
  page.on('websocket', (socket) => opened.push(socket.url()));
  await open(page);
  await mountInbox(page);
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await expect.poll(() => opened.length).toBe(1);
  await page.evaluate(() => document.querySelector('main')!.append(document.querySelector('crm-chat')!));
  await inbox.say('Still here');
  await expect(inbox.message('Still here')).toContainText(/Sent|Delivered|Read/);
  expect(opened).toHaveLength(1);
});

test('the parts that are loaded with their first use run under the policy too', async ({ page }) => {
  await open(page);
  await mountInbox(page);
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  const loaded = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/chunks/')).length,
    );
  const before = await loaded();
  await page.getByRole('button', { name: 'Emoji' }).click();
  await page.keyboard.press('Escape');
  await inbox.contact.getByRole('button', { name: 'Convert to client' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await inbox.log.getByRole('article').first().click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect.poll(loaded).toBeGreaterThan(before);
  expect(await breaches(page)).toEqual([]);
});

test('a script tag with a version behind its address leads to the same code as the lazy parts', async ({ page }) => {
  await open(page, '<script type="module" src="/lib/crm-chat.bundle.js?v=2"></script>');
  await mountInbox(page);
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await inbox.say('From the only copy');
  await expect(inbox.message('From the only copy')).toContainText(/Sent|Delivered|Read/);
  expect(await breaches(page)).toEqual([]);
});

test('a second copy of the library leaves the first in charge and says so once', async ({ browser }) => {
  // A context of its own: the warning is wanted here.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => void (message.type() === 'warning' && said.push(message.text())));
  const second = '<script src="/lib/crm-chat.classic.js"></script>';
  // Each copy brings its own Lit, and each Lit makes a policy of the same name.
  await open(page, `${SCRIPT}${second}`, POLICY.replace('lit-html', "lit-html 'allow-duplicates'"));
  await mountInbox(page);
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await inbox.say('From the first copy');
  await expect(inbox.message('From the first copy')).toContainText(/Sent|Delivered|Read/);
  expect(said.filter((text) => text.includes('another copy of crm-chat-elements'))).toHaveLength(1);
  await context.close();
});
