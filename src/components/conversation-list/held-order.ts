/** What holding depends on, at this moment. */
export interface Holding {
  /** Keep what is shown. */
  readonly hold: boolean;
  /** What the list is about (its filter): another scope is another list, and nothing is held. */
  readonly scope: unknown;
  /** How many rows from the top must stay where they are; what comes below them may come in at its place. */
  readonly still: number;
  /** May an id that the list lost still be shown? */
  exists(id: string): boolean;
  /** Is one that came or moved news to the agent? */
  counts(id: string): boolean;
  /** When something happened in it last (ISO 8601). */
  lastActivity(id: string): string | undefined;
}

const moment = (iso: string | undefined) => (iso === undefined ? -Infinity : Date.parse(iso));

/**
 * Rows must not move under a pointer or a focused row. While `hold` is asked for, the order that was shown stays: what
 * is new or has moved up is only counted, and what is gone altogether goes. News is only what happened after the hold
 * began; older conversations that are loaded meanwhile are never hidden: they come in at their place, or, where that
 * would move rows that are seen, right below those.
 */
export class HeldOrder {
  #shown: readonly string[] = [];
  #newest: readonly string[] = [];
  #scope: unknown;
  #fresh = 0;
  /** When something happened last in each row, as it was when it came in. */
  #known = new Map<string, string | undefined>();
  /** The newest moment that was known when the hold began. */
  #since = -Infinity;

  /** The ids to show, in order. */
  get shown(): readonly string[] {
    return this.#shown;
  }

  /** How many conversations wait behind the "new" button. */
  get fresh(): number {
    return this.#fresh;
  }

  /** @param ids the true order, newest first */
  update(ids: readonly string[], holding: Holding): void {
    const sameScope = holding.scope === this.#scope;
    this.#scope = holding.scope;
    if (!holding.hold || !sameScope || this.#shown.length === 0) {
      this.#take(ids, holding);
      return;
    }
    if (ids === this.#newest) return;
    this.#newest = ids;

    const before = new Set(this.#shown);
    const news: string[] = [];
    const old: string[] = [];
    for (const id of ids) {
      if (before.has(id)) continue;
      const at = holding.lastActivity(id);
      if (moment(at) > this.#since) news.push(id);
      else {
        old.push(id);
        this.#known.set(id, at);
      }
    }
    const kept = this.#shown.filter((id) => holding.exists(id));
    const risen = this.#outOfStep(ids, before).filter(
      (id) => moment(holding.lastActivity(id)) > moment(this.#known.get(id)),
    );
    this.#fresh = [...news, ...risen].filter((id) => holding.counts(id)).length;
    if (old.length > 0 || kept.length < this.#shown.length) this.#shown = merged(kept, old, ids, holding.still);
  }

  #take(ids: readonly string[], holding: Holding): void {
    if (ids !== this.#newest || ids !== this.#shown)
      this.#known = new Map(ids.map((id) => [id, holding.lastActivity(id)]));
    this.#shown = this.#newest = ids;
    this.#fresh = 0;
    this.#since = moment(ids[0] === undefined ? undefined : holding.lastActivity(ids[0]));
  }

  /** Those of the shown that moved: walking both lists from their ends, whatever is out of step has moved. */
  #outOfStep(ids: readonly string[], before: ReadonlySet<string>): string[] {
    const now = new Set(ids);
    const stayed = this.#shown.filter((id) => now.has(id));
    const moved = new Set<string>();
    let old = stayed.length - 1;
    for (let at = ids.length - 1; at >= 0; at--) {
      const id = ids[at] ?? '';
      if (!before.has(id) || moved.has(id)) continue;
      while (old >= 0 && stayed[old] !== id) moved.add(stayed[old--] ?? '');
      old--;
    }
    return [...moved];
  }
}

/** `old` in its true place among `kept`, but not above the first `still` rows. */
function merged(kept: readonly string[], old: readonly string[], ids: readonly string[], still: number): string[] {
  const rank = new Map(ids.map((id, at) => [id, at]));
  const place = (id: string | undefined) => rank.get(id ?? '') ?? -1;
  const result = kept.slice(0, still);
  let next = 0;
  for (const id of kept.slice(still)) {
    while (next < old.length && place(old[next]) < place(id)) result.push(old[next++] ?? '');
    result.push(id);
  }
  return [...result, ...old.slice(next)];
}
