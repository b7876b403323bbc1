/** Somebody else's server drives the whole inbox, whatever its acks look like; what it cannot do is not shown. */
import { ACK_STYLES, SeedServer, type SeedAck } from './foreign-servers/seed-server.js';
import { expect, test as base } from './fixtures.js';
import { InboxPage } from './inbox-page.js';

const test = base.extend<{ style: SeedAck; foreign: SeedServer; inbox: InboxPage }>({
  style: ['ours', { option: true }],
  foreign: async ({ style }, use) => {
    const foreign = await SeedServer.launch(style);
    await use(foreign);
    await foreign.close();
  },
  baseURL: async ({ foreign }, use) => use(foreign.url),
  inbox: async ({ page }, use) => {
    await page.goto('/');
    await use(new InboxPage(page));
  },
});

for (const style of ACK_STYLES) {
  test.describe(`a server of the given events, acks: ${style}`, () => {
    test.use({ style });

    test('list, history, sending, ticks, typing, reading', async ({ inbox, foreign }) => {
      await expect(inbox.list.getByRole('option')).toHaveCount(2);
      await expect(inbox.row(/Ana Prospect/)).toContainText('Ana asks about the price');
      await inbox.open(/Ana Prospect/);
      await expect(inbox.message('Ana asks about the price')).toHaveCount(1);
      await expect(inbox.log.getByText('Ana says 30', { exact: true })).toBeVisible();
      await expect.poll(() => foreign.asks.some(({ name }) => name === 'mark_as_read')).toBe(true);

      await inbox.say('It is 40 euros');
      const mine = inbox.message('It is 40 euros');
      await expect(mine).toContainText('Sent');
      await expect.poll(() => foreign.sent.length).toBe(1);
      const [stored] = foreign.sent;
      foreign.setStatus(stored!.id, 'delivered');
      await expect(mine).toContainText('Delivered');
      foreign.setStatus(stored!.id, 'read');
      await expect(mine).toContainText('Read');

      foreign.customerTypes('c-ana', true);
      await expect(inbox.page.getByText(/typing/i).first()).toBeVisible();
      foreign.customerSays('c-ana', 'I will take two');
      await expect(inbox.message('I will take two')).toHaveCount(1);
      await inbox.rest();
      foreign.customerSays('c-ben', 'A word from Ben');
      await expect(inbox.row(/Ben Client/)).toContainText('A word from Ben');
      await expect(inbox.topRow()).toContainText('Ben Client');

      expect(foreign.sent.map(({ content }) => content)).toEqual(['It is 40 euros']);
      expect(foreign.complaints).toEqual([]);
    });

    // A server that never acks is waited for, each time: one of the two silent ones is enough here.
    if (style === 'no-ack') return;

    test('conversion, notes, the bot; and nothing it does not know is asked or shown', async ({ inbox, foreign }) => {
      const { page, contact } = inbox;
      await inbox.open(/Ana Prospect/);
      await contact.getByRole('button', { name: 'Convert to client' }).click();
      const dialog = page.getByRole('dialog', { name: 'Convert to client' });
      await expect(dialog.getByLabel('First name')).toHaveValue('Ana');
      await dialog.getByLabel('Last name').fill('Lopes');
      await dialog.getByLabel('Email').fill('ana@example.com');
      await dialog.getByRole('button', { name: 'Convert' }).click();
      await expect(dialog).toBeHidden({ timeout: 12_000 });
      await expect(contact.getByText('Client', { exact: true })).toBeVisible();
      expect(foreign.data.clients.map(({ lastName }) => lastName)).toContain('Lopes');

      await contact.getByRole('button', { name: 'Add a note' }).click();
      await contact.getByRole('textbox', { name: 'Note' }).fill('Wants two of them');
      await contact.getByRole('button', { name: 'Add note' }).click();
      // While the answer is still under way, it stands among what waits, too.
      await expect(contact.getByRole('group', { name: 'Notes' }).getByText('Wants two of them')).toBeVisible({
        timeout: 12_000,
      });
      await expect
        .poll(() => foreign.data.clients.at(-1)?.notes.map(({ content }) => content))
        .toEqual(['Wants two of them']);

      await expect(inbox.bot).not.toBeChecked();
      await inbox.bot.click();
      await expect(inbox.bot).toBeChecked();
      await expect.poll(() => foreign.settings?.botEnabled).toBe(true);

      // Editing a client is an extension: this server has not announced it.
      await expect(contact.getByRole('button', { name: /^Edit/ })).toHaveCount(0);
      expect(foreign.complaints).toEqual([]);
    });
  });
}

const answering = ['ours', 'success', 'error-field', 'err-data', 'bare', 'wrapped'] as const;
for (const style of answering) {
  test.describe(`a server that says no, acks: ${style}`, () => {
    test.use({ style });

    test('a refused message keeps its words and tells why', async ({ inbox, foreign }) => {
      await inbox.open(/Ana Prospect/);
      await inbox.say('Please [refuse] this');
      // A code has words of its own in every language; a server without codes is quoted.
      const why = style === 'ours' ? 'You are not allowed to do this.' : 'This number is blocked';
      await expect(inbox.message('Please [refuse] this')).toContainText(why);
      await expect(inbox.message('Please [refuse] this').getByRole('button', { name: 'Retry' })).toBeVisible();
      expect(foreign.sent).toEqual([]);
    });
  });
}
