/** Writes messages into a locked conversation: number, revision, counters and event belong together. */
import { and, eq } from 'drizzle-orm';
import type { MessageStatus } from '../../../src/contract/index.js';
import { at, lockConversation, nextRevision } from '../conversations/change.js';
import type { ConversationRow } from '../conversations/wire.js';
import type { Core, Tell } from '../core.js';
import { currentXid, type Queries } from '../database/open.js';
import { conversations, messages, platformJobs } from '../database/schema.js';
import { messageEvent, type MessageRow } from './wire.js';

export type NewMessage = Pick<
  typeof messages.$inferInsert,
  'id' | 'senderId' | 'senderType' | 'content' | 'messageType' | 'status'
> &
  Partial<typeof messages.$inferInsert>;

/**
 * Number, counters, message and, with `forPlatform`, the job that hands it to the channel: one statement, because each
 * one more is a way to the database and back while the conversation is locked.
 */
export async function storeMessage(
  core: Core,
  tx: Queries,
  tell: Tell,
  conversation: ConversationRow,
  message: NewMessage,
  { forPlatform }: { forPlatform: boolean },
): Promise<MessageRow> {
  const now = core.world.now();
  const seq = conversation.lastSeq + 1;
  const inbound = message.senderType === 'prospect';
  const set = {
    lastSeq: seq,
    lastActivity: now,
    rev: conversation.rev + 1,
    updatedAt: now,
    ...(inbound && { unreadCount: conversation.unreadCount + 1, lastInboundAt: now }),
  };
  const moved = tx.$with('moved', {}).as(
    tx
      .update(conversations)
      .set({ ...set, changedXid: currentXid })
      .where(at({ tenantId: conversation.tenantId, conversationId: conversation.id }))
      .getSQL(),
  );
  const job = {
    tenantId: conversation.tenantId,
    messageId: message.id,
    conversationId: conversation.id,
    attempt: message.attempt ?? 0,
    state: 'pending',
    createdAt: now,
    updatedAt: now,
  } as const;
  const queued = forPlatform ? [tx.$with('queued', {}).as(tx.insert(platformJobs).values(job).getSQL())] : [];
  const [row] = await tx
    .with(moved, ...queued)
    .insert(messages)
    .values({
      ...message,
      tenantId: conversation.tenantId,
      conversationId: conversation.id,
      platform: conversation.platform,
      seq,
      rev: set.rev,
      timestamp: now,
      statusAt: now,
    })
    .returning();
  tellMessage(core, tell, { ...conversation, ...set }, row!, true);
  return row!;
}

/** Sends a failed message once more: a new attempt, from the start. */
export async function restartMessage(
  core: Core,
  tx: Queries,
  tell: Tell,
  conversation: ConversationRow,
  stored: MessageRow,
  attempt: number,
): Promise<MessageRow> {
  return changeMessage(core, tx, tell, conversation, stored, {
    status: 'sent',
    statusAt: core.world.now(),
    attempt,
    error: null,
  });
}

const RANK: Record<MessageStatus, number> = { sent: 1, failed: 2, delivered: 3, read: 4 };

/** What the channel reports. Reports come late and twice: only one that leads further changes anything. */
export function reportStatus(
  core: Core,
  tenantId: string,
  report: {
    messageId: string;
    attempt: number;
    status: MessageStatus;
    error?: { code: string; message: string };
  },
): Promise<void> {
  return core.write(async (tx, tell) => {
    const which = and(eq(messages.tenantId, tenantId), eq(messages.id, report.messageId));
    const [found] = await tx.select({ conversationId: messages.conversationId }).from(messages).where(which);
    if (!found) return;
    const conversation = await lockConversation(tx, { tenantId, conversationId: found.conversationId });
    const [stored] = await tx.select().from(messages).where(which);
    if (!stored || report.attempt < stored.attempt) return;
    if (report.attempt === stored.attempt && RANK[report.status] <= RANK[stored.status]) return;
    await changeMessage(core, tx, tell, conversation, stored, {
      status: report.status,
      statusAt: core.world.now(),
      error: report.error ?? null,
    });
  });
}

/** Anything about a message that is there already: one revision, and the whole message told once more. */
export async function changeMessage(
  core: Core,
  tx: Queries,
  tell: Tell,
  conversation: ConversationRow,
  stored: MessageRow,
  set: Partial<MessageRow>,
): Promise<MessageRow> {
  const next = await nextRevision(core, tx, conversation);
  const [row] = await tx
    .update(messages)
    .set({ ...set, rev: next.rev })
    .where(and(eq(messages.tenantId, stored.tenantId), eq(messages.id, stored.id)))
    .returning();
  tellMessage(core, tell, next, row!, false);
  return row!;
}

function tellMessage(core: Core, tell: Tell, conversation: ConversationRow, row: MessageRow, fresh: boolean): void {
  tell({
    event: 'new_message',
    audience: { tenantId: row.tenantId, assignees: [conversation.assignedTo] },
    in: { conversationId: conversation.id, rev: conversation.rev },
    payload: messageEvent(row, core),
    fresh,
  });
}
