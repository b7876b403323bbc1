/** Each planted bug turns a check red; and none of them is in the product. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { filesUnder, inRoot } from '../scripts/project.mjs';
import { mutate } from './bundle.mjs';
import { playFuzz } from './fuzz-play.mjs';
import { play } from './play.mjs';
import { PLANTED } from './planted-bugs.mjs';

const bugs = Object.entries(PLANTED);
/** A seed that found it once may not find it after a change elsewhere: then one of the next does. */
const MOST_SEEDS = 120;
const CASES = 8000;

test('there are at least twenty', () => assert.ok(bugs.length >= 20, `${bugs.length}`));

test('each stands on a line that is there, once', () => {
  for (const [name, file] of bugs.flatMap(([bug, { file, also }]) => [
    [bug, file],
    [bug, also?.file],
  ])) {
    if (!file) continue;
    const source = readFileSync(inRoot(file), 'utf8');
    assert.notEqual(mutate(name, inRoot(file), source), source, name);
  }
});

test('the product and its builds know nothing of them', () => {
  const builds = existsSync(inRoot('dist')) ? filesUnder('dist', (path) => path.endsWith('.js')) : [];
  const sources = filesUnder('src', (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  for (const path of [...sources, ...builds]) {
    const code = readFileSync(inRoot(path), 'utf8');
    assert.ok(!code.includes('CRM_BUG') && !code.includes('planted('), path);
    for (const [name, { instead }] of bugs) {
      assert.ok(!code.includes(`'${name}'`), `${path} names "${name}"`);
      if (instead && instead.length > 60) assert.ok(!code.includes(instead), `${path} contains what "${name}" plants`);
    }
  }
});

describe('each turns a check red', () => {
  for (const [name, { by, seed, steps = 500 }] of bugs) {
    test(`${name} (${by})`, async (t) => {
      if (by === 'fuzz') {
        const { failed } = await playFuzz({ first: seed, cases: CASES, bug: name });
        return assert.ok(failed, 'nothing turned red');
      }
      // Its own seed first, and alone: most often that is all.
      const first = await play({ first: seed, seeds: 1, steps, bug: name, workers: 1 });
      const { failed } = first.failed ? first : await play({ first: 1, seeds: MOST_SEEDS, steps, bug: name });
      assert.ok(failed, 'nothing turned red');
      t.diagnostic(`seed ${failed.seed}: ${failed.words[0].slice(0, 140)}`);
    });
  }
});
