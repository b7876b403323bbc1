import { expect } from '@open-wc/testing';
import { createDesk, deskTransport, inspectableVault, testWorld, transcript } from '../testing/index.js';
import { createChatStore } from './create-chat-store.js';
import { lateVault } from './late-vault.js';

/** Who signs in is not known when the page opens. */
describe('the vault of somebody who is not known yet', () => {
  const setUp = async () => {
    const own = inspectableVault();
    let tell: (name: string) => void = () => undefined;
    const known = new Promise<string>((resolve) => (tell = resolve));
    const asked: string[] = [];
    const vault = lateVault(Promise.resolve(undefined), known, (name) => (asked.push(name), own));
    const desk = createDesk();
    const { id } = desk.addConversation();
    const world = testWorld();
    const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ vault, world });
    await world.settle();
    return { own, tell, asked, vault, desk, id, world, transport, store };
  };

  it('moves to their own when it is known, with what an earlier page left there', async () => {
    const { own, tell, asked, vault, desk, id, world, transport, store } = await setUp();
    const earlier = createChatStore({ vault: own, world });
    await earlier.sendMessage(id, 'From an earlier page');
    await store.sendMessage(id, 'Written early');
    store.setDraft(id, 'half a thought');
    const given = await store.sendMessage(id, 'Taken back');
    store.deleteMessage(id, given);
    await world.settle();
    expect([store.$storage.get(), own.rows.size, asked.length]).to.deep.equal(['memory', 1, 0]);
    expect((await vault.readCache!()).size).to.equal(0);
    await vault.putCache!(new Map([['list', 1]]));
    expect(own.cache.size, 'nobody’s').to.equal(0);
    tell('marta');
    await world.settle();
    expect([store.$storage.get(), own.rows.size, asked]).to.deep.equal(['durable', 2, ['marta']]);
    expect([...own.drafts]).to.deep.equal([[id, 'half a thought']]);
    store.connect(transport);
    store.setActiveConversation(id);
    await world.advance(1000);
    expect(desk.messages(id).map(({ content }) => content)).to.have.members(['From an earlier page', 'Written early']);
    expect(own.rows.size).to.equal(0);
    await vault.putCache!(new Map([['list', 1]]));
    expect((await vault.readCache!()).get('list')).to.equal(1);
    expect(transcript(store, id)).to.have.length(2);
  });

  for (const fault of ['is full', 'is not there'])
    it(`stays in memory where their own ${fault}, and is sent all the same`, async () => {
      const { own, tell, desk, id, world, transport, store } = await setUp();
      own.failing = fault === 'is full';
      own.durable = fault !== 'is not there';
      await store.sendMessage(id, 'Written early');
      tell('marta');
      await world.settle();
      expect(store.$storage.get()).to.equal('memory');
      store.connect(transport);
      await world.advance(1000);
      expect(desk.messages(id).map(({ content }) => content)).to.deep.equal(['Written early']);
      expect(own.rows.size).to.equal(0);
    });

  it('is their own from the first moment on where they are known, and memory where nobody can be', async () => {
    const own = inspectableVault();
    const vault = lateVault(Promise.resolve('marta'), Promise.resolve('marta'), () => own);
    expect((await vault.open()).durable).to.equal(true);
    await vault.lead();
    await vault.changeRow('none', () => undefined);
    await vault.removeRow('none');
    expect(own.fence).to.equal(1);
    await vault.putDraft('c', 'Half');
    await vault.wipe();
    expect(own.drafts.size).to.equal(0);
    vault.close();
  });
});
