import { expect } from '@open-wc/testing';
import { deskTransport, inspectableVault, openOffice, type Office } from '../testing/index.js';
import { TransportError, type Sink, type Transport } from '../transport/index.js';
import { createChatStore } from './create-chat-store.js';

const MUTE = ['load_conversations', 'load_prospects', 'load_messages'];

describe('black hole: nothing arrives any more, and nobody says so', () => {
  let office: Office;
  let id: string;

  beforeEach(async () => {
    office = await openOffice({ prepare: (desk) => void (id = desk.addConversation().id) });
    office.desk.addMessage(id, { content: 'Hi' });
    office.store.setActiveConversation(id);
    await office.world.advance(1);
  });

  const stored = () =>
    office.desk
      .messages(id)
      .filter(({ senderId }) => senderId === 'agent-1')
      .map(({ content }) => content);

  /** A line without a heartbeat, which can be made to swallow everything. */
  const open = async (more: { isDead?: boolean; isShut?: boolean } = {}) => {
    const { desk, world } = office;
    /** `isShut`: it does not even open. */
    const line = { isDead: false, isShut: false, opened: 0, ...more };
    const make = () =>
      deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run), vouches: false });
    let inner = make();
    let sink: Sink | undefined;
    const transport: Transport = {
      open(into) {
        line.opened++;
        inner = make();
        sink = into;
        inner.open({
          ...into,
          event: (name, payload) => (line.isDead || line.isShut ? undefined : into.event(name, payload)),
          status: (status) => (line.isShut && status.state === 'open' ? undefined : into.status(status)),
        });
      },
      request(name, payload, ms) {
        if (line.isShut) return Promise.reject(new TransportError('offline'));
        if (!line.isDead) return inner.request(name, payload, ms);
        return new Promise((_, reject) => world.after(ms, () => reject(new TransportError('timeout'))));
      },
      notify: (name, payload) => inner.notify(name, payload),
      close: () => inner.close(),
    };
    const store = createChatStore({ world, transport, vault: inspectableVault(), agentId: 'agent-1' });
    await world.advance(1);
    store.setActiveConversation(id);
    await world.advance(100);
    return { store, line, beat: () => sink?.alive?.() };
  };

  it('is found within 15 s by a store that only listens, which comes back by another connection', async () => {
    const { store, line } = await open();
    const { world } = office;
    await world.advance(60_000);
    expect(store.$link.get().status, 'a quiet line is asked, and answers').to.equal('online');
    expect(line.opened).to.equal(1);
    line.isDead = true;
    await world.advance(15_000);
    expect(store.$link.get().status).to.equal('offline');
    line.isDead = false;
    await world.advance(2000);
    expect(line.opened).to.equal(2);
    expect(store.$link.get()).to.include({ status: 'online', level: 2 });
  });

  it('is found within 15 s of a message that nobody answers, and the message goes by the next connection', async () => {
    const { store, line } = await open();
    const { world } = office;
    line.isDead = true;
    await store.sendMessage(id, 'Into the dark');
    await world.advance(13_200);
    expect(store.$link.get().status).to.equal('offline');
    line.isDead = false;
    await world.advance(5000);
    expect(line.opened).to.equal(2);
    expect(stored()).to.deep.equal(['Into the dark']);
  });

  it('is not seen in a line whose heartbeat goes on, nor asked about there', async () => {
    const { store, line, beat } = await open();
    const { desk, world } = office;
    const before = desk.log.length;
    for (let at = 0; at < 5; at++) {
      beat();
      await world.advance(8000);
    }
    expect(desk.log.length).to.equal(before);
    expect(line.opened).to.equal(1);
    expect(store.$link.get().status).to.equal('online');
  });

  it('is not left by all in the same moment, and less and less often', async () => {
    const { line } = await open();
    line.isDead = true;
    await office.world.advance(600_000);
    expect(line.opened).to.be.within(5, 30);
  });

  it('is found within 15 s by a page that is new, before it ever had an answer', async () => {
    const { store, line } = await open({ isDead: true });
    const { world } = office;
    await world.advance(14_000);
    expect(line.opened, 'another line is tried').to.equal(2);
    expect(store.$link.get().level, 'and no server without acks is made of it').to.equal(undefined);
    line.isDead = false;
    await world.advance(60_000);
    expect(store.$link.get()).to.include({ status: 'online', level: 2 });
    expect(line.opened).to.be.at.most(3);
  });

  it('is found within 15 s by a page whose line never opens, which tries another one, less and less often', async () => {
    const { store, line } = await open({ isShut: true });
    const { world } = office;
    expect(store.$link.get().status).to.equal('connecting');
    const told: string[] = [];
    store.$link.listen(({ status }) => told.push(status));
    await world.advance(14_900);
    expect(told[0]).to.equal('offline');
    await world.advance(600_000);
    expect(line.opened).to.be.within(5, 20);
    line.isShut = false;
    await world.advance(95_000);
    expect(store.$link.get()).to.include({ status: 'online', level: 2 });
  });

  it('is not seen in a line that is slow to open, as long as something comes', async () => {
    const { store, line, beat } = await open({ isShut: true });
    for (let at = 0; at < 5; at++) {
      await office.world.advance(8000);
      beat();
    }
    expect(line.opened).to.equal(1);
    expect(store.$link.get().status).to.equal('connecting');
  });

  it('is not taken for one where a server answers nothing at all: the second line is believed', async () => {
    office.store.disconnectSocket();
    for (let at = 0; at < 5; at++) MUTE.forEach((name) => office.desk.dropAsk(name));
    const { store, line } = await open();
    await office.world.advance(20_000);
    expect(line.opened).to.equal(2);
    expect(store.$link.get()).to.include({ status: 'online', level: 0 });
  });

  it('is not suspected in a new line because the one before was: what was guessed there ends with it', async () => {
    const { desk, world } = office;
    office.store.disconnectSocket();
    const { store, line } = await open({ isDead: true });
    await world.advance(20_000);
    expect(store.$link.get()).to.include({ status: 'online', level: 0 });
    line.isDead = false;
    desk.goOffline();
    await world.settle();
    desk.hold('load_conversations');
    desk.goOnline();
    await world.advance(1);
    const [opened, asked] = [line.opened, desk.asks('load_conversations').length];
    world.wake('visible');
    await world.advance(1);
    desk.release('load_conversations');
    await world.advance(100);
    expect(line.opened, 'a line that is milliseconds old').to.equal(opened);
    expect(desk.asks('load_conversations').length, 'is not asked twice at once').to.equal(asked);
    expect(store.$link.get()).to.include({ status: 'online', level: 2 });
  });
});
