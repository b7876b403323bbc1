/** The rows that wait, in lanes: what one page knows of the outbox, in memory. */
import type { MessageRow, OutboxRow } from './vault.js';

export class OutboxQueue {
  /** Told after each change. */
  changed: () => void = () => {};
  readonly #lanes = new Map<string, OutboxRow[]>();
  readonly #laneOf = new Map<string, string>();
  #newest = 0;

  /** A number behind all others, also behind those that other pages gave out. */
  nextOrder(now: number): number {
    return (this.#newest = Math.max(this.#newest + 1, now));
  }

  /** The highest number that is known here. */
  get newest(): number {
    return this.#newest;
  }

  /** Another page knows of this number: what is written here is behind it, also where the clock was set back. */
  noteOrder(order: number): void {
    this.#newest = Math.max(this.#newest, order);
  }

  get(key: string): OutboxRow | undefined {
    const lane = this.#laneOf.get(key);
    return lane === undefined ? undefined : this.#lanes.get(lane)?.find((row) => row.key === key);
  }

  /** A row that was written anew is not replaced by its older self. */
  put(row: OutboxRow): void {
    if ((this.get(row.key)?.order ?? -1) > row.order) return;
    this.drop(row.key);
    this.#newest = Math.max(this.#newest, row.order);
    const lane = this.#lanes.get(row.lane) ?? [];
    lane.push(row);
    // Two pages may have given out the same number: the key decides, on every page alike.
    lane.sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
    this.#lanes.set(row.lane, lane);
    this.#laneOf.set(row.key, row.lane);
    this.changed();
  }

  drop(key: string): void {
    const lane = this.#laneOf.get(key);
    if (lane === undefined) return;
    this.#laneOf.delete(key);
    const rest = this.#lanes.get(lane)!.filter((row) => row.key !== key);
    if (rest.length > 0) this.#lanes.set(lane, rest);
    else this.#lanes.delete(lane);
    this.changed();
  }

  /** Each lane's rows, oldest first. */
  lanes(): IterableIterator<readonly OutboxRow[]> {
    return this.#lanes.values();
  }

  *rows(): Generator<OutboxRow> {
    for (const lane of this.#lanes.values()) yield* lane;
  }

  messagesOf(conversationId: string): MessageRow[] {
    return (this.#lanes.get(conversationId) ?? []).filter((row) => row.kind === 'message');
  }

  clear(): void {
    this.#lanes.clear();
    this.#laneOf.clear();
    this.changed();
  }
}
