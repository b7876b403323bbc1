/** The real server as a child process of the benchmark: its own database, a secret that the load knows, limits as asked for. */
import { pino } from 'pino';
import { createApp } from '../src/app.js';
import { openFolder, openPostgres } from '../src/database/open.js';
import { LIMITS } from '../src/realtime/gateway.js';
import { readSettings } from '../src/settings.js';
import { realWorld } from '../src/world.js';
import { seed } from './seed.js';

const settings = readSettings({ ...process.env, PORT: '0', SANDBOX: 'off' });
const database = settings.databaseUrl
  ? await openPostgres(settings.databaseUrl, () => {})
  : await openFolder(settings.dataDir);
const began = performance.now();
await seed(database.db, Number(process.env.BENCH_MESSAGES));
const wide = { perSecond: 1e6, burst: 1e6 };
const app = await createApp({
  settings,
  database,
  world: realWorld(),
  log: pino({ level: 'silent' }),
  secret: process.env.JWT_SECRET!,
  // The load speaks for crowds with the names of ten agents.
  limits: { ...(process.env.BENCH_LIMITS === 'usual' ? LIMITS : { requests: wide, sends: wide }), sockets: 1e6 },
});
const port = await app.listen();
process.send!({ port, kind: database.kind, seededIn: performance.now() - began });

process.on('message', (ask) => {
  if (ask === 'weigh') {
    globalThis.gc?.();
    process.send!({ rss: process.memoryUsage().rss, cpu: process.cpuUsage() });
  }
  if (ask === 'end') void app.close().then(() => process.exit(0));
});
