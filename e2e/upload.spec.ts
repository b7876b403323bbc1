import { randomBytes } from 'node:crypto';
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

const MIB = 1024 * 1024;

test('a file whose upload is cut goes on where it stood, and what is written meanwhile does not wait for it', async ({
  page,
  guard,
}) => {
  guard.expectServerDown();
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(3 * MIB)]);
  const patches: number[] = [];
  let isCut = true;
  await page.route('**/uploads/**', async (route, request) => {
    if (request.method() !== 'PATCH') return route.continue();
    patches.push(Number(request.headers()['upload-offset']));
    // From the second piece on the line is gone.
    if (isCut && patches.length > 1) return route.abort('connectionreset');
    return route.continue();
  });
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.page.getByRole('searchbox', { name: 'Search conversations' }).fill('Camila');
  await inbox.open(/Camila Ferreira/);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Attach/ }).click();
  await (await choosing).setFiles({ name: 'plan-é.pdf', mimeType: 'application/pdf', buffer: bytes });
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('plan-é.pdf');
  await inbox.reply.fill('Here is the plan');
  await inbox.reply.press('Enter');
  await expect.poll(() => patches.length).toBeGreaterThan(1);
  await inbox.say('And a word while it travels');
  await expect(inbox.message('And a word while it travels')).toContainText(/Sent|Delivered|Read/);
  // The page goes, too: the file is kept with its message.
  await page.reload();
  await expect(inbox.message('plan-é.pdf')).toHaveCount(1);
  isCut = false;
  const file = inbox.message('plan-é.pdf');
  await expect(file).toContainText(/Sent|Delivered|Read/, { timeout: 60_000 });
  expect(patches.filter((offset) => offset === 0)).toHaveLength(1);
  expect(patches.at(-1)).toBeGreaterThan(MIB);
  const link = await file.getByRole('link').first().getAttribute('href');
  const answer = await page.request.get(new URL(link!, page.url()).href);
  expect(answer.headers()['content-disposition']).toMatch(/^attachment/);
  expect((await answer.body()).equals(bytes)).toBe(true);
});

test('a file that cannot go says why before it travels, and what is written stays', async ({ page }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.page.getByRole('searchbox', { name: 'Search conversations' }).fill('Camila');
  await inbox.open(/Camila Ferreira/);
  await inbox.reply.fill('Please look at this');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /Attach/ }).click();
  await (await choosing).setFiles({ name: 'empty.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await expect(page.getByRole('list', { name: 'Attached files' })).toContainText(/empty/i);
  await expect(inbox.reply).toHaveValue('Please look at this');
});
