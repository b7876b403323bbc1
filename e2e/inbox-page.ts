/** The inbox as an agent finds it: by role and name, the same on every host page. */
import { expect, type Locator, type Page } from '@playwright/test';

export class InboxPage {
  readonly list: Locator;
  readonly log: Locator;
  readonly reply: Locator;
  readonly send: Locator;
  readonly bot: Locator;
  readonly contact: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole('listbox', { name: 'Conversations' });
    this.log = page.getByRole('log', { name: 'Messages' });
    this.reply = page.getByRole('textbox', { name: 'Reply' });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.bot = page.getByRole('switch', { name: 'Bot' });
    this.contact = page.getByRole('complementary', { name: 'Contact' });
  }

  row(name: string | RegExp): Locator {
    return this.list.getByRole('option', { name });
  }

  /** Moves the pointer off the list: rows stand still under it. */
  async rest(): Promise<void> {
    await this.log.hover();
  }

  topRow(): Locator {
    return this.list.locator('[role=option][aria-posinset="1"]');
  }

  message(text: string): Locator {
    return this.log.getByRole('article').filter({ hasText: text });
  }

  async open(name: string | RegExp): Promise<void> {
    await this.row(name).click();
    await expect(this.log).toBeVisible();
  }

  async say(text: string): Promise<void> {
    await this.reply.fill(text);
    await this.reply.press('Enter');
    await expect(this.message(text)).toHaveCount(1);
  }
}
