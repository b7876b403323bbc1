/**
 * The vault in IndexedDB: what an agent wrote survives reload, crash and power. Every page owns the rows it wrote, shown
 * by a Web Lock that dies with the page; rows of a page that is gone are adopted by the next one that opens.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { uuidV7 } from '../transport/uuid.js';
import { memoryVault } from './memory-vault.js';
import type { OutboxRow, Vault } from './world.js';

interface Kept extends DBSchema {
  outbox: { key: string; value: OutboxRow & { owner: string } };
  drafts: { key: string; value: { conversationId: string; text: string } };
}
const VERSION = 1;

/** Held until the page dies; where locks are missing every page adopts everything, which idempotent servers forgive. */
function holdLock(name: string): () => void {
  let release = () => {};
  if (typeof navigator !== 'undefined' && navigator.locks) {
    const held = new Promise<void>((done) => (release = done));
    void navigator.locks.request(name, () => held).catch(() => undefined);
  }
  return () => release();
}

async function heldLocks(): Promise<Set<string>> {
  if (typeof navigator === 'undefined' || !navigator.locks) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.map((lock) => lock.name ?? ''));
}

/**
 * @param name of the database: must differ by tenant and agent, so that nobody sees or sends another one's words. A
 * promise is fine: the vault opens when it is there.
 */
export function browserVault(name: string | Promise<string>): Vault {
  const owner = uuidV7(Date.now());
  /** What this page wrote last, by conversation: another tab's words are not ours to take away. */
  const written = new Map<string, string>();
  const fallback = memoryVault();
  let release = () => {};
  const opening: Promise<IDBPDatabase<Kept> | undefined> = (async () => {
    if (typeof indexedDB === 'undefined') return undefined;
    const database = `crm-chat:${await name}`;
    release = holdLock(`${database}:${owner}`);
    return openDB<Kept>(database, VERSION, {
      upgrade(db) {
        db.createObjectStore('outbox', { keyPath: 'key' });
        db.createObjectStore('drafts', { keyPath: 'conversationId' });
      },
      blocking(_from, _to, event) {
        // A newer version of the library waits on another page: give way, and keep in memory from here on.
        (event.target as IDBDatabase).close();
      },
    });
  })().catch(() => undefined); // private windows and full disks refuse: the agent keeps working, and is told

  const write = async (act: (db: IDBPDatabase<Kept>) => Promise<unknown>, spare: () => Promise<void>) => {
    const db = await opening;
    if (!db) return spare();
    await act(db);
  };

  return {
    async open() {
      const db = await opening;
      if (!db) return fallback.open();
      try {
        const alive = await heldLocks();
        const transaction = db.transaction(['outbox', 'drafts'], 'readwrite');
        const adopted: OutboxRow[] = [];
        for (const row of await transaction.objectStore('outbox').getAll()) {
          if (row.owner !== owner && alive.has(`${db.name}:${row.owner}`)) continue;
          await transaction.objectStore('outbox').put({ ...row, owner });
          adopted.push(row);
        }
        const drafts: Record<string, string> = Object.create(null) as Record<string, string>;
        for (const { conversationId, text } of await transaction.objectStore('drafts').getAll()) {
          drafts[conversationId] = text;
          written.set(conversationId, text);
        }
        await transaction.done;
        return { durable: true, outbox: adopted.sort((a, b) => a.order - b.order), drafts };
      } catch {
        return fallback.open();
      }
    },
    putRow: (row) =>
      write(
        async (db) => {
          const transaction = db.transaction('outbox', 'readwrite', { durability: 'strict' });
          await Promise.all([transaction.store.put({ ...row, owner }), transaction.done]);
        },
        () => Promise.reject(new Error('no storage')),
      ),
    removeRow: (key) =>
      write(
        (db) => db.delete('outbox', key),
        () => Promise.resolve(),
      ),
    putDraft: (conversationId, text) =>
      write(
        async (db) => {
          const mine = written.get(conversationId);
          written.set(conversationId, text);
          const transaction = db.transaction('drafts', 'readwrite');
          if (text) await transaction.store.put({ conversationId, text });
          else if ((await transaction.store.get(conversationId))?.text === mine)
            await transaction.store.delete(conversationId);
          await transaction.done;
        },
        () => Promise.resolve(),
      ),
    async wipe() {
      const db = await opening;
      if (!db) return;
      const transaction = db.transaction(['outbox', 'drafts'], 'readwrite');
      await Promise.all([
        transaction.objectStore('outbox').clear(),
        transaction.objectStore('drafts').clear(),
        transaction.done,
      ]);
    },
    close() {
      release();
      void opening.then((db) => db?.close());
    },
  };
}
