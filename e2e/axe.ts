/** Asks axe about what is on the page now, all rules, shadow roots included. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type BrowserContext, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Label in name: a row of the list begins with the contact's name, which is its label; the rest is told as a sentence
 * ("2 unread messages"), not in the row's shorthand ("2").
 */
const ROW_LABEL = /^label-content-name-mismatch: .*crm-conversation-row/;

/** Before the page is opened: the page's policy would refuse a script that is added later. */
export const bringAxe = (context: BrowserContext) => context.addInitScript(SOURCE);

export async function expectAccessible(page: Page, state: string): Promise<void> {
  // Half-way through a transition every colour is a mixture.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  const found = await page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as { run(): Promise<AxeResults> };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
    );
  });
  expect(
    found.filter((fault) => !ROW_LABEL.test(fault)),
    state,
  ).toEqual([]);
}
