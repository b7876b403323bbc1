/** Milliseconds between two letters that still belong to one word. */
const PAUSE = 700;

/** Collects typed letters into the beginning of a name. */
export class TypeAhead {
  #word = '';
  #last = Number.NEGATIVE_INFINITY;

  /** Is a word being typed: then even J and K are letters of it. */
  active(at: number): boolean {
    return this.#word !== '' && at - this.#last < PAUSE;
  }

  /**
   * Takes one more letter.
   * @param at when, in milliseconds
   * @param names of all rows, asked for one by one
   * @param from the row that has the focus
   * @returns the row to go to, or -1
   */
  press(letter: string, at: number, count: number, name: (index: number) => string, from: number): number {
    const growing = this.active(at);
    this.#word = (growing ? this.#word : '') + letter.toLocaleLowerCase();
    this.#last = at;
    // a new word looks on from the next row; a growing one may stay where it is
    for (let step = growing ? 0 : 1; step <= count; step++) {
      const index = (from + step) % count;
      if (name(index).toLocaleLowerCase().startsWith(this.#word)) return index;
    }
    return -1;
  }
}
