/** The table of hard faults in docs/delivery.md names tests that are there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inRoot } from './project.mjs';

test('each hard fault of docs/delivery.md is played by the test it names', () => {
  const page = readFileSync(inRoot('docs/delivery.md'), 'utf8');
  const rows = [...page.matchAll(/^\| [^|]+ \| `([^`]+\.test\.ts)` +\| (.+?) +\|$/gm)];
  assert.ok(rows.length >= 25, `${rows.length} rows`);
  for (const [, file, name] of rows) {
    const titles = readFileSync(inRoot(file), 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(.*?)\1/gs);
    assert.ok(
      [...titles].some(([, , title]) => title.startsWith(name)),
      `${file} has no test called "${name}"`,
    );
  }
});
