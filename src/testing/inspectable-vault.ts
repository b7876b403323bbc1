import type { OutboxRow, RowChange, SpentDraft, Vault } from '../store/vault.js';

/** A vault whose content can be looked at, that outlives a store ("the page was closed"), and that can be told to fail. */
export interface InspectableVault extends Vault {
  readonly rows: ReadonlyMap<string, OutboxRow>;
  readonly drafts: ReadonlyMap<string, string>;
  readonly cache: ReadonlyMap<string, unknown>;
  /** How often the leadership changed. */
  readonly fence: number;
  /** What `open` says of itself. Default true. */
  durable: boolean;
  /** While true, every write rejects (a full disk, evicted storage). */
  failing: boolean;
  /** Shared by several stores of one browser: what locks and channels are called after. Default: each store is alone. */
  name: string | undefined;
  /** Writes wait until the returned function is called. */
  hold(): () => void;
}

class VaultToLookInto implements InspectableVault {
  readonly rows = new Map<string, OutboxRow>();
  readonly drafts = new Map<string, string>();
  readonly cache = new Map<string, unknown>();
  fence = 0;
  durable = true;
  failing = false;
  name: string | undefined;
  #held: Promise<void> | undefined;

  hold(): () => void {
    let letGo: () => void = () => undefined;
    this.#held = new Promise((resolve) => (letGo = resolve));
    return () => {
      this.#held = undefined;
      letGo();
    };
  }

  async open() {
    const drafts = Object.fromEntries(this.drafts);
    const { durable, name } = this;
    return {
      ...structuredClone({ durable, outbox: this.#inOrder(), drafts }),
      ...(name === undefined ? {} : { name }),
    };
  }

  putRow(row: OutboxRow, spent?: SpentDraft): Promise<void> {
    const copy = structuredClone(row);
    return this.#write(() => {
      this.rows.set(row.key, copy);
      if (spent && this.drafts.get(spent.key) === spent.text) this.drafts.delete(spent.key);
    });
  }

  removeRow(key: string): Promise<void> {
    return this.#write(() => this.rows.delete(key));
  }

  changeRow(key: string, change: RowChange): Promise<void> {
    return this.#write(() => {
      const next = change(structuredClone(this.rows.get(key)), this.fence);
      if (next) this.rows.set(key, structuredClone(next));
      else if (next === null) this.rows.delete(key);
    });
  }

  async lead() {
    await this.#write(() => this.fence++);
    return { fence: this.fence, outbox: structuredClone(this.#inOrder()) };
  }

  putDraft(key: string, text: string): Promise<void> {
    return this.#write(() => (text === '' ? this.drafts.delete(key) : this.drafts.set(key, text)));
  }

  async readCache() {
    return structuredClone(this.cache);
  }

  putCache(entries: ReadonlyMap<string, unknown>): Promise<void> {
    const copies = structuredClone(new Map(entries));
    return this.#write(() => {
      for (const [name, value] of copies) {
        if (value === undefined) this.cache.delete(name);
        else this.cache.set(name, value);
      }
    });
  }

  wipe(): Promise<void> {
    return this.#write(() => {
      this.rows.clear();
      this.drafts.clear();
      this.cache.clear();
    });
  }

  close(): void {
    // Nothing to let go of: the next store opens the same vault.
  }

  #inOrder(): OutboxRow[] {
    return [...this.rows.values()].sort((a, b) => a.order - b.order);
  }

  async #write(change: () => unknown): Promise<void> {
    await this.#held;
    if (this.failing) throw new Error('The vault was told to fail.');
    change();
  }
}

export const inspectableVault = (): InspectableVault => new VaultToLookInto();
