/**
 * Every change of a conversation: under its row lock, one revision, one event. Whoever holds the lock is alone, so
 * commit order is number order.
 */
import { and, count, eq, gt } from 'drizzle-orm';
import { canSee, type Agent } from '../access.js';
import type { Core, Said, Tell } from '../core.js';
import { currentXid, type Queries } from '../database/open.js';
import { clients, conversations, departures, messages, prospects } from '../database/schema.js';
import { notFound } from '../refusal.js';
import { conversationToWire, prospectToWire, type ConversationRow } from './wire.js';

export interface Place {
  tenantId: string;
  conversationId: string;
}

export const at = ({ tenantId, conversationId }: Place) =>
  and(eq(conversations.tenantId, tenantId), eq(conversations.id, conversationId));

/** Locks the conversation for this transaction; what is not there and what is not visible are refused alike. */
export async function lockConversation(tx: Queries, place: Place, agent?: Agent): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversations).where(at(place)).for('update');
  if (!row || (agent && !canSee(agent, row))) throw notFound('conversation');
  return row;
}

/** Writes the next revision of a locked conversation. */
export async function nextRevision(
  core: Core,
  tx: Queries,
  row: ConversationRow,
  set: Partial<ConversationRow> = {},
): Promise<ConversationRow> {
  const [next] = await tx
    .update(conversations)
    .set({ ...set, rev: row.rev + 1, updatedAt: core.world.now(), changedXid: currentXid })
    .where(at({ tenantId: row.tenantId, conversationId: row.id }))
    .returning();
  return next!;
}

export function tellConversation(
  core: Core,
  tell: Tell,
  row: ConversationRow,
  patch: Partial<Said<'conversation_updated'>>,
): void {
  tell({
    event: 'conversation_updated',
    audience: { tenantId: row.tenantId, assignees: [row.assignedTo] },
    in: { conversationId: row.id, rev: row.rev },
    payload: {
      ...patch,
      id: row.id,
      rev: row.rev,
      updatedAt: row.updatedAt.toISOString(),
      _sync: { e: core.epoch, r: row.rev },
    },
  });
}

/** Moves the team's read marker forward, never back and never past the end. */
export function markRead(core: Core, agent: Agent, conversationId: string, upTo: { seq?: number; messageId?: string }) {
  const place = { tenantId: agent.tenantId, conversationId };
  return core.write(async (tx, tell) => {
    const row = await lockConversation(tx, place, agent);
    const wanted = Math.min(upTo.seq ?? (await seqOf(tx, place, upTo.messageId)) ?? row.lastSeq, row.lastSeq);
    if (wanted <= row.readSeq) return { readSeq: row.readSeq, unreadCount: row.unreadCount, rev: row.rev };
    const unreadCount = await countUnread(tx, place, wanted);
    const next = await nextRevision(core, tx, row, { readSeq: wanted, unreadCount });
    tellConversation(core, tell, next, { readSeq: wanted, unreadCount });
    return { readSeq: wanted, unreadCount, rev: next.rev };
  });
}

export async function countUnread(tx: Queries, place: Place, readSeq: number): Promise<number> {
  const [row] = await tx
    .select({ unread: count() })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, place.tenantId),
        eq(messages.conversationId, place.conversationId),
        gt(messages.seq, readSeq),
        eq(messages.senderType, 'prospect'),
      ),
    );
  return row!.unread;
}

async function seqOf(tx: Queries, place: Place, messageId: string | undefined): Promise<number | undefined> {
  if (messageId === undefined) return undefined;
  const [row] = await tx
    .select({ seq: messages.seq })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, place.tenantId),
        eq(messages.id, messageId),
        eq(messages.conversationId, place.conversationId),
      ),
    );
  if (!row) throw notFound('message');
  return row.seq;
}

/**
 * Gives the conversation to an agent, or to nobody. Those who can no longer see it are told that it is gone, those who
 * can now see it are told all of it, and both find the same when they ask what changed.
 */
export function assignConversation(core: Core, place: Place, assignedTo: string | null): Promise<void> {
  return core.write(async (tx, tell) => {
    const row = await lockConversation(tx, place);
    if (row.assignedTo === assignedTo) return;
    const next = await nextRevision(core, tx, row, { assignedTo });
    await tx.insert(departures).values({
      tenantId: row.tenantId,
      conversationId: row.id,
      agentId: row.assignedTo,
      xid: currentXid,
      createdAt: core.world.now(),
    });
    // The contact and the client come into view, or go out of it, together with the conversation.
    const touched = { changedXid: currentXid };
    const [prospect] = await tx
      .update(prospects)
      .set(touched)
      .where(and(eq(prospects.tenantId, row.tenantId), eq(prospects.id, row.prospectId)))
      .returning();
    if (row.clientId !== null)
      await tx
        .update(clients)
        .set(touched)
        .where(and(eq(clients.tenantId, row.tenantId), eq(clients.id, row.clientId)));
    const [last] = await tx
      .select()
      .from(messages)
      .where(
        and(eq(messages.tenantId, row.tenantId), eq(messages.conversationId, row.id), eq(messages.seq, row.lastSeq)),
      );
    tell({
      event: 'conversation_removed',
      audience: { tenantId: row.tenantId, assignees: [row.assignedTo] },
      payload: { id: row.id },
      notFor: { tenantId: row.tenantId, assignees: [assignedTo] },
    });
    tell({
      event: 'prospect_updated',
      audience: { tenantId: row.tenantId, assignees: [assignedTo] },
      payload: prospectToWire(prospect!),
    });
    tellConversation(core, tell, next, {
      ...conversationToWire(next, last ?? null, core),
      // Named even when nobody has it: an absent field would leave the old name standing.
      assignedTo,
    });
  });
}
