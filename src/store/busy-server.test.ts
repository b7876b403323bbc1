import { expect } from '@open-wc/testing';
import { createDesk, deskTransport, openOffice, testWorld, type Office } from '../testing/index.js';
import { createChatStore } from './create-chat-store.js';

/** A server under load refuses for a moment: nothing may be forgotten because of it. */
describe('a busy server', () => {
  let office: Office;
  let id: string;
  const busy = { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 2000 } as const;

  beforeEach(async () => {
    office = await openOffice({
      prepare(desk) {
        const client = desk.addClient();
        const contact = desk.addContact({ clientId: client.id, isClient: true });
        ({ id } = desk.addConversation({ prospectId: contact.id, clientId: client.id }));
        desk.addMessage(id, { content: 'first' });
      },
    });
    office.store.setActiveConversation(id);
    await office.world.advance(1);
  });

  const texts = () => {
    const { messages } = office.store.thread(id);
    return messages.$ids.get().map((key) => messages.get(key)!.content);
  };

  it('is asked again for what fills a gap', async () => {
    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost');
    office.desk.failNext('load_messages', busy);
    office.desk.customerSays(id, 'seen');
    await office.world.advance(1);
    expect(texts()).to.deep.equal(['first']);
    await office.world.advance(10_000);
    expect(texts()).to.deep.equal(['first', 'lost', 'seen']);
  });

  it('is asked again for what fills a gap after the link broke meanwhile', async () => {
    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost');
    office.desk.failNext('load_messages', busy);
    office.desk.customerSays(id, 'seen');
    await office.world.advance(1);
    office.desk.goOffline();
    await office.world.advance(1);
    office.desk.goOnline();
    await office.world.advance(5000);
    expect(texts()).to.deep.equal(['first', 'lost', 'seen']);
  });

  it('is asked again for a client, a read mark and the list', async () => {
    const { desk, store, world } = office;
    const { clientId } = store.conversations.get(id)!;
    desk.failNext('load_clients', busy);
    store.clients.at(clientId!).listen(() => undefined);
    desk.failNext('mark_as_read', busy);
    store.markAsRead(id);
    await world.advance(10_000);
    expect(store.clients.get(clientId!)).to.include({ id: clientId });
    expect(desk.conversation(id).unreadCount).to.equal(0);

    desk.goOffline();
    await world.advance(1);
    const { id: other } = desk.addConversation();
    desk.failNext('load_conversations', busy);
    desk.goOnline();
    await world.advance(10_000);
    expect(store.$inbox.get().ids).to.include(other);
  });

  it('does not lose its level by refusing once', async () => {
    office.desk.failNext('load_conversations', busy);
    await office.world.advance(60_500);
    expect(office.store.$link.get().level).to.equal(2);
  });

  it('is not asked in a loop when its lists lag behind its events', async () => {
    const { desk, world } = office;
    const { rev = 0, lastSeq = 0 } = desk.conversation(id);
    const ahead = { ...desk.messages(id)[0]!, id: 'ahead', content: 'ahead', seq: lastSeq + 2, rev: rev + 2 };
    const before = desk.log.length;
    desk.emitRaw('new_message', { ...ahead, _sync: { e: desk.epoch, r: rev + 2, s: lastSeq + 2 } });
    await world.advance(1000);
    expect(desk.log.length - before).to.be.lessThan(7);
    await world.advance(120_000);
    expect(texts(), 'shown in the end').to.include('ahead');
    expect(office.problems).to.have.length(1);
  });

  it('takes a filter that was changed while it was away', async () => {
    const { desk, store, world } = office;
    desk.goOffline();
    await world.advance(1);
    for (let at = 0; at < 60; at++) {
      const conversation = desk.addConversation({ prospectId: desk.addContact({ name: `Contact ${at}` }).id });
      desk.addMessage(conversation.id, { timestamp: new Date(1_700_000_000_000 + at).toISOString() });
    }
    store.setFilter({ text: 'Contact 0' });
    desk.epoch = 'another';
    desk.goOnline();
    await world.advance(100);
    expect(store.$inbox.get().ids).to.have.length(1);
  });

  it('keeps a conversation of which one telling cannot be read', async () => {
    const { desk, store, world, problems } = office;
    desk.conversation(id).unreadCount = -1; // no schema takes that
    desk.emitRaw('conversation_updated', { id, _sync: { e: desk.epoch, r: 99 } });
    await world.advance(60_000);
    expect(store.$activeId.get()).to.equal(id);
    expect(store.$inbox.get().ids).to.deep.equal([id]);
    expect(problems.length).to.be.greaterThan(0);
  });

  it('is asked again for the same note by itself, under the same key', async () => {
    const { desk, store, world } = office;
    const { clientId } = store.conversations.get(id)!;
    desk.dropAckOf('add_client_note');
    const first = store.addClientNote(clientId!, 'Once');
    await world.advance(8500);
    expect(await first).to.deep.equal({ ok: true, data: undefined, waiting: true });
    expect(store.$changes.get()).to.have.length(1);
    void store.addClientNote(clientId!, 'Once'); // an impatient second click
    await world.advance(30_000);
    const keys = desk.asks('add_client_note').map((ask) => (ask as { opId: string }).opId);
    expect(keys).to.have.length(2);
    expect(new Set(keys).size).to.equal(1);
    expect(store.$changes.get()).to.deep.equal([]);
    expect(desk.books.clients.get(clientId!)?.notes.map(({ content }) => content)).to.deep.equal(['Once']);
  });
});

describe('a store that is let go', () => {
  it('listens to nothing any more', () => {
    const world = testWorld();
    let listening = 0;
    world.onWake = () => {
      listening++;
      return () => listening--;
    };
    const store = createChatStore({ world, transport: deskTransport(createDesk(), { agentId: 'agent-1' }) });
    expect(listening).to.equal(1);
    store.disconnectSocket();
    expect(listening).to.equal(0);
  });
});
