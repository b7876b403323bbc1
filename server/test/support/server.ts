/** The server, started on a free port for a test, and agents that talk to it over real sockets. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { io, type Socket } from 'socket.io-client';
import type { Ask, ClientEventName, Reply, Sync, WireError } from '../../../src/contract/index.js';
import type { Agent } from '../../src/access.js';
import { createApp, type App } from '../../src/app.js';
import { issueToken } from '../../src/auth/tokens.js';
import { faultOf } from '../../src/log.js';
import type { Limits } from '../../src/realtime/gateway.js';
import { readSettings, type Settings } from '../../src/settings.js';
import { freshDatabase } from './database.js';
import { furnish } from './office.js';
import { createTestWorld, type TestWorld } from './world.js';

export const SECRET = 'a secret that only the tests know, long enough';
const GENEROUS: Limits = { requests: { perSecond: 1e6, burst: 1e6 }, sends: { perSecond: 1e6, burst: 1e6 } };

export type Answer<E extends ClientEventName> =
  { ok: true; data: Reply<E>; sync?: Sync } | { ok: false; error: WireError };
export interface Heard {
  name: string;
  payload: Record<string, unknown> & { _sync?: { e: string; r: number; s?: number } };
}

export interface Line {
  socket: Socket;
  heard: Heard[];
  /** Asks with an ack, whatever the answer is. */
  raw(name: string, ...args: unknown[]): Promise<never>;
  ask<E extends ClientEventName>(name: E, ask?: Ask<E>): Promise<Answer<E>>;
  /** Asks and insists on a good answer. */
  get<E extends ClientEventName>(name: E, ask?: Ask<E>): Promise<Reply<E>>;
  /** Asks and insists on a refusal. */
  refused<E extends ClientEventName>(name: E, ask?: Ask<E>): Promise<WireError>;
  /** The first event, already heard or yet to come, that fits; each is given once. */
  next(name: string, fits?: (payload: Heard['payload']) => boolean): Promise<Heard['payload']>;
  /** Everything the server has sent until now has arrived. */
  settled(): Promise<void>;
}

export interface TestServer {
  app: App;
  url: string;
  world: TestWorld;
  token(agent: Agent): Promise<string>;
  connect(agent: Agent): Promise<Line>;
  close(): Promise<void>;
}

export interface TestOptions {
  settings?: Partial<Settings>;
  limits?: Limits;
  world?: TestWorld;
  log?: (line: string) => void;
  empty?: boolean;
}

export async function startServer(options: TestOptions = {}): Promise<TestServer> {
  const world = options.world ?? createTestWorld();
  // Made by the first file that is kept there.
  const folder = join(tmpdir(), `crm-chat-files-${process.pid}-${randomUUID()}`);
  const database = await freshDatabase();
  if (!options.empty) await furnish(database.db);
  const settings = {
    ...readSettings({ PORT: '0', NODE_ENV: 'test', SANDBOX: 'off', SANDBOX_PACE: '1', DATA_DIR: folder }),
    ...options.settings,
  };
  const log = options.log
    ? pino({ level: 'info', serializers: { err: faultOf } }, { write: options.log })
    : pino({ level: 'silent' });
  const app = await createApp({ settings, database, world, log, secret: SECRET, limits: options.limits ?? GENEROUS });
  const url = `http://127.0.0.1:${await app.listen()}`;
  const lines: Line[] = [];
  const token = (agent: Agent) => issueToken(app.rules, world, agent);
  return {
    app,
    url,
    world,
    token,
    async connect(agent) {
      const line = await openLine(url, { token: await token(agent) });
      lines.push(line);
      return line;
    },
    async close() {
      for (const { socket } of lines) socket.disconnect();
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function openLine(url: string, auth: unknown): Promise<Line> {
  const socket = io(url, {
    auth: auth as Record<string, unknown>,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const line = listen(socket);
  await new Promise<void>((done, fail) => {
    socket.once('connect', done);
    socket.once('connect_error', fail);
  });
  return line;
}

function listen(socket: Socket): Line {
  const heard: Heard[] = [];
  const given = new Set<Heard>();
  const waiting = new Set<() => void>();
  socket.onAny((name: string, payload: Heard['payload']) => {
    heard.push({ name, payload });
    for (const look of [...waiting]) look();
  });
  const raw = (name: string, ...args: unknown[]): Promise<never> =>
    socket.timeout(10_000).emitWithAck(name, ...args) as Promise<never>;
  const line: Line = {
    socket,
    heard,
    raw,
    ask: (name, ask) => raw(name, ask ?? {}),
    async get(name, ask) {
      const answer = await line.ask(name, ask);
      if (!answer.ok) throw new Error(`${name} was refused: ${answer.error.code} ${answer.error.message}`);
      return answer.data;
    },
    async refused(name, ask) {
      const answer = await line.ask(name, ask);
      if (answer.ok) throw new Error(`${name} was not refused: ${JSON.stringify(answer.data).slice(0, 300)}`);
      return answer.error;
    },
    next(name, fits = () => true) {
      return new Promise((done, fail) => {
        const look = () => {
          const found = heard.find((one) => !given.has(one) && one.name === name && fits(one.payload));
          if (!found) return;
          given.add(found);
          waiting.delete(look);
          clearTimeout(limit);
          done(found.payload);
        };
        const limit = setTimeout(() => {
          waiting.delete(look);
          fail(new Error(`${name} did not come. Heard: ${heard.map((one) => one.name).join(', ') || 'nothing'}`));
        }, 10_000);
        waiting.add(look);
        look();
      });
    },
    // Events and acks share one ordered stream: what was sent before this answer is here when it comes.
    settled: async () => void (await raw('load_agents', {})),
  };
  return line;
}

/** The error of a connection that is refused. */
export function refusedConnection(
  url: string,
  auth: unknown,
): Promise<Error & { data?: { code?: string; message?: string } }> {
  return openLine(url, auth).then(
    (line) => {
      line.socket.disconnect();
      throw new Error('The connection was not refused.');
    },
    (error: Error) => error,
  );
}
