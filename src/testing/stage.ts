/** For tests everywhere: waiting for a condition, with patience for a machine that has other things to do. */
import { waitUntil as patiently } from '@open-wc/testing';

const PATIENCE_MS = 8000;

export const waitUntil: typeof patiently = (condition, what, options) =>
  patiently(condition, what, { timeout: PATIENCE_MS, ...options });
