/** The demo's pages and the built library, with headers under which nothing foreign can run. */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../settings.js';

const PAGES = fileURLToPath(new URL('.', import.meta.url));
const LIBRARY = fileURLToPath(new URL('../../../dist/', import.meta.url));

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'none'",
  "img-src 'self' blob: https:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html crm-email',
].join('; ');

export async function addPages(http: FastifyInstance, settings: Settings): Promise<void> {
  // A server started before the first build serves the library as soon as it is there.
  mkdirSync(LIBRARY, { recursive: true });
  http.addHook('onRequest', async (_request, reply) => {
    void reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });
  http.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: { code: 'NOT_FOUND', message: 'There is nothing at this address.' } }),
  );
  await http.register(fastifyStatic, {
    root: PAGES,
    prefix: '/pages/',
    allowedPath: (path) => /^\/[a-z-]+\.(js|css|svg)$/.test(path),
    index: false,
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
  });
  await http.register(fastifyStatic, {
    root: LIBRARY,
    prefix: '/lib/',
    decorateReply: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
  });
  if (settings.production) return;

  const page = (name: string) => async (_request: unknown, reply: FastifyReply) => {
    void reply.headers({ 'content-security-policy': POLICY, 'cache-control': 'no-store' });
    return reply.type('text/html; charset=utf-8').send(await readFile(join(PAGES, name)));
  };
  http.get('/', (_request, reply) => reply.redirect('/chat'));
  http.get('/chat', page('chat.html'));
  http.get('/chat/:conversationId', page('chat.html'));
  http.get('/customer', page('customer.html'));
}
