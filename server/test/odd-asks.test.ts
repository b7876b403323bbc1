/** Asks that no honest client makes: whatever arrives on a socket, the server answers it or leaves it, and lives on. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import { hearAsks, type Heard } from '../src/realtime/asks.js';
import { ANNA } from './support/office.js';
import { openLine, startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

/** A name that is no text, names that mean something to Socket.IO or to JavaScript, payloads of every kind. */
async function beOdd({ socket, raw }: Line): Promise<void> {
  const odd: [name: unknown, ...args: unknown[]][] = [
    [5],
    [5, {}],
    [0, null, null],
    [-1.5, 'text'],
    [1e300, Buffer.from('binary')],
    [''],
    ['error', new Error('not yours')],
    ['disconnected', {}],
    ['__proto__', {}],
    ['x'.repeat(10_000), [], [[]]],
  ];
  for (const [name, ...args] of odd) {
    socket.emit(name as string, ...args);
    const answer = (await raw(name as string, ...args)) as { ok: boolean; error: { message: string } };
    assert.equal(answer.ok, false, String(name));
    assert.ok(answer.error.message.length < 200, String(name));
  }
}

test('an agent’s socket may say anything: each is refused, and the server lives on', async () => {
  const anna = await server.connect(ANNA);
  await beOdd(anna);
  assert.equal((await anna.ask('load_agents')).ok, true);
});

test('so may a customer’s', async () => {
  const customer = await openLine(`${server.url}/customer`, {});
  await beOdd(customer);
  assert.equal(((await customer.raw('contacts', {})) as { ok: boolean }).ok, true);
  customer.socket.disconnect();
});

test('an answer that cannot be given is logged, never left as a failure that nobody hears', async () => {
  const lines: string[] = [];
  const socket = new EventEmitter() as EventEmitter & { onAny(listener: (...args: unknown[]) => void): void };
  socket.onAny = (listener) => void socket.on('any', listener);
  const heard: Heard[] = [];
  hearAsks(socket, pino({ level: 'debug' }, { write: (line: string) => lines.push(line) }), async (ask) => {
    heard.push(ask);
    if (ask.name === 'fails') throw new Error('the work failed');
    return { ok: true };
  });
  socket.emit('any', 'works', {}, () => {
    throw new Error('the ack failed');
  });
  socket.emit('any', 'fails', {}, () => assert.fail('there is no answer to give'));
  socket.emit('any', 5);
  await new Promise(setImmediate);
  assert.deepEqual(
    heard.map(({ name, payload }) => [name, payload]),
    [
      ['works', {}],
      ['fails', {}],
      ['5', undefined],
    ],
  );
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { event: string; msg: string }).event),
    ['works', 'fails'],
  );
});
