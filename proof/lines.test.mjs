import assert from 'node:assert/strict';
import { test } from 'node:test';
import { playDeadLines, playSlowLines } from './lines-play.mjs';

test('a line that is dead is found within 15 s, whoever says something or nothing, and another one goes on', async (t) => {
  const { lines, slowestMs, failed } = await playDeadLines({ lines: 200 });
  assert.equal(failed, undefined);
  // The lines must have been believed in for a while, or nothing was dead.
  assert.ok(lines === 200 && slowestMs > 5000, `${slowestMs}`);
  t.diagnostic(`${lines} lines from seed 1, the slowest found after ${slowestMs} ms`);
});

test('a line so slow that a page must guess at its server loses nothing, doubles nothing, and keeps the order', async (t) => {
  const { lines, messages, guesses, failed } = await playSlowLines({ lines: 200 });
  assert.equal(failed, undefined);
  // The pages must have guessed and said something, or nothing was slow.
  assert.ok(lines === 200 && guesses > 100 && messages > 500, JSON.stringify({ messages, guesses }));
  t.diagnostic(`${lines} lines from seed 1, ${guesses} guesses, ${messages} messages`);
});
