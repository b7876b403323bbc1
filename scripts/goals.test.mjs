/** The table of goals in docs/delivery.md names tests and commands that are there, and says why where there is none. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from './project.mjs';

const page = readFileSync(inRoot('docs/delivery.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const rows = [...page.matchAll(/^\| ([RL]\d+) +\| (.+?) +\| (?:`([^`]+)`|–) +\| (.+?) +\| (.+?) +\|$/gm)];
const GOALS = [...Array.from({ length: 17 }, (_, at) => `R${at + 1}`), 'L4', 'L5', 'L6'];

test('each goal stands in the table of docs/delivery.md', () => {
  assert.deepEqual([...new Set(rows.map(([, goal]) => goal))], GOALS);
});

for (const [, goal, what, where, name, measured] of rows)
  test(`${goal}, ${what}: is shown by what is there`, () => {
    assert.ok(measured.length > 10, 'says what was measured, or why nothing was');
    if (where === undefined) return assert.match(measured, /^Not yet: .{10}/);
    const command = /^npm run (\S+)$/.exec(where)?.[1];
    if (command !== undefined) return assert.ok(scripts[command], `there is no npm run ${command}`);
    const titles = readFileSync(inRoot(where), 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(.*?)\1/gs);
    assert.ok(
      [...titles].some(([, , title]) => title.startsWith(name)),
      `${where} has no test called "${name}"`,
    );
  });
