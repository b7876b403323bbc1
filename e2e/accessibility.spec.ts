/** Everybody can use it: nothing for axe to find in any state, the keyboard alone is enough, and a phone's width too. */
import { bringAxe, expectAccessible } from './axe.js';
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme}`, () => {
    test.use({ colorScheme });

    test(`axe finds nothing in the shown states, ${colorScheme}`, async ({ page, context, guard }) => {
      await bringAxe(context);
      await page.goto('/chat');
      await expect(page.getByRole('button', { name: /Marta Reis/ })).toBeVisible();
      await expectAccessible(page, 'sign-in');

      await page.goto('/chat?agent=marta');
      const inbox = new InboxPage(page);
      await expect(inbox.list.getByRole('option').first()).toBeVisible();
      await expectAccessible(page, 'list, nothing open');

      await inbox.open(/Camila Ferreira/);
      await expect(inbox.log.getByRole('article').last()).toBeVisible();
      await expectAccessible(page, 'list, messages, contact of a prospect');

      await inbox.contact.getByRole('button', { name: 'Convert to client' }).click();
      const dialog = page.getByRole('dialog', { name: 'Convert to client' });
      await dialog.getByLabel('First name').fill('');
      await dialog.getByRole('button', { name: 'Convert' }).click();
      await expect(dialog.getByLabel('First name')).toHaveAttribute('aria-invalid', 'true');
      await expectAccessible(page, 'dialog with an error');
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();

      await inbox.open(/Amélie Laurent/);
      await inbox.contact.getByRole('button', { name: 'Add a note' }).click();
      await expect(inbox.contact.getByRole('textbox', { name: 'Note' })).toBeVisible();
      await expectAccessible(page, 'contact of a client, writing a note');

      await page.getByRole('searchbox', { name: 'Search conversations' }).fill('quarzite');
      await expect(page.getByText('Nothing found for “quarzite”')).toBeVisible();
      await expectAccessible(page, 'nothing found');
      await page.getByText('Clear search', { exact: true }).click();
      await inbox.open(/Camila Ferreira/);

      guard.expectServerDown();
      await context.setOffline(true);
      await expect(page.getByText(/You are offline/).first()).toBeVisible();
      await inbox.say(`Waits for the network, ${colorScheme}`);
      await expect(inbox.message(`Waits for the network, ${colorScheme}`)).toContainText('Waiting for connection');
      await expectAccessible(page, 'offline, a message waits');
      await context.setOffline(false);
    });
  });
}

test('390 pixels: one panel at a time, and back again', async ({ page, context }) => {
  await bringAxe(context);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await expect(inbox.list).toBeVisible();
  await expect(inbox.contact).toBeHidden();
  await inbox.open(/Camila Ferreira/);
  await expect(inbox.list).toBeHidden();
  await expectAccessible(page, 'messages on a phone');
  await page.getByRole('button', { name: 'Contact panel' }).click();
  await expect(inbox.contact).toBeVisible();
  await expect(inbox.log).toBeHidden();
  await expectAccessible(page, 'contact on a phone');
  await page.getByRole('button', { name: 'Back to messages' }).click();
  await expect(inbox.log).toBeVisible();
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await expect(inbox.list).toBeVisible();
  await expectAccessible(page, 'list on a phone');
  // Nothing is wider than the phone.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('200 % zoom: nothing is cut off, and reading and answering work', async ({ person }) => {
  const page = await person({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await expect(inbox.row(/Camila Ferreira/)).toBeVisible();
  await fits();
  await inbox.open(/Camila Ferreira/);
  await fits();
  await inbox.say('Written at 200 %');
  await expect(inbox.message('Written at 200 %')).toBeInViewport();
  await expect(inbox.send).toBeInViewport({ ratio: 1 });
  expect((await inbox.log.boundingBox())!.height).toBeGreaterThan(60);
  await page.getByRole('button', { name: 'Contact panel' }).click();
  await expect(inbox.contact).toBeVisible();
  await fits();
});

test('fingers: every button is at least 40 pixels high and wide', async ({ person }) => {
  const page = await person({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  /** What is smaller, told by where it is and what it says. */
  const small = async (where: string) => {
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
    const found = await page.locator('crm-chat button:visible').evaluateAll((buttons) =>
      buttons.flatMap((button) => {
        const { width, height } = button.getBoundingClientRect();
        const says = button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '';
        return width < 39.5 || height < 39.5 ? [`${button.className} “${says}” ${width}×${height}`] : [];
      }),
    );
    expect(found, where).toEqual([]);
  };
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await expect(inbox.row(/Camila Ferreira/)).toBeVisible();
  await small('list');
  await inbox.open(/Camila Ferreira/);
  await expect(inbox.log.getByRole('article').last()).toBeVisible();
  await expect(inbox.send).toBeVisible();
  await small('messages');
  await page.getByRole('button', { name: 'Contact panel' }).click();
  await expect(inbox.contact.getByRole('button', { name: 'Convert to client' })).toBeVisible();
  await small('contact');
});

test('860 pixels: the contact is a drawer that Escape closes', async ({ page }) => {
  await page.setViewportSize({ width: 860, height: 800 });
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await expect(inbox.list).toBeVisible();
  await expect(inbox.contact).toBeHidden();
  const button = page.getByRole('button', { name: 'Contact panel' });
  await button.click();
  await expect(inbox.contact).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inbox.contact).toBeHidden();
  await expect(button).toBeFocused();
});

test('the keyboard alone: find, open, read, answer, convert', async ({ page }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await expect(inbox.list.getByRole('option').first()).toBeVisible();
  // The first key needs a place inside the inbox: Tab leads there.
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('searchbox', { name: 'Search conversations' })).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.type('Novak');
  await expect(inbox.list.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(inbox.row(/Daniel Novak/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(inbox.log).toBeFocused();
  await page.keyboard.press('r');
  await expect(inbox.reply).toBeFocused();
  await page.keyboard.type('Typed');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('without a mouse');
  await page.keyboard.press('Enter');
  await expect(inbox.message('without a mouse')).toContainText(/Typed\s+without a mouse/);
  await expect(inbox.reply).toBeFocused();
  await expect(inbox.reply).toHaveValue('');
  await page.keyboard.press('Escape');
  await expect(inbox.log).toBeFocused();

  await inbox.contact.getByRole('button', { name: 'Convert to client' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Convert to client' });
  await expect(dialog.getByLabel('First name')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(inbox.contact.getByRole('button', { name: 'Convert to client' })).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search conversations' })).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`forced colours, ${colorScheme}: what is filled can be read, what was a fill has a line`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    await page.goto('/chat?agent=marta');
    const inbox = new InboxPage(page);
    await inbox.open(/Camila Ferreira/);
    await inbox.reply.fill('Words');
    await inbox.contact.getByRole('button', { name: 'Convert to client' }).click();
    const convert = page.getByRole('dialog', { name: 'Convert to client' }).getByRole('button', { name: 'Convert' });
    // Else the browser puts the page's colour behind the letters, in the colour that is meant for the fill.
    for (const filled of [convert, page.locator('[part=send]'), page.locator('.count').first()])
      await expect(filled).toHaveCSS('forced-color-adjust', 'none');
    for (const outlined of [
      page.locator('[part=search]'),
      page.locator('.btn--tonal').first(),
      page.locator('.chip').first(),
    ])
      await expect(outlined).toHaveCSS('border-top-width', '1px');
  });
}

test('? lists the keys over the inbox; Escape leads back to where the agent was', async ({ page, context }) => {
  await bringAxe(context);
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await inbox.row(/Camila Ferreira/).focus();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys).toBeVisible();
  await expect(keys.getByRole('definition').filter({ hasText: 'J' })).toBeVisible();
  await expectAccessible(page, 'the list of keys');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await expect(inbox.row(/Camila Ferreira/)).toBeFocused();
  // While the agent writes, it is a sign like any other.
  await inbox.reply.fill('');
  await inbox.reply.press('?');
  await expect(inbox.reply).toHaveValue('?');
  await inbox.reply.fill('');
});
