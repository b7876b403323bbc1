/** A stored message as it is said on the wire. */
import type { ChatMessage } from '../../../src/contract/index.js';
import type { Core, Said } from '../core.js';
import type { messages } from '../database/schema.js';
import { linksOf } from '../files/claim.js';

export type MessageRow = typeof messages.$inferSelect;

/** Links to files are made here, so that every telling of a message carries fresh ones. */
export function messageToWire(row: MessageRow, { files }: Pick<Core, 'files'>): ChatMessage {
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
    ...(row.metadata && {
      metadata: files ? linksOf(files.links, row.messageType, row.metadata) : row.metadata,
    }),
    ...(row.clientMessageId !== null && { clientMessageId: row.clientMessageId }),
    ...(row.attempt > 0 && { attempt: row.attempt }),
    ...(row.senderName !== null && { senderName: row.senderName }),
    ...(row.replyTo !== null && { replyTo: row.replyTo }),
    ...(row.visibility === 'internal' && { visibility: row.visibility }),
    ...(row.error && { error: row.error }),
    ...(row.editedAt && { editedAt: row.editedAt.toISOString() }),
    ...(row.deletedAt && { deletedAt: row.deletedAt.toISOString() }),
    ...(row.reactions?.length && { reactions: row.reactions }),
    ...(row.statusAt && { statusAt: row.statusAt.toISOString() }),
  };
}

export function messageEvent(row: MessageRow, core: Pick<Core, 'epoch' | 'files'>): Said<'new_message'> {
  return { ...messageToWire(row, core), _sync: { e: core.epoch, r: row.rev, s: row.seq } };
}
