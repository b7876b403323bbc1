import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { VirtualRows, type RowMaker } from './virtual-rows.js';

/** Repeatable chance. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Rows whose heights anybody may change at any time; far from what the window guesses. */
async function setUp(count: number) {
  const scroller = await fixture<HTMLElement>(html`<div tabindex="0"><div></div></div>`);
  Object.assign(scroller.style, { blockSize: '500px', overflow: 'auto', overflowAnchor: 'none' });
  const content = scroller.firstElementChild as HTMLElement;
  const heights = new Map<string, number>();
  const heightOf = (key: string) => heights.get(key) ?? 20 + ((Number(key) * 37 + 1000) % 181);
  const seen = { entering: 0, created: 0 };
  const maker: RowMaker<HTMLElement> = {
    create() {
      seen.created++;
      return document.createElement('div');
    },
    bind(row, _index, key) {
      row.textContent = key;
      row.style.blockSize = `${heightOf(key)}px`;
    },
    settle() {},
    entering: (keys) => (seen.entering += keys.length),
    scrolled() {},
    moved() {},
  };
  const rows = new VirtualRows(maker);
  rows.attach(scroller, content, []);
  const keys = Array.from({ length: count }, (_, index) => String(index + 100_000));
  rows.open(keys, 'end');
  const edge = () => scroller.getBoundingClientRect().top;
  const topmost = () => {
    const row = rows.rows.find((one) => one.getBoundingClientRect().bottom > edge() + 0.5)!;
    return { key: row.textContent!, top: row.getBoundingClientRect().top - edge() };
  };
  const topOf = (key: string) => rows.row(key)!.getBoundingClientRect().top - edge();
  const shown = () => [...content.children].map((row) => row.textContent!);
  const below = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const frames = async () => {
    for (let frame = 0; frame < 3; frame++) await nextFrame();
  };
  return { scroller, content, heights, heightOf, rows, keys, seen, topmost, topOf, shown, below, frames };
}

describe('virtual rows', () => {
  it('opens a hundred thousand rows with a handful of nodes', async () => {
    const { rows, seen, below } = await setUp(100_000);
    expect(below()).to.be.at.most(1);
    expect(seen.created).to.be.below(80);
    expect(rows.pinned).to.equal(true);
  });

  it('never moves what is read, whatever happens to the list around it', async () => {
    for (const seed of [77, 2026]) {
      const set = await setUp(300);
      const pick = chance(seed);
      let { keys } = set;
      let [older, newer] = [99_999, 900_000];
      for (let turn = 0; turn < 40; turn++) {
        if (turn % 6 === 0) {
          set.scroller.scrollTop = 700 + pick(set.scroller.scrollHeight - 2600);
          await set.frames();
        }
        const before = set.topmost();
        const place = keys.indexOf(before.key);
        const act = pick(6);
        if (act === 0) keys = [...Array.from({ length: 1 + pick(50) }, () => String(older--)).reverse(), ...keys];
        else if (act === 1) keys = [...keys, ...Array.from({ length: 1 + pick(5) }, () => String(newer++))];
        else if (act === 2) keys = keys.filter((_, index) => index === place || Math.abs(index - place - 3) > pick(3));
        else if (act === 3) {
          const where = pick(keys.length);
          keys = [...keys.slice(0, where), String(newer++), ...keys.slice(where)];
        } else if (act === 4) {
          const above = set.rows.row(keys[place - 1] ?? '');
          if (above) above.style.blockSize = `${30 + pick(200)}px`;
          if (above) set.heights.set(keys[place - 1]!, above.offsetHeight);
        } else {
          const end = keys.length - 1;
          keys = [...keys.slice(0, end - 1), keys[end]!, keys[end - 1]!];
        }
        set.rows.update(keys);
        expect(Math.abs(set.topOf(before.key) - before.top), `turn ${turn} of ${seed}, act ${act}`).to.be.at.most(1);
        await set.frames();
        expect(
          Math.abs(set.topOf(before.key) - before.top),
          `later, turn ${turn} of ${seed}, act ${act}`,
        ).to.be.at.most(1);
        const at = keys.indexOf(set.shown()[0]!);
        expect(set.shown(), `order, turn ${turn} of ${seed}, act ${act}`).to.deep.equal(
          keys.slice(at, at + set.shown().length),
        );
      }
    }
  }).timeout(60_000);

  it('covers the view wherever the scroll bar is dragged', async () => {
    const set = await setUp(5000);
    const pick = chance(5);
    for (let turn = 0; turn < 25; turn++) {
      set.scroller.scrollTop = pick(set.scroller.scrollHeight);
      await set.frames();
      const box = set.scroller.getBoundingClientRect();
      const rows = set.rows.rows.map((row) => row.getBoundingClientRect());
      expect(rows[0]!.top).to.be.at.most(box.top + 1);
      expect(rows.at(-1)!.bottom).to.be.at.least(box.bottom - 1);
      expect(rows.length).to.be.below(200);
    }
  });

  it('stays at the end while the last row grows step by step', async () => {
    const set = await setUp(200);
    const last = set.rows.row(set.keys.at(-1)!)!;
    for (let height = 100; height < 1500; height += 170) {
      last.style.blockSize = `${height}px`;
      await set.frames();
      expect(set.below()).to.be.at.most(1);
    }
  });

  it('keeps a place that was asked for when rows seen above it grow, until the reader scrolls', async () => {
    const set = await setUp(300);
    const at = 150;
    const asked = set.keys[at]!;
    const above = set.keys[at - 1]!;
    set.heights.set(above, 150);
    set.rows.goTo({ key: asked, offset: 100 });
    await set.frames();
    expect(set.rows.firstSeen).to.equal(at - 1);
    for (const height of [420, 900, 60]) {
      set.rows.row(above)!.style.blockSize = `${height}px`;
      set.heights.set(above, height);
      await set.frames();
      expect(Math.abs(set.topOf(asked) - 100), `${height} px above`).to.be.at.most(1);
    }
    set.rows.update(['1', '2', ...set.keys, '3']);
    expect(Math.abs(set.topOf(asked) - 100)).to.be.at.most(1);
    set.scroller.scrollTop -= 20;
    await set.frames();
    const top = set.topmost();
    set.rows.row(top.key)!.style.blockSize = '700px';
    await set.frames();
    expect(Math.abs(set.topOf(top.key) - top.top)).to.be.at.most(1);
    expect(set.topOf(asked)).to.be.above(300);
  });

  it('stays at the end when one of the last rows grows', async () => {
    const set = await setUp(200);
    for (const back of [2, 3]) {
      set.rows.row(set.keys.at(-back)!)!.style.blockSize = '600px';
      await set.frames();
      expect(set.below()).to.be.at.most(1);
      expect(set.rows.pinned).to.equal(true);
    }
  });

  it('stays at the end when a row shrinks and then grows by more, whatever the browser cuts meanwhile', async () => {
    for (const measuredBetween of [false, true]) {
      const { rows, keys, scroller, below, frames } = await setUp(200);
      await frames();
      const row = rows.row(keys.at(-3)!)!;
      const height = row.offsetHeight;
      row.style.blockSize = '1px';
      void scroller.scrollTop; // laid out: there is less to scroll now
      if (measuredBetween) await nextFrame();
      row.style.blockSize = `${height + 300}px`;
      await frames();
      expect(rows.pinned).to.equal(true);
      expect(below()).to.be.at.most(1);
    }
  });

  it('shows few rows at the foot, none at all, and then some', async () => {
    const set = await setUp(0);
    expect(set.shown()).to.deep.equal([]);
    set.rows.update(['1', '2']);
    expect(set.shown()).to.deep.equal(['1', '2']);
    set.rows.update(['2']);
    expect(set.shown()).to.deep.equal(['2']);
    set.rows.update([]);
    expect(set.shown()).to.deep.equal([]);
  });

  it('puts the next row in the place of one that is taken away', async () => {
    const set = await setUp(300);
    set.scroller.scrollTop = 4000;
    await set.frames();
    const { key } = set.topmost();
    const next = set.keys[set.keys.indexOf(key) + 1]!;
    const before = set.topOf(next);
    set.rows.update(set.keys.filter((one) => one !== key));
    expect(Math.abs(set.topOf(next) - before)).to.be.at.most(1);
  });

  it('comes back to where it was, with the heights it knew', async () => {
    const set = await setUp(400);
    set.scroller.scrollTop = 9000;
    await set.frames();
    const before = set.topmost();
    const kept = set.rows.keep();
    set.rows.open(['1', '2', '3'], 'end');
    set.rows.open(['50', ...set.keys, '60'], kept.place, kept);
    await set.frames();
    expect(Math.abs(set.topOf(before.key) - before.top)).to.be.at.most(1);
  });

  it('does nothing while hidden, and wakes up in place', async () => {
    const set = await setUp(300);
    set.scroller.style.display = 'none';
    set.rows.update([...set.keys, '1', '2']);
    await set.frames();
    set.scroller.style.display = '';
    await set.frames();
    expect(set.shown().at(-1)).to.equal('2');
    expect(set.below()).to.be.at.most(1);
  });

  it('keeps focus in the list when a focused row leaves', async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    const root = host.attachShadow({ mode: 'open' });
    const set = await setUp(500);
    root.append(set.scroller);
    await set.frames();
    set.rows.goTo('end');
    const row = set.rows.rows[0]!;
    row.tabIndex = 0;
    // Else WebKit reveals it a moment later, and undoes the scrolling below.
    row.focus({ preventScroll: true });
    expect(root.activeElement).to.equal(row);
    set.scroller.scrollTop = 0;
    await set.frames();
    expect(root.activeElement).to.equal(set.scroller);
  });
});
