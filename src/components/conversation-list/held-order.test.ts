import { expect } from '@open-wc/testing';
import { HeldOrder, type Holding } from './held-order.js';
import { rowWindow } from './row-window.js';
import { TypeAhead } from './type-ahead.js';

/** Moments of the conversations, by id: `a` is the newest of those known at first; capitals are later than all. */
const moments = (ids: string) =>
  new Map([...ids].map((id) => [id, /[A-Z]/.test(id) ? 200 + id.charCodeAt(0) : 200 - id.charCodeAt(0)]));

interface World {
  readonly order: HeldOrder;
  readonly times: Map<string, number>;
  show(ids: string, holding?: Partial<Holding>): string;
}

/** `times` can be changed by the test: something happened in that conversation. */
function world(first: string): World {
  const order = new HeldOrder();
  const times = moments('abcdefghijklmnopqrstuvwxyzXYZ');
  const show: World['show'] = (ids, holding = {}) => {
    order.update([...ids], {
      hold: true,
      scope: 1,
      still: 0,
      exists: () => true,
      counts: () => true,
      lastActivity: (id) => new Date(times.get(id) ?? 0).toISOString(),
      ...holding,
    });
    return order.shown.join('');
  };
  show(first, { hold: false });
  return { order, times, show };
}

describe('HeldOrder', () => {
  const CASES: { title: string; rose?: string; then: string; shown: string; fresh: number }[] = [
    { title: 'nothing happened', then: 'abcd', shown: 'abcd', fresh: 0 },
    { title: 'one is new', then: 'Xabcd', shown: 'abcd', fresh: 1 },
    { title: 'one has risen', rose: 'c', then: 'cabd', shown: 'abcd', fresh: 1 },
    { title: 'the last has risen', rose: 'd', then: 'dabc', shown: 'abcd', fresh: 1 },
    { title: 'two have risen and one is new', rose: 'cd', then: 'Xdcab', shown: 'abcd', fresh: 3 },
    { title: 'the first says more', rose: 'a', then: 'abcd', shown: 'abcd', fresh: 0 },
    { title: 'one sank', then: 'bcda', shown: 'abcd', fresh: 0 },
    { title: 'another page', then: 'abcdef', shown: 'abcdef', fresh: 0 },
    { title: 'another page and a new one', then: 'Xabcdef', shown: 'abcdef', fresh: 1 },
    { title: 'one left the view', then: 'abd', shown: 'abcd', fresh: 0 },
    { title: 'all changed', then: 'ZYX', shown: 'abcd', fresh: 3 },
  ];
  for (const { title, rose = '', then, shown, fresh } of CASES) {
    it(`${title}: ${then}`, () => {
      const { order, times, show } = world('abcd');
      [...rose].forEach((id, at) => times.set(id, 400 + at));
      expect(show(then)).to.equal(shown);
      expect(order.fresh).to.equal(fresh);
      expect(show(then, { hold: false })).to.equal(then);
      expect(order.fresh).to.equal(0);
    });
  }

  it('calls a page of old conversations no news, though another view had loaded one below them', () => {
    const { order, show } = world('abcdm');
    expect(show('abcdefghm')).to.equal('abcdefghm');
    expect(order.fresh).to.equal(0);
  });

  it('puts old ones below what is seen, and lets them go to their place afterwards', () => {
    const { order, times, show } = world('abdf');
    expect(show('abcdefg', { still: 3 })).to.equal('abdcefg');
    expect(order.fresh).to.equal(0);
    times.set('g', 400);
    expect(show('gabcdefh', { still: 3 })).to.equal('abdcefgh');
    expect(order.fresh, 'only what really rose').to.equal(1);
    expect(show('gabcdefh', { hold: false })).to.equal('gabcdefh');
  });

  it('lets go of what does not exist any more', () => {
    const { show } = world('abc');
    expect(show('ac', { exists: (id) => id !== 'b' })).to.equal('ac');
  });

  it('does not call the open conversation news', () => {
    const { order, times, show } = world('abc');
    times.set('c', 400);
    show('cab', { counts: (id) => id !== 'c' });
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
