/** The last line of the tests is read by machines, and must never be green by mistake: no test, no load, no clean end. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inRoot } from './project.mjs';

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Runs the server part of scripts/test.mjs in a toy project whose only test file has this text. */
function lastLine(text) {
  const folder = mkdtempSync(join(tmpdir(), 'plain-line-'));
  folders.push(folder);
  cpSync(inRoot('scripts'), join(folder, 'scripts'), { recursive: true });
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'server/test'), { recursive: true });
  if (text !== undefined) writeFileSync(join(folder, 'server/test/one.test.ts'), text);
  const env = { ...process.env };
  // Inside node:test this variable would make the inner runner speak to the outer one.
  delete env.NODE_TEST_CONTEXT;
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'scripts/test.mjs'), 'server'], {
    encoding: 'utf8',
    env,
  });
  return { status, line: stdout.trimEnd().split('\n').at(-1) };
}

const USE = "import { before, describe, test } from 'node:test';\n";

const CASES = [
  [
    'tests in and beside suites',
    `${USE}describe('s', () => { test('a', () => {}); });\ntest('b', () => {});`,
    '2 passed, 0 failed',
    0,
  ],
  ['a skipped test', `${USE}test('a', () => {});\ntest.skip('b', () => {});`, '1 passed, 0 failed, 1 skipped', 0],
  [
    'a failing test',
    `${USE}test('a', () => {});\ntest('b', () => { throw new Error('b'); });`,
    '1 passed, 1 failed',
    1,
  ],
  ['a file that does not load', "import './nowhere.js';", '0 passed, 1 failed', 1],
  ['no test file', undefined, '0 passed, 1 failed', 1],
  ['a file that breaks off between tests', `${USE}test('a', () => {});\nprocess.exit(3);`, '0 passed, 1 failed', 1],
];

for (const [name, text, line, status] of CASES) {
  test(name, () => assert.deepEqual(lastLine(text), { status, line }));
}
