import { expect } from '@open-wc/testing';
import { fetchAhead, Later } from './later.js';

const renders = () => {
  let count = 0;
  let told: (() => void) | undefined;
  return {
    requestUpdate() {
      count++;
      told?.();
    },
    /** Resolves when it is asked to render (again). */
    next: () => new Promise<void>((resolve) => (told = resolve)),
    get count() {
      return count;
    },
  };
};

describe('code that comes with its first use', () => {
  it('is not there at first, is asked for once, and renders when it has come', async () => {
    let asked = 0;
    const part = new Later(() => Promise.resolve(++asked));
    const host = renders();
    const told = host.next();
    expect(part.want(host)).to.equal(undefined);
    await told;
    expect(part.want(host)).to.equal(1);
    expect(part.failed).to.equal(false);
    expect(asked).to.equal(1);
    expect(host.count).to.equal(1);
  });

  it('is a state with a way on when it does not come, and does not ask in a circle', async () => {
    let works = false;
    let asked = 0;
    const part = new Later(() => {
      asked++;
      return works ? Promise.resolve('here') : Promise.reject(new Error('offline'));
    });
    const host = renders();
    const told = host.next();
    part.want(host);
    await told;
    expect(part.failed).to.equal(true);
    part.want(host);
    part.want(host);
    expect(asked).to.equal(1);
    works = true;
    expect(await part.load()).to.equal('here');
    expect(part.failed).to.equal(false);
    expect(part.want(host)).to.equal('here');
  });

  it('comes ahead when the page is idle, and nobody hears of it if it does not', async () => {
    let came!: () => void;
    const here = new Promise<void>((resolve) => (came = resolve));
    const bad = new Later(() => Promise.reject(new Error('offline')));
    const good = new Later(() => Promise.resolve(came()).then(() => 'here'));
    void fetchAhead();
    await here;
    await good.load();
    expect(good.now).to.equal('here');
    expect(bad.failed).to.equal(false);
  });
});
