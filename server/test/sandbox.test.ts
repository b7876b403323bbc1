import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { platformJobs } from '../src/database/schema.js';
import { receiveMessage } from '../src/messages/receive.js';
import { createDispatcher } from '../src/sandbox/dispatch.js';
import { createTimers } from '../src/sandbox/timers.js';
import { addConversation, ANNA } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let places = 0;
const core = () => server.app.core;
before(async () => {
  server = await startServer({ settings: { sandbox: true } });
  anna = await server.connect(ANNA);
});
after(() => server.close());

async function freshPlace(platform: string, botEnabled?: boolean): Promise<string> {
  const id = `sandbox-${++places}`;
  await addConversation(core().db, {
    id,
    assignedTo: 'anna',
    platform,
    ...(botEnabled !== undefined && { botEnabled }),
  });
  return id;
}

/** Lets the sandbox's time pass until the event is there. */
async function until(name: string, fits: (payload: Record<string, unknown>) => boolean) {
  let found = false;
  const event = anna.next(name, fits).finally(() => (found = true));
  while (!found) {
    server.world.advance(200);
    await anna.settled();
  }
  return event;
}

async function send(conversationId: string, content: string, more = {}) {
  const { message } = await anna.get('send_message', { conversationId, content, messageType: 'text', ...more });
  return message!;
}
const statuses = (id: string) =>
  anna.heard
    .filter(({ name, payload }) => name === 'new_message' && payload.id === id)
    .map(({ payload }) => payload.status);
const jobsOf = async (id: string) =>
  (await core().db.select().from(platformJobs).where(eq(platformJobs.messageId, id)).orderBy(platformJobs.id)).map(
    ({ state }) => state,
  );

test('a message is delivered, then read, then the customer types and answers in their language', async () => {
  const place = await freshPlace('whatsapp');
  const { id } = await send(place, 'Hello');
  await until('new_message', (p) => p.id === id && p.status === 'read');
  assert.deepEqual(statuses(id), ['sent', 'delivered', 'read']);
  assert.deepEqual(await jobsOf(id), ['accepted']);
  await until('typing', (p) => p.conversationId === place && p.isTyping === true);
  await until('new_message', (p) => p.conversationId === place && p.senderType === 'prospect');
  await anna.next('typing', (p) => p.conversationId === place && p.isTyping === false);
});

test('no channel reports more than it can', async () => {
  const sms = await send(await freshPlace('sms'), 'Hello');
  await until('new_message', (p) => p.id === sms.id && p.status === 'delivered');
  const telegram = await send(await freshPlace('telegram'), 'Hello');
  const instagram = await send(await freshPlace('instagram'), 'Hello');
  await until('new_message', (p) => p.id === instagram.id && p.status === 'read');
  server.world.advance(20_000);
  await anna.settled();
  assert.deepEqual(statuses(sms.id), ['sent', 'delivered']);
  assert.deepEqual(statuses(telegram.id), ['sent']);
  assert.deepEqual(statuses(instagram.id), ['sent', 'read']);
});

test('a message that says fail fails in words, and goes through when tried again', async () => {
  const place = await freshPlace('whatsapp');
  const { id } = await send(place, 'This will FAIL', { clientMessageId: 'fails' });
  const failed = await until('new_message', (p) => p.id === id && p.status === 'failed');
  assert.deepEqual(failed.error, { code: 'PLATFORM_REJECTED', message: 'The recipient could not be reached.' });
  await send(place, 'This will FAIL', { clientMessageId: 'fails', attempt: 1 });
  const read = await until('new_message', (p) => p.id === id && p.status === 'read');
  assert.equal(read.error, undefined);
  assert.deepEqual(await jobsOf(id), ['rejected', 'accepted']);
});

test('the bot answers a customer while its switch is on, once, and not when it is off or somebody was faster', async () => {
  const [on, off, answered] = [
    await freshPlace('whatsapp', true),
    await freshPlace('whatsapp', false),
    await freshPlace('whatsapp', true),
  ];
  const say = (conversationId: string) =>
    receiveMessage(core(), { tenantId: 'north', conversationId, content: 'Hello?' });
  await Promise.all([on, on, off, answered].map(say));
  const { seq } = await send(answered, 'An agent was faster');
  const reply = await until('new_message', (p) => p.conversationId === on && p.senderType === 'bot');
  assert.deepEqual([reply.senderId, reply.senderName], ['bot', 'Bot']);
  await until('new_message', (p) => p.id === reply.id && p.status === 'read');
  // The customer's next words follow the agent's directly: the bot has let its turn go by. (To these it may answer again.)
  const next = await until('new_message', (p) => p.conversationId === answered && p.seq === seq! + 1);
  assert.equal(next.senderType, 'prospect');
  const bots = anna.heard.filter(({ name, payload }) => name === 'new_message' && payload.senderType === 'bot');
  const spokeIn = (conversationId: string) =>
    new Set(bots.filter(({ payload }) => payload.conversationId === conversationId).map(({ payload }) => payload.id));
  assert.deepEqual([...spokeIn(on)], [reply.id]);
  assert.equal(spokeIn(off).size, 0);
});

test('after a crash what was waiting goes out, and what was in the middle is not repeated', async () => {
  const own = await startServer();
  try {
    const line = await own.connect(ANNA);
    const ids: string[] = [];
    for (const content of ['in the middle', 'waiting'])
      ids.push(
        (await line.get('send_message', { conversationId: 'conversation-of-anna', content, messageType: 'text' }))
          .message!.id,
      );
    const { db } = own.app.core;
    await db.update(platformJobs).set({ state: 'dispatching' }).where(eq(platformJobs.messageId, ids[0]!));
    const timers = createTimers(own.app.core, 1);
    const dispatcher = createDispatcher(own.app.core, timers);
    await dispatcher.recover();
    dispatcher.wake();
    await timers.idle();
    const states = (await db.select().from(platformJobs).orderBy(platformJobs.id)).map(({ state }) => state);
    assert.deepEqual(states, ['unknown', 'accepted']);
    await timers.stop();
  } finally {
    await own.close();
  }
});

test('after a crash the receipts of what had gone out still come', async () => {
  const own = await startServer();
  try {
    const line = await own.connect(ANNA);
    const { message } = await line.get('send_message', {
      conversationId: 'conversation-of-anna',
      content: 'x',
      messageType: 'text',
    });
    await own.app.core.db.update(platformJobs).set({ state: 'accepted' });
    const timers = createTimers(own.app.core, 0);
    await createDispatcher(own.app.core, timers).recover();
    own.world.advance(0);
    await line.next('new_message', (p) => p.id === message!.id && p.status === 'delivered');
    await timers.idle();
    own.world.advance(0);
    await line.next('new_message', (p) => p.id === message!.id && p.status === 'read');
    await timers.stop();
  } finally {
    await own.close();
  }
});

test('after the end nothing is left that could still write', async () => {
  const own = await startServer({ settings: { sandbox: true } });
  const line = await own.connect(ANNA);
  await line.get('send_message', { conversationId: 'conversation-of-anna', content: 'Bye', messageType: 'text' });
  line.socket.disconnect();
  await own.close();
  assert.equal(own.world.waiting, 0);
});
