/**
 * Finds words in what was said, newest first. Plain words in any script, whatever their case: no operators, nothing is
 * split, so that Chinese and Arabic are found as they are written. One conversation is searched whole; without one, those
 * of the agent's that were active last, because nothing here is indexed by word.
 */
import { and, count, desc, eq, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { InferOutput } from 'valibot';
import type { clientEvents, Reply } from '../../../src/contract/index.js';
import { canSee, visibleConversations, type Agent } from '../access.js';
import { at } from '../conversations/change.js';
import type { Core } from '../core.js';
import type { Queries } from '../database/open.js';
import { conversations, messages } from '../database/schema.js';
import { COUNTER_MAX } from '../moment.js';
import { notFound, Refusal } from '../refusal.js';
import { messageToWire } from './wire.js';

type Ask = InferOutput<(typeof clientEvents)['search_messages']['ask']>;

const PAGE = 50;
/** Without a named conversation so many are looked through. */
const RECENT_CONVERSATIONS = 200;

export function searchMessages(core: Core, agent: Agent, ask: Ask): Promise<Reply<'search_messages'>> {
  const after = readCursor(ask.cursor);
  const limit = ask.limit ?? PAGE;
  return core.read(async (tx) => {
    const found = and(
      eq(messages.tenantId, agent.tenantId),
      await places(tx, agent, ask.filter?.conversationId),
      sql`position(${large(sql`${ask.query}::text`)} in ${large(messages.content)}) > 0`,
    );
    const [counted] = await tx.select({ total: count() }).from(messages).where(found);
    const rows = await tx
      .select()
      .from(messages)
      .where(and(found, after))
      .orderBy(desc(messages.timestamp), desc(messages.seq), desc(messages.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    return {
      hits: page.map((row) => ({ message: messageToWire(row, core), ranges: rangesOf(row.content, ask.query) })),
      total: counted!.total,
      ...(rows.length > limit && { next: cursorAfter(page.at(-1)!) }),
    };
  });
}

/** By Unicode's rules, whatever locale the database was made with. Capitals, because a Greek word ends in another small letter. */
const large = (text: SQLWrapper) => sql`upper(${text} collate "und-x-icu")`;

async function places(tx: Queries, agent: Agent, conversationId: string | undefined): Promise<SQL> {
  if (conversationId !== undefined) {
    const [place] = await tx
      .select()
      .from(conversations)
      .where(at({ tenantId: agent.tenantId, conversationId }));
    if (!place || !canSee(agent, place)) throw notFound('conversation');
    return eq(messages.conversationId, conversationId);
  }
  const recent = tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(visibleConversations(agent))
    .orderBy(desc(conversations.lastActivity), desc(conversations.id))
    .limit(RECENT_CONVERSATIONS);
  return inArray(messages.conversationId, recent);
}

/** Every place of the words, in code units. Letters are compared one by one, so that no place moves when its case does. */
function rangesOf(content: string, query: string): [number, number][] {
  const [text, words] = [fold(content), fold(query)];
  const ranges: [number, number][] = [];
  for (let start = text.indexOf(words); start >= 0; start = text.indexOf(words, start + words.length))
    ranges.push([start, start + words.length]);
  return ranges;
}

const fold = (text: string) =>
  Array.from(text, (letter) => {
    const large = letter.toUpperCase();
    return large.length === letter.length ? large : letter;
  }).join('');

function cursorAfter({ timestamp, seq, id }: typeof messages.$inferSelect): string {
  return Buffer.from(JSON.stringify([timestamp.getTime(), seq, id])).toString('base64url');
}

function readCursor(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [moment, seq, id] = parse(cursor);
  const when = new Date(Number(moment));
  const known = Number.isInteger(moment) && !Number.isNaN(when.getTime()) && Number.isInteger(seq);
  if (!known || typeof id !== 'string' || id.includes('\0') || Math.abs(seq as number) > COUNTER_MAX)
    throw new Refusal('BAD_PAYLOAD', 'The cursor is not one of this server.', { field: 'cursor' });
  return sql`(${messages.timestamp}, ${messages.seq}, ${messages.id}) < (${when.toISOString()}::timestamptz, ${seq}::int, ${id}::text)`;
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
