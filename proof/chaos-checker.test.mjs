/** The checker of the chaos runs sees each fault: what has never turned red proves nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from './chaos/checker.ts';

const text = (n) => `marta 0: message ${n}`;
const sent = (n, conversationId = 'one') => ({ key: `k${n}`, conversationId, text: text(n) });
const message = (n, seq = n) => ({ id: `m${n}`, clientMessageId: `k${n}`, seq, content: text(n), status: 'sent' });
const shown = (n, delivery = 'sent') => ({ key: `k${n}`, text: text(n), delivery });
const good = () => ({
  page: {
    name: 'page 0 of marta',
    sent: [sent(1), sent(2), sent(3)],
    shows: new Map([['one', [shown(1), shown(2), shown(3)]]]),
    waiting: 0,
    failed: [],
    problems: [],
  },
  stored: new Map([
    ['one', [message(1), message(2), message(3)]],
    ['two', []],
  ]),
});

/** Each: how the good world is made worse, and the fault that must be told then. */
const WORSE = {
  'a message is nowhere': ['lost', ({ stored }) => stored.get('one').splice(1, 1)],
  'a message is in another conversation': ['lost', ({ stored }) => stored.set('two', stored.get('one').splice(1, 1))],
  'a text is stored twice': [
    'doubled',
    ({ stored }) => stored.get('one').push({ ...message(3, 4), clientMessageId: 'k4' }),
  ],
  'a text is stored in two conversations': [
    'doubled',
    ({ stored }) => stored.get('two').push({ ...message(3, 1), clientMessageId: 'k4' }),
  ],
  'a key is stored twice': [
    'doubled',
    ({ stored }) => stored.get('two').push({ ...message(4, 1), clientMessageId: 'k3' }),
  ],
  'two messages changed places': [
    'disordered',
    ({ stored }) => stored.set('one', [message(2, 1), message(1, 2), message(3)]),
  ],
  'two changed places, and a third is lost': [
    'disordered',
    ({ stored }) => stored.set('one', [message(3, 1), message(1, 2)]),
  ],
  'a number is given out twice': ['disordered', ({ stored }) => (stored.get('one')[1].seq = 1)],
  'a page shows less than is there': ['different', ({ page }) => page.shows.get('one').splice(0, 1)],
  'a page shows a message twice': ['different', ({ page }) => page.shows.get('one').push(shown(3))],
  'a page shows another order': ['different', ({ page }) => page.shows.get('one').reverse()],
  'a page shows another state': [
    'different',
    ({ page }) => page.shows.set('one', [shown(1), shown(2), shown(3, 'queued')]),
  ],
  'a page shows nothing': ['different', ({ page }) => page.shows.set('one', [])],
  'a word still waits': ['waiting', ({ page }) => (page.waiting = 1)],
  'a message failed': ['failed', ({ page }) => page.failed.push(text(3))],
  'a store refused what the server said': ['problems', ({ page }) => page.problems.push('new_message: id')],
};

const told = ({ page, stored }) =>
  Object.entries(check([page], stored))
    .filter(([, words]) => words.length > 0)
    .map(([name]) => name);

test('a good end has no fault', () => assert.deepEqual(told(good()), []));

for (const [what, [fault, spoil]] of Object.entries(WORSE))
  test(`${what}: ${fault}`, () => {
    const world = good();
    spoil(world);
    assert.ok(told(world).includes(fault), told(world).join());
  });
