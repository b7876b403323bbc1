/** Everything about files in one piece, as the rest of the server knows it. */
import { eq } from 'drizzle-orm';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Features } from '../../../src/contract/index.js';
import { findChannelIn } from '../channels.js';
import type { Database } from '../database/open.js';
import { meta } from '../database/schema.js';
import type { Settings } from '../settings.js';
import type { World } from '../world.js';
import { PROGRAMS } from './allowed.js';
import { createLinks, type Links } from './links.js';
import { createFolderStorage, type FileStorage } from './storage.js';
import { createUploads, newUploadId, type Uploads } from './uploads.js';

export const UPLOADS_PATH = '/uploads';
/** How often what nobody sent is looked for, at least. */
const CLEAN_MS = 15 * 60 * 1000;

export interface Files {
  readonly announced: NonNullable<Features['uploads']>;
  readonly links: Links;
  readonly uploads: Uploads;
  readonly storage: FileStorage;
  /** Cleans now and then until the end; answers when it has begun. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function createFiles(parts: {
  db: Database;
  world: World;
  log: Logger;
  settings: Pick<Settings, 'dataDir' | 'publicUrl' | 'uploads' | 'channels'>;
  secret: string;
}): Promise<Files> {
  const { db, world, log, settings, secret } = parts;
  const { publicUrl: base, uploads: limits } = settings;
  // Each database has a folder of its own: another one, started on the same data folder, never cleans this one's away.
  const storage = createFolderStorage(join(settings.dataDir, 'files', await folderOf(db)));
  const uploads = createUploads({ db, world, log, storage, limits, channel: findChannelIn(settings.channels) });
  let cancel: () => void = () => undefined;
  let cleaning: Promise<void> = Promise.resolve();
  let ended = false;
  const clean = (strays: boolean) =>
    uploads.clean(strays).catch((error: unknown) => log.error({ err: error }, 'old files could not be thrown away'));
  const again = () => {
    if (ended) return;
    cancel = world.after(Math.min(CLEAN_MS, limits.keepMs), () => {
      cleaning = clean(false).then(again);
    });
  };
  return {
    announced: { endpoint: base + UPLOADS_PATH, maxBytes: limits.maxBytes, types: limits.types, forbidden: PROGRAMS },
    links: createLinks({ world, secret, base, lifeMs: limits.linkMs }),
    uploads,
    storage,
    async start() {
      await clean(true);
      again();
    },
    async stop() {
      ended = true;
      cancel();
      await cleaning;
      await uploads.idle();
    },
  };
}

async function folderOf(db: Database): Promise<string> {
  const key = 'files_folder';
  await db
    .insert(meta)
    .values({ key, value: newUploadId().slice(0, 12) })
    .onConflictDoNothing();
  const [stored] = await db.select().from(meta).where(eq(meta.key, key));
  return stored!.value;
}
