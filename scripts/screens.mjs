/**
 * `npm run screens [word]`: a picture of every story, in the looks the design is drawn in, under `screens/` (not in git), to be
 * held beside the design. `word` takes only the stories whose id has it. Nothing is asserted: a person looks.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { BROWSER_ARGS, browserPath } from './find-browser.mjs';
import { inRoot } from './project.mjs';
import { buildStories, serveStories, storiesFolder } from './story-server.mjs';

const LOOKS = {
  'light-1440': { width: 1440, globals: { scheme: 'light' } },
  'dark-1440': { width: 1440, globals: { scheme: 'dark' } },
  'light-390': { width: 390, globals: { scheme: 'light', width: 'narrow' } },
  'arabic-1440': { width: 1440, globals: { scheme: 'light', direction: 'rtl' }, locale: 'ar' },
  'forced-1440': { width: 1440, globals: { scheme: 'dark' }, forcedColors: 'active' },
};
/** Enough for an engine under load; a story that is not there by then is told. */
const PATIENCE_MS = 60_000;
const SETTLE_MS = 1500;

const word = process.argv[2] ?? '';
const target = inRoot('screens');
mkdirSync(target, { recursive: true });
await buildStories();
const server = await serveStories();
const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS });
let failed = 0;
let taken = 0;
try {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const { entries } = JSON.parse(readFileSync(join(storiesFolder, 'index.json'), 'utf8'));
  const stories = Object.values(entries).filter(({ type, id }) => type === 'story' && id.includes(word));
  for (const [look, { width, globals, locale = 'en-GB', forcedColors = 'none' }] of Object.entries(LOOKS)) {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
      forcedColors,
      locale,
    });
    const told = Object.entries(globals).map(([name, value]) => `${name}:${value}`);
    // The elements speak the language of the page around them.
    await page.addInitScript(
      (language) => addEventListener('DOMContentLoaded', () => (document.documentElement.lang = language)),
      locale,
    );
    for (const { id } of stories) {
      try {
        await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story&globals=${told.join(';')}`);
        await page.waitForFunction(() => globalThis.__STORYBOOK_PREVIEW__?.currentRender?.phase === 'finished', null, {
          timeout: PATIENCE_MS,
        });
        // The story is there before its answers, its mails and its pictures are.
        await page.waitForTimeout(SETTLE_MS);
        await page.screenshot({ path: join(target, `${id}--${look}.png`) });
        taken++;
      } catch (error) {
        failed++;
        console.error(`✗ ${id} (${look}): ${String(error).split('\n')[0]}`);
      }
    }
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}
console.log(`${taken} pictures in ${target}`);
process.exit(failed > 0 ? 1 : 0);
