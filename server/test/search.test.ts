import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { messages } from '../src/database/schema.js';
import { addConversation, ANNA, SUPERVISOR } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let sam: Line;
before(async () => {
  server = await startServer();
  anna = await server.connect(ANNA);
  sam = await server.connect(SUPERVISOR);
});
after(() => server.close());

async function conversationSaying(id: string, words: Record<number, string>, assignedTo = 'anna', count = 5) {
  const { db } = server.app.core;
  await addConversation(db, { id, assignedTo, platform: 'telegram', messages: count });
  for (const [seq, content] of Object.entries(words))
    await db
      .update(messages)
      .set({ content })
      .where(eq(messages.id, `${id}-${seq}`));
}

const find = async (line: Line, query: string, conversationId?: string, more = {}) =>
  line.get('search_messages', { query, ...(conversationId !== undefined && { filter: { conversationId } }), ...more });

test('words are found newest first, whatever their case, with every place of them', async () => {
  await conversationSaying('words', { 1: 'An oak door', 3: 'OAK? Yes, oak.', 4: 'Beech' });
  const { hits, total, next } = await find(anna, 'oak', 'words');
  assert.deepEqual(
    hits.map(({ message, ranges }) => [message.seq, ranges]),
    [
      [
        3,
        [
          [0, 3],
          [10, 13],
        ],
      ],
      [1, [[3, 6]]],
    ],
  );
  assert.equal(total, 2);
  assert.equal(next, undefined);
});

test('every script is found as it is written, and signs are only signs', async () => {
  await conversationSaying('scripts', {
    1: 'İstanbul’da mı? ÇOK güzel 👍🏽 değil mi',
    2: '橡木门要多少钱？',
    3: 'كم سعر الباب؟',
    4: '100 % _sure_ \\ "quoted"',
    5: 'ΟΔΟΣ',
  });
  for (const [query, seq, found] of [
    ['çok', 1, 'ÇOK'],
    ['👍🏽 değil', 1, '👍🏽 değil'],
    ['木门', 2, '木门'],
    ['سعر', 3, 'سعر'],
    ['0 % _', 4, '0 % _'],
    ['\\ "', 4, '\\ "'],
    ['οδοσ', 5, 'ΟΔΟΣ'],
  ] as const) {
    const { hits } = await find(anna, query, 'scripts');
    const places = hits.map(({ message, ranges }) => [
      message.seq,
      ...ranges.map((range) => message.content.slice(...range)),
    ]);
    assert.deepEqual(places, [[seq, found]], query);
  }
  for (const nothing of ['100%', 'x%', '__', 'oak.*'])
    assert.deepEqual((await find(anna, nothing, 'scripts')).hits, []);
});

test('pages follow each other without a gap or a repetition', async () => {
  await addConversation(server.app.core.db, { id: 'paged', platform: 'telegram', assignedTo: 'anna', messages: 23 });
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await find(anna, 'of paged', 'paged', { limit: 5, ...(cursor !== undefined && { cursor }) });
    assert.equal(page.total, 23);
    seen.push(...page.hits.map(({ message }) => message.seq!));
    cursor = page.next;
  } while (cursor !== undefined);
  assert.deepEqual(
    seen,
    Array.from({ length: 23 }, (_, i) => 23 - i),
  );
});

test('without a conversation, all that the agent may see is searched, and nothing else', async () => {
  await conversationSaying('mine', { 2: 'A quartz sill' });
  await conversationSaying('theirs', { 2: 'A quartz step' }, 'ben');
  const places = async (line: Line) =>
    (await find(line, 'quartz')).hits.map(({ message }) => message.conversationId).sort();
  assert.deepEqual(await places(anna), ['mine']);
  assert.deepEqual(await places(sam), ['mine', 'theirs']);
});

test('a hidden conversation is refused like one that is not there, and a made-up cursor in words', async () => {
  const refused = async (conversationId: string) => {
    const answer = await anna.ask('search_messages', { query: 'x', filter: { conversationId } });
    assert.ok(!answer.ok);
    return answer.error;
  };
  await conversationSaying('hidden', { 1: 'x' }, 'ben');
  assert.deepEqual(await refused('hidden'), await refused('imagined'));
  const zero = Buffer.from(JSON.stringify([1, 1, 'a\0'])).toString('base64url');
  for (const cursor of ['7', '', 'W10', zero, Buffer.from('[1e99,1,"x"]').toString('base64url')]) {
    const answer = await anna.ask('search_messages', { query: 'x', cursor });
    assert.ok(!answer.ok);
    assert.deepEqual([answer.error.code, answer.error.field], ['BAD_PAYLOAD', 'cursor'], cursor);
  }
});
