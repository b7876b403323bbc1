/**
 * Builds dist/crm-chat.bundle.js when it is missing or older than what it is made of. `npm start` and the end-to-end
 * tests both need that file and nothing else of dist/; comparing file times keeps the usual start free of any build.
 */
import { existsSync, statSync } from 'node:fs';
import { filesUnder, inRoot, run } from './project.mjs';

const BUNDLE = 'dist/crm-chat.bundle.js';

function isFresh() {
  if (!existsSync(inRoot(BUNDLE))) return false;
  const built = statSync(inRoot(BUNDLE)).mtimeMs;
  const sources = [
    ...filesUnder('src', (path) => !/(\.test|\/stage)\.ts$/.test(path)),
    'vite.config.ts',
    'package.json',
    'package-lock.json',
  ];
  return sources.every((path) => !existsSync(inRoot(path)) || statSync(inRoot(path)).mtimeMs <= built);
}

/** Throws when the build fails; its output is on the terminal then. A child process, so that its memory goes with it. */
export async function ensureBundle() {
  if (isFresh()) return;
  console.log(`Building ${BUNDLE} …`);
  const code = await run([inRoot('scripts/build.mjs'), 'bundle', '--quiet']);
  if (code !== 0) throw new Error(`${BUNDLE} could not be built; the reason stands above.`);
}
