import { expect } from '@open-wc/testing';
import { buildMessage } from '../testing/index.js';
import { browserVault } from './browser-vault.js';
import type { OutboxRow, Vault } from './vault.js';

const row = (key: string, order: number): OutboxRow => ({
  kind: 'message',
  key,
  lane: 'c',
  conversationId: 'c',
  order,
  writtenAt: 0,
  phase: 'queued',
  message: { ...buildMessage({ id: key, content: key }), key, delivery: 'queued' },
});

describe('the vault in IndexedDB', () => {
  const names: string[] = [];
  const fresh = () => {
    const name = `test-${crypto.randomUUID()}`;
    names.push(`crm-chat:${name}`);
    return name;
  };
  after(() => names.forEach((name) => indexedDB.deleteDatabase(name)));

  it('hands what a closed page left behind to the next one, in order', async () => {
    const name = fresh();
    const first = browserVault(name);
    expect(await first.open()).to.deep.equal({ durable: true, outbox: [], drafts: {}, name });
    await first.putRow(row('b', 2));
    await first.putRow(row('a', 1));
    await first.putDraft('c', 'Half a sent');
    first.close();
    const second = browserVault(name);
    const left = await second.open();
    expect(left.outbox.map(({ key }) => key)).to.deep.equal(['a', 'b']);
    expect(left.drafts).to.deep.equal({ c: 'Half a sent' });
    second.close();
  });

  it('lets one page at a time take a row: the fence of the last leader counts', async () => {
    const name = fresh();
    const [first, second] = [browserVault(name), browserVault(name)];
    await first.putRow(row('a', 1));
    const taken: string[] = [];
    const take = (vault: Vault, fence: number, who: string) =>
      vault.changeRow('a', (kept, current) => {
        if (!kept || current !== fence) return undefined;
        taken.push(who);
        return { ...kept, phase: 'inflight', fence };
      });
    const { fence: old } = await first.lead();
    const { fence, outbox } = await second.lead();
    expect(fence).to.equal(old + 1);
    expect(outbox.map(({ key }) => key)).to.deep.equal(['a']);
    await Promise.all([take(first, old, 'first'), take(second, fence, 'second')]);
    expect(taken).to.deep.equal(['second']);
    expect((await first.open()).outbox[0]).to.include({ phase: 'inflight', fence });
    await second.changeRow('a', () => null);
    expect((await first.open()).outbox).to.deep.equal([]);
    first.close();
    second.close();
  });

  it('clears the draft with the row that is made of it, and only then', async () => {
    const vault = browserVault(fresh());
    await vault.putDraft('c', 'Half a sentence');
    await vault.putRow(row('a', 1), { key: 'c', text: 'Other words' });
    expect((await vault.open()).drafts).to.deep.equal({ c: 'Half a sentence' });
    await vault.putRow(row('b', 2), { key: 'c', text: 'Half a sentence' });
    expect((await vault.open()).drafts).to.deep.equal({});
    vault.close();
  });

  it('keeps what was last known until the agent signs out, and then nothing but the fence', async () => {
    const name = fresh();
    const vault = browserVault(name);
    await vault.putCache!(
      new Map<string, unknown>([
        ['list', { a: 1 }],
        ['thread:c', 2],
      ]),
    );
    await vault.putCache!(new Map([['thread:c', undefined]]));
    expect(await vault.readCache!()).to.deep.equal(new Map([['list', { a: 1 }]]));
    const { fence } = await vault.lead();
    await vault.wipe();
    expect((await vault.readCache!()).size).to.equal(0);
    expect((await vault.lead()).fence, 'a page that sleeps must not become valid again').to.equal(fence + 1);
    vault.close();
  });

  it('leaves the data of a newer release alone, and keeps in memory', async () => {
    const name = fresh();
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`crm-chat:${name}`, 99);
      request.onupgradeneeded = () => request.result.createObjectStore('future').put('kept', 'x');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
    const vault = browserVault(name);
    expect(await vault.open()).to.deep.include({ durable: false, outbox: [] });
    let refused = false;
    await vault.putRow(row('a', 1)).catch(() => (refused = true));
    expect(refused, 'whoever writes knows that it is not kept').to.equal(true);
    await vault.wipe();
    const future = newer.transaction('future').objectStore('future').get('x');
    await new Promise((resolve) => (future.onsuccess = resolve));
    expect(future.result).to.equal('kept');
    newer.close();
    vault.close();
  });

  it('gives way to a newer release that waits on another page, and keeps in memory from there on', async () => {
    const name = fresh();
    const vault = browserVault(name);
    await vault.putRow(row('a', 1));
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`crm-chat:${name}`, 99);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
    expect(await vault.open()).to.deep.equal({ durable: false, outbox: [], drafts: {} });
    let refused = false;
    await vault.putRow(row('b', 2)).catch(() => (refused = true));
    expect(refused).to.equal(true);
    newer.close();
    vault.close();
  });

  it('begins anew where an older release has left something else', async () => {
    const name = fresh();
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(`crm-chat:${name}`, 1);
      request.onupgradeneeded = () => request.result.createObjectStore('outbox').put('of another shape', 'x');
      request.onsuccess = () => (request.result.close(), resolve());
      request.onerror = () => reject(request.error!);
    });
    const vault = browserVault(name);
    expect(await vault.open()).to.deep.equal({ durable: true, outbox: [], drafts: {}, name });
    await vault.putRow(row('a', 1));
    expect((await vault.open()).outbox).to.have.length(1);
    vault.close();
  });

  it('says so where the browser has no storage, and still knows what its pages are called', async () => {
    const real = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      const name = fresh();
      expect(await browserVault(name).open()).to.deep.equal({ durable: false, outbox: [], drafts: {}, name });
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', real);
    }
  });

  it('forgets what was sent, and everything when the agent signs out', async () => {
    const name = fresh();
    const vault = browserVault(name);
    await vault.putRow(row('a', 1));
    await vault.putRow(row('b', 2));
    await vault.removeRow('a');
    await vault.putDraft('c', 'x');
    await vault.putDraft('c', '');
    expect((await vault.open()).outbox.map(({ key }) => key)).to.deep.equal(['b']);
    await vault.putDraft('d', 'y');
    await vault.wipe();
    expect(await vault.open()).to.deep.equal({ durable: true, outbox: [], drafts: {}, name });
    vault.close();
  });

  it('leaves another tab’s words alone when this tab’s draft was sent', async () => {
    const name = fresh();
    const [first, second] = [browserVault(name), browserVault(name)];
    await first.putDraft('c', 'from the first tab');
    await second.putDraft('c', 'from the second tab');
    await first.putDraft('c', '');
    first.close();
    expect((await second.open()).drafts).to.deep.equal({ c: 'from the second tab' });
    await second.putDraft('c', '');
    expect((await second.open()).drafts).to.deep.equal({});
    second.close();
  });

  it('keeps two agents of one browser apart', async () => {
    const [first, second] = [browserVault(fresh()), browserVault(fresh())];
    await first.putRow(row('secret', 1));
    expect((await second.open()).outbox).to.deep.equal([]);
    first.close();
    second.close();
  });

  it('says when nothing can be kept, instead of pretending', async () => {
    const vault = browserVault(Promise.reject(new Error('no name')));
    expect(await vault.open()).to.include({ durable: false });
    let refused = false;
    await vault.putRow(row('a', 1)).catch(() => (refused = true));
    expect(refused).to.equal(true);
    vault.close();
  });
});
