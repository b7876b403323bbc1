/** What a contact does with what was said before, seen by the agent at once. */
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

test('a contact opens the reply window by writing, corrects, answers with a sign, and takes back', async ({
  page,
  person,
}) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Paul Richter/);
  const closed = page.getByText(/WhatsApp only accepts approved templates now/).first();
  await expect(closed).toBeVisible();

  const conversation = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const customer = await person();
  await customer.goto(`/customer?conversation=${conversation}`);
  const theirLog = customer.getByRole('log', { name: 'Messages' });
  const bubble = (words: string) => theirLog.locator('.bubble').filter({ hasText: words });
  const write = async (words: string) => {
    await customer.getByLabel('Message', { exact: true }).fill(words);
    await customer.getByRole('button', { name: 'Send' }).click();
    await expect(bubble(words)).toHaveCount(1);
  };
  await expect(theirLog).not.toBeEmpty();
  await write('The niche is four metres');
  await expect(inbox.message('The niche is four metres')).toHaveCount(1);
  await expect(closed).toBeHidden();

  await bubble('four metres').getByRole('button', { name: 'Edit' }).click();
  await write('The niche is five metres');
  await expect(inbox.message('The niche is five metres')).toContainText('edited');
  await expect(inbox.message('four metres')).toHaveCount(0);

  await inbox.say('Then we plan for five.');
  await bubble('Then we plan for five.').getByRole('button', { name: '👍' }).click();
  await expect(inbox.message('Then we plan for five.').getByRole('list', { name: 'Reactions' })).toContainText('👍');

  await bubble('five metres').getByRole('button', { name: 'Delete' }).click();
  await expect(inbox.message('This message was deleted')).toHaveCount(1);
  await expect(inbox.message('five metres')).toHaveCount(0);
});
