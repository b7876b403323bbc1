/** Which pages may talk to the server. A browser names the page's origin; other programs name none. */
import type { IncomingMessage } from 'node:http';
import type { Settings } from './settings.js';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isAllowedOrigin(settings: Pick<Settings, 'origins' | 'production'>, request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (settings.origins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (page.host === host) return true;
  return !settings.production && settings.origins.length === 0 && LOCAL.has(page.hostname);
}
