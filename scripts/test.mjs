/**
 * All tests, one after the other, and at the end one plain line for people and machines: `N passed, N failed`.
 * `node scripts/test.mjs unit` (or `firefox`, `webkit`, `server`, `scripts`, `stories`, `e2e`; several are fine) runs a part; what stands after `--` goes to
 * the runner, as in `npm run test:e2e -- -- --grep "sign in"`. A part without a single test is a failure: a wrong glob must
 * never look green.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine } from './engines/find-engines.mjs';
import { browserPath } from './find-browser.mjs';
import { readCounts } from './counting/counts.mjs';
import { ensureBundle, ensurePackage } from './fresh-bundle.mjs';
import { filesUnder, inRoot, program, run } from './project.mjs';

const nodeTests = (...args) => [
  ...args,
  '--test',
  '--test-reporter=spec',
  '--test-reporter-destination=stdout',
  `--test-reporter=${inRoot('scripts/counting/node-reporter.mjs')}`,
  '--test-reporter-destination=stderr',
];

/** The element tests that an engine could fail by its own nature. Run by name only: not every machine can have these engines. */
const inEngine = (title, engine) => ({
  title: `Element tests in ${title}`,
  prepare: () => findEngine(engine),
  command: (extra) => [
    program('@web/test-runner', 'dist/bin.js'),
    '--config',
    inRoot('web-test-runner.engines.mjs'),
    ...extra,
  ],
  env: { CRM_ENGINE: engine },
  byNameOnly: true,
});

/** Each part: what it is called on the screen, and how it is started. */
const parts = {
  unit: {
    title: 'Unit and element tests in Chromium',
    prepare: browserPath,
    command: (extra) => [program('@web/test-runner', 'dist/bin.js'), ...extra],
  },
  firefox: inEngine('Firefox', 'firefox'),
  webkit: inEngine('WebKit', 'webkit'),
  server: {
    title: 'Server tests',
    files: () => filesUnder('server/test', (path) => path.endsWith('.test.ts')),
    command: (extra, files) => [...nodeTests('--import', 'tsx'), ...extra, ...files],
  },
  proof: {
    title: 'Simulation, fuzz, planted bugs and the conformance kit',
    files: () => filesUnder('proof', (path) => path.endsWith('.test.mjs')),
    // One file after the other: each takes all the cores there are.
    command: (extra, files) => [...nodeTests('--import', 'tsx', '--test-concurrency=1'), ...extra, ...files],
  },
  scripts: {
    title: 'Tests of the checks themselves',
    // Before they run side by side: some of them would build it all at once.
    prepare: ensurePackage,
    files: () => filesUnder('scripts', (path) => path.endsWith('.test.mjs')),
    command: (extra, files) => [...nodeTests(), ...extra, ...files],
  },
  stories: {
    title: 'Stories: rendering, play functions and axe, in three looks',
    prepare: browserPath,
    command: (extra) => [inRoot('scripts/stories.mjs'), ...extra],
  },
  e2e: {
    title: 'Flows in a real browser against the real server',
    prepare: async () => {
      await browserPath();
      await ensureBundle();
    },
    command: (extra) => [program('@playwright/test', 'cli.js'), 'test', ...extra],
  },
};

const split = process.argv.indexOf('--');
const wanted = process.argv.slice(2, split < 0 ? undefined : split);
const extra = split < 0 ? [] : process.argv.slice(split + 1);
for (const name of wanted) {
  if (!(name in parts)) {
    console.error(`test: no part called "${name}"; there are ${Object.keys(parts).join(', ')}`);
    process.exit(1);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'crm-chat-tests-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const remarks = [];

for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 ? !wanted.includes(name) : part.byNameOnly) continue;
  console.log(`\n── ${part.title} (${name}) ──`);
  const started = performance.now();
  const countsFile = join(folder, `${name}.json`);
  let code = 1;
  try {
    await part.prepare?.();
    const files = part.files?.();
    if (files?.length === 0) console.log('no test files');
    else {
      const env = { ...process.env, ...part.env, CRM_TEST_COUNTS: countsFile };
      code = await run(part.command(extra, files), { env });
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
  }
  const counts = (existsSync(countsFile) && readCounts(countsFile)) || { passed: 0, failed: 0, skipped: 0 };
  if (counts.passed + counts.failed + counts.skipped === 0) {
    remarks.push(`${name}: no test was run`);
    counts.failed = 1;
  } else if (counts.failed === 0 && code !== 0) {
    remarks.push(`${name}: the runner ended with code ${code} although no test failed`);
    counts.failed = 1;
  }
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${seconds} s`);
}

rmSync(folder, { recursive: true, force: true });
console.log(remarks.length > 0 ? `\n${remarks.join('\n')}\n` : '');
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
