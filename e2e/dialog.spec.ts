/** An inbox in a dialog of the host's, beside another one on the page: what is open inside goes first, and nothing stays. */
import type { Page } from '@playwright/test';
import type {} from '../src/index.js';
import { ensureBundle } from '../scripts/fresh-bundle.mjs';
import { expect, test } from './fixtures.js';
import { HostSite } from './host-site.js';
import { InboxPage } from './inbox-page.js';

const TIMES = 25;

const PAGE = `<!doctype html><html lang="en"><head><title>Host</title><link rel="icon" href="data:,">
<style>
  body { margin: 0 }
  crm-chat { display: block; height: 700px }
  dialog { width: 900px; padding: 0 }
</style>
<script type="module" src="/lib/crm-chat.bundle.js"></script></head>
<body><crm-chat id="page" server-url=""></crm-chat><dialog></dialog></body></html>`;

async function tokenOf(server: string, agentId: string): Promise<string> {
  const answer = await fetch(`${server}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId }),
  });
  return ((await answer.json()) as { token: string }).token;
}

/** Opens the dialog with a new inbox in it, and with `times` does so again and again, each time until it is online. */
const show = (page: Page, token: string, times = 1) =>
  page.evaluate(
    async ([text, count]) => {
      const dialog = document.querySelector('dialog')!;
      for (let time = 1; time <= count; time++) {
        const chat = Object.assign(document.createElement('crm-chat'), { serverUrl: '', token: async () => text });
        const online = new Promise<void>((resolve) => {
          chat.addEventListener('crm-link-change', (event) => event.detail.status === 'online' && resolve());
        });
        dialog.replaceChildren(chat);
        dialog.showModal();
        await online;
        if (time === count) return;
        dialog.close();
        dialog.replaceChildren();
      }
    },
    [token, times] as const,
  );

test('an inbox in a dialog: Escape ends what is open in it before the dialog, and no connection stays when it has gone', async ({
  page,
  server,
  guard,
}) => {
  test.setTimeout(120_000);
  guard.expectHangingUp();
  await ensureBundle();
  const site = await HostSite.open(server.url);
  site.put('/', { type: 'text/html; charset=utf-8', body: PAGE });
  const [marta, tomas] = [await tokenOf(server.url, 'marta'), await tokenOf(server.url, 'tomas')];
  let sockets = 0;
  page.on('websocket', (socket) => {
    sockets++;
    socket.on('close', () => sockets--);
  });
  await page.goto(`${site.url}/`);
  await page.waitForFunction(() => customElements.get('crm-chat'));
  await page.evaluate((token) => (document.querySelector<'crm-chat'>('crm-chat')!.token = async () => token), marta);
  const behind = page.locator('#page');
  await expect(behind.getByRole('option', { name: /Camila Ferreira/ })).toBeVisible();
  await expect.poll(() => sockets).toBe(1);

  await show(page, tomas);
  const dialog = page.locator('body > dialog');
  await dialog.getByRole('option', { name: /Oliver Bennett/ }).click();
  const log = dialog.getByRole('log', { name: 'Messages' });
  await expect(log.getByRole('article').first()).toBeVisible();
  const reply = dialog.getByRole('textbox', { name: 'Reply' });
  const row = dialog.getByRole('option', { name: /Oliver Bennett/ });
  /** What an agent opens inside, and what is seen of it then. */
  const opened = [
    {
      by: () => reply.fill('/'),
      seen: dialog.getByRole('listbox', { name: 'Quick replies' }),
    },
    {
      by: () => dialog.getByRole('button', { name: 'Emoji' }).click(),
      seen: dialog.getByRole('searchbox', { name: 'Find an emoji' }),
    },
    {
      by: () => log.getByRole('article').last().click({ button: 'right' }),
      seen: dialog.getByRole('menu'),
    },
    {
      by: async () => {
        await row.focus();
        await page.keyboard.press('?');
      },
      seen: dialog.getByRole('dialog', { name: 'Keyboard shortcuts' }),
    },
  ];
  for (const { by, seen } of opened) {
    await by();
    await expect(seen).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(seen).toBeHidden();
    await expect(dialog).toHaveJSProperty('open', true);
  }
  await reply.fill('');
  await row.focus();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveJSProperty('open', false);
  await page.evaluate(() => document.querySelector('dialog')!.replaceChildren());

  await show(page, tomas, TIMES);
  await page.evaluate(() => {
    document.querySelector('dialog')!.close();
    document.querySelector('dialog')!.replaceChildren();
  });
  await expect.poll(() => sockets).toBe(1);
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await inbox.say('Found behind all those dialogs');
  await expect(inbox.message('Found behind all those dialogs')).toContainText(/Sent|Delivered|Read/);
  await page.close();
  await site.close();
});
