import type { OutboxRow, RowChange, Vault } from './vault.js';

/** Keeps nothing beyond the page, and says so. */
export function memoryVault(): Vault {
  const outbox = new Map<string, OutboxRow>();
  const drafts = new Map<string, string>();
  let fence = 0;
  const rows = () => [...outbox.values()].sort((a, b) => a.order - b.order);
  return {
    open: () => Promise.resolve({ durable: false, outbox: rows(), drafts: Object.fromEntries(drafts) }),
    putRow(row, spent) {
      outbox.set(row.key, row);
      if (spent && drafts.get(spent.key) === spent.text) drafts.delete(spent.key);
      return Promise.resolve();
    },
    removeRow: (key) => Promise.resolve(void outbox.delete(key)),
    changeRow(key, change: RowChange) {
      const next = change(outbox.get(key), fence);
      if (next) outbox.set(key, next);
      else if (next === null) outbox.delete(key);
      return Promise.resolve();
    },
    lead: () => Promise.resolve({ fence: ++fence, outbox: rows() }),
    putDraft(key, text) {
      if (text) drafts.set(key, text);
      else drafts.delete(key);
      return Promise.resolve();
    },
    wipe() {
      outbox.clear();
      drafts.clear();
      return Promise.resolve();
    },
    close: () => undefined,
  };
}
