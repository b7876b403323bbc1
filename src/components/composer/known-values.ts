/** What quick replies and templates can be filled with, as far as it is known. */
import type { ChatStore } from '../../store/chat-store.js';
import { clientIdOf, ownName } from '../bits/contact-name.js';
import { firstName } from '../bits/first-name.js';
import type { Values } from './variables.js';

/** The client's record behind a conversation, whose company a text may name. */
export function clientIdBehind(store: ChatStore, conversationId: string): string | undefined {
  const conversation = store.conversations.get(conversationId);
  return conversation && clientIdOf(conversation, store.prospects.get(conversation.prospectId));
}

/** A contact who is known by a number alone has no name: better unresolved than "Hello +351 …". */
export function knownValues(store: ChatStore, conversationId: string): Values {
  const conversation = store.conversations.get(conversationId);
  const prospect = conversation && store.prospects.get(conversation.prospectId);
  const clientId = clientIdBehind(store, conversationId);
  const client = clientId === undefined ? undefined : store.clients.get(clientId);
  const name = ownName(prospect, client);
  const agent = store.agents.get(store.$me.get() ?? '')?.name;
  return {
    'contact.name': name,
    'contact.firstName': name && (client?.firstName || firstName(name)),
    'agent.name': agent,
    'agent.firstName': agent && firstName(agent),
    company: client?.company,
  };
}
