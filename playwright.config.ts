/** Flows through the started demo in a real browser. The server comes from e2e/fixtures.ts, a new one for each worker. */
import { defineConfig, devices } from '@playwright/test';
import { BROWSER_ARGS, browserPath } from './scripts/find-browser.mjs';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // One server and one database at a time: two cores are not enough for more, and a slow machine makes tests lie.
  workers: 1,
  fullyParallel: false,
  // A test that needs a second try has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./scripts/counting/playwright-reporter.mjs']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: await browserPath(), args: BROWSER_ARGS },
  },
});
