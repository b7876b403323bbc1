/** Room 6: a world to try it in. Nothing here is loaded by the elements. */
export * from './browser.js';
export * from './builders.js';
export type { DeskConversation, DeskMessage } from './desk-books.js';
export type { AckStyle } from './desk-dress.js';
export type { DeskAsk, DeskOptions } from './desk-switchboard.js';
export { createDesk, Desk } from './desk.js';
export { deskTransport, type DeskTransportOptions } from './desk-transport.js';
export { DEMO_AGENT, DEMO_TEAM, demoDesk, enliven } from './demo-desk.js';
export * from './inspectable-vault.js';
export * from './world.js';
export { openOffice, transcript, type Office } from './office.js';
