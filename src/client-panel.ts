/** npm entry `crm-chat-elements/client-panel`: registers <crm-client-panel> and what it needs, nothing else. */
export * from './components/client-panel/client-panel.js';
