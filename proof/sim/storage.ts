/** A browser's IndexedDB: shared by its tabs, outliving them, with a place to die before and after each commit. */
import type { OutboxRow, RowChange, SpentDraft, Vault } from '../../src/store/vault.js';
import type { Chance } from './chance.js';
import type { Clock } from './clock.js';

/** What is on the disk of one browser, for one agent. */
export class Disk {
  /** As text: nobody shares objects with a disk, and what is written is read much less often. */
  readonly #rows = new Map<string, string>();
  readonly drafts = new Map<string, string>();
  /** Entries as they were handed over, which nobody changes: most of them are written over before anybody reads them. */
  readonly cache = new Map<string, unknown>();
  /** How often the lead changed. */
  fence = 0;
  /** Nothing can be written (a full disk, evicted storage). */
  full = false;

  row(key: string): OutboxRow | undefined {
    const text = this.#rows.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as OutboxRow);
  }

  /** `undefined` takes it away. */
  putRow(key: string, text: string | undefined): void {
    if (text === undefined) this.#rows.delete(key);
    else this.#rows.set(key, text);
  }

  /** In the order of writing. */
  rows(): OutboxRow[] {
    const rows = [...this.#rows.values()].map((text) => JSON.parse(text) as OutboxRow);
    return rows.sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
  }

  wipe(): void {
    this.#rows.clear();
    this.drafts.clear();
    this.cache.clear();
  }
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

/** A dead page never sees it settle. One of its own each time: a shared one would keep every page that ever waited for it. */
const never = () => new Promise<never>(() => undefined);

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
    return { durable: true, outbox: this.#disk.rows(), drafts, name: this.#owner.name };
  }

  putRow(row: OutboxRow, spent?: SpentDraft): Promise<void> {
    const text = JSON.stringify(row);
    const { drafts } = this.#disk;
    return this.#write(() => {
      this.#disk.putRow(row.key, text);
      if (spent && drafts.get(spent.key) === spent.text) drafts.delete(spent.key);
    });
  }

  removeRow(key: string): Promise<void> {
    return this.#write(() => this.#disk.putRow(key, undefined));
  }

  changeRow(key: string, change: RowChange): Promise<void> {
    return this.#write(() => {
      const next = change(this.#disk.row(key), this.#disk.fence);
      if (next?.phase === 'inflight' && next.fence !== this.#disk.fence) this.#owner.leftBehindItsFence(key);
      if (next) this.#disk.putRow(key, JSON.stringify(next));
      else if (next === null) this.#disk.putRow(key, undefined);
    });
  }

  async lead() {
    let led: { fence: number; outbox: OutboxRow[] } | undefined;
    await this.#write(() => (led = { fence: ++this.#disk.fence, outbox: this.#disk.rows() }));
    return led!;
  }

  async readCache() {
    await this.#pause();
    return new Map([...this.#disk.cache].map(([name, value]) => [name, JSON.parse(JSON.stringify(value)) as unknown]));
  }

  putCache(entries: ReadonlyMap<string, unknown>): Promise<void> {
    const kept = [...entries];
    return this.#write(() => {
      for (const [name, value] of kept) {
        if (value === undefined) this.#disk.cache.delete(name);
        else this.#disk.cache.set(name, value);
      }
    });
  }

  putDraft(conversationId: string, text: string): Promise<void> {
    return this.#write(() =>
      text === '' ? this.#disk.drafts.delete(conversationId) : this.#disk.drafts.set(conversationId, text),
    );
  }

  wipe(): Promise<void> {
    return this.#write(() => this.#disk.wipe());
  }

  close(): void {}

  async #write(change: () => unknown): Promise<void> {
    const crash = this.crashNext;
    this.crashNext = undefined;
    await this.#pause();
    if (crash === 'before') {
      this.#owner.die();
      return never();
    }
    if (this.#disk.full) throw new Error('QuotaExceededError');
    change();
    if (crash === 'after') {
      this.#owner.die();
      return never();
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
