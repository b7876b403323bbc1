import { expect } from '@open-wc/testing';
import { RowHeights } from './row-heights.js';

const ESTIMATE = 50;

/** A plain list of heights does the same, slowly: both must always agree. */
class Plain {
  readonly rows: number[];
  constructor(count: number) {
    this.rows = Array.from({ length: count }, () => ESTIMATE);
  }
  before(index: number): number {
    return this.rows.slice(0, index).reduce((sum, row) => sum + row, 0);
  }
  indexAt(offset: number): number {
    let index = 0;
    while (index < this.rows.length - 1 && this.before(index + 1) <= offset) index++;
    return Math.max(0, index);
  }
}

/** Repeatable chance. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('row heights', () => {
  it('agrees with a plain list through 400 random changes, from many beginnings', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const pick = chance(seed * 7919);
      const count = pick(90);
      const heights = new RowHeights(ESTIMATE, count);
      const plain = new Plain(count);
      for (let turn = 0; turn < 400; turn++) {
        const length = plain.rows.length;
        const act = pick(8);
        if (act < 4 && length > 0) {
          const [index, height] = [pick(length), pick(300) + 0.25];
          heights.set(index, height);
          plain.rows[index] = height;
        } else {
          const where = act === 4 ? 0 : act === 5 ? length : pick(length + 1);
          const removed = act === 7 ? pick(Math.min(4, length - where) + 1) : 0;
          const added = pick(6);
          heights.splice(where, removed, added);
          plain.rows.splice(where, removed, ...Array.from({ length: added }, () => ESTIMATE));
        }
        expect(heights.count).to.equal(plain.rows.length);
        expect(heights.total).to.be.closeTo(plain.before(plain.rows.length), 0.01);
        if (plain.rows.length === 0) continue;
        const index = pick(plain.rows.length);
        expect(heights.at(index)).to.be.closeTo(plain.rows[index]!, 0.01);
        expect(heights.before(index)).to.be.closeTo(plain.before(index), 0.01);
        const offset = pick(Math.ceil(plain.before(plain.rows.length)) + 100) - 50 + 0.1;
        expect(heights.indexAt(offset)).to.equal(plain.indexAt(offset));
      }
    }
  });

  it('opens a million rows at once', () => {
    const heights = new RowHeights(ESTIMATE, 1_000_000);
    expect(heights.total).to.equal(50_000_000);
    expect(heights.indexAt(25_000_010)).to.equal(500_000);
    heights.set(999_999, 70);
    expect(heights.total).to.equal(50_000_020);
  });
});
