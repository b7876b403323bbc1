/**
 * The simulation as one file of plain JavaScript: it starts at once in each worker, and a planted bug is one line of the
 * product's source that is read differently. Nothing of it is in the product itself, and so in no build.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { inRoot } from '../scripts/project.mjs';
import { PLANTED } from './planted-bugs.mjs';

/** Puts the bug into its file; a line that is no longer there is an error, so that the list stays true. */
export function mutate(name, path, source) {
  const bug = [PLANTED[name], PLANTED[name]?.also].find((one) => one?.file && path.endsWith(one.file));
  if (!bug) return undefined;
  const found = source.split(bug.line).length - 1;
  if (found !== 1)
    throw new Error(`planted bug "${name}": its line is ${found} times in ${bug.file}; see planted-bugs.mjs`);
  return source.replace(bug.line, () => bug.instead);
}

/** Builds into a folder of its own, with the bug in its place; answers the folder and the way to remove it. */
async function buildWith(bug, what, config) {
  if (bug !== undefined && !Object.hasOwn(PLANTED, bug)) throw new Error(`there is no planted bug called "${bug}"`);
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-proof-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let planted = !PLANTED[bug]?.file;
  const plant = {
    name: 'planted-bug',
    enforce: 'pre',
    transform(source, id) {
      const changed = bug === undefined ? undefined : mutate(bug, id.replaceAll('\\', '/'), source);
      if (changed === undefined) return undefined;
      planted = true;
      return { code: changed, map: null };
    },
  };
  try {
    await build({
      root: inRoot(),
      logLevel: 'error',
      ...config,
      plugins: [plant],
      build: { ...config.build, outDir: folder, minify: false },
    });
    if (!planted) throw new Error(`planted bug "${bug}": ${PLANTED[bug].file} is not part of ${what}`);
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, remove };
}

/** Bundles an entry of this folder; answers the file and the way to remove it. */
export async function bundle(entry, bug) {
  const { folder, remove } = await buildWith(bug, entry, {
    configFile: false,
    ssr: { noExternal: true },
    build: {
      ssr: inRoot('proof', entry),
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'proof.mjs', codeSplitting: false } },
    },
  });
  return { file: join(folder, 'proof.mjs'), remove };
}

/** The inbox as real browsers load it, crm-chat.bundle.js and its chunks, with a bug planted. */
export const pageBundle = (bug) =>
  buildWith(bug, 'the bundle', {
    configFile: inRoot('vite.config.ts'),
    mode: 'bundle',
    build: { sourcemap: false },
  });
