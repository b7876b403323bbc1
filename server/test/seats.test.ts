/** However many pages an agent has open: together they ask no more than one, and there are only so many of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { io } from 'socket.io-client';
import { LIMITS } from '../src/realtime/gateway.js';
import { createSeats } from '../src/realtime/seats.js';
import { readSettings } from '../src/settings.js';
import { until } from './support/files.js';
import { ANNA, OF_ANNA, STRANGER } from './support/office.js';
import { openLine, refusedConnection, startServer, type Line, type TestServer } from './support/server.js';

type Told = { ok: boolean; error?: { code: string; retryAfterMs?: number } };
const ask = (line: Line, name: string, times: number, payload: object = {}) =>
  Promise.all(Array.from({ length: times }, () => line.raw(name, payload) as Promise<Told>));
const taken = (answers: Told[]) => answers.filter(({ ok }) => ok).length;

async function served(options: Parameters<typeof startServer>[0], run: (server: TestServer) => Promise<void>) {
  const server = await startServer(options);
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

test('sockets of one agent share what may be asked and what may be sent; an agent of the same id elsewhere has their own', () =>
  served({ limits: LIMITS }, async (server) => {
    const lines = [await server.connect(ANNA), await server.connect(ANNA), await server.connect(ANNA)];
    const text = { conversationId: OF_ANNA, content: 'Hello', messageType: 'text' };
    const sent = await Promise.all(lines.map((line) => ask(line, 'send_message', 20, text)));
    assert.equal(taken(sent.flat()), LIMITS.sends.burst);
    const asked = await Promise.all(lines.map((line) => ask(line, 'load_agents', 50)));
    assert.equal(taken(asked.flat()), LIMITS.requests.burst - 60);
    for (const { ok, error } of asked.flat())
      assert.ok(ok || (error?.code === 'RATE_LIMITED' && error.retryAfterMs! > 0));
    assert.equal(taken(await ask(await server.connect(STRANGER), 'load_agents', 50)), 50);
    server.world.advance(60_000);
    assert.equal(taken(await ask(lines[0]!, 'load_agents', 50)), 50);
  }));

test('so many sockets and no more: the next is refused at the door with a time to come back, until one has gone', () =>
  served({ settings: { socketsPerAgent: 2 } }, async (server) => {
    const [first] = [await server.connect(ANNA), await server.connect(ANNA)];
    const token = await server.token(ANNA);
    const refused = await refusedConnection(server.url, { token });
    const { code, retryAfterMs, message } = refused.data as { code: string; retryAfterMs: number; message: string };
    assert.equal(code, 'RATE_LIMITED');
    assert.ok(retryAfterMs >= 3000 && retryAfterMs <= 8000, String(retryAfterMs));
    assert.match(message, /connected 2 times already/);
    await server.connect(STRANGER);
    first.socket.disconnect();
    let line: Line | undefined;
    await until(async () => {
      line = await openLine(server.url, { token }).catch(() => undefined);
      return line !== undefined;
    });
    line!.socket.disconnect();
  }));

test('whoever hangs up before they are in keeps no seat', () =>
  served({ settings: { socketsPerAgent: 3 } }, async (server) => {
    const token = await server.token(ANNA);
    // Behind the sign-in everybody waits, until they have hung up.
    let goOn!: () => void;
    const mayGoOn = new Promise<void>((done) => (goOn = done));
    let waiting = 0;
    server.app.sockets.use((_socket, next) => {
      waiting += 1;
      void mayGoOn.then(() => next());
    });
    const options = { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true };
    const hasty = Array.from({ length: 3 }, () => io(server.url, options));
    await until(() => Promise.resolve(waiting === 3));
    for (const socket of hasty) socket.disconnect();
    await until(() => Promise.resolve(server.app.sockets.engine.clientsCount === 0));
    goOn();
    const lines = [];
    for (let n = 0; n < 3; n++) lines.push(await server.connect(ANNA));
    assert.equal((await lines[2]!.ask('load_agents')).ok, true);
  }));

test('a seat is given back once, and its buckets are forgotten with the last one', () => {
  const rate = { perSecond: 1, burst: 2 };
  const seats = createSeats({ now: () => new Date(0), random: () => 0.5 }, { requests: rate, sends: rate }, 2);
  const [first, second] = [seats(ANNA), seats(ANNA)];
  assert.equal(first.requests.take() + second.requests.take(), 0);
  assert.ok(first.requests.take() > 0);
  first.leave();
  first.leave();
  assert.ok(seats(ANNA).requests.take() > 0);
  assert.throws(() => seats(ANNA), /connected 2 times/);
});

test('how many is a setting', () => {
  assert.equal(readSettings({}).socketsPerAgent, 20);
  assert.equal(readSettings({ SOCKETS_PER_AGENT: '3' }).socketsPerAgent, 3);
  assert.throws(
    () => readSettings({ SOCKETS_PER_AGENT: '0' }),
    /^StartFailure|SOCKETS_PER_AGENT must be a whole number/,
  );
});
