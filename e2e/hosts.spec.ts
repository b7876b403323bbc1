/**
 * The same small host in seven frameworks (examples/), built by one configuration from the installed package, under the strict
 * policy that the elements promise to run under: properties, typed events, slots, removal and return, two inboxes, and an
 * address that belongs to the host.
 */
import { fileURLToPath } from 'node:url';
import { build, preview, type PreviewServer } from 'vite';
import { installForHosts } from '../scripts/installed.mjs';
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

const STRICT = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'none'",
  "img-src 'self' blob: https: data:",
  "connect-src 'self' ws: wss:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
/** Trusted Types policies of the frameworks' own, beside ours. */
const POLICIES: Readonly<Record<string, string>> = { vue: 'vue', svelte: 'svelte-trusted-html' };
/** Frameworks that cannot be that strict themselves: Angular without its compiler uses `new Function`, Solid `innerHTML`. */
const WITHOUT_POLICY = ['angular'];
const WITHOUT_TRUSTED_TYPES = ['solid'];
const HOSTS = ['plain', 'react', 'preact', 'solid', 'vue', 'svelte', 'angular'];

function policyOf(host: string): string {
  if (WITHOUT_POLICY.includes(host)) return '';
  if (WITHOUT_TRUSTED_TYPES.includes(host)) return STRICT;
  return `${STRICT}; require-trusted-types-for 'script'; trusted-types lit-html crm-email ${POLICIES[host] ?? ''}`;
}

let site: PreviewServer;
let url = '';

test.beforeAll(async ({ server }) => {
  test.setTimeout(240_000);
  const hosts = await installForHosts();
  process.env.CRM_SERVER = server.url;
  const configFile = fileURLToPath(new URL(`file://${hosts}/examples/vite.config.ts`));
  await build({ configFile, logLevel: 'error', build: { sourcemap: false, chunkSizeWarningLimit: 4000 } });
  site = await preview({
    configFile,
    // A page that is left cuts its socket, and the proxy would call each of these an error.
    logLevel: 'silent',
    preview: { host: '127.0.0.1', port: 0 },
    plugins: [
      {
        name: 'policy',
        configurePreviewServer: ({ middlewares }) => {
          middlewares.use((request, response, next) => {
            const policy = policyOf((request.url ?? '').split('/')[1] ?? '');
            if (policy) response.setHeader('content-security-policy', policy);
            next();
          });
        },
      },
    ],
  });
  const address = site.httpServer.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
test.afterAll(async () => {
  await site?.close();
});

for (const host of HOSTS) {
  test(`${host}: properties, events, slots, removal and return, two inboxes, the host's own address`, async ({
    page,
  }) => {
    await page.goto(`${url}/${host}/index.html#/inbox`);
    const inbox = new InboxPage(page);
    const told = page.locator('output');

    await test.step('an object property: the store; an event: the address follows', async () => {
      await inbox.row(/Camila Ferreira/).click();
      await expect(page).toHaveURL(/#\/inbox\/.+/);
      await expect(told).not.toContainText('open: none');
      await inbox.say(`Hello from ${host}`);
      await expect(inbox.message(`Hello from ${host}`)).toContainText(/Sent|Delivered|Read/);
      await expect(told).toContainText('sent: 1');
    });

    await test.step('a slot: the host’s button in the list, with the host’s handler', async () => {
      await page.getByRole('button', { name: 'New campaign' }).click();
      await expect(told).toContainText('campaigns: 1');
    });

    await test.step('a plain property that changes', async () => {
      const provider = page.locator('crm-chat-provider');
      await expect(provider).toHaveAttribute('theme', 'light');
      await page.getByRole('button', { name: 'Dark' }).click();
      await expect(provider).toHaveAttribute('theme', 'dark');
    });

    await test.step('taken away and brought back by the host’s router', async () => {
      const open = page.url();
      await page.getByRole('link', { name: 'Away' }).click();
      await expect(page.locator('crm-chat-provider')).toHaveCount(0);
      await page.goBack();
      await expect(page).toHaveURL(open);
      await expect(inbox.message(`Hello from ${host}`)).toHaveCount(1);
      await expect(inbox.row(/Camila Ferreira/)).toHaveAttribute('aria-selected', 'true');
    });

    await test.step('two inboxes of two agents, each with its own open conversation', async () => {
      await page.getByRole('link', { name: 'Two' }).click();
      const [first, second] = ['#first', '#second'].map((id) => page.locator(id));
      const rows = (inside: typeof first) => inside!.getByRole('option').first();
      await expect(second!.getByRole('listbox', { name: 'Conversations' })).toBeVisible();
      await expect(rows(second)).toBeVisible();
      await second!.getByRole('option', { name: /Oliver Bennett/ }).click();
      await expect(second!.getByRole('log', { name: 'Messages' })).toBeVisible();
      // What is open in the first is still Camila's.
      await expect(first!.getByText(`Hello from ${host}`).first()).toBeVisible();
      await expect(first!.getByRole('log')).not.toContainText('Oliver');
    });
  });
}
