/**
 * The heart of the server: a database, a world, and one way to write. `write` runs a transaction and tells what changed
 * only after it is committed, so that nobody ever hears of something that did not happen.
 *
 * Lists since: rows remember the transaction that changed them (`changedXid`); a list's `head` is the oldest
 * transaction that was still running when it was read. Whatever commits later has `changedXid >= head`, so asking for
 * those may repeat a change but never misses one, however long a transaction took.
 */
import { sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { InferInput } from 'valibot';
import type { ChannelSheet, serverEvents, ServerEventName } from '../../src/contract/index.js';
import type { Audience } from './access.js';
import { findChannelIn, type FindChannel } from './channels.js';
import { rowsOf, type Database, type Queries } from './database/open.js';
import type { Files } from './files/files.js';
import type { World } from './world.js';

/** What may be said under a server event's name. */
export type Said<E extends ServerEventName> = InferInput<(typeof serverEvents)[E]>;

interface ChangeOf<E extends ServerEventName> {
  event: E;
  audience: Audience;
  /** Those of the audience who are not told. */
  notFor?: Audience;
  payload: Said<E>;
  /** The conversation it happened in, and when: a later change of assignee is obeyed. */
  in?: { conversationId: string; rev: number };
  /** A message that was not there before. */
  fresh?: boolean;
}
export type Change = { [E in ServerEventName]: ChangeOf<E> }[ServerEventName];

/** Says what a transaction has changed; heard by the listeners once it is committed. */
export type Tell = (change: Change) => void;

export interface Core {
  readonly db: Database;
  readonly world: World;
  readonly log: Logger;
  readonly epoch: string;
  /** Files of messages; absent where none are kept. */
  readonly files?: Files | undefined;
  /** The channels of this server's own. */
  readonly ownChannels: readonly ChannelSheet[];
  /** What a channel can do; undefined: nobody has said. */
  readonly channel: FindChannel;
  /** What changed since then can still be told in full. */
  remembers(since: { epoch: string; head: number }): boolean;
  write<T>(work: (tx: Queries, tell: Tell) => Promise<T>): Promise<T>;
  /** Several questions answered from one moment. */
  read<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  onChange(listener: (change: Change) => void): () => void;
}

export function createCore(parts: {
  db: Database;
  world: World;
  log: Logger;
  epoch: string;
  files?: Files | undefined;
  ownChannels?: readonly ChannelSheet[];
  /** The oldest `head` that nothing has been pruned after. */
  keptFrom: number;
}): Core {
  const { keptFrom, ownChannels = [], ...given } = parts;
  const { db, log, epoch } = given;
  const listeners = new Set<(change: Change) => void>();
  const publish = (change: Change) => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error({ err: error, event: change.event }, 'a listener failed after a commit');
      }
    }
  };
  return {
    ...given,
    ownChannels,
    channel: findChannelIn(ownChannels),
    remembers: (since) => since.epoch === epoch && since.head >= keptFrom,
    async write(work) {
      for (let tries = 1; ; tries++) {
        const changes: Change[] = [];
        try {
          const result = await db.transaction((tx) => work(tx, (change) => changes.push(change)));
          changes.forEach(publish);
          return result;
        } catch (error) {
          if (tries === 3 || !isPassing(error)) throw error;
        }
      }
    },
    read: (work) => db.transaction(work, { isolationLevel: 'repeatable read', accessMode: 'read only' }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The newest change that a list read in this transaction is sure to hold. */
export async function headOf(tx: Queries): Promise<number> {
  const [row] = await rowsOf<{ head: string }>(tx, sql`select pg_snapshot_xmin(pg_current_snapshot())::text as head`);
  return Number(row!.head);
}

/** Two transactions stood in each other's way: PostgreSQL gave one up, and it may simply be done again. */
function isPassing(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (code === '40001' || code === '40P01') return true;
  }
  return false;
}
