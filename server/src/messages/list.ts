/** The messages of one conversation, by windows of `seq`, or those changed since a revision. Always oldest first. */
import { and, asc, desc, eq, gt, gte, lt, type SQL } from 'drizzle-orm';
import type { InferOutput } from 'valibot';
import type { clientEvents, Reply } from '../../../src/contract/index.js';
import { canSee, type Agent } from '../access.js';
import { at } from '../conversations/change.js';
import { conversationToWire, type ConversationRow } from '../conversations/wire.js';
import type { Core } from '../core.js';
import type { Queries } from '../database/open.js';
import { conversations, messages } from '../database/schema.js';
import { COUNTER_MAX } from '../moment.js';
import { notFound } from '../refusal.js';
import { messageToWire, type MessageRow } from './wire.js';

type Ask = InferOutput<(typeof clientEvents)['load_messages']['ask']>;

const PAGE = 50;
/** More changes than this are answered with the newest page and `reset`. */
const SINCE_MAX = 500;

export function listMessages(core: Core, agent: Agent, ask: Ask): Promise<Reply<'load_messages'>> {
  const place = { tenantId: agent.tenantId, conversationId: ask.conversationId };
  return core.read(async (tx) => {
    const [conversation] = await tx.select().from(conversations).where(at(place));
    if (!conversation || !canSee(agent, conversation)) throw notFound('conversation');
    const window = await chooseWindow(core, tx, conversation, ask);
    const { rows } = window;
    return {
      messages: rows.map((row) => messageToWire(row, core)),
      rev: conversation.rev,
      lastSeq: conversation.lastSeq,
      // Numbers have no holes and begin with 1: whether there is more can be read off them.
      hasMore: window.hasMore ?? (rows.length > 0 && rows[0]!.seq > 1),
      hasMoreAfter: window.hasMoreAfter ?? (rows.length > 0 && rows.at(-1)!.seq < conversation.lastSeq),
      ...(window.reset && { reset: true }),
      ...(ask.sinceRev !== undefined && { conversation: conversationToWire(conversation, null, core) }),
    };
  });
}

interface Window {
  rows: MessageRow[];
  hasMore?: boolean;
  hasMoreAfter?: boolean;
  reset?: boolean;
}

async function chooseWindow(core: Core, tx: Queries, conversation: ConversationRow, ask: Ask): Promise<Window> {
  const limit = ask.limit ?? PAGE;
  const newest = () => older(tx, conversation, undefined, limit);
  if (ask.epoch !== undefined && ask.epoch !== core.epoch) return { rows: await newest(), reset: true };
  if (ask.sinceRev !== undefined) {
    const rows = ask.sinceRev <= conversation.rev ? await changedAfter(tx, conversation, ask.sinceRev) : undefined;
    // What changed is scattered over the history: there is no "before" and "after" to speak of.
    if (rows) return { rows, hasMore: false, hasMoreAfter: false };
    return { rows: await newest(), reset: true };
  }
  if (ask.around !== undefined) return { rows: await around(tx, conversation, ask.around, limit) };
  if (ask.before !== undefined) return { rows: await older(tx, conversation, ask.before, limit) };
  if (ask.after !== undefined) {
    const rows = await newer(tx, conversation, gt(messages.seq, Math.min(ask.after, COUNTER_MAX)), limit);
    return rows.length ? { rows } : { rows, hasMore: conversation.lastSeq > 0, hasMoreAfter: false };
  }
  return { rows: await newest() };
}

const of = ({ tenantId, id }: ConversationRow) => and(eq(messages.tenantId, tenantId), eq(messages.conversationId, id));

async function older(tx: Queries, conversation: ConversationRow, before: number | undefined, limit: number) {
  const rows = await tx
    .select()
    .from(messages)
    .where(and(of(conversation), before === undefined ? undefined : lt(messages.seq, Math.min(before, COUNTER_MAX))))
    .orderBy(desc(messages.seq))
    .limit(limit);
  return rows.reverse();
}

function newer(tx: Queries, conversation: ConversationRow, where: SQL, limit: number) {
  return tx
    .select()
    .from(messages)
    .where(and(of(conversation), where))
    .orderBy(asc(messages.seq))
    .limit(limit);
}

async function around(tx: Queries, conversation: ConversationRow, messageId: string, limit: number) {
  const [middle] = await tx
    .select({ seq: messages.seq })
    .from(messages)
    .where(and(of(conversation), eq(messages.id, messageId)));
  if (!middle) throw notFound('message');
  const from = await older(tx, conversation, middle.seq, Math.floor(limit / 2));
  return [...from, ...(await newer(tx, conversation, gte(messages.seq, middle.seq), limit - from.length))];
}

async function changedAfter(tx: Queries, conversation: ConversationRow, rev: number) {
  const rows = await tx
    .select()
    .from(messages)
    .where(and(of(conversation), gt(messages.rev, rev)))
    .orderBy(asc(messages.seq))
    .limit(SINCE_MAX + 1);
  return rows.length > SINCE_MAX ? undefined : rows;
}
