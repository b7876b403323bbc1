import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playDeadLines } from './dead-line-play.mjs';

test('a line that is dead is found within 15 s, whoever says something or nothing, and another one goes on', async (t) => {
  const { lines, slowestMs, failed } = await playDeadLines({ lines: 200 });
  assert.equal(failed, undefined);
  // The lines must have been believed in for a while, or nothing was dead.
  assert.ok(lines === 200 && slowestMs > 5000, `${slowestMs}`);
  t.diagnostic(`${lines} lines from seed 1, the slowest found after ${slowestMs} ms`);
});
