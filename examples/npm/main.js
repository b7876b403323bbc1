// The same inbox from npm: one store for the page, and panels that find it by themselves.
import { browserVault, createChatStore, provideChat } from 'crm-chat-elements';

// One name for each agent: what is written and not yet sent is kept in this browser under it.
const store = createChatStore({ vault: browserVault('my-crm:agent-7') });
provideChat(document.documentElement, store);

store.connectSocket({
  url: 'http://localhost:3001',
  options: { auth: { token: 'YOUR_TOKEN' } },
});

store.$unreadTotal.subscribe((unread) => {
  document.title = unread > 0 ? `(${unread}) Inbox` : 'Inbox';
});
