/**
 * Rows must not move under a pointer or a focused row. While `hold` is asked for, the order that was shown stays: what
 * is new or has moved up is only counted, pages that are loaded below are added, and what is gone altogether goes.
 */
export class HeldOrder {
  #shown: readonly string[] = [];
  #newest: readonly string[] = [];
  #scope: unknown;
  #fresh = 0;

  /** The ids to show, in order. */
  get shown(): readonly string[] {
    return this.#shown;
  }

  /** How many conversations wait behind the "new" button. */
  get fresh(): number {
    return this.#fresh;
  }

  /**
   * @param ids the true order, newest first
   * @param hold keep what is shown
   * @param scope what the list is about (its filter): another scope is another list, and nothing is held
   * @param exists whether an id that the list lost may still be shown
   * @param counts whether one that came or moved is news to the agent
   */
  update(
    ids: readonly string[],
    hold: boolean,
    scope: unknown,
    exists: (id: string) => boolean,
    counts: (id: string) => boolean,
  ): void {
    const sameScope = scope === this.#scope;
    this.#scope = scope;
    if (!hold || !sameScope || this.#shown.length === 0) {
      this.#shown = this.#newest = ids;
      this.#fresh = 0;
      return;
    }
    if (ids === this.#newest) return;
    this.#newest = ids;

    const before = new Set(this.#shown);
    const last = this.#lastKnown(ids, before);
    const below = ids.slice(last + 1);
    const kept = this.#shown.filter(exists);
    this.#shown = below.length === 0 && kept.length === this.#shown.length ? this.#shown : [...kept, ...below];
    this.#fresh = this.#risen(ids.slice(0, last + 1), before).filter(counts).length;
  }

  /** Where the old list ends in the new one: what lies below is another page, not news. */
  #lastKnown(ids: readonly string[], before: ReadonlySet<string>): number {
    for (let at = ids.length - 1; at >= 0; at--) if (before.has(ids[at] ?? '')) return at;
    return ids.length - 1;
  }

  /** Those that came in above, or rose: walking both lists from their ends, whatever is out of step has moved. */
  #risen(ids: readonly string[], before: ReadonlySet<string>): string[] {
    const now = new Set(ids);
    const stayed = this.#shown.filter((id) => now.has(id));
    const risen = new Set<string>();
    let old = stayed.length - 1;
    for (let at = ids.length - 1; at >= 0; at--) {
      const id = ids[at] ?? '';
      if (!before.has(id) || risen.has(id)) {
        risen.add(id);
        continue;
      }
      while (old >= 0 && stayed[old] !== id) risen.add(stayed[old--] ?? '');
      old--;
    }
    return [...risen];
  }
}
