/** The list of contacts (prospects), by pages, by ids, or what changed since. */
import { and, desc, eq, gte, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import type { InferOutput } from 'valibot';
import type { clientEvents } from '../../src/contract/index.js';
import { visibleProspects, type Agent } from './access.js';
import { pageSize, type Listed } from './conversations/list.js';
import { prospectToWire, type ProspectRow } from './conversations/wire.js';
import { headOf, type Core } from './core.js';
import type { Queries } from './database/open.js';
import { conversations, departures, prospects } from './database/schema.js';

type Ask = InferOutput<(typeof clientEvents)['load_prospects']['ask']>;
const SINCE_MAX = 500;

export function listProspects(core: Core, agent: Agent, ask: Ask): Promise<Listed<'load_prospects'>> {
  return core.read(async (tx) => {
    const head = await headOf(tx);
    const visible = visibleProspects(agent);
    const select = (where: SQL | undefined, limit: number): Promise<ProspectRow[]> =>
      tx.select().from(prospects).where(and(visible, where)).orderBy(desc(prospects.id)).limit(limit);
    const answer = (rows: ProspectRow[], more: { hasMore: boolean; removed?: string[]; reset?: boolean }) => ({
      head,
      reply: { prospects: rows.map(prospectToWire), ...more },
    });

    if (ask.ids) {
      const wanted = [...new Set(ask.ids)];
      const rows = await select(inArray(prospects.id, wanted), wanted.length);
      const found = new Set(rows.map(({ id }) => id));
      return answer(rows, { hasMore: false, removed: wanted.filter((id) => !found.has(id)) });
    }
    if (ask.since && core.remembers(ask.since)) {
      const rows = await select(gte(prospects.changedXid, ask.since.head), SINCE_MAX + 1);
      if (rows.length <= SINCE_MAX)
        return answer(rows, { hasMore: false, removed: await gone(tx, agent, ask.since.head) });
    }
    const limit = pageSize(ask.limit);
    const rows = await select(ask.before === undefined ? undefined : lt(prospects.id, ask.before), limit + 1);
    return answer(rows.slice(0, limit), { hasMore: rows.length > limit, ...(ask.since && { reset: true }) });
  });
}

async function gone(tx: Queries, agent: Agent, head: number): Promise<string[]> {
  if (agent.role === 'supervisor') return [];
  const rows = await tx
    .selectDistinct({ id: conversations.prospectId })
    .from(departures)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, departures.tenantId), eq(conversations.id, departures.conversationId)),
    )
    .where(
      and(
        eq(departures.tenantId, agent.tenantId),
        gte(departures.xid, head),
        or(eq(departures.agentId, agent.id), isNull(departures.agentId)),
        sql`not exists (select 1 from ${prospects} where ${prospects.id} = ${conversations.prospectId} and ${visibleProspects(agent)})`,
      ),
    );
  return rows.map(({ id }) => id);
}
