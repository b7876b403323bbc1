/** Puts the server together: one HTTP server with the pages, and on the same port the sockets. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { Server } from 'socket.io';
import type { TokenRules } from './auth/tokens.js';
import { createCore, type Core } from './core.js';
import { readEpoch } from './database/epoch.js';
import type { OpenDatabase } from './database/open.js';
import { pruneOld } from './database/prune.js';
import { addDemo } from './demo/routes.js';
import { createFiles } from './files/files.js';
import { addFiles } from './files/serving.js';
import { addUploads } from './files/tus.js';
import { PACKET_MAX } from './limits.js';
import { isAllowedOrigin } from './origins.js';
import { addPages } from './pages/routes.js';
import { LIMITS, openAgentGateway, type Limits } from './realtime/gateway.js';
import { openCustomerGateway } from './realtime/customer-gateway.js';
import { startSandbox } from './sandbox/sandbox.js';
import type { Settings } from './settings.js';
import { ping } from './database/open.js';
import type { Logger } from 'pino';
import type { World } from './world.js';

const VERSION = '0.1.0';

export interface App {
  core: Core;
  http: FastifyInstance;
  sockets: Server;
  rules: TokenRules;
  /** Listens; answers the port. */
  listen(): Promise<number>;
  close(): Promise<void>;
}

export interface AppParts {
  settings: Settings;
  database: OpenDatabase;
  world: World;
  log: Logger;
  secret: string;
  limits?: Limits;
}

export async function createApp({ settings, database, world, log, secret, limits }: AppParts): Promise<App> {
  const epoch = await readEpoch(database.db, world);
  const keptFrom = await pruneOld(database.db, world);
  const files = settings.uploads.on ? await createFiles({ db: database.db, world, log, settings, secret }) : undefined;
  const core = createCore({ db: database.db, world, log, epoch, keptFrom, files, ownChannels: settings.channels });
  const rules: TokenRules = {
    secret: new TextEncoder().encode(secret),
    issuer: settings.jwtIssuer,
    audience: settings.jwtAudience,
  };
  const http: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
  });
  addHealth(http, database);
  await addPages(http, settings);
  const stops: (() => void | Promise<void>)[] = [];
  if (files) {
    await addUploads(http, { files, world, log, rules, settings });
    addFiles(http, { files, settings });
    await files.start();
    stops.push(() => files.stop());
  }

  const sockets = new Server(http.server, {
    maxHttpBufferSize: PACKET_MAX,
    perMessageDeflate: false,
    // A cable that was pulled is noticed within 15 s, on both sides.
    pingInterval: 8000,
    pingTimeout: 6000,
    // The customer page takes its client from here.
    serveClient: !settings.production,
    allowRequest: (request, decide) => decide(null, isAllowedOrigin(settings, request)),
    cors: { origin: true },
  });
  const presence = openAgentGateway(core, sockets.of('/'), rules, {
    sockets: settings.socketsPerAgent,
    ...(limits ?? LIMITS),
  });
  if (!settings.production) {
    await addDemo(http, core, rules);
    const customers = openCustomerGateway(core, sockets.of('/customer'), presence);
    if (settings.sandbox) stops.push(await startSandbox(core, presence, customers, { pace: settings.sandboxPace }));
  } else if (settings.sandbox) {
    stops.push(await startSandbox(core, presence, undefined, { pace: settings.sandboxPace }));
  }

  return {
    core,
    http,
    sockets,
    rules,
    async listen() {
      await http.listen({ port: settings.port, host: settings.host });
      const address = http.server.address();
      return typeof address === 'object' && address ? address.port : settings.port;
    },
    async close() {
      for (const stop of stops) await stop();
      await sockets.close();
      await http.close();
      await database.close();
    },
  };
}

function addHealth(http: FastifyInstance, database: OpenDatabase): void {
  http.get('/healthz', { logLevel: 'warn' }, async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    const works = await ping(database.db);
    void reply.code(works ? 200 : 503);
    return { status: works ? 'ok' : 'unavailable', version: VERSION, database: database.kind };
  });
}
