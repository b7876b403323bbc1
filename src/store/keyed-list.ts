import { atom, onMount, type ReadableAtom, type WritableAtom } from 'nanostores';
import type { Keyed } from './state.js';
import type { World } from './world.js';

export interface KeyedListOptions<T> {
  world: World;
  /** A total order; equal only for the same item. Without it: order of arrival. */
  compare?: (a: T, b: T) => number;
  /** Told once somebody starts to look at an item. */
  onLook?: (id: string) => void;
  /** Told of each change after it was made. */
  onChange?: (before: T | undefined, after: T | undefined, id: string) => void;
}

/**
 * Items by id, kept in order. An atom exists only for an item that somebody looks at, because an atom weighs as much as a
 * message; `$ids` is told once per frame, so that a burst of a thousand costs one render.
 */
export class KeyedList<T> implements Keyed<T> {
  readonly #items = new Map<string, T>();
  readonly #atoms = new Map<string, WritableAtom<T | undefined>>();
  readonly #options: KeyedListOptions<T>;
  readonly #ids = atom<readonly string[]>([]);
  #order: string[] = [];
  #told = true;

  constructor(options: KeyedListOptions<T>) {
    this.#options = options;
  }

  get $ids(): ReadableAtom<readonly string[]> {
    return this.#ids;
  }

  /** The order as it is now, ahead of `$ids` by up to a frame. Not to be kept: it changes in place. */
  get order(): readonly string[] {
    return this.#order;
  }

  get size(): number {
    return this.#items.size;
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  has(id: string): boolean {
    return this.#items.has(id);
  }

  values(): IterableIterator<T> {
    return this.#items.values();
  }

  /** What somebody looks at now, one by one. */
  get watched(): ReadonlySet<string> {
    return new Set([...this.#atoms].filter(([, { lc }]) => lc > 0).map(([id]) => id));
  }

  at(id: string): ReadableAtom<T | undefined> {
    const known = this.#atoms.get(id);
    if (known) return known;
    const made = atom<T | undefined>(this.#items.get(id));
    this.#atoms.set(id, made);
    onMount(made, () => {
      this.#atoms.set(id, made);
      made.set(this.#items.get(id));
      this.#options.onLook?.(id);
      return () => {
        if (this.#atoms.get(id) === made) this.#atoms.delete(id);
      };
    });
    return made;
  }

  put(id: string, item: T): void {
    const before = this.#items.get(id);
    if (before === item) return;
    const compare = this.#options.compare;
    if (before === undefined) {
      this.#insert(id, item);
    } else if (compare && compare(before, item) !== 0) {
      this.#order.splice(this.#lowerBound(before), 1);
      this.#insert(id, item);
    }
    this.#items.set(id, item);
    this.#atoms.get(id)?.set(item);
    this.#options.onChange?.(before, item, id);
  }

  remove(id: string): void {
    const before = this.#items.get(id);
    if (before === undefined) return;
    this.#order.splice(this.#options.compare ? this.#lowerBound(before) : this.#order.indexOf(id), 1);
    this.#items.delete(id);
    this.#atoms.get(id)?.set(undefined);
    this.#tell();
    this.#options.onChange?.(before, undefined, id);
  }

  /** Many at once, a page of history for instance: those that are new are put into the order in one go. */
  putAll(items: ReadonlyMap<string, T>): void {
    const compare = this.#options.compare;
    const added: [id: string, item: T][] = [];
    for (const [id, item] of items) {
      if (this.#items.has(id) || !compare) this.put(id, item);
      else added.push([id, item]);
    }
    const [first, last] = compare ? [added.sort((a, b) => compare(a[1], b[1]))[0], added.at(-1)] : [];
    if (!first || !last) return;
    const at = this.#lowerBound(first[1]);
    if (at !== this.#lowerBound(last[1])) {
      for (const [id, item] of added) this.put(id, item);
      return;
    }
    // They stand together: one move of what is behind them instead of one for each.
    const ids = added.map(([id]) => id);
    this.#order = this.#order.slice(0, at).concat(ids, this.#order.slice(at));
    for (const [id, item] of added) {
      this.#items.set(id, item);
      this.#atoms.get(id)?.set(item);
    }
    this.#tell();
    for (const [id, item] of added) this.#options.onChange?.(undefined, item, id);
  }

  /** Lets go of everything that is not to be kept. */
  retain(keeps: (id: string, item: T) => boolean): void {
    const gone: [id: string, item: T][] = [];
    this.#order = this.#order.filter((id) => {
      const item = this.#items.get(id)!;
      if (keeps(id, item)) return true;
      gone.push([id, item]);
      return false;
    });
    if (gone.length === 0) return;
    for (const [id] of gone) this.#items.delete(id);
    this.#tell();
    for (const [id, item] of gone) {
      this.#atoms.get(id)?.set(undefined);
      this.#options.onChange?.(item, undefined, id);
    }
  }

  clear(): void {
    this.retain(() => false);
  }

  #insert(id: string, item: T): void {
    const compare = this.#options.compare;
    const last = this.#order.at(-1);
    if (!compare || last === undefined || compare(this.#items.get(last)!, item) < 0) this.#order.push(id);
    else this.#order.splice(this.#lowerBound(item), 0, id);
    this.#tell();
  }

  /** The first place whose item does not come before this one; of an item that is here, its own. */
  #lowerBound(item: T): number {
    const compare = this.#options.compare!;
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#items.get(this.#order[middle]!)!, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #tell(): void {
    if (!this.#told) return;
    this.#told = false;
    this.#options.world.frame(() => {
      this.#told = true;
      this.#ids.set(this.#order.slice());
    });
  }
}
