import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';
import { BROWSER_ARGS, browserPath } from '../scripts/find-browser.mjs';

// A microphone that beeps, and nobody who has to be asked for it.
test.use({
  launchOptions: async ({}, use) => {
    const args = [...BROWSER_ARGS, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
    await use({ executablePath: await browserPath(), args });
  },
});

test('a voice note is recorded by keyboard, heard, sent, and heard again from the server', async ({ page }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.page.getByRole('searchbox', { name: 'Search conversations' }).fill('Camila');
  await inbox.open(/Camila Ferreira/);
  await inbox.reply.fill('As you asked');
  const before = await inbox.log.getByRole('button', { name: 'Play', exact: true }).count();
  await page.getByRole('button', { name: 'Record a voice note' }).press('Enter');
  const finish = page.getByRole('button', { name: 'Finish recording' });
  await expect(finish).toBeFocused();
  await expect(page.getByRole('timer')).toHaveText('0:02');
  await page.getByRole('button', { name: 'Pause recording' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Continue recording' })).toBeVisible();
  await finish.press('Enter');
  await expect(inbox.reply).toBeFocused();
  const tray = page.getByRole('list', { name: 'Attached files' });
  await tray.getByRole('button', { name: /^Play voice-note/ }).click();
  await expect(tray.getByRole('button', { name: /^Pause voice-note/ })).toBeVisible();
  await inbox.reply.press('Enter');
  const note = inbox.message('As you asked');
  await expect(note).toContainText(/Sent|Delivered|Read/);
  await expect(tray).toHaveCount(0);
  // What the server has kept, and not what this page remembers.
  await page.reload();
  await expect(inbox.log.getByRole('button', { name: 'Play', exact: true })).toHaveCount(before + 1);
  await expect(note).toContainText(/0:0[23]/);
  await note.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(note.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect.poll(() => note.getByRole('slider').getAttribute('aria-valuenow')).not.toBe('0');
});
