import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SignJWT, UnsecuredJWT } from 'jose';
import { ANNA, BEN, OF_ANNA, OF_BEN, OF_NOBODY, STRANGER, SUPERVISOR } from './support/office.js';
import { openLine, refusedConnection, SECRET, startServer, type TestServer } from './support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

const key = new TextEncoder().encode(SECRET);
const seconds = () => Math.floor(server.world.now().getTime() / 1000);

/** A good token, with one thing changed. */
function forge(change: {
  alg?: string;
  key?: Uint8Array;
  issuer?: string;
  audience?: string;
  exp?: number | null;
  claims?: Record<string, unknown>;
}) {
  const jwt = new SignJWT({ tenant: 'north', role: 'agent', name: 'Anna', sub: 'anna', ...change.claims })
    .setProtectedHeader({ alg: change.alg ?? 'HS256' })
    .setIssuer(change.issuer ?? 'crm-chat')
    .setAudience(change.audience ?? 'crm-chat');
  if (change.exp !== null) jwt.setExpirationTime(change.exp ?? seconds() + 60);
  return jwt.sign(change.key ?? key);
}

test('a good token comes in', async () => {
  const line = await openLine(server.url, { token: await forge({}) });
  assert.equal((await line.ask('load_agents')).ok, true);
  line.socket.disconnect();
});

test('no token, another form of token, or nothing at all stays outside', async () => {
  for (const auth of [
    {},
    { token: '' },
    { token: 5 },
    { token: null },
    { token: 'x'.repeat(9000) },
    { token: 'a.b.c' },
  ]) {
    const error = await refusedConnection(server.url, auth);
    assert.equal(error.data?.code, 'UNAUTHENTICATED');
    assert.ok(error.data.message);
  }
});

test('an expired token is told apart, so that the page can fetch a fresh one', async () => {
  const error = await refusedConnection(server.url, { token: await forge({ exp: seconds() - 1 }) });
  assert.equal(error.data?.code, 'TOKEN_EXPIRED');
});

test('a token of another algorithm, secret, issuer, audience, or without an end stays outside', async () => {
  const tokens = [
    await forge({ alg: 'HS512' }),
    await forge({ key: new TextEncoder().encode('some other secret, also long enough for it') }),
    await forge({ issuer: 'somebody-else' }),
    await forge({ audience: 'another-service' }),
    await forge({ exp: null }),
    await forge({ claims: { role: 'owner' } }),
    await forge({ claims: { tenant: undefined } }),
    await forge({ claims: { sub: '' } }),
    new UnsecuredJWT({ tenant: 'north', role: 'supervisor', sub: 'sam' })
      .setIssuer('crm-chat')
      .setAudience('crm-chat')
      .setExpirationTime(seconds() + 60)
      .encode(),
  ];
  for (const [i, token] of tokens.entries())
    assert.equal((await refusedConnection(server.url, { token })).data?.code, 'UNAUTHENTICATED', `token ${i}`);
});

test('the socket ends with its token', async () => {
  const line = await server.connect(ANNA);
  const ended = new Promise((done) => line.socket.once('disconnect', done));
  server.world.advance(15 * 60_000 + 1000);
  assert.equal(await ended, 'io server disconnect');
});

test('a page of another origin is refused, the own page and local ones are not', async () => {
  const status = async (origin: string) =>
    (await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } })).status;
  assert.equal(await status('https://evil.example'), 403);
  assert.equal(await status('null'), 403);
  assert.equal(await status(server.url), 200);
  assert.equal(await status('http://localhost:5173'), 200);
});

test('who is new with a good token belongs to the team', async () => {
  const line = await server.connect({ ...SUPERVISOR, id: 'new', name: 'Somebody New' });
  const { agents } = await line.get('load_agents');
  assert.deepEqual(
    agents.find(({ id }) => id === 'new'),
    { id: 'new', name: 'Somebody New', status: 'online' },
  );
});

test('presence: colleagues come and go, and what they look at is told to those who may see it', async () => {
  const [sam, anna, ben] = [
    await server.connect(SUPERVISOR),
    await server.connect(ANNA),
    await server.connect({ ...ANNA, id: 'ben' }),
  ];
  await sam.next('agent_presence', (p) => p.agentId === 'ben' && p.status === 'online');
  await anna.get('view_conversation', { conversationId: OF_ANNA });
  assert.equal((await sam.next('agent_presence', (p) => p.viewing !== undefined)).viewing, OF_ANNA);
  await ben.settled();
  assert.ok(ben.heard.every(({ payload }) => payload.viewing !== OF_ANNA));
  anna.socket.disconnect();
  await sam.next('agent_presence', (p) => p.agentId === 'anna' && p.status === 'offline');
});

test('presence: an agent is not told the id of a conversation that is hidden, also where a colleague types in one and looks at another', async () => {
  const [sam, ben] = [await server.connect({ ...SUPERVISOR, id: 'sue' }), await server.connect(BEN)];
  const quiet = async () => {
    await ben.settled();
    assert.ok(!JSON.stringify(ben.heard).includes(OF_ANNA), JSON.stringify(ben.heard));
  };
  await sam.get('typing', { conversationId: OF_ANNA, isTyping: true });
  await sam.get('view_conversation', { conversationId: OF_NOBODY });
  assert.equal((await ben.next('agent_presence', (p) => p.viewing === OF_NOBODY)).agentId, 'sue');
  await quiet();
  await sam.get('view_conversation', { conversationId: OF_BEN });
  await ben.next('agent_presence', (p) => p.viewing === OF_BEN);
  await quiet();
  await sam.get('typing', { conversationId: OF_BEN, isTyping: true });
  await sam.get('view_conversation', { conversationId: OF_ANNA });
  await quiet();
  await sam.get('view_conversation', { conversationId: null });
  assert.equal((await ben.next('agent_presence', (p) => p.typingIn === OF_BEN)).viewing, null);
  await quiet();
  sam.socket.disconnect();
  ben.socket.disconnect();
});

test('presence: whoever comes to a conversation is told who is there already, also after a line that broke, and nobody else', async () => {
  const ines = { ...SUPERVISOR, id: 'ines' };
  const [sam, ben, stranger] = [await server.connect(ines), await server.connect(BEN), await server.connect(STRANGER)];
  await sam.get('view_conversation', { conversationId: OF_NOBODY });
  const here = (p: Record<string, unknown>) => p['agentId'] === 'ines' && p['viewing'] === OF_NOBODY;
  await ben.next('agent_presence', here);
  ben.socket.disconnect();
  const back = await server.connect(BEN);
  await back.get('view_conversation', { conversationId: OF_BEN });
  await back.settled();
  assert.ok(!back.heard.some(({ payload }) => here(payload)));
  await back.get('view_conversation', { conversationId: OF_NOBODY });
  const told = await back.next('agent_presence', here);
  assert.equal(told.status, 'online');
  // Asked again, told again: what was told may have been lost.
  await back.get('view_conversation', { conversationId: OF_NOBODY });
  await back.next('agent_presence', here);
  await back.refused('view_conversation', { conversationId: OF_ANNA });
  await stranger.settled();
  assert.ok(!JSON.stringify(stranger.heard).includes(OF_NOBODY));
  for (const line of [sam, back, stranger]) line.socket.disconnect();
});
