// What every host here needs: a store for an agent, and which page the address names. The frameworks differ; this does not.
import { createChatStore, type ChatStore } from 'crm-chat-elements';

/** Your own back end says who is signed in; the demo server gives a token to whoever asks. */
async function tokenFor(agentId: string): Promise<string> {
  const answer = await fetch('/api/demo/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId }),
  });
  return ((await answer.json()) as { token: string }).token;
}

/** Make it once per agent and page, outside of anything that renders. */
export function inboxOf(agentId: string): ChatStore {
  const store = createChatStore({ agentId });
  void store.connectSocket({ url: '', token: () => tokenFor(agentId) });
  return store;
}

export type View = 'inbox' | 'two' | 'away';
export interface Page {
  view: View;
  conversationId: string | null;
}

/** `#/inbox/42` → the inbox with conversation 42 open. The address is the host's: the elements never touch it here. */
export function pageNow(): Page {
  const [, view = 'inbox', id] = location.hash.split('/');
  return {
    view: view === 'two' || view === 'away' ? view : 'inbox',
    conversationId: id ? decodeURIComponent(id) : null,
  };
}

export function goTo(view: View, conversationId: string | null = null): void {
  location.hash = conversationId ? `/${view}/${encodeURIComponent(conversationId)}` : `/${view}`;
}
