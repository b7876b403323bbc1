import { randomBytes } from 'node:crypto';
import { CuttingGate } from './cutting-gate.js';
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

const MIB = 1024 * 1024;

test('a file whose upload is cut at half goes on where it stood, only the rest goes again, and what is written meanwhile does not wait', async ({
  page,
  guard,
  server,
}) => {
  guard.expectServerDown();
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(5 * MIB)]);
  const half = Math.floor(bytes.length / 2);
  const gate = await CuttingGate.open(server.url);
  try {
    gate.cutAfter(half);
    await page.goto(`${gate.url}/chat?agent=marta`);
    const inbox = new InboxPage(page);
    await inbox.page.getByRole('searchbox', { name: 'Search conversations' }).fill('Camila');
    await inbox.open(/Camila Ferreira/);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /Attach/ }).click();
    await (await choosing).setFiles({ name: 'plan-é.pdf', mimeType: 'application/pdf', buffer: bytes });
    await expect(page.getByRole('list', { name: 'Attached files' })).toContainText('plan-é.pdf');
    await inbox.reply.fill('Here is the plan');
    await inbox.reply.press('Enter');
    await expect.poll(() => gate.isOpen).toBe(false);
    expect(gate.bytes, 'half of it went through').toBe(half);
    await inbox.say('And a word while it travels');
    await expect(inbox.message('And a word while it travels')).toContainText(/Sent|Delivered|Read/);
    // The page goes, too: the file is kept with its message.
    await page.reload();
    await expect(inbox.message('plan-é.pdf')).toHaveCount(1);
    const before = gate.pieces.length;
    gate.cutAfter(Infinity);
    gate.isOpen = true;
    const file = inbox.message('plan-é.pdf');
    await expect(file).toContainText(/Sent|Delivered|Read/, { timeout: 60_000 });
    // The server counts what it has. It had whole pieces and perhaps a part of the one in which the line was cut.
    const stood = gate.told.at(-1)!;
    expect(stood, 'where the server stood').toBeGreaterThanOrEqual(2 * MIB);
    expect(stood).toBeLessThanOrEqual(half);
    const after = gate.pieces.slice(before);
    expect(after[0]!.offset, 'it goes on from there').toBe(stood);
    expect(
      after.reduce((sum, piece) => sum + piece.bytes, 0),
      'only the rest went again',
    ).toBe(bytes.length - stood);
    expect(gate.pieces.filter(({ offset }) => offset === 0)).toHaveLength(1);
    const link = await file.getByRole('link').first().getAttribute('href');
    const answer = await page.request.get(new URL(link!, page.url()).href);
    expect(answer.headers()['content-disposition']).toMatch(/^attachment/);
    expect((await answer.body()).equals(bytes)).toBe(true);
  } finally {
    gate.close();
  }
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
