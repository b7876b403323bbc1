/** npm entry `crm-chat-elements/chat-messages`: registers <crm-chat-messages> and what it needs, nothing else. */
export * from './components/chat-messages/chat-messages.js';
export type {
  ChatRenderers,
  ComposerContext,
  MessageContext,
  Rendered,
  RendererContext,
} from './components/chat-messages/renderers.js';
