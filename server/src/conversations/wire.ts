/** Stored conversations and contacts as they are said on the wire. */
import type { Conversation, Prospect } from '../../../src/contract/index.js';
import type { Core } from '../core.js';
import type { conversations, prospects } from '../database/schema.js';
import { replyWindowEnd } from './reply-window.js';
import { messageToWire, type MessageRow } from '../messages/wire.js';

export type ConversationRow = typeof conversations.$inferSelect;
export type ProspectRow = typeof prospects.$inferSelect;

export function conversationToWire(
  row: ConversationRow,
  last: MessageRow | null,
  core: Pick<Core, 'files' | 'channel'>,
): Conversation {
  const windowEnd = replyWindowEnd(row, core);
  return {
    id: row.id,
    prospectId: row.prospectId,
    platform: row.platform,
    status: row.status,
    lastActivity: row.lastActivity.toISOString(),
    unreadCount: row.unreadCount,
    tags: row.tags,
    isClientConverted: row.clientId !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    rev: row.rev,
    lastSeq: row.lastSeq,
    readSeq: row.readSeq,
    ...(row.clientId !== null && { clientId: row.clientId }),
    ...(row.assignedTo !== null && { assignedTo: row.assignedTo }),
    ...(row.botEnabled !== null && { botEnabled: row.botEnabled }),
    ...(row.subject !== null && { subject: row.subject }),
    ...(windowEnd && { replyWindowEndsAt: windowEnd.toISOString() }),
    ...(last && { lastMessage: messageToWire(last, core) }),
  };
}

export function prospectToWire(row: ProspectRow): Prospect {
  return {
    id: row.id,
    identifier: row.identifier,
    identifierType: row.identifierType,
    platform: row.platform,
    isClient: row.clientId !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.name !== null && { name: row.name }),
    ...(row.avatar !== null && { avatar: row.avatar }),
    ...(row.clientId !== null && { clientId: row.clientId }),
    ...(row.lastSeen && { lastSeen: row.lastSeen.toISOString() }),
    ...(row.email !== null && { email: row.email }),
    ...(row.phone !== null && { phone: row.phone }),
    ...(row.location !== null && { location: row.location }),
    ...(row.language !== null && { language: row.language }),
    ...(row.timezone !== null && { timezone: row.timezone }),
    ...(row.source !== null && { source: row.source }),
  };
}
