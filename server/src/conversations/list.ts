/** The list of conversations: by pages, by ids, or what changed since; always only what this agent may see. */
import { and, desc, eq, gte, ilike, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import type { InferOutput } from 'valibot';
import type { clientEvents, ConversationFilter, Reply } from '../../../src/contract/index.js';
import { visibleConversations, type Agent } from '../access.js';
import { readChatSettings } from '../chat-settings.js';
import { headOf, type Core } from '../core.js';
import { rowsOf, type Queries } from '../database/open.js';
import { conversations, departures, messages, prospects } from '../database/schema.js';
import { readMoment } from '../moment.js';
import { draftsOf } from '../drafts.js';
import { conversationToWire, prospectToWire } from './wire.js';

type Ask = InferOutput<(typeof clientEvents)['load_conversations']['ask']>;
export type Listed<E extends 'load_conversations' | 'load_prospects' | 'load_clients'> = {
  reply: Reply<E>;
  head: number;
};

const PAGE = 50;
const PAGE_MAX = 200;
/** More changes than this are not worth repeating one by one: the client starts over with the first page. */
const SINCE_MAX = 500;

export const pageSize = (limit: number | undefined) => Math.min(limit ?? PAGE, PAGE_MAX);

export function listConversations(core: Core, agent: Agent, ask: Ask): Promise<Listed<'load_conversations'>> {
  return core.read(async (tx) => {
    const head = await headOf(tx);
    const settings = (await readChatSettings(tx, agent.tenantId)).value;
    const page = await choosePage(core, tx, agent, ask, settings.botEnabled);
    const counts = ask.ids ? undefined : await countViews(tx, agent, settings.botEnabled);
    const drafts = ask.ids || ask.before ? undefined : await draftsOf(tx, agent);
    const contacts = new Map(page.rows.map(({ prospect }) => [prospect.id, prospect]));
    return {
      head,
      reply: {
        conversations: page.rows.map(({ conversation, last }) => conversationToWire(conversation, last, core)),
        prospects: [...contacts.values()].map(prospectToWire),
        hasMore: page.hasMore,
        settings,
        ...(counts && { counts }),
        ...(drafts && { drafts }),
        ...(page.removed && { removed: page.removed }),
        ...(page.reset && { reset: true }),
      },
    };
  });
}

async function choosePage(core: Core, tx: Queries, agent: Agent, ask: Ask, bot: boolean): Promise<Page> {
  if (ask.ids) return pageOfIds(tx, agent, ask.ids);
  const first = () => pageOfList(tx, agent, ask, bot);
  if (!ask.since) return first();
  if (!core.remembers(ask.since)) return { ...(await first()), reset: true };
  return (await changedSince(tx, agent, ask.since.head)) ?? { ...(await first()), reset: true };
}

type Row = Awaited<ReturnType<typeof select>>[number];
interface Page {
  rows: Row[];
  hasMore: boolean;
  removed?: string[];
  reset?: boolean;
}

/**
 * The page is chosen first, from the conversations alone, and only then are contacts and last messages looked up for it:
 * joined at once, the planner reads every message of the tenant to show fifty. Only words are looked for in them, too.
 */
function select(tx: Queries, where: SQL | undefined, limit: number, words = false) {
  const chosen = tx.select({ id: conversations.id, tenantId: conversations.tenantId }).from(conversations);
  const page = (words ? chosen.innerJoin(prospects, ofContact).leftJoin(messages, isLast) : chosen)
    .where(where)
    .orderBy(desc(conversations.lastActivity), desc(conversations.id))
    .limit(limit)
    .as('page');
  return tx
    .select({ conversation: conversations, prospect: prospects, last: messages })
    .from(page)
    .innerJoin(conversations, and(eq(conversations.tenantId, page.tenantId), eq(conversations.id, page.id)))
    .innerJoin(prospects, ofContact)
    .leftJoin(messages, isLast)
    .orderBy(desc(conversations.lastActivity), desc(conversations.id));
}

const ofContact = and(eq(prospects.tenantId, conversations.tenantId), eq(prospects.id, conversations.prospectId));
const isLast = and(
  eq(messages.tenantId, conversations.tenantId),
  eq(messages.conversationId, conversations.id),
  eq(messages.seq, conversations.lastSeq),
);

async function pageOfList(tx: Queries, agent: Agent, ask: Ask, bot: boolean): Promise<Page> {
  const limit = pageSize(ask.limit);
  const before = ask.before && {
    id: ask.before.id,
    at: readMoment(ask.before.lastActivity, 'before.lastActivity').toISOString(),
  };
  const rows = await select(
    tx,
    and(
      visibleConversations(agent),
      before && sql`(${conversations.lastActivity}, ${conversations.id}) < (${before.at}::timestamptz, ${before.id})`,
      ask.filter && matches(agent, ask.filter, bot),
    ),
    limit + 1,
    Boolean(ask.filter?.text?.trim()),
  );
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
}

async function pageOfIds(tx: Queries, agent: Agent, ids: string[]): Promise<Page> {
  const wanted = [...new Set(ids)];
  const rows = await select(tx, and(visibleConversations(agent), inArray(conversations.id, wanted)), wanted.length);
  const found = new Set(rows.map(({ conversation }) => conversation.id));
  return { rows, hasMore: false, removed: wanted.filter((id) => !found.has(id)) };
}

/** Undefined: too much to repeat. */
async function changedSince(tx: Queries, agent: Agent, head: number): Promise<Page | undefined> {
  const rows = await select(tx, and(visibleConversations(agent), gte(conversations.changedXid, head)), SINCE_MAX + 1);
  if (rows.length > SINCE_MAX) return undefined;
  return { rows, hasMore: false, removed: await gone(tx, agent, head) };
}

/** Those this agent could see and can no longer. A supervisor loses sight of nothing. */
async function gone(tx: Queries, agent: Agent, head: number): Promise<string[]> {
  if (agent.role === 'supervisor') return [];
  const rows = await tx
    .selectDistinct({ id: departures.conversationId })
    .from(departures)
    .where(
      and(
        eq(departures.tenantId, agent.tenantId),
        gte(departures.xid, head),
        or(eq(departures.agentId, agent.id), isNull(departures.agentId)),
        sql`not exists (select 1 from ${conversations} where ${conversations.id} = ${departures.conversationId} and ${visibleConversations(agent)})`,
      ),
    );
  return rows.map(({ id }) => id);
}

/** A view shows what is being worked on; a search or a contact's own list shows closed ones too. */
function matches(agent: Agent, filter: ConversationFilter, bot: boolean): SQL | undefined {
  const like = filter.text?.trim() && `%${filter.text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  return and(
    filter.view && eq(conversations.status, 'active'),
    filter.view === 'mine' ? eq(conversations.assignedTo, agent.id) : undefined,
    filter.view === 'unassigned' ? isNull(conversations.assignedTo) : undefined,
    filter.view === 'bot' ? sql`coalesce(${conversations.botEnabled}, ${bot})` : undefined,
    filter.prospectId === undefined ? undefined : eq(conversations.prospectId, filter.prospectId),
    filter.clientId === undefined ? undefined : eq(conversations.clientId, filter.clientId),
    like
      ? or(ilike(prospects.name, like), ilike(prospects.identifier, like), ilike(messages.content, like))
      : undefined,
  );
}

async function countViews(tx: Queries, agent: Agent, bot: boolean) {
  const [row] = await rowsOf<Record<'all' | 'mine' | 'unassigned' | 'bot', string | number>>(
    tx,
    sql`select count(*) as "all",
      count(*) filter (where ${conversations.assignedTo} = ${agent.id}) as "mine",
      count(*) filter (where ${conversations.assignedTo} is null) as "unassigned",
      count(*) filter (where coalesce(${conversations.botEnabled}, ${bot})) as "bot"
      from ${conversations} where ${visibleConversations(agent)} and ${conversations.status} = 'active'`,
  );
  return {
    all: Number(row!.all),
    mine: Number(row!.mine),
    unassigned: Number(row!.unassigned),
    bot: Number(row!.bot),
  };
}
