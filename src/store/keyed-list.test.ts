import { expect } from '@open-wc/testing';
import { testWorld } from '../testing/index.js';
import { KeyedList } from './keyed-list.js';

interface Item {
  id: string;
  at: number;
}
const byTime = (a: Item, b: Item) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

describe('a keyed list', () => {
  it('keeps its order through insertions, moves and removals', () => {
    const list = new KeyedList<Item>({ world: testWorld(), compare: byTime });
    const random = testWorld({ seed: 7 }).random;
    const model = new Map<string, Item>();
    for (let step = 0; step < 3000; step++) {
      const id = `i${Math.floor(random() * 80)}`;
      if (random() < 0.2) {
        list.remove(id);
        model.delete(id);
      } else {
        const item = { id, at: Math.floor(random() * 30) };
        list.put(id, item);
        model.set(id, item);
      }
    }
    expect([...list.order]).to.deep.equal([...model.values()].sort(byTime).map(({ id }) => id));
    expect(list.size).to.equal(model.size);
  });

  it('wakes only who looks at the item that changed, and the order only when it changed', async () => {
    const world = testWorld({ frames: 'manual' });
    const list = new KeyedList<Item>({ world, compare: byTime });
    for (const id of ['a', 'b']) list.put(id, { id, at: id === 'a' ? 1 : 5 });
    world.runFrames();
    const woken: string[] = [];
    list.at('a').listen(() => woken.push('a'));
    list.at('b').listen(() => woken.push('b'));
    list.$ids.listen(() => woken.push('order'));
    list.put('a', { id: 'a', at: 1 });
    world.runFrames();
    expect(woken).to.deep.equal(['a']);
    list.put('a', { id: 'a', at: 9 });
    world.runFrames();
    expect(woken).to.deep.equal(['a', 'a', 'order']);
  });

  it('tells a burst of a thousand once', () => {
    const world = testWorld({ frames: 'manual' });
    const list = new KeyedList<Item>({ world, compare: byTime });
    let told = 0;
    list.$ids.listen(() => told++);
    for (let at = 0; at < 1000; at++) list.put(`${at}`, { id: `${at}`, at });
    world.runFrames();
    expect(told).to.equal(1);
    expect(list.$ids.get()).to.have.length(1000);
  });

  it('tells who looks first, and gives one atom to all who look', () => {
    const looked: string[] = [];
    const list = new KeyedList<Item>({ world: testWorld(), onLook: (id) => looked.push(id) });
    const first = list.at('x');
    expect(list.at('x')).to.equal(first);
    expect(looked).to.deep.equal([]);
    first.listen(() => undefined);
    first.listen(() => undefined);
    expect(looked).to.deep.equal(['x']);
  });
});
