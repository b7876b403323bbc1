import { expect } from '@open-wc/testing';
import { createDesk, deskTransport, inspectableVault, testBrowser, testWorld, transcript } from '../testing/index.js';
import type { ChatStore } from './chat-store.js';
import { createChatStore } from './create-chat-store.js';

describe('signing out', () => {
  it('forgets who was signed in, so that nothing of theirs passes for the next agent’s', async () => {
    const [desk, world] = [createDesk(), testWorld()];
    const line = (agentId: string) => deskTransport(desk, { agentId, after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ world, transport: line('agent-1') });
    await world.advance(10);
    expect(store.$me.get()).to.equal('agent-1');
    await store.reset();
    expect(store.$me.get()).to.equal(undefined);
    store.connect(line('agent-2'));
    expect(store.$me.get(), 'nobody has said so yet').to.equal(undefined);
    await world.advance(10);
    expect(store.$me.get()).to.equal('agent-2');
  });

  it('leaves what the host has said to the next connection, where the server tells nothing', async () => {
    const [desk, world] = [createDesk({ level: 1 }), testWorld()];
    const line = () => deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ world, transport: line(), agentId: 'agent-1' });
    await world.advance(10);
    await store.reset();
    expect(store.$me.get()).to.equal(undefined);
    store.connect(line());
    expect(store.$me.get()).to.equal('agent-1');
  });
});

/** What is in the browser when somebody signs out, and who comes after them. */
describe('what was kept, when its agent signs out', () => {
  const setUp = async (options: { agentId?: string } = {}) => {
    const [desk, world, vault, browser] = [createDesk(), testWorld(), inspectableVault(), testBrowser()];
    vault.name = 'shared';
    const { id } = desk.addConversation();
    const line = (agentId: string) => deskTransport(desk, { agentId, after: (ms, run) => world.after(ms, run) });
    const open = async (agentId: string) => {
      const page = browser.page(world);
      const store = createChatStore({ transport: line(agentId), world: page, vault, ...options });
      store.$inbox.listen(() => undefined);
      store.setActiveConversation(id);
      await world.advance(10);
      return { store, page };
    };
    const stored = () => desk.messages(id).map(({ senderId, content }) => `${senderId}: ${content}`);
    return { desk, world, vault, id, line, open, stored };
  };
  type Office = Awaited<ReturnType<typeof setUp>>;

  const writeAlone = async ({ desk, world, id }: Office, store: ChatStore) => {
    desk.goOffline();
    await world.advance(5);
    const key = await store.sendMessage(id, 'For agent-1 to say');
    store.setDraft(id, 'half a thought');
    await world.settle();
    return key;
  };

  it('is tried to be removed more than once', async () => {
    const office = await setUp();
    const { vault, world, open, id } = office;
    const { store } = await open('agent-1');
    await writeAlone(office, store);
    const wipe = vault.wipe.bind(vault);
    let tries = 0;
    vault.wipe = () => (++tries < 3 ? Promise.reject(new Error('busy')) : wipe());
    await store.reset();
    await world.settle();
    expect([tries, vault.rows.size, vault.drafts.size]).to.deep.equal([3, 0, 0]);
    expect(transcript(store, id)).to.deep.equal([]);
  });

  it('is said to be there still where the storage does not let go of it, and never leaves under another name', async () => {
    const office = await setUp();
    const { desk, vault, world, id, line, open, stored } = office;
    const { store } = await open('agent-1');
    await writeAlone(office, store);
    void store.updateSettings({ botEnabled: true });
    await world.settle();
    vault.failing = true;
    const came = await store.reset().then(
      () => 'removed',
      (failure: Error) => failure.message,
    );
    vault.failing = false;
    expect(came).to.equal('What was kept in this browser could not be removed.');
    expect(store.$me.get(), 'the page has forgotten').to.equal(undefined);
    expect([transcript(store, id), store.thread(id).$draft.get()]).to.deep.equal([[], '']);
    desk.goOnline();
    store.connect(line('agent-2'));
    store.setActiveConversation(id);
    await world.advance(60_000);
    await store.sendMessage(id, 'For agent-2 to say');
    await world.advance(60_000);
    expect(stored()).to.deep.equal(['agent-2: For agent-2 to say']);
    expect(desk.asks('update_settings')).to.have.length(0);
    expect(vault.rows.size, 'until the next sign-out').to.equal(2);
    await store.reset();
    expect(vault.rows.size).to.equal(0);
  });

  it('waits for its own agent where another one finds it', async () => {
    const office = await setUp();
    const { desk, world, vault, id, open, stored } = office;
    const first = await open('agent-1');
    const key = await writeAlone(office, first.store);
    void first.store.updateSettings({ botEnabled: true });
    await world.settle();
    first.store.dispose();
    first.page.close();
    const second = await open('agent-2');
    desk.goOnline();
    await world.advance(60_000);
    expect(second.store.$me.get()).to.equal('agent-2');
    expect(transcript(second.store, id)).to.deep.equal([]);
    expect(second.store.$changes.get()).to.deep.equal([]);
    expect([stored(), vault.rows.size]).to.deep.equal([[], 2]);
    second.store.dispose();
    second.page.close();
    const third = await open('agent-1');
    await world.advance(60_000);
    expect(stored()).to.deep.equal(['agent-1: For agent-1 to say']);
    expect(third.store.thread(id).messages.get(key)?.delivery).to.equal('sent');
    expect(vault.rows.size).to.equal(0);
  });

  it('is its agent’s own under the host’s name and the server’s', async () => {
    const office = await setUp({ agentId: 'marta@host.example' });
    const { desk, world, open, stored } = office;
    desk.goOffline();
    const { store, page } = await open('agent-1');
    await writeAlone(office, store);
    store.dispose();
    page.close();
    desk.goOnline();
    await open('agent-1');
    await world.advance(60_000);
    expect(stored()).to.deep.equal(['agent-1: For agent-1 to say']);
  });

  it('is not taken from who has signed in again, by a page that hears of the sign-out late', async () => {
    const office = await setUp();
    const { desk, world, vault, id, line, open, stored } = office;
    const [awake, frozen] = [await open('agent-1'), await open('agent-1')];
    await frozen.store.sendMessage(id, 'Said before');
    await world.advance(10);
    desk.goOffline();
    await world.advance(10);
    frozen.store.setDraft(id, 'written before', 'note');
    await frozen.store.sendMessage(id, 'Forgotten with the sign-out');
    await world.settle();
    const wake = frozen.page.freeze();
    await awake.store.reset();
    awake.store.connect(line('agent-1'));
    awake.store.setActiveConversation(id);
    await world.advance(10);
    await awake.store.sendMessage(id, 'Written after signing in again');
    awake.store.setDraft(id, 'and a draft');
    await world.settle();
    expect([vault.rows.size, vault.drafts.size]).to.deep.equal([1, 1]);
    wake();
    await world.settle();
    await world.advance(100);
    expect(frozen.store.$me.get(), 'it has forgotten').to.equal(undefined);
    expect(frozen.store.thread(id).$noteDraft.get()).to.equal('');
    expect(transcript(frozen.store, id)).to.deep.equal(['agent: Written after signing in again (queued)']);
    expect([vault.rows.size, [...vault.drafts.values()]]).to.deep.equal([1, ['and a draft']]);
    desk.goOnline();
    await world.advance(120_000);
    expect(stored()).to.deep.equal(['agent-1: Said before', 'agent-1: Written after signing in again']);
  });

  it('goes as well where a page writes in the moment of the sign-out', async () => {
    const office = await setUp();
    const { desk, world, vault, id, open } = office;
    const [leaving, writing] = [await open('agent-1'), await open('agent-1')];
    desk.goOffline();
    await world.advance(10);
    const release = vault.hold();
    void writing.store.sendMessage(id, 'Too late');
    void leaving.store.reset();
    writing.store.setDraft(id, 'and this');
    await world.settle();
    release();
    await world.advance(100);
    expect([vault.rows.size, vault.drafts.size, vault.cache.size]).to.deep.equal([0, 0, 0]);
  });
});
