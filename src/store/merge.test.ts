import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { ChatMessage } from '../contract/index.js';
import { buildConversation, buildMessage } from '../testing/index.js';
import type { Message } from './state.js';
import { confirmed, mergeConversation, mergeMessage, newerMessage } from './merge.js';

/** The order of arrival must not matter: networks reorder and repeat. */
describe('merging', () => {
  const telling = fc.record({
    rev: fc.integer({ min: 1, max: 6 }),
    status: fc.constantFrom('sent', 'failed', 'delivered', 'read') as fc.Arbitrary<ChatMessage['status']>,
    attempt: fc.integer({ min: 0, max: 1 }),
  });
  // What a server tells of one revision is always the same; only the order and number of tellings vary.
  const history = fc.array(telling, { minLength: 1, maxLength: 6 }).map((tellings) => {
    const byRevision = new Map(tellings.map((one) => [one.rev, one]));
    return [...byRevision.values()].map(({ rev, status, attempt }) =>
      buildMessage({ id: 'm', seq: 1, rev, status, attempt, content: `at ${rev}` }),
    );
  });
  const fold = (tellings: ChatMessage[]) =>
    tellings.slice(1).reduce<Message>((known, told) => mergeMessage(known, told), confirmed(tellings[0]!, 'm'));
  const visible = ({ status, delivery, attempt, content, rev }: ReturnType<typeof fold>) =>
    JSON.stringify([status, delivery, attempt, content, rev]);

  it('a message comes out the same in whatever order and however often it is told', () => {
    fc.assert(
      fc.property(
        history.chain((tellings) =>
          fc.tuple(
            fc.constant(tellings),
            fc.shuffledSubarray(tellings, { minLength: tellings.length }),
            fc.array(fc.constantFrom(...tellings), { maxLength: 4 }),
          ),
        ),
        ([tellings, shuffled, repeated]) => {
          expect(visible(fold([...shuffled, ...repeated]))).to.equal(visible(fold(tellings)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('a new attempt that waits is not taken back by what is still told of the one before it', () => {
    const first = confirmed(buildMessage({ id: 'm', status: 'sent' }), 'm');
    const waiting: Message = { ...first, delivery: 'queued', attempt: 1 };
    expect(mergeMessage(waiting, buildMessage({ id: 'm', status: 'failed' }))).to.equal(waiting);
    expect(mergeMessage(waiting, buildMessage({ id: 'm', status: 'failed', attempt: 1 }))).to.include({
      delivery: 'failed',
      attempt: 1,
    });
  });

  it('a status never goes back within one attempt', () => {
    const steps = ['sent', 'failed', 'delivered', 'read'] as const;
    for (const [at, earlier] of steps.entries()) {
      for (const further of steps.slice(at)) {
        const known = confirmed(buildMessage({ status: further, rev: 1 }), 'k');
        expect(mergeMessage(known, buildMessage({ status: earlier, rev: 2 })).status).to.equal(further);
      }
    }
  });

  it('a server’s own fields called key or delivery are not ours', () => {
    const told = buildMessage({ id: 'm', status: 'read', ...{ key: 'theirs', delivery: 'van' } });
    expect(confirmed(told, 'm')).to.include({ key: 'm', delivery: 'read' });
  });

  it('the sender of a message never changes', () => {
    const known = confirmed(buildMessage({ senderType: 'prospect', senderId: 'p', rev: 1 }), 'k');
    const forged = mergeMessage(known, buildMessage({ senderType: 'agent', senderId: 'x', rev: 9 }));
    expect(forged).to.include({ senderType: 'prospect', senderId: 'p' });
  });

  it('a repeated telling gives back the same object, so that nothing renders', () => {
    const raw = buildMessage({ rev: 3, seq: 2, metadata: { clientMessageId: 'k' } });
    const known = confirmed(raw, 'k');
    expect(mergeMessage(known, structuredClone(raw))).to.equal(known);
    const conversation = buildConversation({ rev: 3 });
    expect(mergeConversation(conversation, structuredClone(conversation))).to.equal(conversation);
  });

  it('the read marker only goes forward, and an older telling changes nothing', () => {
    const known = buildConversation({ rev: 5, readSeq: 7, lastSeq: 9, unreadCount: 2 });
    expect(mergeConversation(known, { id: known.id, rev: 4, unreadCount: 9 })).to.equal(known);
    expect(mergeConversation(known, { id: known.id, rev: 6, readSeq: 3 }).readSeq).to.equal(7);
    const plain = buildConversation({ updatedAt: '2026-11-22T10:00:00Z', unreadCount: 1 });
    const stale = { id: plain.id, updatedAt: '2026-11-22T09:00:00Z', unreadCount: 4 };
    expect(mergeConversation(plain, stale)).to.equal(plain);
  });

  it('an assignee can be taken away, which is not the same as not being mentioned', () => {
    const known = buildConversation({ assignedTo: 'a', rev: 1 });
    expect(mergeConversation(known, { id: known.id, rev: 2, assignedTo: undefined }).assignedTo).to.equal(undefined);
    expect(mergeConversation(known, { id: known.id, rev: 2, unreadCount: 0 }).assignedTo).to.equal('a');
  });

  it('the newest message of a row is the one with the higher number, else the later one', () => {
    const first = buildMessage({ id: 'a', seq: 1, timestamp: '2026-11-22T12:00:00Z' });
    const second = buildMessage({ id: 'b', seq: 2, timestamp: '2026-11-22T11:00:00Z' });
    expect(newerMessage(first, second)?.id).to.equal('b');
    expect(newerMessage(second, first)?.id).to.equal('b');
    const { seq: _1, ...early } = second;
    const { seq: _2, ...late } = first;
    expect(newerMessage(late as ChatMessage, early as ChatMessage)?.id).to.equal('a');
  });
});
