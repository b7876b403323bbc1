/** npm entry `crm-chat-elements/conversation-list`: registers <crm-conversation-list> and what it needs, nothing else. */
export * from './components/conversation-list/conversation-list.js';
