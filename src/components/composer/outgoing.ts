/** A message as it leaves the field, with everything that goes along. */
import type { MessageMetadata, MessageType } from '../../contract/index.js';
import { subjectOf } from './guards.js';
import { splitAddresses } from './mail.js';
import { mentionedIn } from './mentioned.js';
import type { Writing } from './writing.js';

export interface Outgoing {
  readonly messageType: MessageType;
  readonly visibility?: 'internal';
  readonly metadata?: MessageMetadata;
}

export function outgoing(writing: Writing, content: string): Outgoing {
  return writing.mode === 'note' ? note(writing, content) : reply(writing);
}

function note({ store }: Writing, content: string): Outgoing {
  const mentions = store ? mentionedIn(store, content) : [];
  return {
    messageType: 'text',
    visibility: 'internal',
    ...(mentions.length > 0 ? { metadata: { mentions } } : {}),
  };
}

function reply(writing: Writing): Outgoing {
  const { store, conversationId } = writing;
  const subject = subjectOf(writing);
  if (!store || subject === undefined) return { messageType: 'text' };
  const cc = splitAddresses(store.thread(conversationId).$envelope.get()?.cc ?? '').join(', ');
  return {
    // Servers below level 2 know the four given types only.
    messageType: store.$link.get().level === 2 ? 'email' : 'text',
    metadata: { ...(subject.trim() ? { subject: subject.trim() } : {}), ...(cc ? { cc } : {}) },
  };
}
