/** The idempotency of everything that is not a message: the answer is kept under the asker's `opId`. */
import { and, eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Agent } from './access.js';
import type { Core, Tell } from './core.js';
import type { Queries } from './database/open.js';
import { operations } from './database/schema.js';
import { canonical } from './messages/canonical.js';
import { Refusal } from './refusal.js';

/** Runs the work in a transaction; the same `opId` again gets the answer of the first time. */
export function once<T>(
  core: Core,
  agent: Agent,
  event: string,
  ask: { opId?: string | undefined },
  work: (tx: Queries, tell: Tell) => Promise<T>,
): Promise<T> {
  const { opId, ...rest } = ask;
  if (opId === undefined) return core.write(work);
  const hash = createHash('sha256').update(canonical(rest)).digest('hex');
  const key = { tenantId: agent.tenantId, agentId: agent.id, opId };
  const same = and(
    eq(operations.tenantId, key.tenantId),
    eq(operations.agentId, key.agentId),
    eq(operations.opId, key.opId),
  );
  return core.write(async (tx, tell) => {
    // Waits for the same operation in another transaction, if there is one, and then finds its answer.
    const [mine] = await tx
      .insert(operations)
      .values({ ...key, event, hash, createdAt: core.world.now() })
      .onConflictDoNothing()
      .returning({ opId: operations.opId });
    if (!mine) {
      const [stored] = await tx.select().from(operations).where(same);
      if (stored?.event !== event || stored.hash !== hash)
        throw new Refusal('CONFLICT', 'Something else was already done under this key. Nothing was changed now.');
      return stored.reply as T;
    }
    const reply = await work(tx, tell);
    await tx.update(operations).set({ reply }).where(same);
    return reply;
  });
}
