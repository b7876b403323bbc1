/** The agents of a tenant. Whoever signs in with a good token belongs to the team, also when nobody listed them before. */
import { and, asc, desc, eq, gt, isNotNull, ne } from 'drizzle-orm';
import type { Agent } from './access.js';
import type { Core } from './core.js';
import { currentXid, type Queries } from './database/open.js';
import { agents, conversations, departures } from './database/schema.js';

export type AgentRow = typeof agents.$inferSelect;

const CHUNK = 1000;

export async function joinTeam(core: Core, { tenantId, id, name, role }: Agent): Promise<void> {
  const same = and(eq(agents.tenantId, tenantId), eq(agents.id, id));
  const [known] = await core.db.select().from(agents).where(same);
  if (known?.name === name && known.role === role) return;
  await core.write(async (tx) => {
    const [before] = await tx.select().from(agents).where(same).for('update');
    await tx
      .insert(agents)
      .values({ tenantId, id, name, role })
      .onConflictDoUpdate({ target: [agents.tenantId, agents.id], set: { name, role } });
    if (before?.role === 'supervisor' && role === 'agent') await departFromOthers(core, tx, tenantId, id);
  });
}

/** A supervisor who is one no more loses sight of what their colleagues have: the next resync takes it away. */
async function departFromOthers(core: Core, tx: Queries, tenantId: string, agentId: string): Promise<void> {
  for (let after = ''; ;) {
    const rows = await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(
        and(
          eq(conversations.tenantId, tenantId),
          isNotNull(conversations.assignedTo),
          ne(conversations.assignedTo, agentId),
          gt(conversations.id, after),
        ),
      )
      .orderBy(asc(conversations.id))
      .limit(CHUNK);
    const createdAt = core.world.now();
    if (rows.length)
      await tx
        .insert(departures)
        .values(rows.map(({ id }) => ({ tenantId, conversationId: id, agentId, xid: currentXid, createdAt })));
    if (rows.length < CHUNK) return;
    after = rows.at(-1)!.id;
  }
}

/** Supervisors first. */
export function listTeam(tx: Queries, tenantId: string): Promise<AgentRow[]> {
  return tx
    .select()
    .from(agents)
    .where(eq(agents.tenantId, tenantId))
    .orderBy(desc(agents.role), asc(agents.name), asc(agents.id));
}
