/** The short mode of `npm run chaos`: a few hundred messages, the server killed, pages and a real browser killed, a network that misbehaves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf, playChaos, verdictOf } from './chaos-play.mjs';

const POSTGRES = process.env.TEST_DATABASE_URL;

for (const postgres of POSTGRES ? [undefined, POSTGRES] : [undefined])
  test(`nothing is lost, doubled or out of order on ${postgres ? 'PostgreSQL' : 'the embedded database'}`, async (t) => {
    const options = { seed: 1, messages: 180, serverKills: 1, pageKills: 4, browsers: 1, browserKills: 3 };
    const report = await playChaos(options, postgres);
    assert.deepEqual(faultsOf(report), []);
    // It must have been a storm, or it has proven nothing.
    assert.ok(report.serverKills >= 1 && report.pageKills >= 1 && report.disconnects >= 4, JSON.stringify(report));
    assert.ok(report.browserKills === 3 && report.offlineKills >= 1, JSON.stringify(report));
    assert.ok(report.browserMessages >= 10, JSON.stringify(report));
    assert.ok(report.messages >= 150 && report.stored >= report.messages);
    t.diagnostic(verdictOf(report, options));
  });
