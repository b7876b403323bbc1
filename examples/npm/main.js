// The same inbox from npm: one store for the page, and panels that find it by themselves.
import { createChatStore, provideChat } from 'crm-chat-elements';

const store = createChatStore();
provideChat(document.documentElement, store);

store.connectSocket({
  url: 'http://localhost:3001',
  options: { auth: { token: 'YOUR_TOKEN' } },
});

store.$unreadTotal.subscribe((unread) => {
  document.title = unread > 0 ? `(${unread}) Inbox` : 'Inbox';
});
