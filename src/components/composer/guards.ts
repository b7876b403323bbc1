/** What is asked about before a message leaves. The agent may overrule it: they know better. */
import { msg, str } from '@lit/localize';
import { replySubject } from './mail.js';
import { unresolved } from './variables.js';
import type { Writing } from './writing.js';

/** Why the message is held, in words; undefined when nothing stands against it. */
export function guard(writing: Writing, content: string): string | undefined {
  const placeholder = unresolved(content) ?? unresolved(subjectOf(writing) ?? '');
  if (placeholder) return msg(str`${placeholder} is not filled in.`);
  // A server below level 2 is sent plain text, and need not know of subjects: asking about one each time would only annoy.
  const asked = writing.store?.$link.get().level === 2 && subjectOf(writing)?.trim() === '';
  return asked ? msg('This email has no subject.') : undefined;
}

/** The subject with which the message would go; undefined where the channel knows none. */
export function subjectOf({ store, conversationId }: Writing): string | undefined {
  const conversation = store?.conversations.get(conversationId);
  if (!store || !conversation || !store.channel(conversation.platform).subject) return undefined;
  const thread = store.thread(conversationId);
  return thread.$envelope.get()?.subject ?? replySubject(thread, conversation.subject);
}
