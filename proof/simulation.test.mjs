/** The short mode of `npm run sim`, and that the simulation itself can be trusted: it repeats itself, and it sees. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play } from './play.mjs';
import { makePlan, run } from './sim/main.ts';
import { check } from './sim/checker.ts';

/** The same runs on every machine; `npm run sim` plays as many as it is asked for. */
const SEEDS = Number(process.env.SEEDS ?? 500);
/** On a machine twice as slow as one with two cores fewer runs are played rather than longer waited. */
const WITHIN_MS = 110_000;

test('every promise is kept, whatever breaks', async (t) => {
  const report = await play({ seeds: SEEDS, steps: 500, withinMs: WITHIN_MS });
  assert.deepEqual(report.failed, undefined);
  assert.ok(report.runs >= Math.min(SEEDS, 10), `only ${report.runs} runs in time`);
  t.diagnostic(
    `seeds 1 to ${report.runs}, ${report.steps} steps, ${report.messages} messages, ${report.crashes} server crashes, ${report.seconds.toFixed(1)} s`,
  );
});

test('a seed repeats a run exactly', async () => {
  const packets = async () => {
    const heard = [];
    const { history, counts } = await run(11, makePlan(11, 300), { trace: (words) => heard.push(words) });
    return { heard, history, counts };
  };
  const [first, second] = [await packets(), await packets()];
  assert.deepEqual(first.counts, second.counts);
  assert.deepEqual(first.heard, second.heard);
  assert.deepEqual(first.history, second.history);
  assert.ok(first.counts.messages > 50 && first.counts.asks > 200 && first.counts.tabs > 5, 'the run did something');
});

/** A quiet end, and one thing wrong with it: each promise is really looked at. */
const message = (seq, more = {}) => ({
  id: `m${seq}`,
  key: `k${seq}`,
  clientMessageId: `k${seq}`,
  conversationId: 'c',
  senderId: 'anna',
  senderType: 'agent',
  content: `text ${seq}`,
  status: 'sent',
  delivery: 'sent',
  seq,
  ...more,
});
const row = { id: 'c', status: 'active', unreadCount: 0, readSeq: 2, lastSeq: 2, lastActivity: 'now' };
const written = (order, more = {}) => ({
  agentId: 'anna',
  browser: 0,
  tab: 1,
  conversationId: 'c',
  text: `text ${order}`,
  order,
  key: `k${order}`,
  ...more,
});
function quietEnd() {
  const messages = [message(1), message(2)];
  return {
    history: {
      written: [written(1), written(2)],
      said: [],
      leaks: [],
      markers: [],
      statuses: [],
      secondSenders: [],
      problems: [],
      uncaught: [],
    },
    final: {
      stored: new Map([['c', messages]]),
      conversations: [row],
      sees: () => true,
      freshMessages: new Map([['anna c', messages]]),
      freshConversations: new Map([['anna', [row]]]),
      screens: [
        {
          tab: 1,
          agentId: 'anna',
          online: true,
          conversations: [{ ...row }],
          threads: [{ conversationId: 'c', hasOlder: false, messages: [...messages] }],
        },
      ],
      waiting: [],
      keptAsFailed: new Set(),
      files: new Map([['u1', 'all of it']]),
      keptFiles: new Map(),
    },
  };
}
const WRONGS = {
  'acknowledged is stored': ({ history }) => history.written.push(written(3, { acknowledged: true, withdrawn: true })),
  'written is stored or kept as failed': ({ history }) => history.written.push(written(3)),
  'said is stored': ({ history }) => history.said.push({ conversationId: 'c', text: 'hello?' }),
  'stored once': ({ final }) => final.stored.get('c').push(message(3, { clientMessageId: 'k2', content: 'text 2' })),
  'in order': ({ history }) => history.written.reverse(),
  'files are whole': ({ history, final }) => {
    history.written.push(written(3, { file: 'all of it' }));
    final.stored.get('c').push(message(3, { metadata: { uploadId: 'u1' } }));
    final.files.set('u1', 'all of');
  },
  'every tab equals a fresh load': ({ final }) => final.screens[0].threads[0].messages.pop(),
  'read marker only forward': ({ history }) =>
    history.markers.push(...[5, 3].map((readSeq) => ({ tab: 1, conversationId: 'c', epoch: 0, readSeq }))),
  'status only forward': ({ history }) =>
    history.statuses.push(
      ...['read', 'sent'].map((delivery) => ({
        tab: 1,
        conversationId: 'c',
        key: 'k1',
        epoch: 0,
        attempt: 0,
        delivery,
      })),
    ),
  'hidden stays hidden': ({ history }) =>
    history.leaks.push({ agentId: 'ben', conversationId: 'c', event: 'new_message' }),
  'nothing waits for ever': ({ final }) => final.waiting.push('text 9'),
  'one page of a browser sends': ({ history }) => history.secondSenders.push('tab 2'),
  'no errors': ({ history }) => history.uncaught.push('boom'),
};
test('the checker says nothing about a quiet end', () => {
  const { history, final } = quietEnd();
  assert.deepEqual(check(history, final), []);
});
for (const [promise, spoil] of Object.entries(WRONGS)) {
  test(`the checker sees: ${promise}`, () => {
    const end = quietEnd();
    spoil(end);
    assert.ok(check(end.history, end.final).some((violation) => violation.promise === promise));
  });
}
