/** A browser's IndexedDB: shared by its tabs, outliving them, with a place to die before and after each commit. */
import type { OutboxRow, Vault } from '../../src/store/world.js';
import type { Chance } from './chance.js';
import type { Clock } from './clock.js';

/** What is on the disk of one browser, for one agent. */
export class Disk {
  readonly rows = new Map<string, { row: OutboxRow; owner: number }>();
  readonly drafts = new Map<string, string>();
  /** Nothing can be written (a full disk, evicted storage). */
  full = false;
}

/** What the vault needs to know of the tab it belongs to. */
export interface VaultOwner {
  readonly tab: number;
  alive(): boolean;
  /** Is the tab of this number still running. */
  lives(tab: number): boolean;
  die(): void;
}

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
    const { rows, drafts } = this.#disk;
    const adopted: OutboxRow[] = [];
    for (const kept of rows.values()) {
      if (kept.owner !== this.#owner.tab && this.#owner.lives(kept.owner)) continue;
      kept.owner = this.#owner.tab;
      adopted.push(kept.row);
    }
    adopted.sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
    return structuredClone({ durable: true, outbox: adopted, drafts: Object.fromEntries(drafts) });
  }

  putRow(row: OutboxRow): Promise<void> {
    const copy = structuredClone(row);
    return this.#write(() => this.#disk.rows.set(row.key, { row: copy, owner: this.#owner.tab }));
  }

  removeRow(key: string): Promise<void> {
    return this.#write(() => this.#disk.rows.delete(key));
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
    });
  }

  close(): void {}

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
