import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { createApp } from '../src/app.js';
import { issueToken } from '../src/auth/tokens.js';
import { openPostgres } from '../src/database/open.js';
import { readSettings } from '../src/settings.js';
import { createServerDatabase } from './support/database.js';
import { ANNA, furnish, OF_ANNA } from './support/office.js';
import { openLine, SECRET } from './support/server.js';
import { createTestWorld } from './support/world.js';
import { pino } from 'pino';

const SERVER = process.env.TEST_DATABASE_URL;

test(
  'PostgreSQL goes away and comes back: requests are refused for a while, and then served',
  { skip: !SERVER && 'needs TEST_DATABASE_URL' },
  async () => {
    const { url, drop } = await createServerDatabase(SERVER!);
    const database = await openPostgres(url, () => {});
    await furnish(database.db);
    const world = createTestWorld();
    const settings = readSettings({ PORT: '0', NODE_ENV: 'test', SANDBOX: 'off' });
    const app = await createApp({ settings, database, world, log: pino({ level: 'silent' }), secret: SECRET });
    const line = await openLine(`http://127.0.0.1:${await app.listen()}`, {
      token: await issueToken(app.rules, world, ANNA),
    });
    const admin = new pg.Client({ connectionString: SERVER });
    await admin.connect();
    const name = new URL(url).pathname.slice(1);
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [name]);
    const refused = await line.refused('load_messages', { conversationId: OF_ANNA });
    assert.equal(refused.retryable, true);
    assert.ok(['UNAVAILABLE', 'INTERNAL'].includes(refused.code));
    assert.equal(
      (await fetch(`http://127.0.0.1:${(app.http.server.address() as { port: number }).port}/healthz`)).status,
      503,
    );
    await admin.query(`alter database ${name} allow_connections true`);
    assert.equal((await line.get('load_messages', { conversationId: OF_ANNA })).messages.length, 3);
    line.socket.disconnect();
    await app.close();
    await admin.end();
    await drop();
  },
);
