/** Starts the server, and ends it in order. What cannot go on is said in one sentence. */
import { createApp, type App } from './app.js';
import { demoSecret } from './auth/secret.js';
import { lockFolder } from './database/lock.js';
import { openFolder, openPostgres, type OpenDatabase } from './database/open.js';
import { seedIfEmpty } from './demo/seed.js';
import { createLog } from './log.js';
import { readSettings, StartFailure } from './settings.js';
import { realWorld } from './world.js';

let unlock = () => {};

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  const world = realWorld();
  // What is true is in the database, in transactions: one failure that nobody waited for does not make the rest wrong,
  // and ending the process would throw every agent out. An uncaught exception does end it: there the state is unknown.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a failure that nobody waited for'));
  if (!settings.databaseUrl) unlock = lockFolder(settings.dataDir);
  const secret = settings.jwtSecret ?? demoSecret(settings.dataDir);
  const database: OpenDatabase = settings.databaseUrl
    ? await openPostgres(settings.databaseUrl, (error) => log.error({ err: error }, 'a database connection broke'))
    : await openFolder(settings.dataDir);
  if (!settings.production) await seedIfEmpty(database.db, world, settings.demoSeed);
  const app = await createApp({ settings, database, world, log, secret });
  const port = await listen(app, settings.port);
  endInOrder(app);
  const host = settings.host === '127.0.0.1' || settings.host === '0.0.0.0' ? 'localhost' : settings.host;
  process.stdout.write(`CRM Chat is ready at http://${host.includes(':') ? `[${host}]` : host}:${port}/chat\n`);
}

async function listen(app: App, port: number): Promise<number> {
  try {
    return await app.listen();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    await app.close();
    if (code === 'EADDRINUSE')
      throw new StartFailure(`Port ${port} is in use by another program. Stop that one, or set PORT to another port.`);
    if (code === 'EACCES')
      throw new StartFailure(`Port ${port} may not be used by this user. Set PORT to another port.`);
    throw error;
  }
}

function endInOrder(app: App): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    // A shutdown that hangs must not keep the lock for ever; nothing acknowledged can be lost by leaving.
    setTimeout(() => leave(0), 5000).unref();
    void app.close().then(
      () => leave(0),
      (error: unknown) => fail(error),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

function leave(code: number): never {
  unlock();
  process.exit(code);
}

function fail(error: unknown): never {
  const words = error instanceof StartFailure ? error.message : `The server could not start: ${String(error)}`;
  process.stderr.write(`${words}\n`);
  leave(1);
}

start().catch(fail);
