import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import type { ChatMessage } from '../../src/contract/index.js';
import { lockFolder } from '../src/database/lock.js';
import { readSettings } from '../src/settings.js';
import { failingChild, startChild, type Child } from './support/child.js';
import { createServerDatabase } from './support/database.js';
import { openLine } from './support/server.js';

const dataDir = mkdtempSync(join(tmpdir(), 'crm-chat-process-'));
const lock = join(dataDir, 'server.lock');
const env = { DATA_DIR: dataDir, PORT: '0', SANDBOX: 'off' };
const SECRET = 'x'.repeat(40);
let child: Child;
before(async () => {
  child = await startChild(env);
});
after(async () => {
  await child.end('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

async function signIn(url: string) {
  const answer = await fetch(`${url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId: 'marta' }),
  });
  const { token } = (await answer.json()) as { token: string };
  return openLine(url, { token });
}

const oneSentence = (text: string) => assert.match(text, /^[A-Z][^\n]+\.\n$/);

test('a start prints one line, answers for its health, and keeps its secret to itself', async () => {
  assert.equal(child.output.stderr, '');
  const health = await fetch(`${child.url}/healthz`);
  assert.deepEqual(await health.json(), { status: 'ok', version: '0.1.0', database: 'embedded' });
  const secret = join(dataDir, 'jwt-secret');
  assert.equal(statSync(secret).mode & 0o777, 0o600);
  assert.ok(readFileSync(secret, 'utf8').length >= 40);
});

test('a second process on the same folder is refused in plain words', async () => {
  const second = await failingChild(env);
  assert.equal(second.code, 1);
  assert.equal(second.stdout, '');
  oneSentence(second.stderr);
  assert.match(second.stderr, new RegExp(`in use by another server \\(process ${child.process.pid}\\)`));
});

test('a failure that nobody waited for is logged, and the server goes on', async () => {
  const failing = 'process.on("SIGUSR2", () => Promise.reject(new Error("nobody waited")))';
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-rejection-'));
  const own = await startChild({
    ...env,
    DATA_DIR: folder,
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(failing)}`,
  });
  try {
    const logged = once(own.process.stderr!, 'data');
    own.process.kill('SIGUSR2');
    await logged;
    assert.match(own.output.stderr, /"msg":"a failure that nobody waited for"/);
    assert.equal((await fetch(`${own.url}/healthz`)).status, 200);
    assert.equal(await own.end('SIGTERM'), 0);
  } finally {
    own.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

test('kill -9 between sending and the answer: what was acknowledged is there, and everything is there once', async () => {
  const database = process.env.TEST_DATABASE_URL && (await createServerDatabase(process.env.TEST_DATABASE_URL));
  const own = database ? { ...env, DATABASE_URL: database.url } : env;
  if (database) {
    await child.end('SIGKILL');
    child = await startChild(own);
  }
  const asks: { conversationId: string; content: string; messageType: string; id: string }[] = [];
  const acknowledged = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const line = await signIn(child.url);
    const watcher = await signIn(child.url);
    const [place] = (await line.get('load_conversations', { limit: 1 })).conversations;
    const batch = Array.from({ length: 8 }, (_, i) => ({
      conversationId: place!.id,
      content: `Round ${round}, number ${i}`,
      messageType: 'text',
      id: `round-${round}-${i}`,
    }));
    asks.push(...batch);
    for (const ask of batch)
      line.socket.emit('send_message', ask, (answer: { ok: boolean }) => answer.ok && acknowledged.add(ask.id));
    // The process dies while some are stored and told, some are on their way.
    await watcher.next('new_message', ({ clientMessageId }) => clientMessageId === batch[round * 3]!.id);
    await child.end('SIGKILL');
    if (!database) assert.ok(existsSync(lock), 'a killed process leaves its lock behind');
    line.socket.disconnect();
    watcher.socket.disconnect();
    child = await startChild(own);
  }
  const line = await signIn(child.url);
  for (const ask of asks) {
    const { duplicate } = await line.get('send_message', ask);
    if (acknowledged.has(ask.id)) assert.equal(duplicate, true, `${ask.id} was acknowledged and then lost`);
  }
  const stored: ChatMessage[] = [];
  for (const id of new Set(asks.map(({ conversationId }) => conversationId)))
    stored.push(...(await line.get('load_messages', { conversationId: id, limit: 200 })).messages);
  for (const { id, content } of asks)
    assert.deepEqual(
      stored.filter((m) => m.clientMessageId === id).map((m) => m.content),
      [content],
    );
  line.socket.disconnect();
  if (database) {
    await child.end('SIGTERM');
    await database.drop();
    child = await startChild(env);
  }
});

test('a signal ends it in order: exit code 0, no lock left', async () => {
  assert.equal(await child.end('SIGTERM'), 0);
  assert.equal(existsSync(lock), false);
  assert.equal(child.output.stderr, '');
});

test('a port that is taken is said in one sentence, and the folder is free again', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const failed = await failingChild({ ...env, PORT: String(port) });
  other.close();
  assert.equal(failed.code, 1);
  oneSentence(failed.stderr);
  assert.match(failed.stderr, new RegExp(`Port ${port} is in use`));
  assert.equal(existsSync(lock), false);
});

test('a database from a newer version is left alone', async () => {
  const pglite = new PGlite(join(dataDir, 'pglite'));
  await pglite.query(
    `insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 99999999999999)`,
  );
  await pglite.close();
  const failed = await failingChild(env);
  assert.equal(failed.code, 1);
  oneSentence(failed.stderr);
  assert.match(failed.stderr, /newer version/);
});

test('a setting that cannot be is named', () => {
  const bad: [Record<string, string>, RegExp][] = [
    [{ PORT: 'many' }, /^PORT must be a whole number/],
    [{ PORT: '70000' }, /^PORT must be/],
    [{ NODE_ENV: 'prod' }, /^NODE_ENV must be one of/],
    [{ JWT_SECRET: 'short' }, /^JWT_SECRET must have at least 32/],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must begin with/],
    [{ ORIGINS: 'crm.example.com' }, /^ORIGINS must name origins/],
    [{ SANDBOX: 'yes' }, /^SANDBOX must be one of on, off/],
    [{ SANDBOX_PACE: '-1' }, /^SANDBOX_PACE must be a number/],
    [{ NODE_ENV: 'production' }, /^JWT_SECRET must be set when NODE_ENV is production\.$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
  ];
  for (const [given, words] of bad) assert.throws(() => readSettings(given), { message: words });
  const production = readSettings({ NODE_ENV: 'production', JWT_SECRET: SECRET });
  assert.deepEqual([production.sandbox, production.logLevel], [false, 'info']);
});

test('a lock left by a process that is gone, or whose number somebody else has now, is taken over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-lock-'));
  const path = join(folder, 'server.lock');
  const stale = [
    '{"pid":4194300,"started":"another boot:1"}',
    JSON.stringify({ pid: process.pid, started: 'another boot:1' }),
    'not a lock at all',
    '',
    '{"pid":-1}',
  ];
  for (const content of stale) {
    writeFileSync(path, content);
    const unlock = lockFolder(folder);
    assert.throws(() => lockFolder(folder), /in use by another server/);
    unlock();
    assert.equal(existsSync(path), false);
  }
  rmSync(folder, { recursive: true });
});
