import { expect } from '@open-wc/testing';
import { buildMessage } from '../testing/index.js';
import { browserVault } from './browser-vault.js';
import type { OutboxRow } from './world.js';

const row = (key: string, order: number): OutboxRow => ({
  key,
  conversationId: 'c',
  order,
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
    expect(await first.open()).to.deep.equal({ durable: true, outbox: [], drafts: {} });
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

  it('leaves alone what a page that still lives is sending', async () => {
    const name = fresh();
    const alive = browserVault(name);
    await alive.open();
    await alive.putRow(row('a', 1));
    const other = browserVault(name);
    expect((await other.open()).outbox).to.deep.equal([]);
    alive.close();
    other.close();
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
    expect(await vault.open()).to.deep.equal({ durable: true, outbox: [], drafts: {} });
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
