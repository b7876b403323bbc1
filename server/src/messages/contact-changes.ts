/** What a contact does with what was said before: corrects it, takes it back, answers it with a sign. */
import { and, eq } from 'drizzle-orm';
import { lockConversation, type Place } from '../conversations/change.js';
import type { ConversationRow } from '../conversations/wire.js';
import type { Core } from '../core.js';
import { messages } from '../database/schema.js';
import { notFound } from '../refusal.js';
import { changeMessage } from './store.js';
import type { MessageRow } from './wire.js';

export interface OfMessage extends Place {
  messageId: string;
}

/** Other words in the contact's own message. What was deleted stays deleted, however late the correction comes. */
export function receiveEdit(core: Core, { content, ...which }: OfMessage & { content: string }): Promise<MessageRow> {
  return change(core, which, (row) => {
    requireOwn(row);
    return row.deletedAt || row.content === content ? undefined : { content, editedAt: core.world.now() };
  });
}

/** Takes the contact's own message back: nothing that was in it is kept. */
export function receiveDeletion(core: Core, which: OfMessage): Promise<MessageRow> {
  return change(core, which, (row) => {
    requireOwn(row);
    return row.deletedAt
      ? undefined
      : { content: '', metadata: null, reactions: null, editedAt: null, deletedAt: core.world.now() };
  });
}

/** The contact's sign on any message they can see, instead of the one before; null takes it away. */
export function receiveReaction(
  core: Core,
  { emoji, ...which }: OfMessage & { emoji: string | null },
): Promise<MessageRow> {
  return change(core, which, (row, { prospectId }) => {
    if (row.deletedAt) return undefined;
    const before = row.reactions ?? [];
    if ((before.find(({ by }) => by === prospectId)?.emoji ?? null) === emoji) return undefined;
    const others = before.filter(({ by }) => by !== prospectId);
    const reactions = emoji === null ? others : [...others, { emoji, by: prospectId }];
    return { reactions: reactions.length ? reactions : null };
  });
}

function requireOwn(row: MessageRow): void {
  if (row.senderType !== 'prospect') throw notFound('message');
}

/** Under the conversation's lock, as every change is: one revision, one event. Nothing to change: neither. */
function change(
  core: Core,
  { messageId, ...place }: OfMessage,
  decide: (row: MessageRow, conversation: ConversationRow) => Partial<MessageRow> | undefined,
): Promise<MessageRow> {
  return core.write(async (tx, tell) => {
    const conversation = await lockConversation(tx, place);
    const [row] = await tx
      .select()
      .from(messages)
      .where(
        and(
          eq(messages.tenantId, place.tenantId),
          eq(messages.id, messageId),
          eq(messages.conversationId, place.conversationId),
        ),
      );
    // A note and a line of the team's are nothing that a contact has ever seen.
    if (!row || row.visibility === 'internal' || row.senderType === 'system') throw notFound('message');
    const set = decide(row, conversation);
    return set ? changeMessage(core, tx, tell, conversation, row, set) : row;
  });
}
