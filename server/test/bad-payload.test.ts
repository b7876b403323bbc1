import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'drizzle-orm';
import { clientEvents, type ClientEventName } from '../../src/contract/index.js';
import { rowsOf } from '../src/database/open.js';
import { PACKET_MAX } from '../src/limits.js';
import { LIMITS } from '../src/realtime/gateway.js';
import { ANNA, OF_ANNA, prospectOf } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
const lines: string[] = [];
before(async () => {
  server = await startServer({ log: (line) => lines.push(line) });
  anna = await server.connect(ANNA);
});
after(() => server.close());

type Refused = { ok: boolean; error?: { code: string; message: string; retryable: boolean; field?: string } };
const TABLES = [
  'conversations',
  'messages',
  'prospects',
  'clients',
  'client_notes',
  'client_quotes',
  'operations',
  'chat_settings',
  'platform_jobs',
];
const everything = async () =>
  JSON.stringify(
    await Promise.all(
      TABLES.map((table) => rowsOf(server.app.core.db, sql.raw(`select * from ${table} order by 1, 2`))),
    ),
  );

/** Payloads that no event takes, whatever its schema. */
const nonsense: unknown[] = [
  'text',
  7,
  true,
  [],
  [[]],
  [{}],
  () => {},
  Buffer.from('binary'),
  { file: Buffer.from('binary') },
].filter((value) => typeof value !== 'function');

/** For each event what is wrong with it, and the field that must be named. */
const wrong: Record<ClientEventName, [ask: unknown, field: string][]> = {
  load_conversations: [
    [{ limit: 0 }, 'limit'],
    [{ limit: 1e9 }, 'limit'],
    [{ ids: Array.from({ length: 501 }, (_, i) => `${i}`) }, 'ids'],
    [{ since: { epoch: 1, head: 1 } }, 'since.epoch'],
    [{ before: { lastActivity: 'never', id: 'x' } }, 'before.lastActivity'],
    [{ before: { lastActivity: '+275760-09-13T00:00:00Z', id: 'x' } }, 'before.lastActivity'],
    [{ filter: { view: 'everything' } }, 'filter.view'],
    [{ filter: { text: { $ne: '' } } }, 'filter.text'],
  ],
  load_prospects: [[{ before: 5 }, 'before']],
  load_clients: [[{ ids: 'all' }, 'ids']],
  load_messages: [
    [{}, 'conversationId'],
    [{ conversationId: '' }, 'conversationId'],
    [{ conversationId: 'x'.repeat(201) }, 'conversationId'],
    [{ conversationId: OF_ANNA, before: -1 }, 'before'],
    [{ conversationId: OF_ANNA, before: 1.5 }, 'before'],
  ],
  send_message: [
    [{}, 'conversationId'],
    [{ conversationId: OF_ANNA, messageType: 'text' }, 'content'],
    [{ conversationId: OF_ANNA, content: 'x' }, 'messageType'],
    [{ conversationId: OF_ANNA, content: 'x', messageType: 'text', senderType: 'prospect' }, 'senderType'],
    [{ conversationId: OF_ANNA, content: 'x', messageType: 'text', attempt: 'two' }, 'attempt'],
  ],
  mark_as_read: [[{ conversationId: OF_ANNA, upTo: 3 }, 'upTo']],
  convert_prospect: [
    [{ prospectId: prospectOf(OF_ANNA) }, 'clientData'],
    [{ prospectId: prospectOf(OF_ANNA), clientData: { firstName: ' ' } }, 'clientData.firstName'],
    [{ prospectId: prospectOf(OF_ANNA), clientData: { firstName: 'A', email: 'nobody' } }, 'clientData.email'],
    [{ prospectId: prospectOf(OF_ANNA), clientData: { firstName: 'A', email: 'a@b' } }, 'clientData.email'],
    [{ prospectId: prospectOf(OF_ANNA), clientData: { firstName: 'A', phone: '12345' } }, 'clientData.phone'],
    [{ prospectId: prospectOf(OF_ANNA), clientData: { firstName: 'A', phone: 'call me' } }, 'clientData.phone'],
  ],
  add_client_note: [[{ clientId: 'x', content: '' }, 'content']],
  update_chat_settings: [
    [{ botEnabled: 'yes' }, 'botEnabled'],
    [{ conversationId: OF_ANNA, autoResponse: true }, 'botEnabled'],
  ],
  typing: [[{ conversationId: OF_ANNA }, 'isTyping']],
  load_agents: [],
  view_conversation: [[{}, 'conversationId']],
  update_client: [[{ clientId: 'x' }, 'patch']],
  add_client_quote: [[{ clientId: 'x', quote: { title: 'x', amount: 1, currency: 'euro' } }, 'quote.currency']],
  update_client_quote: [[{ clientId: 'x', quoteId: 'x', patch: { amount: 'much' } }, 'patch.amount']],
  update_client_note: [[{ clientId: 'x', content: 'x' }, 'noteId']],
  delete_client_note: [[{ clientId: 'x' }, 'noteId']],
  search_messages: [[{ query: '' }, 'query']],
  load_templates: [[{}, 'platform']],
  load_quick_replies: [],
  save_draft: [[{ conversationId: OF_ANNA, mode: 'shout', content: 'x' }, 'mode']],
};

test('every event refuses what is not as agreed: a typed error with the field, one line in the log, nothing changed', async () => {
  const before = await everything();
  for (const name of Object.keys(clientEvents) as ClientEventName[]) {
    const cases: [unknown, string | undefined][] = [
      ...wrong[name],
      ...nonsense.map((value): [unknown, undefined] => [value, undefined]),
    ];
    for (const [ask, field] of cases) {
      lines.length = 0;
      const { ok, error }: Refused = await anna.raw(name, ask);
      const about = `${name} ${JSON.stringify(ask)?.slice(0, 80)}`;
      assert.equal(ok, false, about);
      assert.equal(error?.code, 'BAD_PAYLOAD', about);
      assert.equal(error?.retryable, false, about);
      assert.ok(error?.message && !/undefined|\[object/.test(error.message), about);
      if (field) assert.equal(error?.field, field, about);
      const logged = lines.map((line) => JSON.parse(line) as { msg: string; event?: string });
      assert.deepEqual(
        logged.map(({ msg, event }) => [msg, event]),
        [['refused', name]],
        about,
      );
    }
  }
  assert.equal(await everything(), before);
  assert.equal((await anna.ask('load_conversations')).ok, true);
});

test('an event that does not exist is refused and changes nothing, also one named like a part of an object', async () => {
  for (const name of ['nonsense', 'toString', '__proto__', 'constructor', 'hasOwnProperty'])
    assert.equal(((await anna.raw(name, {})) as Refused).error?.code, 'BAD_PAYLOAD', name);
});

test('keys that mean something to JavaScript are data, or nothing', async () => {
  const hostile = JSON.parse(
    '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
  ) as object;
  await anna.raw('send_message', { conversationId: OF_ANNA, content: 'x', messageType: 'text', metadata: hostile });
  assert.equal(({} as { polluted?: boolean }).polluted, undefined);
});

test('bottomless nesting is refused, and a packet over the limit ends the connection', async () => {
  let deep: unknown = 'x';
  for (let i = 0; i < 1500; i++) deep = { deep };
  const answer: Refused = await anna.raw('send_message', {
    conversationId: OF_ANNA,
    content: 'x',
    messageType: 'text',
    metadata: { deep },
  });
  assert.equal(answer.error?.code, 'BAD_PAYLOAD');
  const line = await server.connect(ANNA);
  const ended = new Promise((done) => line.socket.once('disconnect', done));
  line.socket.emit('load_conversations', { huge: 'x'.repeat(PACKET_MAX) });
  await ended;
  assert.equal((await anna.ask('load_agents')).ok, true);
});

test('logs hold neither what people write nor their tokens', async () => {
  lines.length = 0;
  const secret = 'a very private sentence';
  await anna.raw('send_message', { conversationId: OF_ANNA, content: secret, messageType: 5 });
  await anna.raw('send_message', { conversationId: OF_ANNA, content: secret, messageType: 'text', replyTo: secret });
  // A fault inside: the query's own error repeats its parameters.
  await server.app.core.db.execute(sql`alter table platform_jobs rename to away`);
  const fault: Refused = await anna.raw('send_message', {
    conversationId: OF_ANNA,
    content: secret,
    messageType: 'text',
  });
  await server.app.core.db.execute(sql`alter table away rename to platform_jobs`);
  assert.equal(fault.error?.code, 'INTERNAL');
  assert.equal(fault.error?.retryable, true);
  assert.equal(lines.length, 3);
  assert.ok(!lines.join('').includes(secret), lines.join(''));
  assert.ok(!JSON.stringify(fault).includes('platform_jobs'));
});

test('too many requests are held back with the time to wait, and let through again after it', async () => {
  const own = await startServer({ limits: LIMITS });
  try {
    const line = await own.connect(ANNA);
    const answers = (await Promise.all(Array.from({ length: 140 }, () => line.raw('load_agents', {})))) as Refused[];
    const held = answers.filter(({ ok }) => !ok);
    assert.equal(held.length, 20);
    assert.ok(held.every(({ error }) => error?.code === 'RATE_LIMITED' && error.retryable));
    const wait = (held[0]!.error as { retryAfterMs?: number }).retryAfterMs!;
    assert.ok(wait > 0 && wait <= 1000);
    own.world.advance(wait);
    assert.equal((await line.ask('load_agents')).ok, true);
    own.world.advance(60_000);
    const sends = (await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        line.raw('send_message', { conversationId: OF_ANNA, content: `${i}`, messageType: 'text' }),
      ),
    )) as Refused[];
    assert.equal(sends.filter(({ ok }) => ok).length, 30);
  } finally {
    await own.close();
  }
});
