/**
 * The vault as the outbox uses it. A full, evicted or missing storage must never stop an agent: what could not be kept is
 * remembered here, is sent by this page alone, and `$storage` warns as long as there is such a row.
 */
import type { ChatState } from './chat-state.js';
import type { OutboxRow, Phase, SpentDraft, Vault, VaultContent } from './vault.js';

/** May this page send the row: yes, or another page leads, or another page has dealt with it. */
export type Taken = 'taken' | 'fenced' | 'gone';

export class SafeKeeping {
  /** Told after something was kept, or could not be. */
  changed: () => void = () => {};
  readonly #state: ChatState;
  readonly #vault: Vault;
  readonly #unkept = new Set<string>();
  #durable = true;
  /** The last write did not work. */
  #isBroken = false;

  constructor(state: ChatState, vault: Vault) {
    this.#state = state;
    this.#vault = vault;
  }

  async open(): Promise<VaultContent> {
    const content = await this.#vault.open();
    this.#durable = content.durable;
    this.#tell();
    return content;
  }

  /** Is this row only in this page's memory. */
  isUnkept(key: string): boolean {
    return this.#unkept.has(key);
  }

  /** Would this row go with the page. */
  isHereOnly(key: string): boolean {
    return !this.#durable || this.#unkept.has(key);
  }

  /** Resolves when the row is on disk, or when it is plain that it will not be. */
  async keep(row: OutboxRow, spent?: SpentDraft): Promise<void> {
    try {
      await this.#vault.putRow(row, spent);
      this.#unkept.delete(row.key);
      this.#isBroken = false;
    } catch {
      this.#unkept.add(row.key);
      this.#isBroken = true;
    }
    this.#tell();
  }

  /** Leaves a row in memory, because the one in front of it is. */
  leave(row: OutboxRow): void {
    this.#unkept.add(row.key);
    this.#tell();
  }

  forget(key: string): void {
    void this.#vault.removeRow(key).catch(() => undefined);
    if (this.#unkept.delete(key)) this.#tell();
  }

  /** Compare and set: the row leaves only if it still waits there and nobody has taken the lead since. */
  async take(row: OutboxRow): Promise<Taken> {
    if (this.#unkept.has(row.key)) return 'taken';
    let verdict: Taken = 'gone';
    try {
      await this.#vault.changeRow(row.key, (kept, fence) => {
        // One of a higher order is the same thing written anew (a later read mark).
        verdict = fence !== row.fence ? 'fenced' : kept && kept.order <= row.order ? 'taken' : 'gone';
        return verdict === 'taken' ? row : undefined;
      });
      return verdict;
    } catch {
      // Storage went away under our feet: the row is in memory, and sending it is what the agent asked for.
      this.#unkept.add(row.key);
      this.#isBroken = true;
      this.#tell();
      return 'taken';
    }
  }

  /** Notes how far a row's file has come, unless the row was taken back. */
  async rewrite(row: OutboxRow): Promise<void> {
    if (this.#unkept.has(row.key)) return;
    const change = (kept: OutboxRow | undefined) => (kept && kept.order === row.order ? row : undefined);
    // What is on disk stands for an earlier moment of the same upload: that is good enough to go on from.
    await this.#vault.changeRow(row.key, change).catch(() => undefined);
  }

  /** It was decided about a row that stood still; false: on another page, and perhaps otherwise. */
  async replaceStill(row: OutboxRow, phases: readonly Phase[]): Promise<boolean> {
    if (this.#unkept.has(row.key)) return true;
    let isStill = false;
    await this.#vault
      .changeRow(row.key, (kept) => {
        isStill = kept !== undefined && phases.includes(kept.phase);
        return isStill ? row : undefined;
      })
      .catch(() => {
        isStill = true;
        this.leave(row);
      });
    return isStill;
  }

  /** Removes what was sent, unless the agent has rewritten it since (a newer read mark). */
  settle(row: OutboxRow): void {
    this.#unkept.delete(row.key);
    this.#tell();
    void this.#vault
      .changeRow(row.key, (kept) => (kept && kept.order === row.order ? null : undefined))
      .catch(() => undefined);
  }

  /** Undefined: there is no storage, and so nobody to share it with. */
  async lead(): Promise<{ fence: number; outbox: OutboxRow[] } | undefined> {
    return this.#vault.lead().catch(() => undefined);
  }

  /** Rejects where the storage does not let go of what is in it. */
  async wipe(): Promise<void> {
    this.#unkept.clear();
    this.#tell();
    const empty = () => this.#vault.wipe();
    const refuse = (cause: unknown) => {
      throw new Error('What was kept in this browser could not be removed.', { cause });
    };
    await empty().catch(empty).catch(empty).catch(refuse);
  }

  /** Another page has wiped the vault: only what this one may have written behind that is taken back. */
  forgetOwn(rows: readonly OutboxRow[], drafts: readonly string[]): void {
    this.#unkept.clear();
    for (const row of rows) this.settle(row);
    for (const key of drafts) this.draft(key, '');
  }

  draft(key: string, text: string): void {
    void this.#vault.putDraft(key, text).catch(() => {
      this.#isBroken = true;
      this.#tell();
    });
  }

  #tell(): void {
    this.#state.$storage.set(this.#durable && !this.#isBroken && this.#unkept.size === 0 ? 'durable' : 'memory');
    this.changed();
  }
}
