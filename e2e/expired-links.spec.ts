import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

/** One red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

test('a picture whose link has ended says so, and is there again with a fresh one', async ({ page, guard }) => {
  guard.expectServerDown();
  let isOld = false;
  // Links that have ended and links that were not made by this server are answered alike: 403.
  await page.route('**/files/**', (route, request) => {
    const url = new URL(request.url());
    if (isOld) url.searchParams.set('until', '1000');
    return route.continue({ url: url.href });
  });
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.page.getByRole('searchbox', { name: 'Search conversations' }).fill('Camila');
  await inbox.open(/Camila Ferreira/);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Attach/ }).click();
  await (await choosing).setFiles({ name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') });
  await inbox.reply.fill('A red picture');
  await inbox.reply.press('Enter');
  const message = inbox.message('A red picture');
  await expect(message).toContainText(/Sent|Delivered|Read/, { timeout: 60_000 });
  await expect(message.getByRole('img', { name: 'A red picture' })).toBeVisible();
  isOld = true;
  await page.reload();
  await expect(message).toContainText('This link has expired.');
  isOld = false;
  await message.getByRole('button', { name: 'Load again' }).click();
  await expect(message.getByRole('img', { name: 'A red picture' })).toBeVisible();
  await expect(message).not.toContainText('This link has expired.');
});
