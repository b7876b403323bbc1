/** npm entry `crm-chat-elements/chat-provider`: registers <crm-chat-provider> and what it needs, nothing else. */
export * from './components/chat-provider/chat-provider.js';
