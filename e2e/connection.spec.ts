/** What agents fear: the connection goes, the page goes, the server dies between the send and its answer. */
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { DemoServer } from './demo-server.js';
import { expect, JWT_SECRET, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';
import { Wire } from './wire.js';

/** The customer's page shows what the server really has: each message once. */
async function storedAtTheServer(page: Page, server: DemoServer, conversation: string, text: string): Promise<void> {
  await page.goto(`${server.url}/customer?conversation=${conversation}`);
  await expect(page.getByRole('log', { name: 'Messages' }).getByText(text)).toHaveCount(1);
}

const conversationOf = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? '';
const OFFLINE = 'You are offline. Messages wait here and go out when you are back.';

test('offline: messages wait, leave in order when the network is back, each once', async ({
  page,
  context,
  person,
  server,
  guard,
}) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Ingrid Nilsen/);
  guard.expectServerDown();
  await context.setOffline(true);
  await expect(page.getByText(OFFLINE).first()).toBeVisible();
  await inbox.say('First while offline');
  await inbox.say('Second while offline');
  await expect(inbox.message('Second while offline')).toContainText('Waiting for connection');
  await context.setOffline(false);
  await expect(page.getByText(OFFLINE)).toHaveCount(0);
  await expect(inbox.message('Second while offline')).toContainText(/Sent|Delivered/);
  await expect(inbox.log.getByText(/while offline/)).toHaveText(['First while offline', 'Second while offline']);
  const customer = await person();
  await storedAtTheServer(customer, server, conversationOf(page), 'First while offline');
  await expect(customer.getByText(/while offline/)).toHaveText([/^First/, /^Second/]);
});

test('the page goes: a draft and a message that waits are there again', async ({ page, context, guard }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Jonas Weber/);
  guard.expectServerDown();
  await context.setOffline(true);
  await inbox.say('Written before the page went');
  await expect(inbox.message('Written before the page went')).toContainText('Waiting for connection');
  await inbox.reply.fill('Half a sentence');
  await expect(inbox.reply).toHaveValue('Half a sentence');
  await context.setOffline(false);
  await page.reload();
  await expect(inbox.reply).toHaveValue('Half a sentence');
  await expect(inbox.message('Written before the page went')).toContainText(/Sent|Delivered|Read/);
  await expect(inbox.message('Written before the page went')).toHaveCount(1);
});

test('kill -9 before the message arrives: it is sent once, after the restart', async ({
  page,
  person,
  server,
  guard,
}) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Kenji Mori/);
  guard.expectServerDown();
  server.freeze();
  await inbox.say('Sent to a frozen server');
  await expect(inbox.message('Sent to a frozen server')).toContainText('Sending');
  await server.end('SIGKILL');
  await server.start();
  await expect(inbox.message('Sent to a frozen server').locator('[part=meta]')).toContainText(/Sent|Delivered|Read/, {
    timeout: 30_000, // its next attempt may be some seconds away
  });
  await expect(inbox.message('Sent to a frozen server')).toHaveCount(1);
  await storedAtTheServer(await person(), server, conversationOf(page), 'Sent to a frozen server');
});

test('kill -9 after it was stored, before the answer: still exactly one', async ({ page, person, server, guard }) => {
  const wire = await Wire.to(server.port);
  await page.goto(`${wire.url}/chat?agent=marta`);
  const inbox = new InboxPage(page);
  await inbox.open(/Lucía Romero/);
  guard.expectServerDown();
  wire.loseAnswers();
  await inbox.say('Stored but not answered');
  const witness = await person();
  await storedAtTheServer(witness, server, conversationOf(page), 'Stored but not answered');
  await expect(inbox.message('Stored but not answered')).toContainText('Sending');
  await server.end('SIGKILL');
  await server.start();
  wire.mend();
  await expect(inbox.message('Stored but not answered')).toContainText(/Sent|Delivered|Read/);
  await expect(inbox.message('Stored but not answered')).toHaveCount(1);
  await storedAtTheServer(witness, server, conversationOf(page), 'Stored but not answered');
  wire.close();
});

/** A bundle on a page of the demo's own origin, and a provider whose token function the test may look into. */
test('a host that keeps its token is told when a fresh one is needed, and the inbox connects', async ({
  page,
  guard,
}) => {
  // The refused line is hung up, maybe while a request of its handshake is still under way.
  guard.expectHangingUp();
  await page.goto('/customer');
  const asked = await page.evaluate(
    async ([old, fresh]) => {
      await import('/lib/crm-chat.bundle.js' as string);
      const told: unknown[] = [];
      const provider = document.createElement('crm-chat-provider');
      const online = new Promise<void>((resolve, reject) => {
        provider.addEventListener('crm-link-change', ({ detail }) => detail.status === 'online' && resolve());
        provider.addEventListener('crm-token-refused', ({ detail }) => reject(new Error(detail.code)));
      });
      provider.serverUrl = '';
      provider.token = (ask) => {
        told.push(ask?.fresh ?? false);
        return ask?.fresh ? fresh : old;
      };
      document.body.append(provider);
      await online;
      provider.remove();
      return told;
    },
    [tokenFor('marta', -60), tokenFor('marta', 600)] as const,
  );
  expect(asked).toEqual([false, true]);
});

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of the demo's own making, good or out of date. */
function tokenFor(agentId: string, secondsFromNow: number): string {
  const exp = Math.floor(Date.now() / 1000) + secondsFromNow;
  const claims = { sub: agentId, tenant: 'northlight', role: 'supervisor', name: 'Marta Reis' };
  const body = `${base64({ alg: 'HS256' })}.${base64({ ...claims, iss: 'crm-chat', aud: 'crm-chat', exp })}`;
  return `${body}.${createHmac('sha256', JWT_SECRET).update(body).digest('base64url')}`;
}

for (const [kind, token] of [
  ['a wrong', 'not.a.token'],
  ['an expired', tokenFor('marta', -60)],
] as const) {
  test(`${kind} token is refused in words, and a fresh one set by the host connects`, async ({ page, guard }) => {
    // The refused line is hung up, maybe while a request of its handshake is still under way.
    guard.expectHangingUp();
    await page.route('**/api/demo/sign-in', (route) =>
      route.fulfill({ json: { token, agent: { id: 'marta', name: 'Marta Reis', role: 'Supervisor' } } }),
    );
    await page.addInitScript(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      addEventListener('crm-token-refused', (event) => told.push((event as CustomEvent<{ code: string }>).detail.code));
    });
    await page.goto('/chat?agent=marta');
    const inbox = new InboxPage(page);
    await expect(page.getByText('The server refused the sign-in').first()).toBeVisible();
    await expect
      .poll(() => page.evaluate(() => Reflect.get(window, 'told') as string[]))
      .toEqual([kind === 'a wrong' ? 'UNAUTHENTICATED' : 'TOKEN_EXPIRED']);
    await page.evaluate(
      (fresh) => {
        Reflect.set(document.querySelector('crm-chat') as HTMLElement, 'token', fresh);
      },
      tokenFor('marta', 600),
    );
    await expect(inbox.list.getByRole('option').first()).toBeVisible();
    await expect(page.getByText('The server refused the sign-in')).toHaveCount(0);
  });
}
