import { expect } from '@open-wc/testing';
import { HeldOrder } from './held-order.js';
import { rowWindow } from './row-window.js';
import { TypeAhead } from './type-ahead.js';

const yes = () => true;

describe('HeldOrder', () => {
  const CASES: { title: string; then: string; shown: string; fresh: number }[] = [
    { title: 'nothing happened', then: 'abcd', shown: 'abcd', fresh: 0 },
    { title: 'one is new', then: 'xabcd', shown: 'abcd', fresh: 1 },
    { title: 'one has risen', then: 'cabd', shown: 'abcd', fresh: 1 },
    { title: 'the last has risen', then: 'dabc', shown: 'abcd', fresh: 1 },
    { title: 'two have risen and one is new', then: 'xdcab', shown: 'abcd', fresh: 3 },
    { title: 'another page', then: 'abcdef', shown: 'abcdef', fresh: 0 },
    { title: 'another page and a new one', then: 'xabcdef', shown: 'abcdef', fresh: 1 },
    { title: 'one left the view', then: 'abd', shown: 'abcd', fresh: 0 },
    { title: 'all changed', then: 'xyz', shown: 'abcd', fresh: 3 },
  ];
  for (const { title, then, shown, fresh } of CASES) {
    it(`${title}: ${then}`, () => {
      const order = new HeldOrder();
      order.update([...'abcd'], false, 1, yes, yes);
      order.update([...then], true, 1, yes, yes);
      expect(order.shown.join('')).to.equal(shown);
      expect(order.fresh).to.equal(fresh);
      order.update([...then], false, 1, yes, yes);
      expect(order.shown.join('')).to.equal(then);
    });
  }

  it('lets go of what does not exist any more', () => {
    const order = new HeldOrder();
    order.update([...'abc'], false, 1, yes, yes);
    order.update([...'ac'], true, 1, (id) => id !== 'b', yes);
    expect(order.shown).to.deep.equal(['a', 'c']);
  });

  it('does not call the open conversation news', () => {
    const order = new HeldOrder();
    order.update([...'abc'], false, 1, yes, yes);
    order.update([...'cab'], true, 1, yes, (id) => id !== 'c');
    expect(order.fresh).to.equal(0);
  });
});

describe('rowWindow', () => {
  it('covers what is seen, and stays small', () => {
    for (let top = 0; top <= 850_000; top += 997) {
      const { start, end } = rowWindow(10_000, 85, top, 600);
      const first = Math.floor(Math.min(top, 850_000 - 600) / 85);
      expect(start).to.be.at.most(first);
      expect(end).to.be.at.least(Math.min(10_000, first + 8));
      expect(end - start).to.be.at.most(40);
    }
  });

  it('draws everything of a short list', () => {
    expect(rowWindow(200, 85, 5000, 600)).to.deep.equal({ start: 0, end: 200 });
  });
});

describe('TypeAhead', () => {
  it('goes on from the next row with the same letter, and forgets after a pause', () => {
    const names = ['Ana', 'Bea', 'Alba', 'Ben'];
    const ahead = new TypeAhead();
    const press = (letter: string, at: number, from: number) =>
      ahead.press(letter, at, 4, (index) => names[index] ?? '', from);
    expect(press('a', 0, 0)).to.equal(2);
    expect(press('n', 100, 2)).to.equal(0);
    expect(press('b', 5000, 0)).to.equal(1);
    expect(press('x', 9000, 0)).to.equal(-1);
  });
});
