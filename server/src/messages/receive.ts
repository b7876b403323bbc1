/** What arrives from the other side, or from the bot on our side. */
import { and, eq } from 'drizzle-orm';
import { lockConversation, nextRevision, tellConversation } from '../conversations/change.js';
import type { Core } from '../core.js';
import { currentXid } from '../database/open.js';
import { prospects } from '../database/schema.js';
import { storeMessage } from './store.js';
import type { MessageRow } from './wire.js';

export interface Inbound {
  tenantId: string;
  conversationId: string;
  content: string;
}

/** A contact's message. A conversation that was closed or archived is open again. */
export function receiveMessage(core: Core, { tenantId, conversationId, content }: Inbound): Promise<MessageRow> {
  return core.write(async (tx, tell) => {
    const conversation = await lockConversation(tx, { tenantId, conversationId });
    const now = core.world.now();
    const [contact] = await tx
      .update(prospects)
      .set({ lastSeen: now, changedXid: currentXid })
      .where(and(eq(prospects.tenantId, tenantId), eq(prospects.id, conversation.prospectId)))
      .returning();
    const row = await storeMessage(
      core,
      tx,
      tell,
      conversation,
      {
        id: core.world.uuid(),
        senderId: conversation.prospectId,
        senderType: 'prospect',
        senderName: contact?.name ?? null,
        content,
        messageType: 'text',
        status: 'delivered',
      },
      { forPlatform: false },
    );
    if (conversation.status !== 'active') {
      const stored = await lockConversation(tx, { tenantId, conversationId });
      const reopened = await nextRevision(core, tx, stored, { status: 'active' });
      tellConversation(core, tell, reopened, { status: 'active' });
    }
    return row;
  });
}

export function sayAsBot(core: Core, { tenantId, conversationId, content }: Inbound): Promise<MessageRow> {
  return core.write(async (tx, tell) => {
    const conversation = await lockConversation(tx, { tenantId, conversationId });
    const row = await storeMessage(
      core,
      tx,
      tell,
      conversation,
      {
        id: core.world.uuid(),
        senderId: 'bot',
        senderType: 'bot',
        senderName: 'Bot',
        content,
        messageType: 'text',
        status: 'sent',
      },
      { forPlatform: true },
    );
    return row;
  });
}
