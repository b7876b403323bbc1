import type { ChatStore } from '../store/chat-store.js';

type Address = (conversationId: string, messageId: string) => string;

/** Where a provider keeps the page's address: it knows how a message is named in it. */
const known = new WeakMap<ChatStore, Address>();

/** Returns the way to take it back. */
export function offerAddress(store: ChatStore, address: Address): () => void {
  known.set(store, address);
  return () => {
    if (known.get(store) === address) known.delete(store);
  };
}

/**
 * The absolute address that leads to a message. Without routing the address is the host's affair: then it is the page's
 * own, with `conversation` and `message` in its query for the host to read.
 */
export function messageAddress(store: ChatStore, conversationId: string, messageId: string): string {
  const address = known.get(store);
  if (address) return new URL(address(conversationId, messageId), location.href).href;
  const url = new URL(location.href);
  url.searchParams.set('conversation', conversationId);
  url.searchParams.set('message', messageId);
  return url.href;
}
