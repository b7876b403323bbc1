/** A browser's IndexedDB: shared by its tabs, outliving them, with a place to die before and after each commit. */
import type { OutboxRow, RowChange, SpentDraft, Vault } from '../../src/store/vault.js';
import type { Chance } from './chance.js';
import type { Clock } from './clock.js';

/** What is on the disk of one browser, for one agent. */
export class Disk {
  readonly rows = new Map<string, OutboxRow>();
  readonly drafts = new Map<string, string>();
  /** Entries as text: most of them are written and never read. */
  readonly cache = new Map<string, string>();
  /** How often the lead changed. */
  fence = 0;
  /** Nothing can be written (a full disk, evicted storage). */
  full = false;
}

/** What the vault needs to know of the tab it belongs to. */
export interface VaultOwner {
  /** What the pages of this agent share the disk, locks and channels under. */
  readonly name: string;
  alive(): boolean;
  die(): void;
  /** A row was marked as leaving by a page that another one had taken the lead from. */
  leftBehindItsFence(key: string): void;
}

/** As it is when it comes back from the disk. Rows are plain data here, and this is several times faster than a structured clone. */
const copyOf = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T));

/** A promise that a dead page will never see settle. */
const never = new Promise<never>(() => undefined);

export class SimVault implements Vault {
  /** The next write dies there. */
  crashNext: 'before' | 'after' | undefined;
  /** When the disk has done what it was asked until now. */
  #free = 0;
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #owner: VaultOwner;

  constructor(disk: Disk, clock: Clock, chance: Chance, owner: VaultOwner) {
    this.#disk = disk;
    this.#clock = clock;
    this.#chance = chance;
    this.#owner = owner;
  }

  async open() {
    await this.#pause();
    const drafts = Object.fromEntries(this.#disk.drafts);
    return copyOf({ durable: true, outbox: this.#inOrder(), drafts, name: this.#owner.name });
  }

  putRow(row: OutboxRow, spent?: SpentDraft): Promise<void> {
    const copy = copyOf(row);
    const { rows, drafts } = this.#disk;
    return this.#write(() => {
      rows.set(row.key, copy);
      if (spent && drafts.get(spent.key) === spent.text) drafts.delete(spent.key);
    });
  }

  removeRow(key: string): Promise<void> {
    return this.#write(() => this.#disk.rows.delete(key));
  }

  changeRow(key: string, change: RowChange): Promise<void> {
    const { rows } = this.#disk;
    return this.#write(() => {
      const next = change(copyOf(rows.get(key)), this.#disk.fence);
      if (next?.phase === 'inflight' && next.fence !== this.#disk.fence) this.#owner.leftBehindItsFence(key);
      if (next) rows.set(key, copyOf(next));
      else if (next === null) rows.delete(key);
    });
  }

  async lead() {
    let led: { fence: number; outbox: OutboxRow[] } | undefined;
    await this.#write(() => (led = copyOf({ fence: ++this.#disk.fence, outbox: this.#inOrder() })));
    return led!;
  }

  async readCache() {
    await this.#pause();
    return new Map([...this.#disk.cache].map(([name, text]) => [name, JSON.parse(text) as unknown]));
  }

  putCache(entries: ReadonlyMap<string, unknown>): Promise<void> {
    const copies = [...entries].map(([name, value]) => [name, value && JSON.stringify(value)] as const);
    return this.#write(() => {
      for (const [name, text] of copies) {
        if (text === undefined) this.#disk.cache.delete(name);
        else this.#disk.cache.set(name, text as string);
      }
    });
  }

  putDraft(conversationId: string, text: string): Promise<void> {
    return this.#write(() =>
      text === '' ? this.#disk.drafts.delete(conversationId) : this.#disk.drafts.set(conversationId, text),
    );
  }

  wipe(): Promise<void> {
    return this.#write(() => {
      this.#disk.rows.clear();
      this.#disk.drafts.clear();
      this.#disk.cache.clear();
    });
  }

  close(): void {}

  #inOrder(): OutboxRow[] {
    return [...this.#disk.rows.values()].sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
  }

  async #write(change: () => unknown): Promise<void> {
    const crash = this.crashNext;
    this.crashNext = undefined;
    await this.#pause();
    if (crash === 'before') {
      this.#owner.die();
      return never;
    }
    if (this.#disk.full) throw new Error('QuotaExceededError');
    change();
    if (crash === 'after') {
      this.#owner.die();
      return never;
    }
  }

  /** The disk takes its time, one thing after the other; a page that dies meanwhile never hears of it. */
  #pause(): Promise<void> {
    const { now } = this.#clock;
    this.#free = Math.max(this.#free, now) + this.#chance.below(3);
    return new Promise((resolve) => {
      this.#clock.after(this.#free - now, () => {
        if (this.#owner.alive()) resolve();
      });
    });
  }
}
