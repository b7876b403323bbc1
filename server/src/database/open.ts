/** Opens the one database there is: embedded in a folder, in memory for tests, or PostgreSQL. Same schema, same queries. */
import { PGlite } from '@electric-sql/pglite';
import { sql, type SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzleNode } from 'drizzle-orm/node-postgres';
import { migrate as migrateNode } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzleLite } from 'drizzle-orm/pglite';
import { migrate as migrateLite } from 'drizzle-orm/pglite/migrator';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { StartFailure } from '../settings.js';
import { createEmbeddedClient } from './embedded-client.js';

export type Database = PgDatabase<PgQueryResultHKT>;
/** The database or a transaction on it: whoever only asks need not know. */
export type Queries = Pick<
  Database,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | '$count' | '$with' | 'with'
>;

export interface OpenDatabase {
  db: Database;
  kind: 'embedded' | 'postgresql';
  close(): Promise<void>;
}

export const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

export async function openEmbedded(pglite: PGlite, migrations = MIGRATIONS): Promise<OpenDatabase> {
  await pglite.waitReady;
  // What changes tables is not for a client that remembers plans.
  const plain = drizzleLite({ client: pglite });
  await refuseNewer(plain as unknown as Database, migrations);
  await migrateLite(plain, { migrationsFolder: migrations });
  const db = drizzleLite({ client: createEmbeddedClient(pglite) as PGlite });
  return { db: db as unknown as Database, kind: 'embedded', close: () => pglite.close() };
}

export function openFolder(dataDir: string): Promise<OpenDatabase> {
  mkdirSync(dataDir, { recursive: true });
  return openEmbedded(new PGlite(join(dataDir, 'pglite'), { relaxedDurability: false }));
}

export async function openPostgres(url: string, onError: (error: Error) => void): Promise<OpenDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  // An idle connection that breaks is replaced by the pool; unheard, it would end the process.
  pool.on('error', onError);
  try {
    const db = drizzleNode({ client: pool });
    const shared = db as unknown as Database;
    await shared.execute(sql`select 1`).catch((error: unknown) => {
      throw new StartFailure(`PostgreSQL at DATABASE_URL did not answer: ${reason(error)}.`);
    });
    await refuseNewer(shared, MIGRATIONS);
    await migrateNode(db, { migrationsFolder: MIGRATIONS });
    return { db: shared, kind: 'postgresql', close: () => pool.end() };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** The drivers differ in what surrounds the rows. */
export async function rowsOf<T>(db: Queries, query: SQL): Promise<T[]> {
  return ((await db.execute(query)) as unknown as { rows: T[] }).rows;
}

/** The transaction this change belongs to; stored with what it changes. */
export const currentXid = sql<number>`pg_current_xact_id()::text::bigint`;

/** The constraint that a write ran into, if that is what happened. */
export function brokenConstraint(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
    if (code === '23505') return typeof constraint === 'string' ? constraint : '';
  }
  return undefined;
}

/** The database is not there, is going away, or takes nobody in: not the request's fault. */
export function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === 'string' && /^(08|57P|53)|^E(CONN|TIMEDOUT|PIPE|HOSTUNREACH)/.test(code)) return true;
    if (/^(Connection terminated|timeout exceeded when trying to connect)/.test(cause.message)) return true;
  }
  return false;
}

function reason(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause) innermost = innermost.cause;
  const { message, code } = innermost as { message?: string; code?: string };
  return (message || code || 'no reason given').replace(/\.$/, '');
}

/** An older server on a newer database would write what the newer one cannot read. */
async function refuseNewer(db: Database, migrations: string): Promise<void> {
  const journal = JSON.parse(readFileSync(join(migrations, 'meta', '_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  const known = new Set(journal.entries.map((entry) => entry.when));
  const [table] = await rowsOf<{ name: string | null }>(
    db,
    sql`select to_regclass('drizzle.__drizzle_migrations')::text as name`,
  );
  if (!table?.name) return;
  const applied = await rowsOf<{ at: string | number }>(
    db,
    sql`select created_at as at from drizzle.__drizzle_migrations`,
  );
  if (applied.some(({ at }) => !known.has(Number(at))))
    throw new StartFailure(
      'The database was written by a newer version of this server. Start that version, or choose another database.',
    );
}

export const ping = (db: Database): Promise<boolean> =>
  db.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
