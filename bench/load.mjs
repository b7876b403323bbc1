/** First load by script tag: what is fetched before the inbox shows, and what it costs to parse and run, beside a peer. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PEER = 'deep-chat/dist/deepChat.bundle.js';
export const peerIsThere = () => {
  try {
    return readFileSync(fileURLToPath(new URL(`node_modules/${PEER}`, import.meta.url))).length > 0;
  } catch {
    return false;
  }
};

/** Milliseconds of script on the main thread to have a module ready, without a code cache. */
export const loadOf = (path) => (scene) =>
  scene.measure(() => scene.page.evaluate((address) => import(address).then(() => ({})), path));

export const loads = { ours: '/dist/crm-chat.bundle.js', 'deep-chat': `/peer/${PEER}` };
