/** Room 1: what is said. Imports nothing of ours, and nothing of the browser: the server reads it too. */
export * from './built-in-channels.js';
export * from './channels.js';
export * from './file-types.js';
export * from './models.js';
export * from './wire.js';
