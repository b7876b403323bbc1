import { memoryVault } from './memory-vault.js';
import type { Vault } from './vault.js';

/**
 * The vault of this browser, in IndexedDB. Its code comes by itself; without it, as without storage, it keeps nothing
 * beyond the page and says so (`$storage`).
 *
 * @param name of the database: must differ by tenant and agent, so that nobody sees or sends another one's words. A
 * promise is fine: the vault opens when it is there.
 */
export function browserVault(name: string | Promise<string>): Vault {
  void Promise.resolve(name).catch(() => undefined); // heard by the vault, when it is here
  return vaultSoon(import('./browser-database.js').then(({ indexedVault }) => indexedVault(name)));
}

/** A vault whose code is on its way. When that does not come, it keeps nothing beyond the page. */
export function vaultSoon(coming: Promise<Vault>): Vault {
  const vault = coming.catch((): Vault => memoryVault());
  const none = new Map<string, unknown>();
  return {
    open: async () => (await vault).open(),
    putRow: async (row, spent) => (await vault).putRow(row, spent),
    removeRow: async (key) => (await vault).removeRow(key),
    changeRow: async (key, change) => (await vault).changeRow(key, change),
    lead: async () => (await vault).lead(),
    putDraft: async (key, text) => (await vault).putDraft(key, text),
    readCache: async () => (await vault).readCache?.() ?? none,
    putCache: async (entries) => (await vault).putCache?.(entries),
    wipe: async () => (await vault).wipe(),
    close: () => void vault.then((one) => one.close()),
  };
}
