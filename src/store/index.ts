/** Room 3: what is true. No DOM, no Lit. */
export { browserVault } from './browser-vault.js';
export { browserWorld } from './browser-world.js';
export type { ChatStore, ChatStoreOptions, SendExtra } from './chat-store.js';
export { createChatStore } from './create-chat-store.js';
export { memoryVault } from './memory-vault.js';
export type * from './state.js';
export * from './vault.js';
export type * from './world.js';
