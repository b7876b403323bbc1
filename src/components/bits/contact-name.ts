import type { ReadableAtom } from 'nanostores';
import type { Client, Conversation, Prospect } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import { plainLabel } from './plain-label.js';

/** The client record behind a conversation, if its contact is a client. */
export const clientIdOf = (conversation: Conversation, prospect: Prospect | undefined): string | undefined =>
  prospect?.clientId ?? conversation.clientId;

/** A name of the contact's own, and not only a number. What the team wrote into the client's record comes first. */
export function ownName(prospect: Prospect | undefined, client: Client | undefined): string {
  const full = [client?.firstName, client?.lastName].filter(Boolean).join(' ').trim();
  return plainLabel(full || prospect?.name || '');
}

/** What list, messages and contact panel call somebody: the name, else the number or address. Empty if nobody knows. */
export const contactName = (prospect: Prospect | undefined, client: Client | undefined): string =>
  ownName(prospect, client) || plainLabel(prospect?.identifier ?? '');

/**
 * The client's record as far as it is known. Reading it never loads it: ten thousand rows must not ask for ten thousand
 * records.
 *
 * @param read how the asking element reads atoms, so that it hears of the record when it comes or changes
 */
export function knownClient(
  store: ChatStore,
  id: string | undefined,
  read: <T>(atom: ReadableAtom<T>) => T,
): Client | undefined {
  if (id === undefined) return undefined;
  if (store.clients.get(id)) return read(store.clients.at(id));
  read(store.clients.$ids);
  return undefined;
}
