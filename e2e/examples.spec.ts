/** The snippets of the README, as they stand in examples/, in a real browser, with the package as npm has installed it. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { installForHosts } from '../scripts/installed.mjs';
import { DemoServer } from './demo-server.js';
import { startExample } from './example-server.js';
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

/** The project that npm installed the package into; the examples lie there. */
let hosts = '';
test.beforeAll(async () => {
  test.setTimeout(240_000);
  hosts = await installForHosts();
});

const fetchBytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

/** Serves what `read` knows, on an origin of its own: as a host's page would be. */
async function host(serverUrl: string, read: (path: string) => Promise<string | Uint8Array>) {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    // The demo's pictures lie beside the server, under addresses without a host.
    const body = path.startsWith('/demo-media/') ? fetchBytes(`${serverUrl}${path}`) : read(path);
    body.then(
      (content) => response.setHeader('content-type', TYPES[path.split('.').at(-1) ?? ''] ?? 'text/html').end(content),
      () => response.writeHead(404).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** What an integrator changes in a snippet: where their server is, and who the agent is. */
async function fillIn(text: string, serverUrl: string): Promise<string> {
  const answer = await fetch(`${serverUrl}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId: 'marta' }),
  });
  const { token } = (await answer.json()) as { token: string };
  expect(text).toContain('http://localhost:3001');
  expect(text).toContain('YOUR_TOKEN');
  return text.replace('http://localhost:3001', serverUrl).replace('YOUR_TOKEN', token);
}

const withoutIcon = (html: string) => html.replace('<head>', '<head><link rel="icon" href="data:,">');

test('script tag: one script, one tag, and the inbox is there', async ({ page, server }) => {
  const site = await host(server.url, async (path) => {
    if (path !== '/') return readFile(join(hosts, path));
    return withoutIcon(await fillIn(await readFile(join(hosts, 'examples/script-tag/index.html'), 'utf8'), server.url));
  });
  await page.goto(site.url);
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await inbox.say('Hello from a plain page');
  await expect(inbox.message('Hello from a plain page')).toContainText(/Sent|Delivered|Read/);
  expect(new URL(page.url()).hash).not.toBe('');
  site.close();
});

test('script tag with the hashes of the build: it runs, and what was changed on the way does not', async ({
  browser,
  server,
}) => {
  const hashes = JSON.parse(await readFile(join(hosts, 'dist/integrity.json'), 'utf8')) as Record<string, string>;
  const integrity = Object.fromEntries(Object.entries(hashes).map(([name, hash]) => [`/dist/${name}`, hash]));
  const plain = await fillIn(await readFile(join(hosts, 'examples/script-tag/index.html'), 'utf8'), server.url);
  const tag = '<script type="module" src="/dist/crm-chat.bundle.js">';
  expect(plain).toContain(tag);
  const page = withoutIcon(plain).replace(
    tag,
    `<script type="importmap">${JSON.stringify({ integrity })}</script>${tag.replace('>', ` integrity="${hashes['crm-chat.bundle.js']}">`)}`,
  );
  let isChanged = false;
  const site = await host(server.url, async (path) => {
    if (path === '/') return page;
    const text = await readFile(join(hosts, path), 'utf8');
    return isChanged && path.startsWith('/dist/chunks/') ? `${text}\n//` : text;
  });
  // A context of its own: the browser's complaint is wanted here.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const tab = await context.newPage();
  const said: string[] = [];
  tab.on('console', (message) => void (message.type() === 'error' && said.push(message.text())));
  await tab.goto(site.url);
  await expect(new InboxPage(tab).row(/Camila Ferreira/)).toBeVisible();
  expect(said).toEqual([]);
  isChanged = true;
  await tab.reload();
  await expect.poll(() => said.join('\n')).toMatch(/integrity/);
  expect(await tab.evaluate(() => customElements.get('crm-chat') === undefined)).toBe(true);
  await context.close();
  site.close();
});

test('npm: a store for the page, and panels in places of the host’s own', async ({ page, server }) => {
  const files = new Map<string, string>();
  const output = await build({
    root: join(hosts, 'examples/npm'),
    configFile: false,
    logLevel: 'error',
    build: { write: false, modulePreload: false },
  });
  const { output: chunks } = output as Extract<Awaited<ReturnType<typeof build>>, { output: unknown }>;
  for (const file of chunks) {
    let text = String(file.type === 'chunk' ? file.code : file.source);
    if (text.includes('YOUR_TOKEN')) text = await fillIn(text, server.url);
    files.set(`/${file.fileName}`, withoutIcon(text));
  }
  const site = await host(server.url, async (path) => {
    const file = files.get(path === '/' ? '/index.html' : path);
    if (file === undefined) throw new Error('no such file');
    return file;
  });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(site.url);
  const inbox = new InboxPage(page);
  await inbox.open(/Oliver Bennett/);
  // The page's own display on the tags takes nothing from the panels.
  for (const panel of ['crm-conversation-list', 'crm-client-panel']) {
    const scroller = await page.locator(`${panel} .scroll`).boundingBox();
    expect(scroller?.height, panel).toBeGreaterThan(600);
    expect((scroller?.y ?? 0) + (scroller?.height ?? 0), panel).toBeLessThanOrEqual(900);
  }
  await expect(inbox.contact).toContainText('Oliver Bennett');
  await inbox.say('Hello from npm');
  await expect(inbox.message('Hello from npm')).toContainText(/Sent|Delivered|Read/);
  await expect(page).toHaveTitle(/Inbox$/);
  site.close();
});

for (const [name, folder] of [
  ['four methods over fetch and server-sent events', 'bring-your-own-backend'],
  ['one plain WebSocket', 'websocket-backend'],
]) {
  test(`bring your own back end: ${name}`, async ({ page }) => {
    const example = await startExample(`examples/${folder}/server.mjs`, hosts);
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    await page.goto(example.url);
    const inbox = new InboxPage(page);
    await inbox.open(/Ada/);
    await expect(inbox.message('Do you deliver on Saturdays?')).toHaveCount(1);
    await inbox.say('We do, until noon.');
    await expect(inbox.message('We do, until noon.')).toContainText('Sent');
    await page.reload();
    await inbox.open(/Ada/);
    await expect(inbox.message('We do, until noon.')).toHaveCount(1);
    example.end();
  });
}

test('rendered on a server: imported in Node without harm, brought to life in the browser', async ({
  page,
  server,
}) => {
  const token = /token="(.*?)"/.exec(await fillIn('http://localhost:3001 token="YOUR_TOKEN"', server.url))?.[1] ?? '';
  const env = { CRM_SERVER: server.url, CRM_TOKEN: token };
  const example = await startExample('examples/server-rendered/server.mjs', hosts, env);
  await page.goto(example.url);
  await expect(page.locator('body')).toHaveAttribute('data-elements', 'function');
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await expect(inbox.log.getByRole('article').first()).toBeVisible();
  example.end();
});

test('a page from the disk, as in a desktop shell: the classic build, no module anywhere', async ({ page }) => {
  test.setTimeout(120_000);
  const server = await DemoServer.launch({ ORIGINS: 'null', SANDBOX: 'off' });
  const folder = await mkdtemp(join(tmpdir(), 'crm-chat-file-'));
  const html = await readFile(join(hosts, 'examples/file-page/index.html'), 'utf8');
  expect(html).toContain('../../dist/crm-chat.classic.js');
  await writeFile(
    join(folder, 'index.html'),
    (await fillIn(html, server.url)).replace('../../dist/', pathToFileURL(join(hosts, 'dist/')).href),
  );
  await page.goto(pathToFileURL(join(folder, 'index.html')).href);
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await inbox.say('Hello from the disk');
  await expect(inbox.message('Hello from the disk')).toContainText(/Sent|Delivered|Read/);
  await page.close();
  await server.dispose();
  await rm(folder, { recursive: true, force: true });
});
