/**
 * The README's snippets are the files in examples/, which the end-to-end tests run, and its sizes are the limits that
 * `npm run sizes` holds. `node scripts/readme.mjs` writes them in; `--check` fails when they differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = new URL('..', import.meta.url);
const file = (path) => fileURLToPath(new URL(path, root));
const readme = readFileSync(file('README.md'), 'utf8');

const SNIPPET = /(<!-- snippet: (\S+) -->\n\n```(\w+)\n)[\s\S]*?(```)/g;
const SIZES = /(<!-- sizes -->\n)[\s\S]*?(?=\n## )/;

const limits = JSON.parse(readFileSync(file('scripts/size-limits.json'), 'utf8'));
const rows = Object.entries(limits)
  .filter(([name]) => name !== 'comment')
  .map(([name, limit]) => `| ${name} | ${limit} kB |`);
const filled = readme
  .replace(
    SNIPPET,
    (_all, head, path, _language, foot) => `${head}${readFileSync(file(path), 'utf8').trimEnd()}\n${foot}`,
  )
  .replace(SIZES, (_all, head) => `${head}\n| what is loaded | limit, gzip |\n|---|---|\n${rows.join('\n')}\n`);

const written = await format(filled, { ...(await resolveConfig(file('README.md'))), parser: 'markdown' });

if (process.argv.includes('--check')) {
  if (written !== readme) {
    console.error('README.md differs from examples/ or scripts/size-limits.json: run `node scripts/readme.mjs`.');
    process.exit(1);
  }
} else {
  writeFileSync(file('README.md'), written);
}
