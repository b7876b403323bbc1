/** What the Desk answers around writing: templates, quick replies, drafts, and what stands between a message and the channel. */
import type * as v from 'valibot';
import type { ClientEventName, clientEvents } from '../contract/index.js';
import { refuse, type Asker } from './desk-asker.js';
import type { DeskBooks, DeskThread } from './desk-books.js';

type Asked<E extends ClientEventName> = v.InferOutput<(typeof clientEvents)[E]['ask']>;

/** Refuses what the channel or a colleague's answer stands against, as a level 2 server does. */
export function mayBeSent(books: DeskBooks, thread: DeskThread, ask: Asked<'send_message'>, asker: Asker): void {
  if (asker.level < 2) return;
  if (ask.visibility === 'internal') {
    if (!asker.features.internal_notes) throw refuse('BAD_PAYLOAD', 'There are no notes here.', 'visibility');
    return;
  }
  const { seenSeq } = ask;
  const isAnswered =
    seenSeq !== undefined &&
    thread.messages.some(
      ({ seq, senderId, senderType, visibility }) =>
        seq > seenSeq &&
        visibility !== 'internal' &&
        (senderType === 'bot' || (senderType === 'agent' && senderId !== asker.agent.id)),
    );
  if (isAnswered) throw refuse('CONFLICT', 'Somebody answered meanwhile.', 'seenSeq');
  const { replyWindowEndsAt, platform } = thread.conversation;
  const isClosed = replyWindowEndsAt !== undefined && replyWindowEndsAt <= books.stamp();
  const isTemplate = books.templates.some(({ id }) => id === ask.metadata?.templateId);
  if (isClosed && !isTemplate) throw refuse('WINDOW_CLOSED', `${platform} accepts only templates now.`);
}

export const writingAnswers = {
  load_templates: (books: DeskBooks, { platform }: Asked<'load_templates'>) => ({
    templates: books.templates.filter((template) => template.platform === platform),
  }),

  load_quick_replies: (books: DeskBooks) => ({ quickReplies: books.quickReplies }),

  save_draft(books: DeskBooks, { conversationId, mode, content }: Asked<'save_draft'>, { agent, sees }: Asker) {
    const thread = books.threads.get(conversationId);
    if (!thread || !sees(thread.conversation)) throw refuse('NOT_FOUND', 'This conversation does not exist.');
    books.keepDraft(agent.id, { conversationId, mode, content, updatedAt: books.stamp() });
    return {};
  },
};
