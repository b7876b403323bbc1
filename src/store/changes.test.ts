import { expect } from '@open-wc/testing';
import { openOffice, type Office } from '../testing/index.js';

/** What an agent asks for that is no message: a note that is lost or written twice is seen by the whole team. */
describe('notes that do not go through at once', () => {
  let office: Office;
  let clientId: string;

  const open = async (options: Parameters<typeof openOffice>[0] = {}) => {
    office = await openOffice({ ...options, prepare: (desk) => void (clientId = desk.addClient().id) });
  };
  const notes = () => office.desk.books.clients.get(clientId)?.notes.map(({ content }) => content);
  const offline = async () => {
    office.desk.goOffline();
    await office.world.settle();
  };

  it('are not written twice when the agent says again what failed', async () => {
    await open();
    const { desk, store, world, vault } = office;
    await offline();
    await store.addClientNote(clientId, 'Prefers mornings');
    desk.failNext('add_client_note', { code: 'FORBIDDEN', message: 'Not yours for a moment.' });
    desk.goOnline();
    await world.advance(1000);
    expect(store.$changes.get().map(({ state }) => state)).to.deep.equal(['failed']);
    const again = store.addClientNote(clientId, 'Prefers mornings');
    await world.advance(1000);
    expect(await again).to.include({ ok: true });
    expect(notes()).to.deep.equal(['Prefers mornings']);
    expect(store.$changes.get()).to.deep.equal([]);
    expect(vault.rows.size).to.equal(0);
  });

  it('say which field was refused', async () => {
    await open();
    const { desk, store, world } = office;
    desk.failNext('add_client_note', { code: 'BAD_PAYLOAD', message: 'Too long.', field: 'content' });
    const came = store.addClientNote(clientId, 'x');
    await world.settle();
    expect(await came).to.deep.equal({
      ok: false,
      error: { code: 'BAD_PAYLOAD', message: 'Too long.', field: 'content' },
    });
  });

  it('leave nobody waiting who signs out', async () => {
    await open();
    const { desk, store, world, vault } = office;
    desk.hold('add_client_note');
    const came = store.addClientNote(clientId, 'On its way');
    await world.settle();
    await store.reset();
    expect(await came).to.deep.include({ ok: false });
    desk.release('add_client_note');
    await world.advance(1000);
    expect(store.$changes.get()).to.deep.equal([]);
    expect(vault.rows.size).to.equal(0);
  });

  it('are not given up any more once they are on their way', async () => {
    await open();
    const { desk, store, world } = office;
    await offline();
    await store.addClientNote(clientId, 'Too late to take back');
    desk.hold('add_client_note');
    desk.goOnline();
    await world.advance(100);
    store.discardChange(store.$changes.get()[0]!.key);
    expect(store.$changes.get()).to.have.length(1);
    desk.release('add_client_note');
    await world.advance(100);
    expect(notes()).to.deep.equal(['Too late to take back']);
    expect(store.$changes.get()).to.deep.equal([]);
  });

  it('are never repeated silently where the server acknowledges nothing and the link broke', async () => {
    await open({ level: 0, ack: 'none' });
    const { desk, store, world } = office;
    const came = store.addClientNote(clientId, 'Did it arrive?');
    await world.settle();
    await offline();
    expect(await came).to.deep.include({ ok: false });
    desk.goOnline();
    await world.advance(60_000);
    expect(desk.asks('add_client_note')).to.have.length(1);
  });
});
