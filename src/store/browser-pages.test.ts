import { expect } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import { browserChannel, browserLocks } from './browser-pages.js';
import type { Locks } from './world.js';

const fresh = () => `test-${crypto.randomUUID()}`;

/** Who sends is decided by the browser's own locks: a page that believes wrongly sends twice, or nobody sends. */
describe('the browser’s locks', () => {
  const hold = (name: string, how: Parameters<Locks['hold']>[1]) => {
    const told: string[] = [];
    const release = browserLocks()!.hold(name, how, {
      granted: () => told.push('granted'),
      lost: () => told.push('lost'),
      refused: () => told.push('refused'),
    });
    return { told, release, hears: (word: string) => waitUntil(() => told.at(-1) === word, word, { timeout: 8000 }) };
  };

  it('are given to one, and then to who stands in line, past who has left it', async () => {
    const name = fresh();
    const first = hold(name, 'wait');
    await first.hears('granted');
    const [second, third] = [hold(name, 'wait'), hold(name, 'wait')];
    second.release();
    first.release();
    await third.hears('granted');
    third.release();
    expect(first.told, 'who lets go has not lost it').to.deep.equal(['granted']);
    expect(second.told).to.deep.equal([]);
  });

  it('can be taken from a page that sleeps, which is told', async () => {
    const name = fresh();
    const first = hold(name, 'wait');
    await first.hears('granted');
    const second = hold(name, 'steal');
    await Promise.all([second.hears('granted'), first.hears('lost')]);
    second.release();
  });

  it('are refused at once where somebody has them, and kept by nobody who let go before they came', async () => {
    const name = fresh();
    const early = hold(name, 'ifFree');
    early.release();
    const first = hold(name, 'wait');
    await first.hears('granted');
    const second = hold(name, 'ifFree');
    await second.hears('refused');
    first.release();
    expect(early.told).to.deep.equal([]);
  });

  it('are not there in every browser', () => {
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    try {
      expect(browserLocks()).to.equal(undefined);
    } finally {
      Reflect.deleteProperty(navigator, 'locks');
    }
    expect(browserLocks()).not.to.equal(undefined);
  });
});

describe('the browser’s channel between pages', () => {
  it('carries what one says to the others, and nothing after it was closed', async () => {
    const name = fresh();
    const heard: Record<string, unknown[]> = { one: [], two: [], gone: [] };
    const [one, two, gone] = ['one', 'two', 'gone'].map((who) =>
      browserChannel(name, (said) => heard[who]!.push(said)),
    );
    gone!.close();
    one!.post({ v: 1 });
    // What cannot be cloned stays here, and is no reason to stop.
    one!.post({ metadata: { format: () => 'a host’s own' } });
    one!.post({ v: 2 });
    await waitUntil(() => heard.two!.length === 2, 'both are heard', { timeout: 8000 });
    expect(heard).to.deep.equal({ one: [], two: [{ v: 1 }, { v: 2 }], gone: [] });
    one!.close();
    two!.close();
  });

  it('is silent where there is none', () => {
    const Real = globalThis.BroadcastChannel;
    Reflect.deleteProperty(globalThis, 'BroadcastChannel');
    try {
      const channel = browserChannel(fresh(), () => expect.fail('nobody is there'));
      channel.post({ v: 1 });
      channel.close();
    } finally {
      globalThis.BroadcastChannel = Real;
    }
  });
});
