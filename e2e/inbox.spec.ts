/** An agent's day with the demo: from the sign-in to a client with a note. */
import { expect, test } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

test('sign in, find a conversation, and open it again by its address', async ({ page, person }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /Marta Reis/ }).click();
  const inbox = new InboxPage(page);
  await inbox.open(/Camila Ferreira/);
  await expect(page).toHaveURL(/\/chat\/[^/]+$/);
  await expect(inbox.contact).toContainText('Camila Ferreira');
  await expect(inbox.page.getByRole('heading', { name: 'Camila Ferreira' }).first()).toBeVisible();

  const address = new URL(page.url()).pathname;
  await page.goBack();
  await expect(page).toHaveURL(/\/chat$/);
  await expect(inbox.log).toBeHidden();

  const later = new InboxPage(await person());
  await later.page.goto(`${address}?agent=marta`);
  await expect(later.log.getByRole('article').last()).toBeVisible();
  await expect(later.contact).toContainText('Camila Ferreira');
});

test('a message is sent, delivered and read, and the customer answers', async ({ page }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Lucía Romero/);
  await inbox.say('The oak is in. Shall we fit on Tuesday?');
  const mine = inbox.message('The oak is in. Shall we fit on Tuesday?');
  await expect(mine).toContainText('Read');
  await expect(inbox.row(/Lucía Romero/)).toBeVisible();
});

test('what took long to write leaves the field when it is sent, and the contact is not asked for with each key', async ({
  page,
}) => {
  const asks: string[] = [];
  page.on('request', (request) => asks.push(request.postData() ?? ''));
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => asks.push(String(payload))));
  const saved = (words: string) => asks.some((ask) => ask.includes('"save_draft"') && ask.includes(words));
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Lucía Romero/);
  await inbox.reply.pressSequentially('Measured twice.');
  await expect.poll(() => saved('Measured twice.')).toBe(true);
  await inbox.reply.press('Enter');
  await expect(inbox.message('Measured twice.')).toContainText(/Delivered|Read/);
  await expect(inbox.reply).toHaveValue('');
  const lists = asks.filter((ask) => ask.includes('"load_conversations"') && /"(prospectId|clientId)"/.test(ask));
  expect(lists.length, 'lists of the contact’s conversations').toBeLessThanOrEqual(1);
});

test('a colleague sees it live: typing, the message, the reading', async ({ page, person }) => {
  const tomas = new InboxPage(page);
  await page.goto('/chat?agent=tomas');
  await tomas.open(/Charlotte Hughes/);
  const address = new URL(page.url()).pathname;
  const marta = new InboxPage(await person());
  await marta.page.goto(`${address}?agent=marta`);
  await expect(marta.log.getByRole('article').last()).toBeVisible();

  await tomas.reply.pressSequentially('We meas');
  await expect(marta.page.getByText('Tomás is replying…').first()).toBeVisible();
  await tomas.say('We measure on Friday at ten.');
  await expect(marta.message('We measure on Friday at ten.')).toHaveCount(1);
  await expect(marta.message('We measure on Friday at ten.')).toContainText('Tomás');
  await marta.say('I will bring the samples.');
  await expect(tomas.message('I will bring the samples.')).toContainText('Marta');
});

test('a customer writes on their own page, and sees what is answered', async ({ page, person }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Beatriz Santos/);
  const conversation = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  const customer = await person();
  await customer.goto(`/customer?conversation=${conversation}`);
  const theirLog = customer.getByRole('log', { name: 'Messages' });
  await expect(theirLog).not.toBeEmpty();
  // Typing is volatile: one that is lost while the socket changes over to WebSocket is told with a later key.
  await expect(async () => {
    await customer.getByLabel('Message', { exact: true }).fill('');
    await customer.getByLabel('Message', { exact: true }).pressSequentially('Is');
    await expect(page.getByText('Beatriz is typing').first()).toBeVisible({ timeout: 2000 });
  }).toPass();
  await customer.getByLabel('Message', { exact: true }).fill('Is the van on its way?');
  await customer.getByRole('button', { name: 'Send' }).click();
  await expect(inbox.message('Is the van on its way?')).toHaveCount(1);
  await inbox.say('It left at eight.');
  await expect(theirLog.getByText('It left at eight.')).toBeVisible();
});

test('a prospect becomes a client, with words where something is missing', async ({ page }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Samuel Osei/);
  await inbox.contact.getByRole('button', { name: 'Convert to client' }).click();
  const dialog = page.getByRole('dialog', { name: 'Convert to client' });
  await expect(dialog.getByLabel('First name')).toHaveValue('Samuel');
  await expect(dialog.getByLabel('Last name')).toHaveValue('Osei');
  await dialog.getByLabel('First name').fill('');
  await dialog.getByLabel('Email').fill('samuel@');
  await dialog.getByRole('button', { name: 'Convert' }).click();
  await expect(dialog.getByLabel('First name')).toHaveAttribute('aria-invalid', 'true');
  await expect(dialog.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('First name').fill('Samuel');
  await dialog.getByLabel('Email').fill('samuel@example.com');
  await dialog.getByRole('button', { name: 'Convert' }).click();
  await expect(dialog).toBeHidden();
  await expect(inbox.contact.getByText('Client', { exact: true }).first()).toBeVisible();
  await expect(inbox.contact.getByRole('heading', { name: 'Contact' })).toBeFocused();
  await page.reload();
  await expect(inbox.contact.getByText('samuel@example.com').first()).toBeVisible();
});

test('a note is added and seen by a colleague', async ({ page, person }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Amélie Laurent/);
  const colleague = new InboxPage(await person());
  await colleague.page.goto(`${new URL(page.url()).pathname}?agent=marta`);
  await expect(colleague.contact.getByRole('button', { name: 'Add a note' })).toBeVisible();
  await inbox.contact.getByRole('button', { name: 'Add a note' }).click();
  await inbox.contact.getByRole('textbox', { name: 'Note' }).fill('The twins nap from one to three.');
  await inbox.contact.getByRole('button', { name: 'Add note' }).click();
  const notes = inbox.contact.getByRole('group', { name: 'Notes' });
  await expect(notes.getByText('The twins nap from one to three.')).toBeVisible();
  await expect(colleague.contact.getByText('The twins nap from one to three.')).toBeVisible();
});

test('the bot is switched, here and at the colleague’s', async ({ page, person }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.open(/Grace Okafor/);
  await expect(inbox.bot).toBeChecked();
  const colleague = new InboxPage(await person());
  await colleague.page.goto(`${new URL(page.url()).pathname}?agent=ines`);
  await expect(colleague.bot).toBeChecked();
  await inbox.bot.click();
  await expect(inbox.bot).not.toBeChecked();
  await expect(colleague.bot).not.toBeChecked();
  await page.reload();
  await expect(inbox.bot).not.toBeChecked();
});

test('a long history is read upwards without a jump, and few nodes are enough', async ({ page }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.page.getByRole('searchbox', { name: 'Search conversations' }).fill('Camila');
  await inbox.open(/Camila Ferreira/);
  await expect(inbox.log.getByRole('article').last()).toBeVisible();
  await inbox.log.focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('button', { name: /go to the end/ })).toBeVisible();
  expect(await inbox.log.getByRole('article').count()).toBeLessThanOrEqual(300);
  await page.getByRole('button', { name: /go to the end/ }).click();
  await expect(page.getByRole('button', { name: /go to the end/ })).toBeHidden();
});

test('words are found in a conversation, also where nothing is loaded yet', async ({ page }) => {
  await page.goto('/chat?agent=marta');
  const inbox = new InboxPage(page);
  await inbox.page.getByRole('searchbox', { name: 'Search conversations' }).fill('Camila');
  await inbox.open(/Camila Ferreira/);
  await inbox.log.focus();
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find in this conversation' }).fill('YOU');
  const bar = page.getByRole('search').filter({ has: page.getByRole('button', { name: 'Earlier hit' }) });
  const status = bar.getByRole('status');
  await expect(status).toHaveText(/^1 of \d+$/);
  const all = Number((await status.textContent())!.replace('1 of ', ''));
  // More than the newest page can hold of one word: the last of them has to be fetched.
  expect(all).toBeGreaterThan(5);
  for (let at = 2; at <= all; at++) {
    await page.keyboard.press('Enter');
    await expect(status).toHaveText(`${at} of ${all}`);
  }
  // What is marked is on the screen.
  await page.waitForFunction(() =>
    [...CSS.highlights.values()].some((marks) =>
      [...marks].some((mark) => {
        const { top, bottom, height } = (mark as Range).getBoundingClientRect();
        return height > 0 && top >= 0 && bottom <= innerHeight;
      }),
    ),
  );
  await page.keyboard.press('Escape');
  await expect(status).toBeHidden();
});
