import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playFuzz } from './fuzz-play.mjs';

test('20,000 wrong things said in both directions: nothing thrown, nothing changed, and the next good one works', async (t) => {
  const { cases, bad, byTarget, failed } = await playFuzz({ cases: 20_000 });
  assert.equal(failed, undefined);
  assert.equal(cases, 20_000);
  // Half of them must really be bad, and every direction must have had its share, or the run has proven little.
  assert.ok(bad > cases / 2, `only ${bad} were bad`);
  assert.deepEqual(Object.keys(byTarget).sort(), ['askDesk', 'hearAcks', 'hearEvents', 'knockAtServer']);
  assert.ok(Object.values(byTarget).every((count) => count > 1000));
  t.diagnostic(`${cases} payloads, ${bad} of them bad`);
});
