/** Which of a history's numbered messages are here: a few ranges of numbers, each without a hole. */
export class SeqRanges {
  #ranges: (readonly [from: number, to: number])[] = [];

  get empty(): boolean {
    return this.#ranges.length === 0;
  }

  /** The newest number that is here; 0 when nothing is. */
  get newest(): number {
    return this.#ranges.at(-1)?.[1] ?? 0;
  }

  /** What lies between two numbers that are here and is not: the numbers at its edges. */
  get gaps(): { after: number; before: number }[] {
    return this.#ranges.slice(1).map(([before], at) => ({ after: this.#ranges[at]![1], before }));
  }

  has(seq: number): boolean {
    return this.#ranges.some(([from, to]) => from <= seq && seq <= to);
  }

  /** Notes that everything from one number to another is here. */
  add(from: number, to: number): void {
    const touching = this.#ranges.filter((range) => range[0] <= to + 1 && range[1] >= from - 1);
    const others = this.#ranges.filter((range) => !touching.includes(range));
    const whole = [
      Math.min(from, ...touching.map((range) => range[0])),
      Math.max(to, ...touching.map((range) => range[1])),
    ] as const;
    this.#ranges = [...others, whole].sort((a, b) => a[0] - b[0]);
  }

  /** Everything outside of these spans, which stand in order, has been let go. */
  retain(spans: readonly (readonly [from: number, to: number])[]): void {
    this.#ranges = this.#ranges.flatMap(([from, to]) =>
      spans
        .filter((span) => span[0] <= to && span[1] >= from)
        .map((span) => [Math.max(from, span[0]), Math.min(to, span[1])] as const),
    );
  }

  clear(): void {
    this.#ranges = [];
  }
}
