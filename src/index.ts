/**
 * The agent inbox as custom elements. Importing this file registers all of them; the entries `./chat`,
 * `./conversation-list` … register one each.
 */
export { CrmChat } from './components/chat/chat.js';
export { CrmChatMessages } from './components/chat-messages/chat-messages.js';
export type {
  ChatRenderers,
  ComposerContext,
  MessageContext,
  Rendered,
  RendererContext,
} from './components/chat-messages/renderers.js';
export { CrmChatProvider } from './components/chat-provider/chat-provider.js';
export { CrmClientPanel } from './components/client-panel/client-panel.js';
export { CrmConversationList } from './components/conversation-list/conversation-list.js';
export * from './components/events.js';
export { chatContext, provideChat } from './controllers/chat-context.js';
export type { Shortcut, ShortcutAction, Shortcuts } from './controllers/shortcuts.js';
// What is said, as types; the schemas themselves are the entry `./contract`: nothing that is painted first needs them.
export { CHANNELS } from './contract/built-in-channels.js';
export type * from './contract/index.js';
export * from './locales/index.js';
export * from './store/index.js';
export type { Answer, AnswerError } from './transport/read-answer.js';
export * from './transport/transport.js';
export type { SocketIoSettings, Token } from './transport/socket-io.js';
