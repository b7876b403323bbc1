/** Room 2: how it travels. The Socket.IO transport is its own entry, so that hosts with another one never download it. */
export * from './read-answer.js';
export * from './transport.js';
