/**
 * `pretest`: browser tests need a Chromium, and a fresh machine has none. This finds one, or installs one, says in one line
 * what it did, and remembers the path for the test runners. Not a postinstall: who only embeds the library needs no browser.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inRoot, program } from './project.mjs';

const REMEMBERED = inRoot('node_modules/.cache/crm-chat/browser-path');
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Chromium's switches for tests: no sandbox for root in a container, and no request to anybody. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function onPath(names = NAMES) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

async function inPlaywrightCache() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return path && isProgram(path) ? path : undefined;
}

/** The installers' own output goes to stderr: stdout carries the one line. */
const succeeds = (command, args, env = {}) =>
  spawnSync(command, args, { stdio: ['ignore', 2, 2], env: { ...process.env, ...env } }).status === 0;

function installByApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !onPath(['apt-get'])) return undefined;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if (!succeeds('apt-get', ['update'], env)) return undefined;
  const packages = ['chromium', 'fonts-liberation'];
  if (!succeeds('apt-get', ['install', '-y', '--no-install-recommends', ...packages], env)) return undefined;
  return onPath();
}

async function installByPlaywright() {
  const ok = succeeds(process.execPath, [program('@playwright/test', 'cli.js'), 'install', 'chromium']);
  return ok ? inPlaywrightCache() : undefined;
}

/**
 * Path of a Chromium and how it was found. The first hit of the list wins.
 * @throws {Error} with one sentence that says what to do, when there is none and none can be installed.
 */
export async function findBrowser() {
  const wished = process.env.CHROME_PATH;
  if (wished) {
    if (isProgram(wished)) return { path: wished, how: 'named by CHROME_PATH' };
    throw new Error(`CHROME_PATH is "${wished}", and there is no program at that place.`);
  }
  const ways = [
    ['found on this machine', () => onPath() ?? MAC_APPS.find(isProgram)],
    ["found in Playwright's cache", inPlaywrightCache],
    ['installed by apt', installByApt],
    ['installed by Playwright', installByPlaywright],
  ];
  for (const [how, look] of ways) {
    const path = await look();
    if (path) return { path, how };
  }
  throw new Error('No Chromium was found and none could be installed: install Chrome or Chromium, or set CHROME_PATH.');
}

/** Path for the test runners' configurations: what `pretest` remembered, if it is still there, else a new search. */
export async function browserPath() {
  if (!process.env.CHROME_PATH && existsSync(REMEMBERED)) {
    const path = readFileSync(REMEMBERED, 'utf8').trim();
    if (isProgram(path)) return path;
  }
  return (await remember()).path;
}

async function remember() {
  const found = await findBrowser();
  mkdirSync(dirname(REMEMBERED), { recursive: true });
  writeFileSync(REMEMBERED, `${found.path}\n`);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { path, how } = await remember();
    console.log(`Browser for the tests: ${path} (${how})`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
