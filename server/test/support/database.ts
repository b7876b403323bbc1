/**
 * A fresh database for a test: PGlite in memory from one snapshot that is made once, or, when TEST_DATABASE_URL is set,
 * a database of its own on that PostgreSQL.
 */
import { PGlite } from '@electric-sql/pglite';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { MIGRATIONS, openEmbedded, openPostgres, type OpenDatabase } from '../../src/database/open.js';

const SERVER = process.env.TEST_DATABASE_URL;
let made = 0;

export function freshDatabase(): Promise<OpenDatabase> {
  return SERVER ? freshOnServer(SERVER) : freshInMemory();
}

async function freshInMemory(): Promise<OpenDatabase> {
  return openEmbedded(new PGlite({ loadDataDir: new Blob([await snapshot()]) }));
}

async function snapshot(): Promise<Uint8Array<ArrayBuffer>> {
  const journal = readFileSync(join(MIGRATIONS, 'meta', '_journal.json'));
  const schema = readFileSync(join(MIGRATIONS, '0000_start.sql'));
  const name = createHash('sha256').update(journal).update(schema).update('pglite 0.5.16').digest('hex').slice(0, 16);
  const folder = join(tmpdir(), 'crm-chat-server-tests');
  const path = join(folder, `${name}.tar`);
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    mkdirSync(folder, { recursive: true });
  }
  const pglite = new PGlite();
  const { close } = await openEmbedded(pglite);
  const bytes = new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer());
  await close();
  writeFileSync(`${path}.${process.pid}`, bytes);
  renameSync(`${path}.${process.pid}`, path);
  return bytes;
}

/** A database of its own on the server; `drop` it when done. */
export async function createServerDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `crm_chat_test_${process.pid}_${++made}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}

async function freshOnServer(server: string): Promise<OpenDatabase> {
  const { url, drop } = await createServerDatabase(server);
  const open = await openPostgres(url, () => {});
  return {
    ...open,
    async close() {
      await open.close();
      await drop();
    },
  };
}
