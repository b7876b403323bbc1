/**
 * Every story as a test, in a real browser: it must render, its play function must get through, and axe must find nothing,
 * in three looks that between them have every side of the toolbar. One page is kept and told which story comes next, which
 * is several times faster than opening each.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { tellCounts } from './counting/counts.mjs';
import { BROWSER_ARGS, browserPath } from './find-browser.mjs';
import { buildStories, serveStories, storiesFolder } from './story-server.mjs';

const LOOKS = {
  light: { scheme: 'light', density: 'comfortable', direction: 'ltr', width: 'full' },
  'dark, compact': { scheme: 'dark', density: 'compact', direction: 'ltr', width: 'full' },
  'right to left, narrow': { scheme: 'light', density: 'comfortable', direction: 'rtl', width: 'narrow' },
};
/** A story that is not there by then never will be; a slow machine needs a second. */
const PATIENCE_MS = 60_000;

const only = process.argv.slice(2).find((argument) => !argument.startsWith('--'));

/** In the page: shows one story and resolves with what Storybook and axe say of it. */
function show({ storyId, globals, patience }) {
  const channel = globalThis.__STORYBOOK_ADDONS_CHANNEL__;
  const failures = [
    'storyErrored',
    'storyThrewException',
    'playFunctionThrewException',
    'storyMissing',
    'unhandledErrorsWhilePlaying',
  ];
  return new Promise((resolve) => {
    const faults = [];
    const off = [];
    const on = (name, heard) => {
      channel.on(name, heard);
      off.push(() => channel.off(name, heard));
    };
    const end = () => {
      clearTimeout(timer);
      for (const stop of off) stop();
      resolve(faults);
    };
    const timer = setTimeout(() => {
      faults.push('it never finished');
      end();
    }, patience);
    for (const name of failures) {
      on(name, (error) => {
        faults.push(`${name}: ${error?.message ?? error?.title ?? JSON.stringify(error)}`);
        if (name === 'storyMissing' || name === 'storyErrored' || name === 'storyThrewException') end();
      });
    }
    on('storyFinished', (told) => {
      if (told.storyId !== storyId) return;
      const axe = told.reporters.find((one) => one.type === 'a11y');
      if (!axe) faults.push('axe did not look at it');
      for (const { id, nodes } of axe?.result?.violations ?? []) {
        for (const node of nodes) {
          faults.push(
            `${id}: ${[node.target].flat(9).join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`,
          );
        }
      }
      if (told.status !== 'success' && faults.length === 0) faults.push(`it ended as "${told.status}"`);
      end();
    });
    if (globals) channel.emit('updateGlobals', { globals });
    channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
  });
}

const counts = { passed: 0, failed: 0, skipped: 0 };
await buildStories();
const server = await serveStories();
const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS });
try {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const { entries } = JSON.parse(readFileSync(join(storiesFolder, 'index.json'), 'utf8'));
  const stories = Object.values(entries).filter(({ type, id }) => type === 'story' && (!only || id.includes(only)));
  // The story of the address is not shown anew, so the page begins with another one.
  const begin = Object.values(entries).find(({ type, id }) => type === 'story' && id !== stories[0].id);
  for (const [look, globals] of Object.entries(LOOKS)) {
    // Nothing may be half-way through a transition when axe measures colours.
    const page = await browser.newPage({
      viewport: { width: 1440, height: 960 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    const uncaught = [];
    page.on('pageerror', (error) => uncaught.push(String(error)));
    const query = Object.entries(globals).map(([name, value]) => `${name}:${value}`);
    await page.goto(`${origin}/iframe.html?id=${begin.id}&viewMode=story&globals=${query.join(';')}`);
    // Storybook reloads the page when a story is changed while it still renders.
    const settled = () =>
      ['finished', 'errored', 'aborted'].includes(globalThis.__STORYBOOK_PREVIEW__?.currentRender?.phase);
    await page.waitForFunction(settled, null, { timeout: PATIENCE_MS });
    for (const { id } of stories) {
      await page.waitForFunction(settled, null, { timeout: PATIENCE_MS });
      const faults = [...(await page.evaluate(show, { storyId: id, patience: PATIENCE_MS })), ...uncaught.splice(0)];
      counts[faults.length > 0 ? 'failed' : 'passed'] += 1;
      if (faults.length > 0)
        console.error(`✗ ${id} (${look})\n    ${[...new Set(faults)].slice(0, 12).join('\n    ')}`);
    }
    await page.close();
  }
  console.log(`${stories.length} stories in ${Object.keys(LOOKS).length} looks`);
} finally {
  await browser.close();
  server.close();
}
tellCounts(counts);
process.exit(counts.failed > 0 ? 1 : 0);
