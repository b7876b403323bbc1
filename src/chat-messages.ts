/** npm entry `crm-chat-elements/chat-messages`: registers <crm-chat-messages> and what it needs, nothing else. */
export * from './components/chat-messages/chat-messages.js';
