/**
 * The vault in IndexedDB: what an agent wrote survives reload, crash and power. All pages of one agent share it; the fence
 * in it says which of them sends. Its code comes after the first paint's: see `browser-vault.ts`.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { memoryVault } from './memory-vault.js';
import type { OutboxRow, Vault } from './vault.js';

interface Kept extends DBSchema {
  outbox: { key: string; value: OutboxRow };
  drafts: { key: string; value: { conversationId: string; text: string } };
  /** One record, `fence`: how often the leadership changed. */
  leading: { key: string; value: number };
  cache: { key: string; value: unknown };
}
/** A higher one in the browser belongs to a newer release: its data is left alone, and this page keeps to memory. */
const VERSION = 2;
const STORES = ['outbox', 'drafts', 'leading', 'cache'] as const;
const STRICT = { durability: 'strict' } as const;

/** @param name of the database */
export function indexedVault(name: string | Promise<string>): Vault {
  /** What this page wrote last, by conversation: another tab's words are not ours to take away. */
  const written = new Map<string, string>();
  const spare = memoryVault();
  const opening: Promise<IDBPDatabase<Kept> | undefined> = (async () => {
    if (typeof indexedDB === 'undefined') return undefined;
    return openDB<Kept>(`crm-chat:${await name}`, VERSION, {
      upgrade(db) {
        // Version 1 was never released: nothing is carried over.
        for (const old of db.objectStoreNames) db.deleteObjectStore(old);
        db.createObjectStore('outbox', { keyPath: 'key' });
        db.createObjectStore('drafts', { keyPath: 'conversationId' });
        db.createObjectStore('leading');
        db.createObjectStore('cache');
      },
      blocking(_from, _to, event) {
        // A newer version of the library waits on another page: give way, and keep in memory from here on.
        (event.target as IDBDatabase).close();
      },
    });
  })().catch(() => undefined); // private windows and full disks refuse: the agent keeps working, and is told

  /** Rejects without storage: whoever writes must know that it is not kept. */
  const database = async () => {
    const db = await opening;
    if (!db) throw new Error('There is no storage.');
    return db;
  };
  const byOrder = (rows: OutboxRow[]) => rows.sort((a, b) => a.order - b.order);

  return {
    async open() {
      const db = await opening;
      try {
        // Without a disk the pages still talk to each other, if they know what they are called.
        if (!db) return { ...(await spare.open()), name: await name };
        const transaction = db.transaction(['outbox', 'drafts']);
        const outbox = byOrder(await transaction.objectStore('outbox').getAll());
        const drafts: Record<string, string> = Object.create(null) as Record<string, string>;
        for (const { conversationId, text } of await transaction.objectStore('drafts').getAll()) {
          drafts[conversationId] = text;
          written.set(conversationId, text);
        }
        return { durable: true, outbox, drafts, name: await name };
      } catch {
        return spare.open();
      }
    },
    async putRow(row, spent) {
      const transaction = (await database()).transaction(['outbox', 'drafts'], 'readwrite', STRICT);
      const drafts = transaction.objectStore('drafts');
      const clear = async () => {
        if (spent && (await drafts.get(spent.key))?.text === spent.text) await drafts.delete(spent.key);
      };
      await Promise.all([transaction.objectStore('outbox').put(row), clear(), transaction.done]);
    },
    async removeRow(key) {
      await (await database()).delete('outbox', key);
    },
    async changeRow(key, change) {
      const transaction = (await database()).transaction(['outbox', 'leading'], 'readwrite', STRICT);
      const outbox = transaction.objectStore('outbox');
      const act = async () => {
        const [kept, fence = 0] = await Promise.all([outbox.get(key), transaction.objectStore('leading').get('fence')]);
        const next = change(kept, fence);
        if (next) await outbox.put(next);
        else if (next === null) await outbox.delete(key);
      };
      await Promise.all([act(), transaction.done]);
    },
    async lead() {
      const transaction = (await database()).transaction(['outbox', 'leading'], 'readwrite');
      const leading = transaction.objectStore('leading');
      const fence = ((await leading.get('fence')) ?? 0) + 1;
      await leading.put(fence, 'fence');
      const outbox = byOrder(await transaction.objectStore('outbox').getAll());
      await transaction.done;
      return { fence, outbox };
    },
    async putDraft(conversationId, text) {
      const mine = written.get(conversationId);
      written.set(conversationId, text);
      const transaction = (await database()).transaction('drafts', 'readwrite');
      if (text) await transaction.store.put({ conversationId, text });
      else if ((await transaction.store.get(conversationId))?.text === mine)
        await transaction.store.delete(conversationId);
      await transaction.done;
    },
    async readCache() {
      const transaction = (await database()).transaction('cache');
      const [names, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
      return new Map(names.map((one, at) => [one, values[at]]));
    },
    async putCache(entries) {
      const transaction = (await database()).transaction('cache', 'readwrite');
      const writes = [...entries].map(([one, value]) =>
        value === undefined ? transaction.store.delete(one) : transaction.store.put(value, one),
      );
      await Promise.all([...writes, transaction.done]);
    },
    async wipe() {
      const db = await opening;
      if (!db) return;
      const transaction = db.transaction(STORES, 'readwrite');
      // The fence stays: a page that sleeps must not find its own number valid again.
      const wiped = STORES.filter((store) => store !== 'leading').map((store) =>
        transaction.objectStore(store).clear(),
      );
      await Promise.all([...wiped, transaction.done]);
    },
    close() {
      void opening.then((db) => db?.close());
    },
  };
}
