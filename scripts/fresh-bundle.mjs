/**
 * Builds what of dist/ is missing or older than what it is made of. `npm start` and most end-to-end tests need
 * dist/crm-chat.bundle.js alone; the hosts in examples/ need the whole package. Comparing file times keeps the usual start
 * free of any build.
 */
import { existsSync, statSync } from 'node:fs';
import { filesUnder, inRoot, run } from './project.mjs';

const BUNDLE = 'dist/crm-chat.bundle.js';

/** Written last of all by a whole build. */
const PACKAGE = 'dist/package-built';

function isFresh(file) {
  if (!existsSync(inRoot(file))) return false;
  const built = statSync(inRoot(file)).mtimeMs;
  const sources = [
    ...filesUnder('src', (path) => !/(\.test|\/stage)\.ts$/.test(path)),
    'custom-elements.json',
    'vite.config.ts',
    'package.json',
    'package-lock.json',
  ];
  return sources.every((path) => !existsSync(inRoot(path)) || statSync(inRoot(path)).mtimeMs <= built);
}

/** Throws when the build fails; its output is on the terminal then. A child process, so that its memory goes with it. */
export async function ensureBundle() {
  if (isFresh(BUNDLE)) return;
  console.log(`Building ${BUNDLE} …`);
  const code = await run([inRoot('scripts/build.mjs'), 'bundle', '--quiet']);
  if (code !== 0) throw new Error(`${BUNDLE} could not be built; the reason stands above.`);
}

/** The same for everything that is published. */
export async function ensurePackage() {
  if (isFresh(PACKAGE)) return;
  console.log('Building dist/ …');
  const code = await run([inRoot('scripts/build.mjs'), '--quiet']);
  if (code !== 0) throw new Error('dist/ could not be built; the reason stands above.');
}
