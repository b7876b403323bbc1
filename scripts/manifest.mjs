/**
 * custom-elements.json: what editors, Storybook and framework typings read about the elements. It is generated from the class
 * docs and committed; `--check` (in `npm run verify`) fails when it no longer tells what the sources say.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot, program, root, run } from './project.mjs';

const committed = inRoot('custom-elements.json');
// Inside the project, because the analyzer takes its target as relative to where it runs.
const folder = mkdtempSync(inRoot('node_modules/.cem-'));
let code = 1;
try {
  const analyzer = program('@custom-elements-manifest/analyzer', 'cem.js');
  const config = inRoot('custom-elements-manifest.config.mjs');
  code = await run([analyzer, 'analyze', '--quiet', '--config', config, '--outdir', relative(root, folder)]);
  if (code === 0) {
    const fresh = `${JSON.stringify(JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')), null, 2)}\n`;
    const elements = JSON.parse(fresh).modules.flatMap((module) => module.declarations.filter((one) => one.tagName));
    const names = elements.map((one) => one.tagName).join(', ');
    if (!process.argv.includes('--check')) {
      writeFileSync(committed, fresh);
      console.log(`custom-elements.json: ${elements.length} elements (${names})`);
    } else {
      let before = '';
      try {
        before = readFileSync(committed, 'utf8');
      } catch {
        console.error('custom-elements.json is missing.');
      }
      const isFresh = before === fresh;
      if (!isFresh) console.error('custom-elements.json does not tell what the sources say: run `npm run manifest`.');
      else console.log(`manifest: fresh, ${elements.length} elements (${names})`);
      code = isFresh ? 0 : 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// docs/api.md tells the same.
if (code === 0 && !process.argv.includes('--check')) code = await run([inRoot('scripts/readme.mjs')]);
process.exit(code);
