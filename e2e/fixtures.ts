/** What every flow starts from: `server`, the running demo with its seeded data, shared by the tests of one worker. */
import { test as base } from '@playwright/test';
import { DemoServer } from './demo-server.js';

export { expect } from '@playwright/test';

export const test = base.extend<{ baseURL: string }, { server: DemoServer }>({
  server: [
    // eslint would like a name for what is not needed: Playwright reads the pattern itself.
    async ({}, use) => {
      const server = await DemoServer.launch();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});
