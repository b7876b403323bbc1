/**
 * `npm run coverage`: runs the store's unit tests in one page, and tells for each watched file how many of its lines and
 * branches were run. Fails when one is under its floor, and says what was not run. The simulation does not count: what it
 * meets by chance no test has named.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserPath } from './find-browser.mjs';
import { filesUnder, inRoot, program, run } from './project.mjs';

const ALL = { lines: 100, branches: 100 };
/** Each file, and the least of its lines and branches that must be run, in percent. */
export const WATCHED = {
  'src/store/outbox.ts': ALL,
  'src/store/outbox-queue.ts': ALL,
  'src/store/safe-keeping.ts': ALL,
  'src/store/sending.ts': ALL,
  'src/store/changes.ts': ALL,
  'src/store/collision.ts': ALL,
  'src/store/outgoing.ts': ALL,
  'src/store/sync.ts': ALL,
  'src/store/merge.ts': ALL,
  'src/store/tabs.ts': ALL,
  'src/store/browser-pages.ts': ALL,
  'src/store/connection.ts': ALL,
  'src/store/uploading.ts': ALL,
  'src/store/memory-vault.ts': ALL,
  'src/store/browser-database.ts': ALL,
  'src/store/leave-guard.ts': ALL,
  'src/store/browser-vault.ts': ALL,
  'src/store/late-vault.ts': ALL,
  'src/store/owner.ts': ALL,
};

/**
 * One page for all of them: of a branch that one page always takes and another page never, each page's counters say only
 * that there is nothing to tell, and added up it would be missing.
 */
export const ENTRY = inRoot('node_modules/.cache/crm-chat/covered.test.js');

export function writeEntry() {
  // Two need a page in which the engine's code has not been loaded yet: one comes first, the other watches no file of these.
  const elsewhere = 'src/store/engine-soon.test.ts';
  const tests = filesUnder('src/store', (path) => path.endsWith('.test.ts') && path !== elsewhere);
  const first = 'src/store/engine-code.test.ts';
  const inOrder = [first, ...tests.filter((path) => path !== first)];
  mkdirSync(dirname(ENTRY), { recursive: true });
  writeFileSync(ENTRY, inOrder.map((path) => `import '/${path}';\n`).join(''));
}

/** Of one file's counters: how much was run, and the lines on which something was not. */
function sum({ statementMap, s, branchMap, b }) {
  const lines = Object.keys(s);
  const branches = Object.keys(b).flatMap((id) => b[id].map((count, at) => ({ id, at, count })));
  const missed = new Set();
  for (const id of lines) if (s[id] === 0) missed.add(statementMap[id].start.line);
  for (const { id, at, count } of branches) if (count === 0) missed.add(branchMap[id].locations[at].start.line);
  const share = (all, hit) => (all === 0 ? 100 : (100 * hit) / all);
  return {
    lines: share(lines.length, lines.filter((id) => s[id] > 0).length),
    branches: share(branches.length, branches.filter(({ count }) => count > 0).length),
    missed: [...missed].sort((a, b) => a - b),
  };
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-coverage-'));
  try {
    await browserPath();
    writeEntry();
    const code = await run(
      [program('@web/test-runner', 'dist/bin.js'), '--config', inRoot('web-test-runner.coverage.mjs')],
      { env: { ...process.env, CRM_COVERAGE_DIR: folder } },
    );
    if (code !== 0) return code;
    const report = JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8'));
    const counted = new Map(Object.entries(report).map(([path, one]) => [relative(inRoot(), path), one]));
    let faults = 0;
    for (const [path, floor] of Object.entries(WATCHED)) {
      const found = counted.get(path);
      const { lines, branches, missed } = found ? sum(found) : { lines: 0, branches: 0, missed: [] };
      const isUnder = lines < floor.lines || branches < floor.branches;
      if (isUnder) faults++;
      const figures = `lines ${lines.toFixed(1).padStart(5)} %, branches ${branches.toFixed(1).padStart(5)} %`;
      const rest = missed.length > 0 ? `, not run: ${missed.join(', ')}` : '';
      console.log(`${isUnder ? '✗' : '✓'} ${path.padEnd(28)} ${figures}${rest}`);
    }
    console.log(`coverage: ${Object.keys(WATCHED).length} files, ${faults} under their floor`);
    return faults > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main());
