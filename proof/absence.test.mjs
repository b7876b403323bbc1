/** An agent comes back after hours in which customers went on writing. The times are told; what must hold on any machine is checked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absence } from './absence/absence.ts';

/** Messages that were missed in 200 conversations; `MISSED=5000` is what docs/delivery.md gives the times of. */
const MISSED = Number(process.env.MISSED ?? 400);
const ASKS_MOST = 30;

test('what was missed is there again after at most 30 questions, and nothing of it is missing', async (t) => {
  const { database, conversations, usableMs, completeMs, anotherMs, asks, faults } = await absence(MISSED);
  assert.deepEqual(faults, []);
  assert.ok(asks >= 2 && asks <= ASKS_MOST, `${asks} questions`);
  t.diagnostic(
    `${database}, ${MISSED} messages missed in ${conversations} conversations: usable after ${usableMs.toFixed(0)} ms, complete after ${completeMs.toFixed(0)} ms and ${asks} questions; one of before looked at again: ${anotherMs.toFixed(0)} ms`,
  );
});
