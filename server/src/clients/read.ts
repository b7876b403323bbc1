/** Clients with their notes and quotes: three queries however many clients. */
import { and, asc, desc, eq, gte, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import type { InferOutput } from 'valibot';
import type { Client, clientEvents, ClientNote, ClientQuote } from '../../../src/contract/index.js';
import { visibleClients, type Agent } from '../access.js';
import { pageSize, type Listed } from '../conversations/list.js';
import { headOf, type Core } from '../core.js';
import type { Queries } from '../database/open.js';
import { clientNotes, clientQuotes, clients, conversations, departures } from '../database/schema.js';

export type ClientRow = typeof clients.$inferSelect;
export type NoteRow = typeof clientNotes.$inferSelect;
export type QuoteRow = typeof clientQuotes.$inferSelect;
type Ask = InferOutput<(typeof clientEvents)['load_clients']['ask']>;
const SINCE_MAX = 500;

export function listClients(core: Core, agent: Agent, ask: Ask): Promise<Listed<'load_clients'>> {
  return core.read(async (tx) => {
    const head = await headOf(tx);
    const visible = visibleClients(agent);
    const select = (where: SQL | undefined, limit: number): Promise<ClientRow[]> =>
      tx.select().from(clients).where(and(visible, where)).orderBy(desc(clients.id)).limit(limit);
    const answer = async (rows: ClientRow[], more: { hasMore: boolean; removed?: string[]; reset?: boolean }) => ({
      head,
      reply: { clients: await withNotesAndQuotes(tx, agent.tenantId, rows), ...more },
    });

    if (ask.ids) {
      const wanted = [...new Set(ask.ids)];
      const rows = await select(inArray(clients.id, wanted), wanted.length);
      const found = new Set(rows.map(({ id }) => id));
      return answer(rows, { hasMore: false, removed: wanted.filter((id) => !found.has(id)) });
    }
    if (ask.since && core.remembers(ask.since)) {
      const rows = await select(gte(clients.changedXid, ask.since.head), SINCE_MAX + 1);
      if (rows.length <= SINCE_MAX)
        return answer(rows, { hasMore: false, removed: await gone(tx, agent, ask.since.head) });
    }
    const limit = pageSize(ask.limit);
    const rows = await select(ask.before === undefined ? undefined : lt(clients.id, ask.before), limit + 1);
    return answer(rows.slice(0, limit), { hasMore: rows.length > limit, ...(ask.since && { reset: true }) });
  });
}

async function gone(tx: Queries, agent: Agent, head: number): Promise<string[]> {
  if (agent.role === 'supervisor') return [];
  const rows = await tx
    .selectDistinct({ id: conversations.clientId })
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
        sql`not exists (select 1 from ${clients} where ${clients.id} = ${conversations.clientId} and ${visibleClients(agent)})`,
      ),
    );
  return rows.flatMap(({ id }) => id ?? []);
}

export async function withNotesAndQuotes(tx: Queries, tenantId: string, rows: ClientRow[]): Promise<Client[]> {
  if (!rows.length) return [];
  const ids = rows.map(({ id }) => id);
  const notes = await tx
    .select()
    .from(clientNotes)
    .where(and(eq(clientNotes.tenantId, tenantId), inArray(clientNotes.clientId, ids)))
    .orderBy(asc(clientNotes.createdAt), asc(clientNotes.id));
  const quotes = await tx
    .select()
    .from(clientQuotes)
    .where(and(eq(clientQuotes.tenantId, tenantId), inArray(clientQuotes.clientId, ids)))
    .orderBy(asc(clientQuotes.createdAt), asc(clientQuotes.id));
  return rows.map((row) => ({
    id: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    email: row.email,
    phone: row.phone,
    status: row.status,
    tags: row.tags,
    notes: notes.filter(({ clientId }) => clientId === row.id).map(noteToWire),
    quotes: quotes.filter(({ clientId }) => clientId === row.id).map(quoteToWire),
    totalValue: quotes.reduce((sum, q) => (q.clientId === row.id && q.status === 'accepted' ? sum + q.amount : sum), 0),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    rev: row.rev,
    ...(row.company !== null && { company: row.company }),
    ...(row.avatar !== null && { avatar: row.avatar }),
  }));
}

export function noteToWire(row: NoteRow): ClientNote {
  return {
    id: row.id,
    clientId: row.clientId,
    content: row.content,
    authorId: row.authorId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.authorName !== null && { authorName: row.authorName }),
  };
}

export function quoteToWire(row: QuoteRow): ClientQuote {
  return {
    id: row.id,
    clientId: row.clientId,
    title: row.title,
    amount: row.amount,
    currency: row.currency,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.validUntil && { validUntil: row.validUntil.toISOString() }),
    ...(row.url !== null && { url: row.url }),
    ...(row.number !== null && { number: row.number }),
  };
}
