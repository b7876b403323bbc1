/**
 * The epoch names one unbroken history. A database put back from a backup into a younger server counts its transactions
 * from a lower number: what the clients remember as "seen" would then hide new changes, so a new epoch begins.
 */
import { eq, sql } from 'drizzle-orm';
import type { World } from '../world.js';
import { currentXid, rowsOf, type Database } from './open.js';
import { forgetPruned } from './prune.js';
import { clients, conversations, departures, meta, prospects } from './schema.js';

export async function readEpoch(db: Database, world: World): Promise<string> {
  return db.transaction(async (tx) => {
    const [stored] = await tx.select().from(meta).where(eq(meta.key, 'epoch')).for('update');
    const [at] = await rowsOf<{ now: string; highest: string }>(
      tx,
      sql`select pg_current_xact_id()::text as now, greatest(
        (select max(changed_xid) from conversations), (select max(changed_xid) from prospects),
        (select max(changed_xid) from clients), (select max(xid) from departures), 0)::text as highest`,
    );
    if (stored && BigInt(at!.now) >= BigInt(at!.highest)) return stored.value;
    const value = world.uuid();
    await tx.insert(meta).values({ key: 'epoch', value }).onConflictDoUpdate({ target: meta.key, set: { value } });
    if (stored) {
      await tx.update(conversations).set({ changedXid: currentXid });
      await tx.update(prospects).set({ changedXid: currentXid });
      await tx.update(clients).set({ changedXid: currentXid });
      await tx.delete(departures);
      await forgetPruned(tx);
    }
    return value;
  });
}
