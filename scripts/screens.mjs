/**
 * `npm run screens [word [look]]`: a picture of every story, in the looks the design is drawn in, under `screens/` (not in git), to be
 * held beside the design. `word` takes only the stories whose id has it; `states` takes the states that the design draws of
 * the messages panel and the reply field, named as they are there; `look` takes only the looks whose name has it. Nothing is asserted: a person looks.
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
/** What the design calls a state, and the story that is in it. */
const STATES = {
  'who is speaking': 'crm-chat-messages-messages--who-is-speaking',
  delivery: 'crm-chat-messages-messages--delivery',
  'reply, emoji only, long word, link': 'crm-chat-messages-messages--words',
  'voice note with transcript': 'crm-chat-messages-in-use--transcript',
  uploading: 'crm-chat-messages-in-use--upload-in-progress',
  'upload failed': 'crm-chat-messages-in-use--upload-failed',
  'file, image with caption': 'crm-chat-messages-messages--files-and-places',
  email: 'crm-chat-messages-in-use--email-card',
  'markers and pill': 'crm-chat-messages-in-use--markers',
  typing: 'crm-chat-messages--typing',
  'missing in between': 'crm-chat-messages-in-use--missing-in-between',
  'no conversation selected': 'crm-chat-messages--nothing-open',
  loading: 'crm-chat-messages--loading',
  'error with retry': 'crm-chat-messages--failed',
  offline: 'crm-chat-messages--offline',
  'right to left': 'crm-chat-messages-messages--right-to-left',
  'picture open': 'crm-chat-messages-in-use--picture-open',
  'message menu': 'crm-chat-messages-in-use--menu-open',
  'menu of a failed message': 'crm-chat-messages-in-use--menu-of-a-failed-message',
  'find in conversation': 'crm-chat-messages-in-use--find-with-hits',
  'composer, empty': 'crm-chat-messages-reply-field--empty',
  'composer, bot is answering': 'crm-chat-messages--bot-answers',
  'composer, bot paused': 'crm-chat-messages-in-use--bot-paused',
  'composer, internal note': 'crm-chat-messages-in-use--note',
  'composer, reply with attachment': 'crm-chat-messages-in-use--reply-with-a-file',
  'composer, files that cannot go': 'crm-chat-messages-reply-field--tray',
  'composer, smaller picture': 'crm-chat-messages-in-use--smaller-picture',
  'composer, held': 'crm-chat-messages-in-use--held',
  'composer, recording': 'crm-chat-messages-reply-field--voice-recording',
  'composer, window closed': 'crm-chat-messages-reply-field--window-closed',
  'composer, window closes': 'crm-chat-messages-reply-field--window-closes',
  'composer, quick replies': 'crm-chat-messages-reply-field--quick-replies',
  'composer, mentions': 'crm-chat-messages-reply-field--mentions',
  'composer, drop files': 'crm-chat-messages-reply-field--drop-files',
};
/** Enough for an engine under load; a story that is not there by then is told. */
const PATIENCE_MS = 60_000;
const SETTLE_MS = 1500;

const [word = '', wanted = ''] = process.argv.slice(2);
const isStates = word === 'states';
const target = inRoot(isStates ? 'screens/states' : 'screens');
mkdirSync(target, { recursive: true });
await buildStories();
const server = await serveStories();
const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS });
let failed = 0;
let taken = 0;
try {
  const origin = `http://127.0.0.1:${server.address().port}`;
  const { entries } = JSON.parse(readFileSync(join(storiesFolder, 'index.json'), 'utf8'));
  const told = Object.values(entries).filter(({ type }) => type === 'story');
  const stories = isStates
    ? Object.entries(STATES).map(([name, id]) => ({ id, name: name.replace(/[^a-z]+/gu, '-') }))
    : told.filter(({ id }) => id.includes(word)).map(({ id }) => ({ id, name: id }));
  const unknown = stories.filter(({ id }) => !told.some((one) => one.id === id));
  if (unknown.length > 0) throw new Error(`There is no story called ${unknown.map(({ id }) => id).join(', ')}`);
  for (const [look, { width, globals, locale = 'en-GB', forcedColors = 'none' }] of Object.entries(LOOKS)) {
    if (!look.includes(wanted)) continue;
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
      forcedColors,
      locale,
    });
    const query = Object.entries(globals).map(([name, value]) => `${name}:${value}`);
    // The elements speak the language of the page around them.
    await page.addInitScript(
      (language) => addEventListener('DOMContentLoaded', () => (document.documentElement.lang = language)),
      locale,
    );
    for (const { id, name } of stories) {
      try {
        await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story&globals=${query.join(';')}`);
        await page.waitForFunction(() => globalThis.__STORYBOOK_PREVIEW__?.currentRender?.phase === 'finished', null, {
          timeout: PATIENCE_MS,
        });
        // The story is there before its answers, its mails and its pictures are.
        await page.waitForTimeout(SETTLE_MS);
        await page.screenshot({ path: join(target, `${name}--${look}.png`) });
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
