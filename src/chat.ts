/** npm entry `crm-chat-elements/chat`: registers <crm-chat> and what it needs, nothing else. */
export * from './components/chat/chat.js';
