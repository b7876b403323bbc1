/** The built stories and a small server for them: what the tests of the stories and their pictures share. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { filesUnder, inRoot, program, run } from './project.mjs';

export const storiesFolder = inRoot('storybook-static');
const TYPES = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
  svg: 'image/svg+xml',
};

function isFresh() {
  const built = join(storiesFolder, 'index.json');
  if (!existsSync(built)) return false;
  const at = statSync(built).mtimeMs;
  const sources = ['src', 'stories', '.storybook'].flatMap((one) => filesUnder(one));
  return [...sources, 'custom-elements.json', 'package-lock.json'].every(
    (path) => statSync(inRoot(path)).mtimeMs <= at,
  );
}

/** Builds the stories anew, if anything they are made of has changed. */
export async function buildStories() {
  if (isFresh()) return;
  const storybook = program('storybook', 'dist/bin/dispatcher.js');
  const env = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' };
  const quiet = ['--quiet', '--loglevel', 'error', '--disable-telemetry'];
  const code = await run([storybook, 'build', '--output-dir', storiesFolder, ...quiet], { env });
  if (code !== 0) throw new Error('Storybook could not be built; the reason stands above.');
}

/** Serves the built stories on a free port of this machine. */
export async function serveStories() {
  const server = createServer((request, response) => {
    const path = join(storiesFolder, decodeURIComponent(new URL(request.url, 'http://here').pathname));
    response.setHeader('content-type', TYPES[path.split('.').at(-1)] ?? 'application/octet-stream');
    createReadStream(path)
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
