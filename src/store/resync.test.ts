import { expect } from '@open-wc/testing';
import { buildMessage, openOffice, transcript, type Office } from '../testing/index.js';

/** Whatever is lost on the way, the agent ends up seeing what the server has. */
describe('resync at level 2', () => {
  let office: Office;
  let id: string;

  beforeEach(async () => {
    office = await openOffice({ prepare: (desk) => void (id = desk.addConversation().id) });
    office.desk.addMessage(id, { content: 'Hi' });
    office.store.setActiveConversation(id);
    await office.world.advance(1);
  });

  const settle = () => office.world.advance(1);
  const expectSame = () => {
    const { store, desk } = office;
    const shown = store
      .thread(id)
      .messages.$ids.get()
      .map((key) => store.thread(id).messages.get(key)!.content);
    expect(shown).to.deep.equal(desk.messages(id).map(({ content }) => content));
    const { unreadCount, lastSeq, readSeq, lastMessage, assignedTo } = desk.conversation(id);
    const known = store.conversations.get(id)!;
    expect(known.unreadCount).to.equal(unreadCount);
    expect(known.lastSeq).to.equal(lastSeq);
    expect(known.readSeq ?? 0).to.equal(readSeq ?? 0);
    expect(known.lastMessage?.content).to.equal(lastMessage?.content);
    expect(known.assignedTo).to.equal(assignedTo);
  };

  it('applies what comes in order without asking', async () => {
    const asked = office.desk.log.length;
    for (const text of ['1', '2', '3']) office.desk.customerSays(id, text);
    office.desk.assign(id, 'agent-2');
    await settle();
    expectSame();
    expect(office.desk.log.length).to.equal(asked);
  });

  it('fills a gap before it shows what lies behind it', async () => {
    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost');
    office.desk.customerSays(id, 'seen');
    office.desk.customerSays(id, 'seen too');
    await settle();
    expectSame();
    expect(office.desk.asks('load_messages').at(-1)).to.include({ conversationId: id });
    expect(office.desk.asks('load_messages').at(-1)).to.have.property('sinceRev');
  });

  it('says of a conversation what its newest message says, also when our clock was ahead and has said something later', async () => {
    office.world.jump(3_600_000);
    await office.store.sendMessage(id, 'Ahead');
    office.world.jump(-3_600_000);
    await settle();
    const { timestamp } = office.desk.customerSays(id, 'newest');
    await settle();
    expect(office.store.conversations.get(id)!.lastActivity).to.equal(timestamp);
  });

  it('drops what it has already seen', async () => {
    office.desk.customerSays(id, 'once');
    await settle();
    const message = office.desk.messages(id).at(-1)!;
    office.desk.emitRaw('new_message', {
      ...message,
      content: 'twice',
      _sync: { e: office.desk.epoch, r: message.rev, s: message.seq },
    });
    await settle();
    expectSame();
  });

  it('finds a lost last event with the next digest, and at once when the page is looked at', async () => {
    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost');
    await settle();
    expect(transcript(office.store, id)).to.have.length(1);
    await office.world.advance(60_000);
    expectSame();

    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost again');
    await settle();
    office.world.wake('visible');
    await settle();
    expectSame();
  });

  it('catches up after hours offline', async () => {
    office.desk.goOffline();
    await settle();
    expect(office.store.$link.get().status).to.equal('offline');
    for (let at = 0; at < 120; at++) office.desk.customerSays(id, `missed ${at}`);
    office.desk.assign(id, 'agent-1');
    const { id: other } = office.desk.addConversation();
    office.desk.customerSays(other, 'new here');
    await office.world.advance(3_600_000);
    office.desk.goOnline();
    await settle();
    expectSame();
    expect(office.store.$inbox.get().ids).to.include(other);
    expect(office.store.$link.get()).to.include({ status: 'online', upToDateAt: office.world.now() - 1 });
  });

  it('starts over when history can no longer be trusted, and keeps unsent words', async () => {
    office.desk.goOffline();
    await settle();
    await office.store.sendMessage(id, 'Unsent');
    office.desk.epoch = 'restored';
    office.desk.goOnline();
    await office.world.advance(1000);
    expectSame();
    expect(transcript(office.store, id).at(-1)).to.equal('agent: Unsent (sent)');
  });

  it('loads the newest page again when the server has forgotten what happened since', async () => {
    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost');
    office.desk.customerSays(id, 'seen');
    office.desk.forgetChanges(id);
    await settle();
    expectSame();
  });

  it('shows what is missing when the server has forgotten what happened since, and more than a page of it', async () => {
    const { desk, store, world } = office;
    const shown = transcript(store, id);
    const newest = desk.conversation(id).lastSeq!;
    desk.goOffline();
    await settle();
    for (let at = 0; at < 120; at++) desk.customerSays(id, `missed ${at}`);
    desk.forgetChanges(id);
    desk.goOnline();
    await world.advance(100);
    const thread = store.thread(id);
    expect(transcript(store, id).slice(0, shown.length), 'what was read is still there').to.deep.equal(shown);
    expect(transcript(store, id).at(-1)).to.equal('prospect: missed 119 (delivered)');
    expect(thread.$gaps.get()).to.have.length(1);
    expect(thread.$gaps.get()[0]).to.include({ after: newest, before: newest + 71, stage: 'more' });
    for (let turn = 0; turn < 5 && thread.$gaps.get()[0]; turn++) {
      store.fillGap(id, thread.$gaps.get()[0]!);
      await settle();
    }
    expect(thread.$gaps.get()).to.deep.equal([]);
    expectSame();
  });

  it('loads the thread anew when the server refuses to say what is missing of it', async () => {
    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost');
    office.desk.failNext('load_messages', 'BAD_PAYLOAD');
    office.desk.customerSays(id, 'seen');
    await settle();
    expectSame();
    office.desk.customerSays(id, 'seen too');
    await settle();
    expectSame();
  });

  it('asks once for a contact that the server will not tell of, and again with the next one that is mentioned', async () => {
    const { desk, store } = office;
    const asked = () => desk.asks('load_prospects').length;
    const before = asked();
    desk.failNext('load_prospects', 'FORBIDDEN');
    const { id: other } = desk.addConversation({ prospectId: desk.addContact({ name: 'New' }).id });
    desk.customerSays(other, 'Hello');
    await office.world.advance(30_000);
    expect(asked() - before, 'no end of questions').to.be.at.most(1);
    desk.customerSays(desk.addConversation({ prospectId: desk.addContact({ name: 'Next' }).id }).id, 'Hello');
    await office.world.advance(30_000);
    const names = store.$inbox
      .get()
      .ids.map((one) => store.prospects.get(store.conversations.get(one)!.prospectId)?.name);
    expect(names).to.include.members(['New', 'Next']);
  });

  it('takes a conversation away when it is no longer ours to see', async () => {
    office.desk.emitRaw('conversation_removed', { id });
    await settle();
    expect(office.store.$inbox.get().ids).to.deep.equal([]);
    expect(office.store.$activeId.get()).to.equal(null);
  });

  it('fetches a conversation that is only mentioned', async () => {
    const { id: other } = office.desk.addConversation({ prospectId: office.desk.addContact({ name: 'New' }).id });
    office.desk.customerSays(other, 'Hello');
    await settle();
    expect(office.store.$inbox.get().ids[0]).to.equal(other);
    expect(office.store.prospects.get(office.store.conversations.get(other)!.prospectId)?.name).to.equal('New');
  });

  it('changes nothing for a payload that does not fit, says so once, and takes the next good one', async () => {
    const before = JSON.stringify([transcript(office.store, id), office.store.conversations.get(id)]);
    for (const bad of [null, 7, 'x', [], {}, { id }, { ...buildMessage({ conversationId: id }), content: 5 }]) {
      office.desk.emitRaw('new_message', bad);
    }
    office.desk.emitRaw('conversation_updated', { id, unreadCount: 'many' });
    office.desk.emitRaw('typing', { conversationId: id });
    await settle();
    expect(JSON.stringify([transcript(office.store, id), office.store.conversations.get(id)])).to.equal(before);
    expect(office.problems).to.have.length(9);
    office.desk.customerSays(id, 'good');
    await settle();
    expectSame();
  });

  it('cuts an over-long name or file name instead of dropping what it belongs to', async () => {
    office.desk.customerSays(id, 'plan', { messageType: 'file', metadata: { fileName: 'x'.repeat(900) } });
    await settle();
    expectSame();
    const { messages } = office.store.thread(id);
    expect(messages.get(messages.$ids.get().at(-1)!)?.metadata?.fileName).to.have.length(500);
    expect(office.problems).to.deep.equal([]);
  });

  it('says that the token was refused, and works again with the next connection', async () => {
    office.desk.refuse('TOKEN_EXPIRED', 'The token has expired.');
    await settle();
    expect(office.store.$link.get()).to.deep.include({
      status: 'refused',
      error: { code: 'TOKEN_EXPIRED', message: 'The token has expired.' },
    });
    expect(office.store.$inbox.get().ids).to.deep.equal([id]);
  });
});

describe('reading and paging', () => {
  it('draws the unread line where reading stopped, counts down, and tells the server once', async () => {
    let id = '';
    const office = await openOffice({
      prepare(desk) {
        ({ id } = desk.addConversation());
        for (const text of ['old', 'new 1', 'new 2']) desk.addMessage(id, { content: text });
        desk.updateConversation(id, { readSeq: 1, unreadCount: 2 });
      },
    });
    const { store, world, desk } = office;
    store.setActiveConversation(id);
    await world.advance(1);
    const thread = store.thread(id);
    expect(thread.$unreadLine.get()).to.deep.equal({ key: desk.messages(id)[1]!.id, count: 2 });
    store.markAsRead(id);
    store.markAsRead(id);
    await world.advance(1);
    expect(store.conversations.get(id)?.unreadCount).to.equal(0);
    expect(store.$unreadTotal.get()).to.equal(0);
    expect(desk.asks('mark_as_read')).to.have.length(1);
    expect(thread.$unreadLine.get(), 'stays while the agent reads').not.to.equal(null);
    store.setActiveConversation(null);
    expect(thread.$unreadLine.get()).to.equal(null);
  });

  it('says again what was read when the answer got lost', async () => {
    let id = '';
    const office = await openOffice({
      prepare(desk) {
        ({ id } = desk.addConversation());
        desk.addMessage(id, { content: 'new' });
      },
    });
    const { store, world, desk } = office;
    store.setActiveConversation(id);
    await world.advance(1);
    desk.dropAsk('mark_as_read');
    store.markAsRead(id);
    await world.advance(1000);
    expect(desk.conversation(id).unreadCount).to.equal(1);
    desk.goOffline();
    desk.goOnline();
    await world.advance(1);
    expect(desk.conversation(id).unreadCount).to.equal(0);
  });

  it('opens by address before the list is there, with its unread line; and lets go of what does not exist', async () => {
    const office = await openOffice();
    const { store, world, desk } = office;
    desk.goOffline();
    await world.settle();
    const { id } = desk.addConversation();
    desk.addMessage(id, { content: 'new' });
    store.setActiveConversation(id);
    desk.goOnline();
    await world.advance(1);
    expect(store.thread(id).$unreadLine.get()).to.deep.include({ count: 1 });
    store.setActiveConversation('nowhere');
    await world.advance(1);
    expect(store.$activeId.get()).to.equal(null);
  });

  it('loads history page by page, without a hole, up to the beginning', async () => {
    let id = '';
    const office = await openOffice({
      prepare(desk) {
        ({ id } = desk.addConversation());
        for (let at = 1; at <= 130; at++) desk.addMessage(id, { content: `${at}` });
      },
    });
    const { store, world } = office;
    const thread = store.thread(id);
    thread.messages.$ids.listen(() => undefined); // looking is enough
    await world.advance(1);
    expect(thread.messages.size).to.equal(50);
    for (const expected of [100, 130]) {
      expect(thread.$older.get()).to.equal('more');
      store.loadOlder(id);
      store.loadOlder(id);
      await world.advance(1);
      expect(thread.messages.size).to.equal(expected);
    }
    expect(thread.$older.get()).to.equal('end');
    const numbers = thread.messages.$ids.get().map((key) => Number(thread.messages.get(key)!.content));
    expect(numbers).to.deep.equal(Array.from({ length: 130 }, (_, at) => at + 1));
  });

  it('says when a page failed, and loads it when asked again', async () => {
    let id = '';
    const office = await openOffice({
      prepare(desk) {
        ({ id } = desk.addConversation());
        desk.addMessage(id);
        desk.failNext('load_messages', 'UNAVAILABLE');
      },
    });
    office.store.setActiveConversation(id);
    await office.world.advance(1);
    expect(office.store.thread(id).$first.get()).to.equal('failed');
    office.store.loadThread(id);
    await office.world.advance(1);
    expect(office.store.thread(id).$first.get()).to.equal('end');
  });

  it('pages the list, filters it on the server as well, and counts each view', async () => {
    const office = await openOffice({
      prepare(desk) {
        for (let at = 0; at < 120; at++) {
          const { id: prospectId } = desk.addContact({ name: at === 119 ? 'Zoë Last' : `Contact ${at}` });
          const { id } = desk.addConversation({ prospectId, ...(at % 3 ? {} : { assignedTo: 'agent-1' }) });
          desk.addMessage(id, { content: `m${at}`, timestamp: new Date(1_760_000_000_000 - at * 1000).toISOString() });
        }
      },
    });
    const { store, world } = office;
    expect(store.$inbox.get()).to.deep.include({ loading: 'more', ready: true });
    const first = store.$inbox.get().ids.length;
    expect(first).to.be.greaterThan(19).and.lessThan(120);
    expect(store.$counts.get()).to.include({ all: 120, mine: 40, unassigned: 80 });
    store.setFilter({ text: 'zoë' });
    await world.advance(1);
    expect(store.$inbox.get().ids, 'found on the server').to.have.length(1);
    store.setFilter({ text: '' });
    await world.advance(1);
    for (let turn = 0; turn < 10 && store.$inbox.get().loading === 'more'; turn++) {
      store.loadMoreConversations();
      await world.advance(1);
    }
    expect(store.$inbox.get()).to.deep.include({ loading: 'end' });
    expect(new Set(store.$inbox.get().ids).size).to.equal(120);
    store.setFilter({ view: 'mine' });
    await world.advance(1);
    expect(store.$inbox.get().ids).to.have.length(40);
  });

  it('moves a conversation to the top and between the counts as it changes', async () => {
    let ids: string[] = [];
    const office = await openOffice({
      prepare(desk) {
        ids = ['a', 'b', 'c'].map(() => desk.addConversation().id);
      },
    });
    const { store, desk, world } = office;
    desk.customerSays(ids[0]!, 'First again');
    desk.assign(ids[1]!, 'agent-1');
    await world.advance(1);
    expect(store.$inbox.get().ids[0]).to.equal(ids[0]);
    expect(store.$counts.get()).to.deep.equal({ all: 3, mine: 1, unassigned: 2, bot: 0 });
  });

  it('loads a client when somebody looks at it, and finds the contact’s other conversations', async () => {
    let [own, other] = ['', ''];
    const office = await openOffice({
      prepare(desk) {
        const client = desk.addClient();
        const { id: prospectId } = desk.addContact({ clientId: client.id, isClient: true });
        own = desk.addConversation({ prospectId, clientId: client.id }).id;
        other = desk.addConversation({ prospectId, clientId: client.id }).id;
      },
    });
    const { store, world } = office;
    const { clientId } = store.conversations.get(own)!;
    store.clients.at(clientId!).listen(() => undefined);
    const previous = store.previousConversations(own);
    previous.listen(() => undefined);
    await world.advance(1);
    expect(store.clients.get(clientId!)?.id).to.equal(clientId);
    expect(previous.get()).to.deep.equal([other]);
  });

  it('leaves nothing behind after signing out', async () => {
    let id = '';
    const office = await openOffice({ prepare: (desk) => void (id = desk.addConversation().id) });
    office.desk.goOffline();
    await office.world.settle();
    await office.store.sendMessage(id, 'Secret');
    office.store.setDraft(id, 'More');
    await office.world.advance(1000);
    await office.store.reset();
    await office.world.settle();
    expect(office.vault.rows.size + office.vault.drafts.size).to.equal(0);
    expect(office.store.$inbox.get().ids).to.deep.equal([]);
    expect(office.store.thread(id).messages.size).to.equal(0);
    expect(office.store.thread(id).$draft.get()).to.equal('');
  });
});
