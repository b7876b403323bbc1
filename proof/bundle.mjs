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

/** Bundles an entry of this folder; answers the file and the way to remove it. */
export async function bundle(entry, bug) {
  if (bug !== undefined && !Object.hasOwn(PLANTED, bug)) throw new Error(`there is no planted bug called "${bug}"`);
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-proof-'));
  let planted = !PLANTED[bug]?.file;
  try {
    await build({
      configFile: false,
      root: inRoot(),
      logLevel: 'error',
      plugins: [
        {
          name: 'planted-bug',
          enforce: 'pre',
          transform(source, id) {
            const changed = bug === undefined ? undefined : mutate(bug, id.replaceAll('\\', '/'), source);
            if (changed === undefined) return undefined;
            planted = true;
            return { code: changed, map: null };
          },
        },
      ],
      ssr: { noExternal: true },
      build: {
        ssr: inRoot('proof', entry),
        outDir: folder,
        minify: false,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'proof.mjs', codeSplitting: false } },
      },
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  if (!planted) throw new Error(`planted bug "${bug}": ${PLANTED[bug].file} is not part of ${entry}`);
  return { file: join(folder, 'proof.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
