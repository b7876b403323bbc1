/**
 * What only this page has must not go by a slip of the hand: as long as something waits that no storage keeps, the browser
 * asks before the page is left. Not a moment longer, because pages that ask are not kept for the way back.
 */
import type { OutboxQueue } from './outbox-queue.js';
import type { SafeKeeping } from './safe-keeping.js';
import type { OutboxRow } from './vault.js';
import type { Cancel, World } from './world.js';

export class LeaveGuard {
  readonly #world: World;
  readonly #queue: OutboxQueue;
  readonly #safe: SafeKeeping;
  #letGo: Cancel | undefined;

  constructor(world: World, queue: OutboxQueue, safe: SafeKeeping) {
    this.#world = world;
    this.#queue = queue;
    this.#safe = safe;
    queue.changed = safe.changed = () => this.#refresh();
  }

  #refresh(): void {
    const isNeeded = [...this.#queue.rows()].some((row) => isWords(row) && this.#safe.isHereOnly(row.key));
    if (isNeeded === (this.#letGo !== undefined)) return;
    if (isNeeded) return void (this.#letGo = this.#world.holdPage?.());
    this.#letGo!();
    this.#letGo = undefined;
  }
}

/** Nobody minds a read mark. */
function isWords(row: OutboxRow): boolean {
  return row.kind === 'message' || row.event !== 'mark_as_read';
}
