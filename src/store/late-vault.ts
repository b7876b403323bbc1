/**
 * The vault of somebody who is not known yet: nothing is written under a name that is not theirs. What they write until
 * then is kept in memory, and moves to their own vault as soon as it is known who they are.
 */
import { memoryVault } from './memory-vault.js';
import type { Vault } from './vault.js';

/**
 * @param soon whose it is; undefined: nobody can tell (yet).
 * @param known settles when it is known after all; may never do.
 * @param make the vault of that name.
 */
export function lateVault(
  soon: Promise<string | undefined>,
  known: Promise<string>,
  make: (name: string) => Vault,
): Vault {
  const spare = memoryVault();
  let now = soon.then((name) => (name === undefined ? spare : make(name)));
  /** Settles when what was written is in its own vault; never where that does not work, and then memory it stays. */
  const moved = known.then(async (name) => {
    if ((await now) !== spare) return;
    now = move(spare, make(name));
    if ((await now) === spare) await new Promise(() => undefined);
  });
  const cached = async () => ((await now) === spare ? undefined : now);
  return {
    async open() {
      const vault = await now;
      const content = await vault.open();
      return vault === spare ? { ...content, later: moved } : content;
    },
    putRow: async (row, spent) => (await now).putRow(row, spent),
    removeRow: async (key) => (await now).removeRow(key),
    changeRow: async (key, change) => (await now).changeRow(key, change),
    lead: async () => (await now).lead(),
    putDraft: async (key, text) => (await now).putDraft(key, text),
    readCache: async () => (await cached())?.readCache?.() ?? new Map<string, unknown>(),
    putCache: async (entries) => (await cached())?.putCache?.(entries),
    wipe: async () => (await now).wipe(),
    close: () => void now.then((vault) => vault.close()),
  };
}

/** All or nothing: what is in neither of the two would be lost. */
async function move(spare: Vault, own: Vault): Promise<Vault> {
  const { durable } = await own.open();
  const { outbox, drafts } = await spare.open();
  try {
    if (!durable) throw new Error('There is no storage.');
    for (const row of outbox) await own.putRow(row);
    for (const [key, text] of Object.entries(drafts)) await own.putDraft(key, text);
    return own;
  } catch {
    for (const { key } of outbox) await own.removeRow(key).catch(() => undefined);
    own.close();
    return spare;
  }
}
