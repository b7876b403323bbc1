/**
 * An upload's life: `receiving` until the last byte is there, then `ready` or `refused` by what the bytes are, then
 * belonging to one message for good; or thrown away when nobody sends it in time.
 */
import { and, eq, inArray, isNull, lt, ne, sql, sum } from 'drizzle-orm';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Logger } from 'pino';
import { canSee, type Agent } from '../access.js';
import type { FindChannel } from '../channels.js';
import { rowsOf, type Database } from '../database/open.js';
import { conversations, uploads } from '../database/schema.js';
import { notFound, Refusal } from '../refusal.js';
import type { UploadSettings } from '../settings.js';
import type { World } from '../world.js';
import { plainType } from '../../../src/contract/index.js';
import { checkAllowed } from './allowed.js';
import { decideType, sniff } from './content.js';
import { makePicture, SHOWN, type Picture } from './pictures.js';
import { durationOf, isPlayed } from './sound.js';
import type { FileStorage } from './storage.js';

export type UploadRow = typeof uploads.$inferSelect;

export interface UploadParts {
  db: Database;
  world: World;
  log: Logger;
  storage: FileStorage;
  limits: UploadSettings;
  channel: FindChannel;
}

export interface Offered {
  conversationId: string;
  name: string;
  type: string;
  size: number;
}

export interface Uploads {
  /** Takes a file in before its first byte, or says why not. */
  begin(agent: Agent, id: string, offered: Offered): Promise<UploadRow>;
  /** This agent's own upload, still of use; somebody else's is answered like one that never was. */
  find(agent: Agent, id: string): Promise<UploadRow | undefined>;
  /** Any upload, for whoever has a signed link to it. */
  byLink(id: string): Promise<UploadRow | undefined>;
  /** Looks at what arrived, once it all has; the same answer however often it is asked. */
  settle(row: UploadRow): Promise<UploadRow>;
  /** Taken back before it was sent. */
  abandon(row: UploadRow): Promise<void>;
  expiresAt(row: Pick<UploadRow, 'createdAt'>): Date;
  /** Throws away what nobody sent in time, and with `strays` the bytes that no row knows. */
  clean(strays: boolean): Promise<void>;
  /** When nothing is being looked at any more. */
  idle(): Promise<void>;
}

const conversationOf = ({ tenantId, conversationId }: Pick<UploadRow, 'tenantId' | 'conversationId'>) =>
  and(eq(conversations.tenantId, tenantId), eq(conversations.id, conversationId));

export const newUploadId = () => randomBytes(16).toString('hex');
export const isUploadId = (text: string) => /^[0-9a-f]{32}$/.test(text);
export const originalOf = (id: string) => `${id}.original`;
export const pictureOf = (id: string) => `${id}.picture`;

/** A picture is decoded whole and in memory: larger ones are files. */
const PICTURE_BYTES_MAX = 30 * 1024 * 1024;
const HEAD_BYTES = 64 * 1024;
const NAME_MAX = 255;

export function createUploads({ db, world, log, storage, limits, channel }: UploadParts): Uploads {
  const running = new Map<string, Promise<UploadRow>>();
  // One picture at a time: a few large ones at once would take the whole machine. Other files do not wait for them.
  let lastPicture: Promise<unknown> = Promise.resolve();
  const oneAtATime = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastPicture.then(work, work);
    lastPicture = turn.catch(() => undefined);
    return turn;
  };
  const mine = (agent: Agent, id: string) =>
    and(eq(uploads.tenantId, agent.tenantId), eq(uploads.agentId, agent.id), eq(uploads.id, id));
  const same = (row: UploadRow) => and(eq(uploads.tenantId, row.tenantId), eq(uploads.id, row.id));
  const oldest = () => new Date(world.now().getTime() - limits.keepMs);

  async function removeBytes(id: string): Promise<void> {
    await storage.remove(originalOf(id));
    await storage.remove(pictureOf(id));
  }

  /** Two that begin at once must not both find the last room there is. */
  async function checkQuota(tx: Pick<Database, 'execute' | 'select'>, agent: Agent, size: number): Promise<void> {
    await rowsOf(tx as Database, sql`select pg_advisory_xact_lock(hashtext(${`uploads ${agent.tenantId}`}))`);
    const ofTenant = and(eq(uploads.tenantId, agent.tenantId), ne(uploads.state, 'refused'));
    const unsent = and(ofTenant, eq(uploads.agentId, agent.id), isNull(uploads.messageId));
    const [all] = await tx
      .select({ bytes: sum(uploads.size).mapWith(Number) })
      .from(uploads)
      .where(ofTenant);
    if ((all?.bytes ?? 0) + size > limits.tenantQuota)
      throw new Refusal('TOO_LARGE', 'Your team has no room for more files.', { field: 'quota' });
    const [own] = await tx
      .select({ bytes: sum(uploads.size).mapWith(Number) })
      .from(uploads)
      .where(unsent);
    if ((own?.bytes ?? 0) + size > limits.agentQuota)
      throw new Refusal('TOO_LARGE', 'You have too many files that are not sent yet. Send or remove some first.', {
        field: 'quota',
      });
  }

  async function examine(row: UploadRow, platform: string): Promise<Partial<UploadRow>> {
    const original = originalOf(row.id);
    const part = (from: number, to: number) =>
      buffer(storage.read(original, { from: Math.max(0, from), to: Math.min(to, row.size) - 1 }));
    const head = await part(0, HEAD_BYTES);
    const sniffed = await sniff(storage.read(original));
    const fileType = decideType(row.declaredType, sniffed, head);
    checkAllowed({ type: fileType, name: row.fileName, size: row.size }, channel(platform), limits);
    if (isPlayed(fileType)) {
      const tail = await part(row.size - HEAD_BYTES, row.size);
      return { kind: 'audio', fileType, duration: durationOf(fileType, head, tail, row.size) ?? null };
    }
    if (!SHOWN.has(fileType) || row.size > PICTURE_BYTES_MAX) return { kind: 'file', fileType };
    const picture: Picture = await oneAtATime(async () => {
      const made = await makePicture(await buffer(storage.read(original)));
      await storage.put(pictureOf(row.id), made.bytes);
      return made;
    });
    return { kind: 'image', fileType, width: picture.width, height: picture.height };
  }

  async function settleOnce(row: UploadRow): Promise<UploadRow> {
    if ((await storage.size(originalOf(row.id))) !== row.size) return row;
    const [conversation] = await db.select().from(conversations).where(conversationOf(row));
    let set: Partial<UploadRow>;
    try {
      set = { ...(await examine(row, conversation?.platform ?? '')), state: 'ready' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      set = { state: 'refused', refusal: error.error };
    }
    const [settled] = await db
      .update(uploads)
      .set(set)
      .where(and(same(row), eq(uploads.state, 'receiving')))
      .returning();
    if (set.state === 'refused') await removeBytes(row.id);
    const [now] = settled ? [settled] : await db.select().from(uploads).where(same(row));
    return now ?? row;
  }

  async function removeUnsent(): Promise<void> {
    const rows = await db
      .delete(uploads)
      .where(and(isNull(uploads.messageId), lt(uploads.createdAt, oldest())))
      .returning({ id: uploads.id });
    for (const { id } of rows) await removeBytes(id);
    if (rows.length) log.info({ uploads: rows.length }, 'files that nobody sent were thrown away');
  }

  /** Left by a process that ended between a row and its bytes. Fresh ones may be on their way to a row. */
  async function removeStrays(): Promise<void> {
    const before = oldest();
    let batch: string[] = [];
    const look = async () => {
      const ids = [...new Set(batch.map((key) => key.slice(0, 32)))];
      const known = await db.select({ id: uploads.id }).from(uploads).where(inArray(uploads.id, ids));
      const kept = new Set(known.map(({ id }) => id));
      for (const key of batch) if (!kept.has(key.slice(0, 32))) await storage.remove(key);
      batch = [];
    };
    for await (const { key, at: written } of storage.list()) {
      if (written >= before) continue;
      batch.push(key);
      if (batch.length >= 500) await look();
    }
    if (batch.length) await look();
  }

  return {
    async begin(agent, id, offered) {
      const name = displayName(offered.name);
      const declaredType = plainType(offered.type);
      return db.transaction(async (tx) => {
        const place = { tenantId: agent.tenantId, conversationId: offered.conversationId };
        const [conversation] = await tx.select().from(conversations).where(conversationOf(place));
        if (!conversation || !canSee(agent, conversation)) throw notFound('conversation', 'conversationId');
        if (offered.size < 1) throw new Refusal('BAD_PAYLOAD', 'The file is empty.', { field: 'size' });
        checkAllowed({ type: declaredType, name, size: offered.size }, channel(conversation.platform), limits);
        await checkQuota(tx, agent, offered.size);
        const [row] = await tx
          .insert(uploads)
          .values({
            tenantId: agent.tenantId,
            id,
            agentId: agent.id,
            conversationId: conversation.id,
            fileName: name,
            declaredType,
            size: offered.size,
            state: 'receiving',
            createdAt: world.now(),
          })
          .returning();
        return row!;
      });
    },
    async find(agent, id) {
      if (!isUploadId(id)) return undefined;
      const [row] = await db.select().from(uploads).where(mine(agent, id));
      return row;
    },
    async byLink(id) {
      const [row] = await db.select().from(uploads).where(eq(uploads.id, id));
      return row;
    },
    settle(row) {
      if (row.state !== 'receiving') return Promise.resolve(row);
      const begun = running.get(row.id);
      if (begun) return begun;
      const work = settleOnce(row).finally(() => running.delete(row.id));
      running.set(row.id, work);
      return work;
    },
    async abandon(row) {
      const gone = await db
        .delete(uploads)
        .where(and(same(row), isNull(uploads.messageId)))
        .returning({ id: uploads.id });
      if (gone.length) await removeBytes(row.id);
    },
    expiresAt: ({ createdAt }) => new Date(createdAt.getTime() + limits.keepMs),
    async clean(strays) {
      await removeUnsent();
      if (strays) await removeStrays();
    },
    async idle() {
      await Promise.allSettled(running.values());
    },
  };
}

/** A name to show: its last part, without what would break a line or hide its end. Nothing is ever opened by it. */
export function displayName(text: string): string {
  const last = text.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, '').trim();
  const whole = /^\.*$/.test(plain) ? 'file' : Buffer.from(plain).toString();
  if (whole.length <= NAME_MAX) return whole;
  const ending = /\.[^.]{1,12}$/.exec(whole)?.[0] ?? '';
  return Buffer.from(whole.slice(0, NAME_MAX - ending.length) + ending).toString();
}
