/** The agents of a tenant. Whoever signs in with a good token belongs to the team, also when nobody listed them before. */
import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Agent } from './access.js';
import type { Core } from './core.js';
import type { Queries } from './database/open.js';
import { agents } from './database/schema.js';

export type AgentRow = typeof agents.$inferSelect;

export async function joinTeam(core: Core, { tenantId, id, name, role }: Agent): Promise<void> {
  await core.db
    .insert(agents)
    .values({ tenantId, id, name, role })
    .onConflictDoUpdate({
      target: [agents.tenantId, agents.id],
      set: { name, role },
      setWhere: sql`${agents.name} is distinct from ${name} or ${agents.role} is distinct from ${role}`,
    });
}

/** Supervisors first. */
export function listTeam(tx: Queries, tenantId: string): Promise<AgentRow[]> {
  return tx
    .select()
    .from(agents)
    .where(eq(agents.tenantId, tenantId))
    .orderBy(desc(agents.role), asc(agents.name), asc(agents.id));
}
