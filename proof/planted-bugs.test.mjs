/** Each planted bug turns a check red; and none of them is in the product. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { filesUnder, inRoot } from '../scripts/project.mjs';
import { mutate } from './bundle.mjs';
import { playChaos } from './chaos-play.mjs';
import { playFuzz } from './fuzz-play.mjs';
import { playDeadLines, playSlowLines } from './lines-play.mjs';
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

/** Each plays its check with the bug, and answers the first words that turned red, or nothing. */
const CHECKS = {
  async sim({ bug, seed, steps = 500 }) {
    // Its own seed first, and alone: most often that is all.
    const first = await play({ first: seed, seeds: 1, steps, bug, workers: 1 });
    const { failed } = first.failed ? first : await play({ first: 1, seeds: MOST_SEEDS, steps, bug });
    return failed && `seed ${failed.seed}: ${failed.words[0]}`;
  },
  async fuzz({ bug, seed }) {
    const { failed } = await playFuzz({ first: seed, cases: CASES, bug });
    return failed && `case ${JSON.stringify(failed)}`;
  },
  async 'dead line'({ bug, seed }) {
    const { failed } = await playDeadLines({ first: seed, lines: 20, bug });
    return failed && `seed ${failed.seed}: ${failed.words[0]}`;
  },
  async 'slow line'({ bug, seed }) {
    const { failed } = await playSlowLines({ first: seed, lines: 60, bug });
    return failed && `seed ${failed.seed}: ${failed.words[0]}`;
  },
  async chaos({ bug, seed }) {
    const short = { seed, messages: 21, serverKills: 0, pageKills: 0, browsers: 1, browserKills: 1, isCalm: true };
    const { lost } = await playChaos(short, undefined, bug);
    return lost.length > 0 && `lost: ${lost.join('; ')}`;
  },
};

describe('each turns a check red', () => {
  for (const [bug, { by, ...more }] of bugs) {
    test(`${bug} (${by})`, async (t) => {
      const words = await CHECKS[by]({ bug, ...more });
      assert.ok(words, 'nothing turned red');
      t.diagnostic(words.slice(0, 160));
    });
  }
});
