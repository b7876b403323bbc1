/** A stored message as it is said on the wire. */
import type { ChatMessage } from '../../../src/contract/index.js';
import type { Said } from '../core.js';
import type { messages } from '../database/schema.js';

export type MessageRow = typeof messages.$inferSelect;

export function messageToWire(row: MessageRow): ChatMessage {
  return {
    id: row.id,
    conversationId: row.conversationId,
    senderId: row.senderId,
    senderType: row.senderType,
    content: row.content,
    messageType: row.messageType,
    platform: row.platform,
    timestamp: row.timestamp.toISOString(),
    status: row.status,
    seq: row.seq,
    rev: row.rev,
    ...(row.metadata && { metadata: row.metadata }),
    ...(row.clientMessageId !== null && { clientMessageId: row.clientMessageId }),
    ...(row.attempt > 0 && { attempt: row.attempt }),
    ...(row.senderName !== null && { senderName: row.senderName }),
    ...(row.replyTo !== null && { replyTo: row.replyTo }),
    ...(row.visibility === 'internal' && { visibility: row.visibility }),
    ...(row.error && { error: row.error }),
    ...(row.statusAt && { statusAt: row.statusAt.toISOString() }),
  };
}

export function messageEvent(row: MessageRow, epoch: string): Said<'new_message'> {
  return { ...messageToWire(row), _sync: { e: epoch, r: row.rev, s: row.seq } };
}
