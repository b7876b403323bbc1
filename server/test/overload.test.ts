/** More than the database can do: what is too much is refused at once, in words, and nothing of it is lost or kept. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lockConversation } from '../src/conversations/change.js';
import { createAdmission } from '../src/realtime/admission.js';
import { Refusal } from '../src/refusal.js';
import { ANNA, OF_ANNA, storedMessages } from './support/office.js';
import { startServer, type Answer, type Line, type TestServer } from './support/server.js';

const WIDE = { perSecond: 1e6, burst: 1e6 };
let server: TestServer;
let anna: Line;
before(async () => {
  server = await startServer({ limits: { requests: WIDE, sends: WIDE, waiting: { sends: 3, others: 1000 } } });
  anna = await server.connect(ANNA);
});
after(() => server.close());

/** Holds the conversation, so that whatever is said in it waits, until the answer is called. */
async function hold(): Promise<() => Promise<void>> {
  let release!: () => void;
  const released = new Promise<void>((done) => (release = done));
  let ended!: Promise<void>;
  await new Promise<void>((held) => {
    ended = server.app.core.write(async (tx) => {
      await lockConversation(tx, { tenantId: 'north', conversationId: OF_ANNA });
      held();
      await released;
    });
  });
  return () => {
    release();
    return ended;
  };
}

const ask = (key: string) => ({
  conversationId: OF_ANNA,
  content: `This is ${key}`,
  messageType: 'text',
  clientMessageId: key,
});

test('what finds the room full is refused at once, with a time to come back, and goes through then', async () => {
  const keys = Array.from({ length: 10 }, (_, i) => `key-${i}`);
  const letGo = await hold();
  const answers: Answer<'send_message'>[] = [];
  let all!: Promise<unknown>;
  await new Promise<void>((sevenRefused) => {
    all = Promise.all(
      keys.map(async (key) => {
        answers.push(await anna.ask('send_message', ask(key)));
        if (answers.length === 7) sevenRefused();
      }),
    );
  });
  for (const answer of answers) {
    assert.ok(!answer.ok);
    const { code, retryable, retryAfterMs, message } = answer.error;
    assert.deepEqual([code, retryable], ['RATE_LIMITED', true]);
    assert.ok(retryAfterMs! >= 500 && retryAfterMs! <= 2000, String(retryAfterMs));
    assert.match(message, /more to do than it can/);
  }
  await letGo();
  await all;
  assert.equal(answers.filter(({ ok }) => ok).length, 3);
  for (const key of keys) await anna.get('send_message', ask(key));
  const stored = await storedMessages(server.app.core.db, OF_ANNA);
  const said = stored.flatMap(({ clientMessageId }) => clientMessageId ?? []);
  assert.deepEqual(said.sort(), keys);
});

test('a place is given back once, whatever became of the work, and each kind has its own', () => {
  const enter = createAdmission({ random: () => 0.5 }, { sends: 2, others: 1 });
  const [leave] = [enter('sends'), enter('sends')];
  enter('others');
  assert.throws(() => enter('others'), Refusal);
  assert.throws(
    () => enter('sends'),
    (error: Refusal) => error.error.code === 'RATE_LIMITED' && error.error.retryAfterMs === 1250,
  );
  leave!();
  leave!();
  enter('sends');
  assert.throws(() => enter('sends'), Refusal);
});
