/** What is told of a message comes to the same, in whatever order and however often: all orders of its statuses, and chance. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmed, mergeConversation, mergeMessage } from '../src/store/merge.ts';
import { buildConversation, buildMessage } from '../src/testing/index.ts';
import { Chance } from './sim/chance.ts';

/** `MERGES=1000000` is what docs/delivery.md tells of. */
const MERGES = Number(process.env.MERGES ?? 50_000);
const STATUSES = ['sent', 'failed', 'delivered', 'read'];

const telling = (status, rev, more = {}) =>
  buildMessage({ id: 'm', seq: 1, status, rev, content: `at ${rev}`, ...more });
const fold = (tellings) => tellings.slice(1).reduce(mergeMessage, confirmed(tellings[0], 'm'));
const seen = ({ status, delivery, attempt = 0, content, rev }) => ({ status, delivery, attempt, content, rev });

function* ordersOf(things) {
  if (things.length === 0) yield [];
  for (const [at, one] of things.entries()) for (const rest of ordersOf(things.toSpliced(at, 1))) yield [one, ...rest];
}
const shuffled = (chance, things) => {
  const rest = [...things];
  return things.map(() => rest.splice(chance.below(rest.length), 1)[0]);
};

test('the four statuses in all their orders, each told again at every place, end with the furthest', () => {
  const tellings = STATUSES.map((status, at) => telling(status, at + 1));
  let orders = 0;
  for (const order of ordersOf(tellings)) {
    for (const again of tellings)
      for (let at = 0; at <= order.length; at++)
        assert.deepEqual(seen(fold(order.toSpliced(at, 0, again))), {
          status: 'read',
          delivery: 'read',
          attempt: 0,
          content: 'at 4',
          rev: 4,
        });
    orders++;
  }
  assert.equal(orders, 24);
});

test('merging by chance: the order and the repetition change nothing, and no marker goes back', (t) => {
  const chance = new Chance(1);
  let merges = 0;
  for (let round = 0; merges < MERGES; round++) {
    const tellings = Array.from({ length: 1 + chance.below(5) }, (_, at) =>
      telling(chance.pick(STATUSES), at + 1, chance.happens(0.3) ? { attempt: chance.below(2) } : {}),
    );
    const again = Array.from({ length: chance.below(4) }, () => chance.pick(tellings));
    const other = [...shuffled(chance, tellings), ...again];
    assert.deepEqual(seen(fold(other)), seen(fold(tellings)), `round ${round}`);
    let row = buildConversation({ rev: 1, readSeq: 0 });
    for (const rev of shuffled(chance, [2, 3, 4])) {
      const { readSeq } = row;
      row = mergeConversation(row, { id: row.id, rev, readSeq: chance.below(9) });
      assert.ok(row.readSeq >= readSeq, `round ${round}: the marker went back`);
    }
    merges += tellings.length + other.length + 1;
  }
  t.diagnostic(`${merges} merges from seed 1`);
});
