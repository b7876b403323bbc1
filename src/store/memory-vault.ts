import type { OutboxRow, Vault } from './world.js';

/** Keeps nothing beyond the page, and says so. */
export function memoryVault(): Vault {
  const outbox = new Map<string, OutboxRow>();
  const drafts: Record<string, string> = Object.create(null) as Record<string, string>;
  return {
    open: () => Promise.resolve({ durable: false, outbox: [...outbox.values()], drafts: { ...drafts } }),
    putRow: (row) => Promise.resolve(void outbox.set(row.key, row)),
    removeRow: (key) => Promise.resolve(void outbox.delete(key)),
    putDraft(conversationId, text) {
      if (text) drafts[conversationId] = text;
      else delete drafts[conversationId];
      return Promise.resolve();
    },
    wipe() {
      outbox.clear();
      for (const id of Object.keys(drafts)) delete drafts[id];
      return Promise.resolve();
    },
    close: () => undefined,
  };
}
