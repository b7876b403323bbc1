/** Fewer runs, against the reference server's own code on a database in memory: killed before and after its commits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CoreBackend } from '../server/test/support/sim/core-backend.ts';
import { playSeeds } from './sim/main.ts';

const SEEDS = Number(process.env.SERVER_SEEDS ?? 6);
const FIRST = Number(process.env.SERVER_SEED ?? 1);
const STEPS = Number(process.env.SERVER_STEPS ?? 150);
const WITHIN_MS = Number(process.env.SERVER_WITHIN_MS ?? 12_000);

test('every promise is kept by the reference server too', async (t) => {
  const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index);
  const started = performance.now();
  const timeIsUp = () => performance.now() - started > WITHIN_MS;
  const report = await playSeeds(
    seeds,
    STEPS,
    { makeBackend: (clock, chance) => CoreBackend.open(clock, chance) },
    timeIsUp,
  );
  assert.equal(report.failed, undefined);
  assert.ok(report.runs >= 1 && report.messages > 20 && report.asks > 50, JSON.stringify(report));
  t.diagnostic(
    `seeds ${FIRST} to ${FIRST + report.runs - 1}, ${report.steps} steps, ${report.messages} messages, ${report.crashes} server crashes`,
  );
});
