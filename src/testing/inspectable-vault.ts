import type { OutboxRow, Vault } from '../store/world.js';

/** A vault whose content can be looked at, that outlives a store ("the page was closed"), and that can be told to fail. */
export interface InspectableVault extends Vault {
  readonly rows: ReadonlyMap<string, OutboxRow>;
  readonly drafts: ReadonlyMap<string, string>;
  /** What `open` says of itself. Default true. */
  durable: boolean;
  /** While true, every write rejects (a full disk, evicted storage). */
  failing: boolean;
  /** Writes wait until the returned function is called. */
  hold(): () => void;
}

class VaultToLookInto implements InspectableVault {
  readonly rows = new Map<string, OutboxRow>();
  readonly drafts = new Map<string, string>();
  durable = true;
  failing = false;
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
    const outbox = [...this.rows.values()].sort((a, b) => a.order - b.order);
    return structuredClone({ durable: this.durable, outbox, drafts: Object.fromEntries(this.drafts) });
  }

  putRow(row: OutboxRow): Promise<void> {
    const copy = structuredClone(row);
    return this.#write(() => this.rows.set(row.key, copy));
  }

  removeRow(key: string): Promise<void> {
    return this.#write(() => this.rows.delete(key));
  }

  putDraft(conversationId: string, text: string): Promise<void> {
    return this.#write(() =>
      text === '' ? this.drafts.delete(conversationId) : this.drafts.set(conversationId, text),
    );
  }

  wipe(): Promise<void> {
    return this.#write(() => {
      this.rows.clear();
      this.drafts.clear();
    });
  }

  close(): void {
    // Nothing to let go of: the next store opens the same vault.
  }

  async #write(change: () => unknown): Promise<void> {
    await this.#held;
    if (this.failing) throw new Error('The vault was told to fail.');
    change();
  }
}

export const inspectableVault = (): InspectableVault => new VaultToLookInto();
