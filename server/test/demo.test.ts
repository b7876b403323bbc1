import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as v from 'valibot';
import { ChatMessage, Client, Conversation, Prospect } from '../../src/contract/index.js';
import { paper } from '../src/demo/media.js';
import { createDice } from '../src/demo/random.js';
import { composeDemo, DEMO_LONG_MESSAGES, DEMO_MESSAGES, seedIfEmpty } from '../src/demo/seed.js';
import { keyOf } from '../src/key-of.js';
import { openLine, startServer, type Line, type TestServer } from './support/server.js';
import { createTestWorld } from './support/world.js';

const world = createTestWorld(Date.parse('2026-11-22T10:30:00Z'));
let server: TestServer;
let marta: Line;
before(async () => {
  server = await startServer({ empty: true, world });
  assert.equal(await seedIfEmpty(server.app.core.db, world, 1), true);
  marta = await openLine(server.url, { token: (await signIn('marta')).token });
});
after(async () => {
  marta.socket.disconnect();
  await server.close();
});

async function signIn(agentId: unknown, url = server.url) {
  const answer = await fetch(`${url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId }),
  });
  return { status: answer.status, ...((await answer.json()) as { token: string; agent: { name: string } }) };
}

test('the same seed is the same demo, another seed another', () => {
  const compose = (seed: number) => JSON.stringify(composeDemo(createDice(seed), 1_790_000_000_000));
  assert.equal(compose(5), compose(5));
  assert.notEqual(compose(5), compose(6));
});

test('sixty contacts, three thousand messages and five thousand more in one, for several seeds', () => {
  for (const seed of [1, 2, 20261117]) {
    const demo = composeDemo(createDice(seed), 1_790_000_000_000);
    const lengths = demo.threads.map(({ messages }) => messages.length);
    assert.equal(demo.contacts.length, 60);
    assert.equal(Math.max(...lengths), DEMO_LONG_MESSAGES);
    assert.equal(
      lengths.reduce((a, b) => a + b),
      DEMO_MESSAGES + DEMO_LONG_MESSAGES,
    );
    for (const { messages, conversation } of demo.threads) {
      const times = messages.map(({ timestamp }) => timestamp.getTime());
      assert.deepEqual(
        times,
        [...times].sort((a, b) => a - b),
        'in the order in which they were said',
      );
      assert.ok(times.at(-1)! <= 1_790_000_000_000);
      assert.equal(conversation.lastSeq, messages.length);
    }
  }
});

test('every type, status, channel and quote is there to be looked at', () => {
  const demo = composeDemo(createDice(1), 1_790_000_000_000);
  const messages = demo.threads.flatMap((thread) => thread.messages);
  const has = (values: unknown[], expected: string[]) => assert.deepEqual([...new Set(values)].sort(), expected.sort());
  has(
    messages.map((m) => m.messageType),
    ['text', 'image', 'file', 'audio', 'location', 'contact', 'email', 'poll'],
  );
  has(
    messages.map((m) => m.status),
    ['sent', 'delivered', 'read', 'failed'],
  );
  has(
    messages.map((m) => m.senderType),
    ['prospect', 'agent', 'bot', 'system'],
  );
  has(
    demo.contacts.map((c) => c.platform),
    ['whatsapp', 'instagram', 'facebook', 'telegram', 'email', 'sms'],
  );
  has(
    demo.clients.flatMap((c) => c.quotes.map((q) => q.status)),
    ['draft', 'sent', 'accepted', 'rejected', 'expired'],
  );
  assert.ok(demo.contacts.some(({ name }) => name === null));
  assert.ok(messages.some((m) => m.status === 'failed' && m.error?.message));
  assert.ok(messages.some((m) => m.visibility === 'internal'));
  for (const what of ['editedAt', 'deletedAt', 'reactions'] as const)
    assert.ok(
      messages.some((m) => m[what]),
      what,
    );
  // Of the channels that count, one is about to close and others have closed.
  const left = demo.threads
    .filter(({ conversation }) => conversation.platform === 'whatsapp' && conversation.status === 'active')
    .map(({ conversation }) => conversation.lastInboundAt!.getTime() + 24 * 3_600_000 - 1_790_000_000_000);
  assert.ok(left.some((ms) => ms > 0 && ms < 4 * 3_600_000));
  assert.ok(left.some((ms) => ms < 0));
});

test('what the demo says is what the contract allows', async () => {
  const { conversations, prospects, hasMore } = await marta.get('load_conversations', { limit: 200 });
  assert.equal(hasMore, false);
  v.parse(v.array(Conversation), conversations);
  v.parse(v.array(Prospect), prospects);
  v.parse(v.array(Client), (await marta.get('load_clients', { limit: 200 })).clients);
  for (const { id } of conversations.slice(0, 12))
    v.parse(v.array(ChatMessage), (await marta.get('load_messages', { conversationId: id, limit: 200 })).messages);
});

test('Camila is the newest and hers is the picture’s conversation', async () => {
  const { conversations, prospects } = await marta.get('load_conversations', { limit: 1 });
  assert.equal(prospects?.[0]?.name, 'Camila Ferreira');
  assert.equal(prospects[0].identifier, '+351 910 000 142');
  assert.deepEqual(
    [conversations[0]?.platform, conversations[0]?.unreadCount, conversations[0]?.assignedTo],
    ['whatsapp', 3, 'marta'],
  );
  assert.equal(conversations[0]?.lastMessage?.content, 'And could you start before Christmas?');
});

test('a database that holds something is not filled again', async () => {
  assert.equal(await seedIfEmpty(server.app.core.db, world, 1), false);
});

test('the sign-in knows the four agents and nobody else, and can be tired out', async () => {
  const { agents } = (await (await fetch(`${server.url}/api/demo/agents`)).json()) as { agents: { name: string }[] };
  assert.deepEqual(agents.map(({ name }) => name).sort(), ['Inês Duarte', 'Jonas Falk', 'Marta Reis', 'Tomás Lind']);
  assert.equal((await signIn('tomas')).agent.name, 'Tomás Lind');
  assert.equal((await signIn('nobody')).status, 404);
  assert.equal((await signIn({ $ne: '' })).status, 400);
  let last = 200;
  for (let i = 0; i < 70 && last === 200; i++) last = (await signIn('tomas')).status;
  assert.equal(last, 429);
  world.advance(60_000);
  assert.equal((await signIn('tomas')).status, 200);
});

test('pages come with a policy under which nothing foreign runs, and nobody keeps them', async () => {
  for (const path of ['/chat', '/chat/some-conversation', '/customer']) {
    const answer = await fetch(server.url + path);
    assert.equal(answer.status, 200, path);
    const policy = answer.headers.get('content-security-policy')!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.ok(!policy.includes('unsafe'), policy);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.ok(!/<script>|<style|style=|onclick/.test(await answer.text()), path);
  }
  const home = await fetch(server.url, { redirect: 'manual' });
  assert.deepEqual([home.status, home.headers.get('location')], [302, '/chat']);
  for (const path of [
    '/pages/routes.ts',
    '/pages/%2e%2e/app.ts',
    '/lib/../package.json',
    '/pages/chat.html',
    '/nothing',
  ])
    assert.equal((await fetch(server.url + path)).status, 404, path);
});

test('pictures, voices and papers are served so that they can do nothing', async () => {
  const get = (path: string, headers = {}) => fetch(`${server.url}/demo-media/${path}`, { headers });
  const photo = await get('photos/kitchen-7.svg');
  assert.equal(photo.headers.get('content-type'), 'image/svg+xml');
  assert.match(photo.headers.get('content-security-policy')!, /sandbox; default-src 'none'/);
  assert.equal(await (await get('photos/kitchen-7.svg')).text(), await photo.text());
  const voice = await get('voices/voice-18.wav', { range: 'bytes=0-3' });
  assert.deepEqual(
    [voice.status, await voice.text(), voice.headers.get('content-range')],
    [206, 'RIFF', 'bytes 0-3/144044'],
  );
  assert.equal((await get('voices/voice-18.wav', { range: 'bytes=999999-' })).status, 416);
  const file = await get(`files/${encodeURIComponent('Q-2041 Oak kitchen.pdf')}`);
  assert.match(file.headers.get('content-disposition')!, /^attachment/);
  assert.equal(Buffer.from(await file.arrayBuffer()).compare(paper('Q-2041 Oak kitchen.pdf')), 0);
  for (const path of ['photos/kitchen-x.svg', 'voices/voice-999.wav', 'files/..%2fx.pdf', 'files/a"b.pdf'])
    assert.equal((await get(path)).status, 404, path);
});

test('production has no sign-in without a password, no customer page and no customer’s door', async () => {
  const own = await startServer({ settings: { production: true } });
  try {
    for (const path of [
      '/api/demo/agents',
      '/chat',
      '/customer',
      '/',
      '/demo-media/photos/kitchen-1.svg',
      '/socket.io/socket.io.esm.min.js',
    ])
      assert.ok((await fetch(own.url + path, { redirect: 'manual' })).status >= 400, path);
    assert.equal((await signIn('marta', own.url)).status, 404);
    await assert.rejects(openLine(`${own.url}/customer`, {}), /Invalid namespace/);
    assert.equal((await fetch(`${own.url}/healthz`)).status, 200);
  } finally {
    await own.close();
  }
});

test('somebody on the customer’s page writes, sees who types, and gets the answer live', async () => {
  const [place] = (await marta.get('load_conversations', { limit: 1 })).conversations;
  const customer = await openLine(`${server.url}/customer`, {});
  const { data }: { data: { contacts: { conversationId: string }[] } } = await customer.raw('contacts', {});
  assert.equal(data.contacts[0]?.conversationId, place!.id);
  await customer.raw('open', { conversationId: place!.id });
  await customer.raw('typing', { isTyping: true });
  assert.equal((await marta.next('typing', (p) => p.conversationId === place!.id)).name, 'Camila Ferreira');
  await customer.raw('say', { content: 'Are you there?' });
  const heard = await marta.next('new_message', (p) => p.content === 'Are you there?');
  assert.equal(heard.senderType, 'prospect');
  await marta.raw('typing', { conversationId: place!.id, isTyping: true });
  assert.equal((await customer.next('typing', (p) => p.isTyping === true)).name, 'Marta Reis');
  await marta.get('send_message', { conversationId: place!.id, content: 'Yes, I am', messageType: 'text' });
  await customer.next('message', (p) => p.content === 'Yes, I am');
  assert.equal(((await customer.raw('say', { content: 5 })) as { ok: boolean }).ok, false);
  assert.equal(((await customer.raw('open', { conversationId: 'nowhere' })) as { ok: boolean }).ok, false);
  customer.socket.disconnect();
});

test('a conversation that does not exist is not opened: no room is kept for it, and the one before stays open', async () => {
  const customer = await openLine(`${server.url}/customer`, {});
  const rooms = () => [...(server.app.sockets.of('/customer').adapter.sids.get(customer.socket.id!) ?? [])].slice(1);
  const open = (conversationId: string) => customer.raw('open', { conversationId }) as Promise<{ ok: boolean }>;
  const { data }: { data: { contacts: { conversationId: string }[] } } = await customer.raw('contacts', {});
  const [first, second] = data.contacts.map(({ conversationId }) => conversationId) as [string, string];
  assert.equal((await open('nowhere')).ok, false);
  assert.deepEqual(rooms(), []);
  await open(first);
  assert.equal((await open('nowhere')).ok, false);
  assert.deepEqual(rooms(), [keyOf('conversation', first)]);
  await customer.raw('say', { content: 'Still here' });
  await customer.next('message', ({ content }) => content === 'Still here');
  // However fast one changes places, one room is left.
  await Promise.all([open(second), open(first), open(second)]);
  assert.deepEqual(rooms(), [keyOf('conversation', second)]);
  customer.socket.disconnect();
});
