import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { CHANNELS } from '../../src/contract/index.js';
import { platformJobs } from '../src/database/schema.js';
import { reportStatus } from '../src/messages/store.js';
import {
  addConversation,
  ANNA,
  BEN,
  OF_ANNA,
  OF_BEN,
  OF_NOBODY,
  storedConversation,
  storedMessages,
  SUPERVISOR,
} from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let sam: Line;
let places = 0;
before(async () => {
  server = await startServer();
  anna = await server.connect(ANNA);
  sam = await server.connect(SUPERVISOR);
});
after(() => server.close());

/** A conversation of Anna's that no other test has touched. */
async function freshPlace(platform = 'whatsapp'): Promise<string> {
  const id = `place-${++places}`;
  await addConversation(server.app.core.db, { id, assignedTo: 'anna', platform });
  return id;
}
const text = (conversationId: string, content: string, more: Record<string, unknown> = {}) => ({
  conversationId,
  content,
  messageType: 'text',
  ...more,
});
const jobsOf = (messageId: string) =>
  server.app.core.db.select().from(platformJobs).where(eq(platformJobs.messageId, messageId));

test('a message gets its number, its sender and its time from the server, and everybody concerned hears of it once', async () => {
  const place = await freshPlace();
  const { message } = await anna.get('send_message', {
    ...text(place, 'Hello', { clientMessageId: 'key-1' }),
    senderId: 'somebody-else',
    platform: 'sms',
    timestamp: '1999-01-01T00:00:00Z',
    status: 'read',
  });
  assert.equal(message?.seq, 4);
  assert.equal(message.rev, 4);
  assert.equal(message.senderId, 'anna');
  assert.equal(message.senderName, 'Anna Agent');
  assert.equal(message.platform, 'whatsapp');
  assert.equal(message.status, 'sent');
  assert.equal(message.clientMessageId, 'key-1');
  assert.equal(message.timestamp, server.world.now().toISOString());
  const event = await sam.next('new_message', ({ conversationId }) => conversationId === place);
  assert.deepEqual(event._sync, { e: server.app.core.epoch, r: 4, s: 4 });
  assert.equal(event.content, 'Hello');
  await sam.settled();
  assert.equal(sam.heard.filter(({ payload }) => payload.conversationId === place || payload.id === place).length, 1);
  const stored = await storedConversation(server.app.core.db, place);
  assert.deepEqual([stored.lastSeq, stored.rev, stored.unreadCount], [4, 4, 2]);
  assert.deepEqual(
    (await jobsOf(message.id)).map(({ state }) => state),
    ['pending'],
  );
});

test('the form that servers in the field already receive is taken', async () => {
  const place = await freshPlace();
  const answer: { ok: boolean } = await anna.raw('send_message', {
    conversationId: place,
    content: 'seed',
    messageType: 'text',
    senderType: 'agent',
    timestamp: new Date().toISOString(),
    status: 'sent',
  });
  assert.equal(answer.ok, true);
});

test('the same key again finds the message, whichever of the three spellings carries it', async () => {
  const place = await freshPlace();
  const key = '019535d9-3df7-79fb-b466-fa907fa17f9e';
  const first = await anna.get('send_message', text(place, 'Once', { id: key }));
  assert.equal(first.message?.id, key);
  for (const spelled of [{ id: key }, { clientMessageId: key }, { metadata: { clientMessageId: key } }]) {
    const again = await anna.get('send_message', text(place, 'Once', spelled));
    assert.equal(again.duplicate, true);
    assert.deepEqual(again.message, first.message);
  }
  assert.equal((await storedMessages(server.app.core.db, place)).length, 4);
  assert.equal((await jobsOf(key)).length, 1);
  await sam.settled();
  assert.equal(sam.heard.filter(({ name, payload }) => name === 'new_message' && payload.id === key).length, 1);
});

test('ten times the same key at once is one message, one job and ten equal answers', async () => {
  const place = await freshPlace();
  const lines = [anna, ...(await Promise.all([1, 2, 3].map(() => server.connect(ANNA))))];
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      lines[i % 4]!.get('send_message', text(place, 'All at once', { id: 'parallel' })),
    ),
  );
  assert.equal(new Set(answers.map(({ message }) => JSON.stringify(message))).size, 1);
  assert.equal(answers.filter(({ duplicate }) => !duplicate).length, 1);
  assert.equal((await storedMessages(server.app.core.db, place)).length, 4);
  assert.equal((await jobsOf(answers[0]!.message!.id)).length, 1);
});

test('parallel messages are numbered without holes, and the revision counts each of them', async () => {
  const place = await freshPlace();
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => anna.get('send_message', text(place, `No ${i}`, { id: `${place}-p${i}` }))),
  );
  const rows = await storedMessages(server.app.core.db, place);
  assert.deepEqual(
    rows.map(({ seq }) => seq),
    Array.from({ length: 23 }, (_, i) => i + 1),
  );
  assert.deepEqual(
    rows.map(({ rev }) => rev),
    Array.from({ length: 23 }, (_, i) => i + 1),
  );
});

test('what one agent writes without waiting is numbered in the order it was written', async () => {
  const place = await freshPlace();
  const sent = await Promise.all(
    Array.from({ length: 20 }, (_, at) => anna.get('send_message', text(place, `line ${at}`))),
  );
  const numbers = sent.map(({ message }) => message!.seq!);
  assert.deepEqual(
    numbers,
    numbers.map((_, at) => numbers[0]! + at),
  );
});

test('a key used for something else is a conflict, and nothing is sent', async () => {
  const [place, other] = [await freshPlace(), await freshPlace()];
  await anna.get('send_message', text(place, 'First', { id: 'reused' }));
  assert.equal((await anna.refused('send_message', text(place, 'Second', { id: 'reused' }))).code, 'CONFLICT');
  assert.equal((await anna.refused('send_message', text(other, 'First', { id: 'reused' }))).code, 'CONFLICT');
  assert.equal((await storedMessages(server.app.core.db, other)).length, 3);
});

test('the same key in two conversations at once: one goes out, the other is a conflict', async () => {
  const [place, other] = [await freshPlace(), await freshPlace()];
  const answers = await Promise.all(
    [place, other].map((id) => anna.ask('send_message', text(id, 'Race', { id: 'race' }))),
  );
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code)).sort();
  assert.deepEqual(codes, ['CONFLICT', 'ok']);
});

test('keys are each agent’s own', async () => {
  const place = await freshPlace();
  await anna.get('send_message', text(place, 'Mine', { id: 'shared-key' }));
  const other = await sam.get('send_message', text(place, 'Hers', { id: 'shared-key' }));
  assert.equal(other.duplicate, undefined);
});

test('an id that is taken is not overwritten', async () => {
  const place = await freshPlace();
  const id = '019535d9-3df7-79fb-b466-fa907fa17aaa';
  await anna.get('send_message', text(place, 'Mine', { id }));
  const { message } = await sam.get('send_message', text(place, 'Hers', { id }));
  assert.notEqual(message?.id, id);
  assert.equal(message?.clientMessageId, id);
});

test('a failed message goes out again with a higher attempt, as the same message', async () => {
  const place = await freshPlace();
  const { message } = await anna.get('send_message', text(place, 'Try', { id: 'try' }));
  await reportStatus(server.app.core, 'north', {
    messageId: message!.id,
    attempt: 0,
    status: 'failed',
    error: { code: 'X', message: 'No.' },
  });
  const failed = await anna.next('new_message', ({ id, status }) => id === message!.id && status === 'failed');
  assert.deepEqual(failed.error, { code: 'X', message: 'No.' });
  assert.equal((await anna.get('send_message', text(place, 'Try', { id: 'try' }))).duplicate, true);
  const again = await anna.get('send_message', text(place, 'Try', { id: 'try', attempt: 1 }));
  assert.equal(again.duplicate, undefined);
  assert.deepEqual(
    [again.message?.id, again.message?.status, again.message?.attempt, again.message?.seq],
    [message!.id, 'sent', 1, 4],
  );
  assert.equal(again.message?.error, undefined);
  assert.equal((await jobsOf(message!.id)).length, 2);
  const late = await anna.get('send_message', text(place, 'Try', { id: 'try', attempt: 1 }));
  assert.equal(late.duplicate, true);
});

test('a new attempt asked for many times at once goes out once', async () => {
  const place = await freshPlace();
  const { message } = await anna.get('send_message', text(place, 'Try', { id: 'try-at-once' }));
  await reportStatus(server.app.core, 'north', { messageId: message!.id, attempt: 0, status: 'failed' });
  const lines = [anna, ...(await Promise.all([1, 2, 3].map(() => server.connect(ANNA))))];
  const answers = await Promise.all(
    lines.map((line) => line.get('send_message', text(place, 'Try', { id: 'try-at-once', attempt: 1 }))),
  );
  assert.equal(answers.filter(({ duplicate }) => !duplicate).length, 1);
  assert.deepEqual(new Set(answers.map((answer) => answer.message?.attempt)), new Set([1]));
  assert.equal((await jobsOf(message!.id)).length, 2);
});

test('statuses lead forward only, and a report of an older attempt is not believed', async () => {
  const place = await freshPlace();
  const { message } = await anna.get('send_message', text(place, 'Go', { id: 'go', attempt: 1 }));
  const report = (status: 'delivered' | 'read' | 'failed', attempt = 1) =>
    reportStatus(server.app.core, 'north', { messageId: message!.id, attempt, status });
  await report('read');
  const { rev } = await storedConversation(server.app.core.db, place);
  await report('delivered');
  await report('failed');
  await report('read');
  await report('read', 0);
  assert.equal((await storedConversation(server.app.core.db, place)).rev, rev);
  assert.equal((await storedMessages(server.app.core.db, place)).at(-1)?.status, 'read');
});

test('what is too long for the channel is refused with the field', async () => {
  const sms = await freshPlace('sms');
  const tooLong = await anna.refused('send_message', text(sms, 'x'.repeat(1601)));
  assert.deepEqual([tooLong.code, tooLong.field, tooLong.retryable], ['TOO_LARGE', 'content', false]);
  assert.match(tooLong.message, /SMS carries at most 1600 characters/);
});

test('whatever a channel’s sheet allows comes in, in every script; what is beyond is refused, and the line stays', async () => {
  let ended = false;
  anna.socket.once('disconnect', () => (ended = true));
  for (const { id, maxLength } of Object.values(CHANNELS)) {
    const place = await freshPlace(id);
    // One, three, two and six bytes for each unit on the wire.
    for (const longest of [
      'x'.repeat(maxLength),
      '漢'.repeat(maxLength),
      '😍'.repeat(maxLength / 2),
      '\u0001'.repeat(maxLength),
    ])
      assert.equal((await anna.get('send_message', text(place, longest))).message?.content, longest);
    const beyond = await anna.refused('send_message', text(place, 'x'.repeat(maxLength + 1)));
    assert.deepEqual([beyond.code, beyond.field, beyond.retryable], ['TOO_LARGE', 'content', false]);
  }
  const email = await freshPlace('email');
  await anna.get('send_message', text(email, 'x'.repeat(60_000)));
  await anna.get('send_message', text(email, '😍'.repeat(15_000)));
  for (const far of ['x'.repeat(250_000), '漢'.repeat(250_000), 'x'.repeat(1_000_000)])
    assert.equal((await anna.refused('send_message', text(email, far))).code, 'TOO_LARGE');
  assert.match((await anna.refused('send_message', text(email, 'x'.repeat(250_000)))).message, /longer than 240 kB/);
  assert.equal(ended, false);
});

test('what comes beside a message’s text is bounded, whatever it is called, and the HTML of an e-mail apart from it', async () => {
  const place = await freshPlace('email');
  const before = (await storedMessages(server.app.core.db, place)).length;
  const sized = (bytes: number, name = 'transcript') => text(place, 'x', { metadata: { [name]: 'a'.repeat(bytes) } });
  for (const ask of [
    sized(64 * 1024),
    sized(64 * 1024, 'of-my-own'),
    text(place, 'x', { metadata: { deep: Array.from({ length: 9000 }, () => ['漢']) } }),
    text(place, 'x', { metadata: { html: 'a', transcript: '漢'.repeat(22_000) } }),
  ]) {
    const { code, field, retryable, message } = await anna.refused('send_message', ask);
    assert.deepEqual([code, field, retryable], ['TOO_LARGE', 'metadata', false]);
    assert.match(message, /larger than 64 kB/);
  }
  const far = await anna.refused('send_message', sized(240 * 1024 + 1, 'html'));
  assert.deepEqual([far.code, far.field], ['TOO_LARGE', 'metadata.html']);
  assert.equal((await storedMessages(server.app.core.db, place)).length, before);
  await anna.get('send_message', sized(63 * 1024));
  const { message } = await anna.get('send_message', sized(240 * 1024, 'html'));
  assert.equal(message?.metadata?.html?.length, 240 * 1024);
});

test('an empty message and a link that runs are refused', async () => {
  const place = await freshPlace();
  assert.deepEqual((await anna.refused('send_message', text(place, '  \n'))).field, 'content');
  for (const imageUrl of ['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', 'java\tscript:x'])
    assert.equal(
      (await anna.refused('send_message', { ...text(place, ''), messageType: 'image', metadata: { imageUrl } })).field,
      'metadata.imageUrl',
    );
  assert.equal((await storedMessages(server.app.core.db, place)).length, 3);
});

test('an answer refers to a message of the same conversation, or is refused', async () => {
  const place = await freshPlace();
  const { message } = await anna.get('send_message', text(place, 'Yes', { replyTo: `${place}-1` }));
  assert.equal(message?.replyTo, `${place}-1`);
  assert.equal((await anna.refused('send_message', text(place, 'Yes', { replyTo: `${OF_ANNA}-1` }))).code, 'NOT_FOUND');
});

test('what cannot be stored as it is: zero characters are refused, half an emoji becomes a replacement', async () => {
  const place = await freshPlace();
  assert.equal((await anna.refused('send_message', text(place, 'a\0b'))).code, 'BAD_PAYLOAD');
  const { message } = await anna.get(
    'send_message',
    text(place, 'half \ud83d', { metadata: { fileName: '\ude00', other: { deep: '\ud83d' } } }),
  );
  assert.equal(message?.content, 'half \ufffd');
  const { message: whole } = await anna.get('send_message', text(place, 'whole 😍'));
  assert.equal(whole?.content, 'whole 😍');
});

test('the read marker moves forward only, not past the end, and is told once', async () => {
  const place = await freshPlace();
  assert.deepEqual(await anna.get('mark_as_read', { conversationId: place, upTo: { seq: 1 } }), {
    readSeq: 1,
    unreadCount: 1,
    rev: 4,
  });
  const event = await sam.next('conversation_updated', ({ id }) => id === place);
  assert.deepEqual([event.readSeq, event.unreadCount, event._sync?.r], [1, 1, 4]);
  assert.deepEqual(await anna.get('mark_as_read', { conversationId: place, upTo: { seq: 0 } }), {
    readSeq: 1,
    unreadCount: 1,
    rev: 4,
  });
  assert.deepEqual(await anna.get('mark_as_read', { conversationId: place, upTo: { seq: Number.MAX_SAFE_INTEGER } }), {
    readSeq: 3,
    unreadCount: 0,
    rev: 5,
  });
  assert.deepEqual(await anna.get('mark_as_read', { conversationId: place }), { readSeq: 3, unreadCount: 0, rev: 5 });
});

test('a message of another conversation marks nothing as read here, and its own conversation nothing there', async () => {
  const [here, there] = [await freshPlace(), await freshPlace()];
  const upTo = (conversationId: string, messageId: string) => ({ conversationId, upTo: { messageId } });
  const refused = await anna.refused('mark_as_read', upTo(here, `${there}-3`));
  assert.equal(refused.code, 'NOT_FOUND');
  for (const id of [here, there]) {
    const { readSeq, unreadCount, rev } = await storedConversation(server.app.core.db, id);
    assert.deepEqual([readSeq, unreadCount, rev], [0, 2, 3]);
  }
  assert.equal((await anna.get('mark_as_read', upTo(here, `${here}-1`))).readSeq, 1);
});

test('an unassigned conversation is everybody’s to answer, a colleague’s is not', async () => {
  const ben = await server.connect(BEN);
  await ben.get('send_message', text(OF_NOBODY, 'I take it', { id: 'take' }));
  await anna.next('new_message', ({ content }) => content === 'I take it');
  assert.equal((await anna.refused('send_message', text(OF_BEN, 'Not mine'))).code, 'NOT_FOUND');
});

test('without an ack function the message is stored all the same', async () => {
  const place = await freshPlace();
  anna.socket.emit('send_message', text(place, 'No ack'));
  await anna.next('new_message', ({ conversationId }) => conversationId === place);
  assert.equal((await storedMessages(server.app.core.db, place)).length, 4);
});

test('a colleague’s failed message is sent again as the message it is, once, and stays the colleague’s', async () => {
  const place = await freshPlace();
  const { message } = await anna.get('send_message', text(place, 'Please call', { clientMessageId: 'key-of-anna' }));
  await reportStatus(server.app.core, 'north', { messageId: message!.id, attempt: 0, status: 'failed' });
  const retry = text(place, 'Please call', { clientMessageId: 'key-of-anna', attempt: 1 });
  const again = await sam.get('send_message', retry);
  assert.deepEqual([again.message?.id, again.message?.senderId, again.message?.attempt], [message!.id, 'anna', 1]);
  assert.equal((await sam.get('send_message', retry)).duplicate, true);
  assert.equal((await storedMessages(server.app.core.db, place)).length, 4);
  assert.equal((await jobsOf(message!.id)).length, 2);
  assert.equal((await sam.refused('send_message', { ...retry, attempt: 2, content: 'Other words' })).code, 'CONFLICT');
});
