/** What every flow starts from: the running demo with its data, agents who are signed in, and a console that stays clean. */
import { test as base, type Browser, type BrowserContextOptions, type Page } from '@playwright/test';
import { ConsoleGuard } from './console-guard.js';
import { DemoServer } from './demo-server.js';

export { expect } from '@playwright/test';

/** Known here, so that a flow can make a token that is out of date. */
export const JWT_SECRET = 'only-for-the-flows-in-the-e2e-folder';

interface Flow {
  /** Watches the console of every page of the test. */
  guard: ConsoleGuard;
  /** A further person at a browser of their own. */
  person: (options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Flow, { server: DemoServer }>({
  server: [
    // Playwright reads the pattern itself and wants it empty.
    async ({}, use) => {
      // The sandbox's customers answer at once, so that no flow waits for a play-acted pause.
      const server = await DemoServer.launch({ SANDBOX_PACE: '0.05', JWT_SECRET });
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  guard: [
    async ({ context }, use) => {
      const guard = new ConsoleGuard();
      guard.watch(context);
      await use(guard);
      guard.check();
    },
    { auto: true },
  ],
  person: async ({ browser, guard, baseURL }, use) => {
    const opened: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), ...options });
      guard.watch(context);
      opened.push(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});
