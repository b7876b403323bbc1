import { expect } from '@open-wc/testing';
import { deskTransport, inspectableVault, openOffice, testWorld, transcript, type Office } from '../testing/index.js';
import { TransportError, type Transport } from '../transport/index.js';
import type { ChatStore } from './chat-store.js';
import { createChatStore } from './create-chat-store.js';
import { door, vaultWith } from './stage.js';

const storedIn = (office: Pick<Office, 'desk'>, id: string) =>
  office.desk
    .messages(id)
    .filter(({ senderType }) => senderType === 'agent')
    .map(({ content }) => content);

/** When what waits may leave. */
describe('a message that waits', () => {
  let office: Office;
  let id: string;

  beforeEach(async () => {
    office = await openOffice({ prepare: (desk) => void (id = desk.addConversation().id) });
    office.store.setActiveConversation(id);
    await office.world.advance(1);
  });

  const stored = () => storedIn(office, id);
  const slowDown = () =>
    office.desk.failNext('send_message', { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 20_000 });

  it('counts down to the time that the server named, also over another connection, and what is behind it waits too', async () => {
    const { desk, store, world } = office;
    slowDown();
    const key = await store.sendMessage(id, 'Slow');
    await store.sendMessage(id, 'Next');
    await world.advance(100);
    expect(store.thread(id).messages.get(key)).to.include({ delivery: 'queued', retryAt: world.now() - 100 + 20_000 });
    desk.goOffline();
    await world.settle();
    desk.goOnline();
    await world.advance(15_000);
    expect(stored()).to.deep.equal([]);
    await world.advance(6000);
    expect(stored()).to.deep.equal(['Slow', 'Next']);
  });

  it('is not hurried by a retry before that time, and is hurried where nobody named one', async () => {
    const { desk, store, world } = office;
    const fail = async (text: string) => {
      desk.failNext('send_message', 'FORBIDDEN');
      const key = await store.sendMessage(id, text);
      await world.settle();
      return key;
    };
    const first = await fail('Refused');
    desk.failNext('send_message', { code: 'UNAVAILABLE', retryable: true });
    await store.sendMessage(id, 'Waits a little');
    await world.settle();
    expect(stored()).to.deep.equal([]);
    store.retryMessage(id, first);
    await world.settle();
    expect(stored(), 'at once').to.deep.equal(['Refused', 'Waits a little']);
    const second = await fail('Refused too');
    slowDown();
    await store.sendMessage(id, 'Waits long');
    await world.settle();
    store.retryMessage(id, second);
    await world.advance(15_000);
    expect(stored()).to.have.length(2);
    await world.advance(6000);
    expect(stored().slice(2)).to.deep.equal(['Refused too', 'Waits long']);
  });

  it('does not go out after the agent has signed out', async () => {
    const { desk, store, world } = office;
    slowDown();
    await store.sendMessage(id, 'Secret');
    await world.settle();
    await store.reset();
    await world.advance(60_000);
    expect(stored()).to.deep.equal([]);
    expect(desk.asks('send_message')).to.have.length(1);
  });

  it('is not forgotten when the storage is suddenly empty', async () => {
    const { store, world, vault } = office;
    slowDown();
    await store.sendMessage(id, 'Still here');
    await world.settle();
    vault.open = () => Promise.resolve({ durable: false, outbox: [], drafts: {} });
    world.wake('visible');
    await world.advance(30_000);
    expect(stored()).to.deep.equal(['Still here']);
  });

  it('does not wait for more than three other conversations', async () => {
    const { desk, store, world } = office;
    const ids = Array.from({ length: 6 }, () => desk.addConversation().id);
    desk.hold('send_message');
    for (const one of ids) await store.sendMessage(one, 'Hello');
    await world.settle();
    expect(desk.asks('send_message')).to.have.length(4);
    desk.release('send_message');
    await world.advance(100);
    expect(ids.flatMap((one) => storedIn(office, one))).to.have.length(6);
  });

  it('is tried again, not in a loop, over a transport that says it is offline and does not tell', async () => {
    const { desk, world } = office;
    const inner = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    let refusals = 0;
    const transport: Transport = {
      open: (sink) => inner.open(sink),
      close: () => inner.close(),
      notify: () => undefined,
      request: (name, payload, ms) =>
        name === 'send_message' && refusals++ < 3
          ? Promise.reject(new TransportError('offline'))
          : inner.request(name, payload, ms),
    };
    const store = createChatStore({ world, transport, agentId: 'agent-1' });
    await world.advance(1);
    await store.sendMessage(id, 'Patience');
    await world.settle();
    expect(refusals, 'once, and then after a while').to.equal(1);
    await world.advance(10_000);
    expect(stored()).to.deep.equal(['Patience']);
  });
});

/** Between marking a row in the storage and sending it anything may happen: the storage takes its time. */
describe('a message that is about to leave', () => {
  const setUp = async (options: Parameters<typeof openOffice>[0] = {}) => {
    let id = '';
    const office = await openOffice({ ...options, prepare: (desk) => void (id = desk.addConversation().id) });
    office.store.disconnectSocket();
    const { desk, world, vault } = office;
    const gate = door();
    let [asked, marked] = [0, 0];
    const slow = vaultWith(vault, {
      changeRow: async (rowKey, change) => {
        asked++;
        await gate.through();
        return vault.changeRow(rowKey, (kept, fence) => {
          const next = change(kept, fence);
          marked += Number(next?.phase === 'inflight');
          return next;
        });
      },
    });
    const open = async (): Promise<ChatStore> => {
      const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
      const store = createChatStore({ world, vault: slow, transport, agentId: 'agent-1' });
      store.setActiveConversation(id);
      await world.advance(1);
      return store;
    };
    const store = await open();
    gate.close();
    const key = await store.sendMessage(id, 'About to leave');
    await world.settle();
    expect(asked).to.equal(1);
    const last = () => transcript(store, id).at(-1);
    return {
      desk,
      world,
      vault,
      id,
      store,
      key,
      open,
      gate,
      last,
      marks: () => marked,
      stored: () => storedIn(office, id),
    };
  };

  for (const level of [0, 2] as const)
    it(`stays where it is when the link goes, and is in no doubt, at level ${level}`, async () => {
      const { desk, world, id, store, open, gate, last, stored } = await setUp(
        level === 0 ? { level, ack: 'none' } : {},
      );
      desk.goOffline();
      await world.settle();
      gate.open();
      await world.settle();
      expect(last()).to.equal('agent: About to leave (queued)');
      store.disconnectSocket();
      const next = await open();
      expect(transcript(next, id).at(-1), 'also after a reload').to.equal('agent: About to leave (queued)');
      desk.goOnline();
      await world.advance(15_000);
      expect(stored()).to.deep.equal(['About to leave']);
      expect(desk.asks('send_message')).to.have.length(1);
    });

  it('does not leave when the agent signs out', async () => {
    const { desk, world, store, gate, stored } = await setUp();
    const leaving = store.reset();
    gate.open();
    await leaving;
    await world.advance(60_000);
    expect(stored()).to.deep.equal([]);
    expect(desk.asks('send_message')).to.deep.equal([]);
  });

  it('is marked once more when the page slept meanwhile: another one may have the lead by now', async () => {
    const { world, gate, marks, stored } = await setUp();
    world.jump(5000);
    gate.open();
    await world.advance(100);
    expect(stored()).to.deep.equal(['About to leave']);
    expect(marks()).to.equal(2);
  });

  it('is not taken back any more', async () => {
    const { world, id, store, key, gate, last, stored } = await setUp();
    store.deleteMessage(id, key);
    gate.open();
    await world.advance(100);
    expect(last()).to.equal('agent: About to leave (sent)');
    expect(stored()).to.deep.equal(['About to leave']);
  });
});

describe('a link that goes while this page is taking the lead', () => {
  it('loses nothing and sends nothing twice', async () => {
    let id = '';
    const office = await openOffice({ prepare: (desk) => void (id = desk.addConversation().id) });
    const { desk, store, world, vault } = office;
    desk.goOffline();
    await store.sendMessage(id, 'Once');
    const letGo = vault.hold();
    desk.goOnline();
    await world.settle();
    desk.goOffline();
    letGo();
    await world.settle();
    expect(storedIn(office, id)).to.deep.equal([]);
    desk.goOnline();
    await world.advance(5000);
    expect(storedIn(office, id)).to.deep.equal(['Once']);
    expect(desk.asks('send_message')).to.have.length(1);
  });
});

/** What the outbox makes of answers that it did not expect. */
describe('answers that are not as they should be', () => {
  it('late after the retry’s: the ticks do not go back', async () => {
    let id = '';
    const { desk, store, world, vault } = await openOffice({ prepare: (one) => void (id = one.addConversation().id) });
    const ask = desk.ask.bind(desk);
    let answerLate: (() => void) | undefined;
    desk.ask = (link, name, payload, ack) => {
      const isFirst = name === 'send_message' && !answerLate;
      ask(link, name, payload, isFirst ? (answer) => (answerLate = () => ack(answer)) : ack);
    };
    desk.dropNextEvent('new_message');
    const key = await store.sendMessage(id, 'Answered twice');
    await world.advance(12_000);
    expect(desk.asks('send_message')).to.have.length(2);
    desk.setStatus(desk.messages(id).at(-1)!.id, 'read');
    await world.settle();
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('read');
    answerLate!();
    await world.advance(1000);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('read');
    expect(storedIn({ desk }, id)).to.deep.equal(['Answered twice']);
    expect(vault.rows.size).to.equal(0);
  });

  it('an attempt that the server saw no need for: the first one got through after all', async () => {
    let id = '';
    const { desk, store, world } = await openOffice({ prepare: (one) => void (id = one.addConversation().id) });
    const key = await store.sendMessage(id, 'Delivered in the end');
    await world.settle();
    const { id: messageId } = desk.messages(id).at(-1)!;
    desk.setStatus(messageId, 'failed', { code: 'PLATFORM_REJECTED', message: 'Number unknown' });
    await world.settle();
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('failed');
    desk.dropNextEvent();
    desk.setStatus(messageId, 'delivered');
    store.retryMessage(id, key);
    await world.settle();
    expect(desk.asks('send_message').at(-1)).to.include({ attempt: 1 });
    expect(store.thread(id).messages.get(key)).to.include({ delivery: 'delivered' });
    expect(store.thread(id).messages.get(key)?.failure).to.equal(undefined);
  });

  it('one that knows nothing of attempts: the new one counts as answered', async () => {
    let id = '';
    const { desk, store, world } = await openOffice({
      level: 1,
      prepare: (one) => void (id = one.addConversation().id),
    });
    store.setActiveConversation(id);
    await world.advance(1);
    const key = await store.sendMessage(id, 'Refused by the channel');
    await world.advance(1);
    desk.setStatus(desk.messages(id).at(-1)!.id, 'failed', { code: 'PLATFORM_REJECTED', message: 'Number unknown' });
    await world.advance(1);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('failed');
    store.retryMessage(id, key);
    await world.advance(1);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('sent');
  });

  it('of a server that was not told who is signed in: words go out all the same, under the agent’s name', async () => {
    const { desk } = await openOffice({ level: 1 });
    const { id } = desk.addConversation();
    const world = testWorld();
    const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ world, transport, vault: inspectableVault(), agentName: 'Marta Reis' });
    await world.advance(1);
    desk.goOffline();
    const key = await store.sendMessage(id, 'Good morning');
    expect(store.thread(id).messages.get(key)).to.include({ senderName: 'Marta Reis', senderType: 'agent' });
    desk.goOnline();
    await world.advance(100);
    expect(desk.asks('send_message').at(-1)).to.include({ senderId: 'agent', content: 'Good morning' });
  });
});
