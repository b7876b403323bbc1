import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { createApp } from '../src/app.js';
import { listClients } from '../src/clients/read.js';
import { listProspects } from '../src/contacts.js';
import { assignConversation } from '../src/conversations/change.js';
import { listConversations } from '../src/conversations/list.js';
import type { Core } from '../src/core.js';
import { readEpoch } from '../src/database/epoch.js';
import { pruneOld } from '../src/database/prune.js';
import { conversations, departures, operations } from '../src/database/schema.js';
import { once } from '../src/operations.js';
import { readSettings } from '../src/settings.js';
import { freshDatabase } from './support/database.js';
import { ANNA, furnish, OF_ANNA } from './support/office.js';
import { SECRET } from './support/server.js';
import { createTestWorld } from './support/world.js';

const DAY = 24 * 60 * 60 * 1000;

test('what is older than 30 days is forgotten at a start, and who asks from before it starts over', async (t) => {
  const database = await freshDatabase();
  t.after(() => database.close()); // also when an assertion fails: an open database keeps the process alive
  const { db } = database;
  await furnish(db);
  const world = createTestWorld();
  const settings = readSettings({ PORT: '0', NODE_ENV: 'test', SANDBOX: 'off' });
  /** The server, started once more on the same database. */
  const start = () =>
    createApp({
      settings,
      database: { ...database, close: async () => {} },
      world,
      log: pino({ level: 'silent' }),
      secret: SECRET,
    });
  const kept = async () => [await db.$count(departures), await db.$count(operations)];
  const resets = async (core: Core, since: { epoch: string; head: number }) => {
    const lists = [listConversations, listProspects, listClients];
    const answers = await Promise.all(lists.map((list) => list(core, ANNA, { since })));
    return answers.map(({ reply }) => reply.reset === true);
  };

  const first = await start();
  const { head } = await listConversations(first.core, ANNA, {});
  const before = { epoch: first.core.epoch, head };
  await assignConversation(first.core, { tenantId: 'north', conversationId: OF_ANNA }, 'ben');
  await once(first.core, ANNA, 'add_client_note', { opId: 'old' }, () => Promise.resolve({}));
  const { head: later } = await listConversations(first.core, ANNA, {});
  await first.close();

  world.advance(29 * DAY);
  const second = await start();
  assert.deepEqual(await kept(), [1, 1]);
  assert.deepEqual((await listConversations(second.core, ANNA, { since: before })).reply.removed, [OF_ANNA]);
  assert.deepEqual(await resets(second.core, before), [false, false, false]);
  await once(second.core, ANNA, 'add_client_note', { opId: 'young' }, () => Promise.resolve({}));
  await second.close();

  world.advance(2 * DAY);
  const third = await start();
  assert.deepEqual(await kept(), [0, 1]);
  assert.deepEqual(await resets(third.core, before), [true, true, true]);
  assert.deepEqual(await resets(third.core, { ...before, head: later }), [false, false, false]);
  await third.close();

  const fourth = await start();
  assert.deepEqual(await resets(fourth.core, before), [true, true, true], 'it is remembered over starts');
  await fourth.close();

  await db.update(conversations).set({ changedXid: 2 ** 40 });
  await readEpoch(db, world);
  assert.equal(await pruneOld(db, world), 0, 'a new epoch counts anew');
});
