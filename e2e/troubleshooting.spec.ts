/** The entries of docs/troubleshooting.md that need a page and a server: the symptom, its words, and the way out. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { installForHosts } from '../scripts/installed.mjs';
import { DemoServer } from './demo-server.js';
import { expect, test } from './fixtures.js';
import { HostSite } from './host-site.js';
import { InboxPage } from './inbox-page.js';

const HEAD =
  '<meta charset="utf-8"><link rel="icon" href="data:,"><style>crm-chat { display: block; height: 700px }</style>';

/** A page of a host, in front of the demo server. */
async function siteWith(behind: string, body: string): Promise<HostSite> {
  const site = await HostSite.open(behind);
  site.put('/page', {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><html lang="en"><head>${HEAD}</head><body>${body}</body></html>`,
  });
  return site;
}

async function tokenOf(server: string): Promise<string> {
  const answer = await fetch(`${server}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId: 'marta' }),
  });
  return ((await answer.json()) as { token: string }).token;
}

test('the tag is there, the inbox is not', async ({ page, server, guard }) => {
  guard.expectServerDown();
  const site = await siteWith(
    server.url,
    `<script type="module" src="/lib/crm-chat.bundle.js"></script><crm-chat server-url="" token="${await tokenOf(server.url)}"></crm-chat>`,
  );
  await page.route('**/lib/chunks/**', (route) => route.fulfill({ status: 404, body: '' }));
  const missing = page.waitForResponse((response) => response.url().includes('/chunks/') && response.status() === 404);
  await page.goto(`${site.url}/page`);
  await missing;
  expect(await page.evaluate(() => customElements.get('crm-chat') === undefined)).toBe(true);
  await expect(page.locator('crm-chat')).toHaveCount(1);
  await page.unroute('**/lib/chunks/**');
  await page.reload();
  await expect(new InboxPage(page).row(/Camila Ferreira/)).toBeVisible();
  await page.close();
  await site.close();
});

test('"No connection", and nothing else', async ({ page, guard }) => {
  test.setTimeout(150_000);
  guard.expectServerDown();
  // The browser's own words about an origin that is not let in.
  guard.expectRefusedOrigin();
  const server = await DemoServer.launch({ ORIGINS: 'https://crm.example', SANDBOX: 'off' });
  const site = await siteWith(
    server.url,
    `<script type="module" src="/lib/crm-chat.bundle.js"></script><crm-chat server-url="${server.url}" token="${await tokenOf(server.url)}"></crm-chat>`,
  );
  const refused = page.waitForResponse(
    (response) => response.url().includes('/socket.io/') && response.status() === 403,
  );
  await page.goto(`${site.url}/page`);
  await refused;
  await expect(page.getByText('No connection', { exact: true }).first()).toBeVisible();
  await expect(page.getByText('check the server-url', { exact: false }).first()).toBeVisible();
  await page.close();
  await site.close();
  await server.dispose();
});

test('React sets [object Object]', async ({ page, server }) => {
  test.setTimeout(120_000);
  const folder = join(await installForHosts(), 'troubleshooting');
  mkdirSync(folder, { recursive: true });
  const render = `
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createChatStore } from 'crm-chat-elements/store';
const store = createChatStore();
store.connectSocket({ url: '', token: '${await tokenOf(server.url)}' });
createRoot(document.querySelector('main')).render(createElement('crm-chat', { store }));
`;
  const scripts = {
    late: `${render}
requestAnimationFrame(function again() {
  if (document.querySelector('crm-chat')) import('crm-chat-elements');
  else requestAnimationFrame(again);
});`,
    first: `import 'crm-chat-elements';${render}`,
  };
  for (const [name, code] of Object.entries(scripts)) writeFileSync(join(folder, `${name}.js`), code);
  const output = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    base: '/page-files/',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: {
        input: Object.keys(scripts).map((name) => join(folder, `${name}.js`)),
        output: { entryFileNames: '[name].js' },
        preserveEntrySignatures: false,
      },
    },
  });
  const site = await HostSite.open(server.url);
  for (const file of (output as Extract<Awaited<ReturnType<typeof build>>, { output: unknown }>).output)
    site.put(`/page-files/${file.fileName}`, {
      type: 'text/javascript',
      body: String(file.type === 'chunk' ? file.code : file.source),
    });
  for (const name of Object.keys(scripts))
    site.put(`/${name}`, {
      type: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><head>${HEAD}<script type="module" src="/page-files/${name}.js"></script></head><body><main></main></body></html>`,
    });

  await page.goto(`${site.url}/late`);
  await expect(page.locator('crm-chat')).toHaveAttribute('store', '[object Object]');
  await expect(page.getByText('Not connected', { exact: true }).first()).toBeVisible();

  await page.goto(`${site.url}/first`);
  await expect(new InboxPage(page).row(/Camila Ferreira/)).toBeVisible();
  await expect(page.locator('crm-chat')).not.toHaveAttribute('store', /.*/);
  await page.close();
  await site.close();
});
