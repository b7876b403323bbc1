/**
 * What is kept for a while only: the answers given under an `opId`, and who lost sight of what. Nobody asks for them
 * after so long, and they would grow for ever.
 */
import { eq, lt, max } from 'drizzle-orm';
import type { World } from '../world.js';
import type { Database } from './open.js';
import { departures, meta, operations } from './schema.js';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const KEY = 'departures_kept_from';

/** Answers the oldest `head` since which all departures are still known; whoever asks from before it starts over. */
export async function pruneOld(db: Database, world: World): Promise<number> {
  const before = new Date(world.now().getTime() - KEPT_MS);
  return db.transaction(async (tx) => {
    await tx.delete(operations).where(lt(operations.createdAt, before));
    const old = lt(departures.createdAt, before);
    const [newest] = await tx
      .select({ xid: max(departures.xid) })
      .from(departures)
      .where(old);
    if (newest?.xid) {
      await tx.delete(departures).where(old);
      const value = String(newest.xid + 1);
      await tx.insert(meta).values({ key: KEY, value }).onConflictDoUpdate({ target: meta.key, set: { value } });
    }
    const [stored] = await tx.select().from(meta).where(eq(meta.key, KEY));
    return Number(stored?.value ?? 0);
  });
}

/** In a new epoch transactions are counted anew, and the old number would mean nothing. */
export const forgetPruned = (tx: Pick<Database, 'delete'>) => tx.delete(meta).where(eq(meta.key, KEY));
