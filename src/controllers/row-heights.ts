/**
 * The heights of a long column of rows, most of them never measured: every row counts as the estimate until somebody
 * says better. Sums and look-ups take O(log n) (a Fenwick tree over the differences from the estimate), opening a column
 * of any length walks nothing, and there is spare room at both ends, because history is put in front and news behind.
 */
export class RowHeights {
  readonly #estimate: number;
  /** Difference from the estimate, by place. Places outside the column are always zero. */
  #deltas: Float32Array;
  /** Fenwick tree over `#deltas`, 1-based. */
  #tree: Float64Array;
  /** The place of row 0. */
  #start = 0;
  #count = 0;

  /** @param estimate pixels of a row that nobody has measured yet */
  constructor(estimate: number, count = 0) {
    this.#estimate = estimate;
    this.#deltas = new Float32Array(0);
    this.#tree = new Float64Array(1);
    this.#makeRoom(0, count);
    this.#count = count;
  }

  get count(): number {
    return this.#count;
  }

  /** Height of the whole column. */
  get total(): number {
    return this.before(this.#count);
  }

  /** Height of one row. */
  at(index: number): number {
    return this.#estimate + (this.#deltas[this.#start + index] ?? 0);
  }

  /** Height of all rows above `index`. */
  before(index: number): number {
    let sum = index * this.#estimate;
    for (let at = this.#start + index; at > 0; at -= at & -at) sum += this.#tree[at] ?? 0;
    return sum;
  }

  /** The row in which `offset` lies, counted from the column's top; the nearest one outside. */
  indexAt(offset: number): number {
    const size = this.#deltas.length;
    let rest = offset + this.#start * this.#estimate;
    let place = 0;
    for (let step = size; step > 0; step >>= 1) {
      const weight = (this.#tree[place + step] ?? Infinity) + step * this.#estimate;
      if (place + step > size || weight > rest) continue;
      rest -= weight;
      place += step;
    }
    return Math.max(0, Math.min(this.#count - 1, place - this.#start));
  }

  /** Notes a measured height. Returns by how much it differs from what was believed. */
  set(index: number, height: number): number {
    const place = this.#start + index;
    const change = Math.fround(height - this.#estimate) - (this.#deltas[place] ?? 0);
    if (change === 0) return 0;
    this.#deltas[place] = height - this.#estimate;
    for (let at = place + 1; at < this.#tree.length; at += at & -at) this.#tree[at] = (this.#tree[at] ?? 0) + change;
    return change;
  }

  /** Takes `removed` rows out at `at` and puts `added` unmeasured ones there. At either end this costs O(added). */
  splice(at: number, removed: number, added: number): void {
    if (removed === 0 && at === this.#count) {
      if (this.#start + this.#count + added > this.#deltas.length) this.#makeRoom(0, added);
      this.#count += added;
    } else if (removed === 0 && at === 0) {
      if (added > this.#start) this.#makeRoom(added, 0);
      this.#start -= added;
      this.#count += added;
    } else {
      const head = this.#deltas.slice(this.#start, this.#start + at);
      const tail = this.#deltas.slice(this.#start + at + removed, this.#start + this.#count);
      this.#count += added - removed;
      this.#deltas.fill(0);
      if (this.#start + this.#count > this.#deltas.length) this.#makeRoom(0, added);
      this.#deltas.set(head, this.#start);
      this.#deltas.set(tail, this.#start + at + added);
      this.#rebuild();
    }
  }

  #makeRoom(front: number, back: number): void {
    const needed = this.#count + front + back;
    let size = 64;
    while (size < needed * 2) size *= 2;
    const spare = size - needed;
    const start = front + Math.floor(spare * 0.6);
    const deltas = new Float32Array(size);
    deltas.set(this.#deltas.subarray(this.#start, this.#start + this.#count), start);
    const measured = this.#count > 0;
    this.#deltas = deltas;
    this.#tree = new Float64Array(size + 1);
    this.#start = start;
    if (measured) this.#rebuild();
  }

  #rebuild(): void {
    const tree = this.#tree;
    tree.fill(0);
    for (let at = 1; at < tree.length; at++) {
      const sum = (tree[at] ?? 0) + (this.#deltas[at - 1] ?? 0);
      tree[at] = sum;
      const parent = at + (at & -at);
      if (parent < tree.length) tree[parent] = (tree[parent] ?? 0) + sum;
    }
  }
}
