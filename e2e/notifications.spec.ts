/** New messages told outside the panels: once for an agent, however many tabs are open, and not where the host takes over. */
import type { Page } from '@playwright/test';
import type {} from '../src/index.js';
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

interface Told {
  sounds: number;
  notes: string[];
  badge: number;
  asked: string[];
}

/** Writes down what reaches the agent's ears and desktop. Put in before any other script; the page counts as hidden. */
function listen(): void {
  const told: Told = { sounds: 0, notes: [], badge: 0, asked: [] };
  const param = { value: 0, setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} };
  const node = () => ({
    frequency: param,
    gain: param,
    connect: (next: object) => next,
    start: () => {},
    stop: () => {},
  });
  class Audio {
    state = 'running';
    currentTime = 0;
    destination = {};
    createGain = node;
    // Two tones make one sound.
    createOscillator = () => ((told.sounds += 0.5), node());
    resume = async () => {};
    close = async () => {};
  }
  class Note extends EventTarget {
    static permission = 'granted';
    static requestPermission = async () => 'granted';
    constructor(title: string, { body = '' }: NotificationOptions = {}) {
      super();
      told.notes.push(`${title}: ${body}`);
    }
    close() {}
  }
  Object.assign(window, { AudioContext: Audio, Notification: Note });
  Object.assign(navigator, { setAppBadge: async (count: number) => void (told.badge = count) });
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  document.addEventListener('crm-notify', (event) =>
    told.asked.push((event as CustomEvent<{ body: string }>).detail.body),
  );
  Reflect.set(window, Symbol.for('told'), told);
}

const told = (page: Page) => page.evaluate(() => Reflect.get(window, Symbol.for('told')) as Told);

/** How many are unread, once the page's title and the badge say the same. */
async function unread(tab: Page): Promise<number> {
  const known = () => tab.evaluate(() => document.querySelector('crm-chat')!.chat!.$unreadTotal.get());
  await expect(async () => {
    const count = await known();
    expect(await tab.title()).toContain(`(${count > 99 ? '99+' : count}) `);
    expect((await told(tab)).badge).toBe(count);
  }).toPass({ timeout: 20_000 });
  return known();
}

test('one sound and one notification for an agent over two tabs, the count on both; the host may take over', async ({
  page,
  context,
  person,
}) => {
  await context.addInitScript(listen);
  const tabs = [page, await context.newPage()];
  for (const tab of tabs) {
    await tab.goto('/chat?agent=marta');
    const inbox = new InboxPage(tab);
    await expect(inbox.row(/Beatriz Santos/)).toBeVisible();
    await tab.evaluate(() => (document.querySelector('crm-chat')!.notify = 'title badge sound desktop'));
    // The gesture that lets a page sound; nothing is open, so nothing counts as read.
    await tab.getByRole('searchbox').click();
    expect(await unread(tab)).toBeGreaterThan(0);
  }
  const conversation = await page.evaluate(() => {
    const { chat } = document.querySelector('crm-chat')!;
    const name = (id: string) => chat!.prospects.get(chat!.conversations.get(id)!.prospectId)?.name;
    return chat!.conversations.$ids.get().find((id) => name(id) === 'Beatriz Santos')!;
  });
  const customer = await person();
  await customer.goto(`/customer?conversation=${conversation}`);
  await expect(customer.getByRole('log', { name: 'Messages' })).not.toBeEmpty();
  const write = async (text: string) => {
    await customer.getByLabel('Message', { exact: true }).fill(text);
    await customer.getByRole('button', { name: 'Send' }).click();
  };
  const said: string[] = [];
  /** On all tabs together; of what is told meanwhile of others, only the sounds count. */
  const all = async () => {
    const each = await Promise.all(tabs.map(told));
    const notes = each.flatMap(({ notes }) => notes);
    const ours = (texts: string[]) => said.filter((text) => texts.some((one) => one.endsWith(text)));
    return {
      silent: notes.length - each.reduce((sum, { sounds }) => sum + sounds, 0),
      notes: notes.filter((note) => ours([note]).length > 0).length,
      asked: each
        .flatMap(({ asked }) => asked)
        .filter((text) => said.includes(text))
        .sort(),
    };
  };
  for (const text of ['First news', 'Second news', 'Third news']) {
    const before = await Promise.all(tabs.map(unread));
    said.push(text);
    await write(text);
    await expect.poll(all).toEqual({ silent: 0, notes: said.length, asked: [...said].sort() });
    for (const [index, tab] of tabs.entries())
      await expect.poll(() => unread(tab), { timeout: 30_000 }).toBeGreaterThan(before[index]!);
  }

  for (const tab of tabs)
    await tab.evaluate(() => document.addEventListener('crm-notify', (event) => event.preventDefault()));
  const notes = said.length;
  said.push('The host tells this');
  await write('The host tells this');
  await expect.poll(all).toEqual({ silent: 0, notes, asked: [...said].sort() });
});

test('an address with an unknown conversation says so, and leads on', async ({ page }) => {
  await page.goto('/chat/nobody-knows-this-one?agent=marta');
  const inbox = new InboxPage(page);
  await expect(page.getByText('That conversation is not here, or not yours to see.').first()).toBeVisible();
  await inbox.open(/Camila Ferreira/);
  await expect(page.getByText('That conversation is not here, or not yours to see.')).toHaveCount(0);
  await expect(page).toHaveURL(/\/chat\/(?!nobody)[^/]+$/);
});
