import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq, sql } from 'drizzle-orm';
import { assignConversation } from '../src/conversations/change.js';
import { readEpoch } from '../src/database/epoch.js';
import { conversations, messages } from '../src/database/schema.js';
import { receiveMessage } from '../src/messages/receive.js';
import { addConversation, ANNA, OF_ANNA, OF_NOBODY, prospectOf, SUPERVISOR } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let sam: Line;
const core = () => server.app.core;
before(async () => {
  server = await startServer();
  anna = await server.connect(ANNA);
  sam = await server.connect(SUPERVISOR);
});
after(() => server.close());

const cursorOf = async (line: Line) => {
  const answer = await line.ask('load_conversations');
  assert.ok(answer.ok && answer.sync);
  return { epoch: answer.sync.epoch, head: answer.sync.head };
};

test('the first answer tells the level, what is announced, the counts, the settings and the contacts', async () => {
  const answer = await anna.ask('load_conversations');
  assert.ok(answer.ok);
  assert.equal(answer.sync?.v, 1);
  assert.equal(answer.sync.epoch, core().epoch);
  assert.deepEqual(answer.sync.features, {
    typing: true,
    clients: true,
    agents: { me: 'anna' },
    internal_notes: true,
    drafts: true,
    search: true,
    uploads: core().files!.announced,
  });
  assert.deepEqual(answer.data.counts, { all: 2, mine: 1, unassigned: 1, bot: 0 });
  assert.equal(answer.data.settings?.botEnabled, false);
  assert.deepEqual(answer.data.prospects?.map(({ id }) => id).sort(), [prospectOf(OF_ANNA), prospectOf(OF_NOBODY)]);
  const [first] = answer.data.conversations;
  assert.equal(first?.lastMessage?.seq, 3);
  assert.deepEqual([first?.rev, first?.lastSeq, first?.readSeq], [3, 3, 0]);
});

test('a request without a payload, as servers in the field know it, is answered', async () => {
  for (const name of ['load_conversations', 'load_prospects', 'load_clients']) {
    const answer: { ok: boolean } = await anna.raw(name);
    assert.equal(answer.ok, true, name);
    assert.deepEqual(await anna.raw(name, null), answer, name);
  }
});

test('pages follow each other without a gap or a repetition, also where many were active in the same millisecond', async () => {
  const moment = new Date('2026-02-01T00:00:00Z');
  for (let i = 0; i < 25; i++)
    await addConversation(core().db, {
      id: `page-${String(i).padStart(2, '0')}`,
      assignedTo: 'sam',
      platform: 'email',
      messages: 1,
      lastActivity: i < 20 ? moment : new Date(moment.getTime() - i),
    });
  const ids: string[] = [];
  let before: { lastActivity: string; id: string } | undefined;
  for (;;) {
    const page = await sam.get('load_conversations', { limit: 7, filter: { view: 'mine' }, ...(before && { before }) });
    ids.push(...page.conversations.map(({ id }) => id));
    const last = page.conversations.at(-1)!;
    before = { lastActivity: last.lastActivity, id: last.id };
    if (!page.hasMore) break;
  }
  assert.equal(ids.length, 25);
  assert.equal(new Set(ids).size, 25);
  assert.equal(ids[0], 'page-19');
});

test('views and searches find what they say, and a search is no pattern', async () => {
  await addConversation(core().db, {
    id: 'odd',
    assignedTo: 'anna',
    platform: 'sms',
    name: '100% _Oak_ \\ Kitchen',
    botEnabled: true,
  });
  const find = async (filter: object) =>
    (await anna.get('load_conversations', { filter })).conversations.map(({ id }) => id);
  assert.deepEqual(await find({ view: 'bot' }), ['odd']);
  assert.deepEqual(await find({ view: 'unassigned' }), [OF_NOBODY]);
  assert.deepEqual((await find({ view: 'mine' })).sort(), [OF_ANNA, 'odd']);
  assert.deepEqual(await find({ text: '100% _oak_ \\' }), ['odd']);
  assert.deepEqual(await find({ text: '%' }), ['odd']);
  assert.deepEqual(await find({ text: 'a_b' }), []);
  assert.deepEqual(await find({ text: "'; drop table messages; --" }), []);
  assert.deepEqual(await find({ text: `message 3 of ${OF_ANNA}` }), [OF_ANNA]);
  assert.deepEqual(await find({ prospectId: prospectOf('odd') }), ['odd']);
  assert.deepEqual(await find({ view: 'mine', text: 'nobody' }), []);
});

test('the general bot switch decides where a conversation has none of its own', async () => {
  await sam.get('update_chat_settings', { botEnabled: true });
  const { counts } = await sam.get('load_conversations', { limit: 1 });
  assert.equal(counts?.bot, counts?.all);
  await anna.get('update_chat_settings', { conversationId: OF_ANNA, botEnabled: false });
  const event = await anna.next('conversation_updated', ({ id }) => id === OF_ANNA);
  assert.equal(event.botEnabled, false);
  assert.equal((await sam.get('load_conversations', { limit: 1 })).counts?.bot, counts!.bot - 1);
  await sam.get('update_chat_settings', { botEnabled: false });
});

test('since: nothing, then exactly what changed, then nothing again', async () => {
  const start = await cursorOf(anna);
  const idle = await anna.get('load_conversations', { since: start });
  assert.deepEqual([idle.conversations, idle.removed, idle.reset], [[], [], undefined]);
  await receiveMessage(core(), { tenantId: 'north', conversationId: OF_NOBODY, content: 'New' });
  const answer = await anna.ask('load_conversations', { since: start });
  assert.ok(answer.ok && answer.sync);
  assert.deepEqual(
    answer.data.conversations.map(({ id }) => id),
    [OF_NOBODY],
  );
  assert.equal(answer.data.conversations[0]?.lastMessage?.content, 'New');
  const after = await anna.get('load_conversations', { since: { epoch: answer.sync.epoch, head: answer.sync.head } });
  assert.deepEqual(after.conversations, []);
});

test(
  'since: a transaction that began before and ended after the list was read is not missed',
  { skip: !process.env.TEST_DATABASE_URL && 'one connection: there is no such thing' },
  async () => {
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    let begun = () => {};
    const started = new Promise<void>((done) => (begun = done));
    const slow = core().write(async (tx) => {
      await tx
        .update(conversations)
        .set({ rev: sql`${conversations.rev} + 1`, changedXid: sql`pg_current_xact_id()::text::bigint` as never })
        .where(eq(conversations.id, OF_ANNA));
      begun();
      await held;
    });
    await started;
    // Somebody else commits meanwhile, with a higher transaction number.
    await receiveMessage(core(), { tenantId: 'north', conversationId: OF_NOBODY, content: 'Meanwhile' });
    const between = await cursorOf(anna);
    release();
    await slow;
    const { conversations: changed } = await anna.get('load_conversations', { since: between });
    assert.ok(changed.some(({ id }) => id === OF_ANNA));
  },
);

test('since: another epoch, or too much, begins anew', async () => {
  const { head } = await cursorOf(sam);
  const other = await sam.get('load_conversations', { since: { epoch: 'another', head } });
  assert.equal(other.reset, true);
  assert.ok(other.conversations.length > 0);
  assert.equal((await sam.get('load_prospects', { since: { epoch: 'another', head } })).reset, true);
  const cursor = await cursorOf(sam);
  const many = Array.from({ length: 510 }, (_, i) => `many-${i}`);
  await core().db.transaction(async (tx) => {
    for (const id of many)
      await addConversation(tx as never, {
        id,
        assignedTo: 'sam',
        platform: 'sms',
        messages: 0,
        prospectId: prospectOf(OF_ANNA),
      });
  });
  const much = await sam.get('load_conversations', { since: cursor });
  assert.equal(much.reset, true);
  assert.equal(much.conversations.length, 50);
});

test('a database put back from a backup begins a new epoch', async () => {
  const { db, world } = core();
  assert.equal(await readEpoch(db, world), core().epoch);
  await db
    .update(conversations)
    .set({ changedXid: 2 ** 40 })
    .where(eq(conversations.id, OF_ANNA));
  const fresh = await readEpoch(db, world);
  assert.notEqual(fresh, core().epoch);
  assert.equal(await readEpoch(db, world), fresh);
});

test('windows of a history: newest, before, after, around, each in order and with what lies beyond', async () => {
  const id = 'history';
  await addConversation(core().db, { id, assignedTo: 'anna', platform: 'telegram', messages: 120 });
  const load = async (ask: object) => {
    const page = await anna.get('load_messages', { conversationId: id, ...ask });
    const seqs = page.messages.map(({ seq }) => seq!);
    assert.deepEqual(
      seqs,
      [...seqs].sort((a, b) => a - b),
    );
    return [seqs[0], seqs.at(-1), seqs.length, page.hasMore, page.hasMoreAfter];
  };
  assert.deepEqual(await load({}), [71, 120, 50, true, false]);
  assert.deepEqual(await load({ before: 71, limit: 40 }), [31, 70, 40, true, true]);
  assert.deepEqual(await load({ before: 31, limit: 40 }), [1, 30, 30, false, true]);
  assert.deepEqual(await load({ before: 1 }), [undefined, undefined, 0, false, false]);
  assert.deepEqual(await load({ after: 100 }), [101, 120, 20, true, false]);
  assert.deepEqual(await load({ after: 10, limit: 5 }), [11, 15, 5, true, true]);
  assert.deepEqual(await load({ after: Number.MAX_SAFE_INTEGER }), [undefined, undefined, 0, true, false]);
  assert.deepEqual(await load({ around: `${id}-60`, limit: 20 }), [50, 69, 20, true, true]);
  assert.deepEqual(await load({ around: `${id}-1`, limit: 20 }), [1, 20, 20, false, true]);
  assert.equal((await anna.refused('load_messages', { conversationId: id, around: `${OF_ANNA}-1` })).code, 'NOT_FOUND');
});

test('sinceRev: what changed in a conversation and nothing else; too much or an unknown past begins anew', async () => {
  const id = 'changes';
  await addConversation(core().db, { id, assignedTo: 'anna', platform: 'telegram', messages: 10 });
  assert.deepEqual((await anna.get('load_messages', { conversationId: id, sinceRev: 10 })).messages, []);
  await receiveMessage(core(), { tenantId: 'north', conversationId: id, content: 'Eleven' });
  await anna.get('mark_as_read', { conversationId: id });
  const changed = await anna.get('load_messages', { conversationId: id, sinceRev: 10 });
  assert.deepEqual(
    changed.messages.map(({ seq, rev }) => [seq, rev]),
    [[11, 11]],
  );
  assert.deepEqual([changed.rev, changed.lastSeq, changed.reset], [12, 11, undefined]);
  assert.equal((changed.conversation as { readSeq: number }).readSeq, 11);
  assert.equal((await anna.get('load_messages', { conversationId: id, sinceRev: 13 })).reset, true);
  assert.equal((await anna.get('load_messages', { conversationId: id, sinceRev: 10, epoch: 'another' })).reset, true);
  await core().db.update(messages).set({ rev: 12 }).where(eq(messages.conversationId, id));
  assert.equal((await anna.get('load_messages', { conversationId: id, sinceRev: 11 })).messages.length, 11);
  await addConversation(core().db, { id: 'much', assignedTo: 'anna', platform: 'telegram', messages: 600 });
  const much = await anna.get('load_messages', { conversationId: 'much', sinceRev: 1 });
  assert.deepEqual([much.reset, much.messages.length, much.messages.at(-1)?.seq], [true, 50, 600]);
});

test('one change is one revision and one event, and the events count without a gap', async () => {
  const id = 'counted';
  await addConversation(core().db, { id, assignedTo: 'anna', platform: 'whatsapp' });
  const watcher = await server.connect(SUPERVISOR);
  const place = { tenantId: 'north', conversationId: id };
  await receiveMessage(core(), { ...place, content: 'One' });
  await anna.get('send_message', { conversationId: id, content: 'Two', messageType: 'text' });
  await anna.get('mark_as_read', { conversationId: id });
  await anna.get('update_chat_settings', { conversationId: id, botEnabled: true });
  await anna.get('convert_prospect', {
    prospectId: prospectOf(id),
    clientData: { firstName: 'C', lastName: '', email: '', phone: '' },
  });
  await assignConversation(core(), place, null);
  await watcher.settled();
  const counted = watcher.heard.filter(
    ({ payload }) => payload._sync && (payload.id === id || payload.conversationId === id),
  );
  assert.deepEqual(
    counted.map(({ name, payload }) => [name, payload._sync?.r]),
    [
      ['new_message', 4],
      ['new_message', 5],
      ['conversation_updated', 6],
      ['conversation_updated', 7],
      ['conversation_updated', 8],
      ['conversation_updated', 9],
    ],
  );
});
