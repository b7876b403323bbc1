import { expect } from '@open-wc/testing';
import { createDesk, deskTransport, inspectableVault, openOffice, testWorld, transcript } from '../testing/index.js';
import type { Sink } from '../transport/index.js';
import { createChatStore } from './create-chat-store.js';
import { door, vaultWith } from './stage.js';

/** A link that goes, or a server that says no, at the worst moment. */
describe('a connection', () => {
  it('that its transport has closed for good is told as closed', async () => {
    let sink: Sink | undefined;
    const store = createChatStore({
      world: testWorld(),
      transport: {
        open: (into) => (sink = into),
        request: () => new Promise(() => undefined),
        notify: () => undefined,
        close: () => undefined,
      },
    });
    sink!.status({ state: 'open' });
    sink!.status({ state: 'connecting' });
    expect(store.$link.get().status, 'it is up until it is said to be down').to.equal('online');
    sink!.status({ state: 'closed', reason: 'The host has closed it.' });
    expect(store.$link.get().status).to.equal('closed');
  });

  it('that goes before the storage was read asks for nothing until it is back', async () => {
    const [desk, world, vault, gate] = [createDesk(), testWorld(), inspectableVault(), door()];
    const { id } = desk.addConversation();
    gate.close();
    const slow = vaultWith(vault, { readCache: async () => (await gate.through(), vault.readCache!()) });
    const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ transport, world, vault: slow });
    store.$inbox.listen(() => undefined);
    await world.settle();
    expect(store.$link.get().status).to.equal('online');
    desk.goOffline();
    gate.open();
    await world.settle();
    expect(desk.log).to.deep.equal([]);
    desk.goOnline();
    await world.advance(10);
    expect(store.$inbox.get()).to.deep.include({ ids: [id], ready: true });
    expect(desk.asks('load_conversations')).to.have.length(1);
  });

  it('over which the list is refused is up all the same, and says that the list did not come', async () => {
    const { store } = await openOffice({ prepare: (desk) => desk.failNext('load_conversations', 'FORBIDDEN') });
    expect(store.$link.get()).to.include({ status: 'online', level: 1 });
    expect(store.$inbox.get()).to.deep.include({ ids: [], ready: true, loading: 'failed' });
  });

  it('asks nothing while it is down, whoever looks at the page', async () => {
    const { desk, world } = await openOffice();
    desk.goOffline();
    await world.settle();
    const before = desk.log.length;
    world.wake('visible');
    await world.settle();
    expect(desk.log.length).to.equal(before);
  });

  it('that breaks while it is asked whether it is alive is opened once more, not twice', async () => {
    const desk = createDesk();
    desk.addConversation();
    const world = testWorld();
    const inner = deskTransport(desk, {
      agentId: 'agent-1',
      after: (ms, run) => world.after(ms, run),
      vouches: false,
    });
    let opened = 0;
    const store = createChatStore({
      world,
      transport: {
        open: (sink) => (opened++, inner.open(sink)),
        request: (name, payload, ms) => inner.request(name, payload, ms),
        notify: () => undefined,
        close: () => inner.close(),
      },
    });
    await world.advance(100);
    desk.dropAsk('load_conversations');
    await world.advance(10_000); // quiet for so long, it is being asked
    desk.goOffline();
    await world.settle();
    desk.goOnline();
    await world.advance(30_000);
    expect(store.$link.get()).to.include({ status: 'online', level: 2 });
    expect(opened, 'its own transport brought it back').to.equal(1);
  });

  it('learns from the digest that the history is another one', async () => {
    let id = '';
    const { desk, store, world } = await openOffice({ prepare: (one) => void (id = one.addConversation().id) });
    store.setActiveConversation(id);
    await world.advance(1);
    desk.epoch = 'restored';
    desk.dropNextEvent();
    desk.customerSays(id, 'in the new history');
    await world.advance(61_000);
    expect(transcript(store, id)).to.deep.equal(['prospect: in the new history (delivered)']);
  });
});
