import { expect } from '@open-wc/testing';
import { deskTransport, openOffice, transcript, type Office } from '../testing/index.js';
import type { Transport } from '../transport/index.js';
import { createChatStore } from './create-chat-store.js';

/** What crosses on its way: an answer and the news, a gap and a break, an old history and a new one. */
describe('coming to the server’s truth', () => {
  let office: Office;
  let id: string;

  const open = async (options: Parameters<typeof openOffice>[0] = {}) => {
    office = await openOffice({
      ...options,
      prepare(desk) {
        id = desk.addConversation().id;
        desk.addMessage(id, { content: 'Hi' });
        options.prepare?.(desk);
      },
    });
  };
  const look = async () => {
    office.store.setActiveConversation(id);
    await office.world.advance(1);
  };
  const texts = () => {
    const { messages } = office.store.thread(id);
    return messages.$ids.get().map((key) => messages.get(key)!.content);
  };
  const expectSame = () => {
    expect(texts()).to.deep.equal(office.desk.messages(id).map(({ content }) => content));
  };
  /** The next message is lost on the way, and the one after it betrays that. */
  const tearGap = () => {
    office.desk.dropNextEvent('new_message');
    office.desk.customerSays(id, 'lost');
    office.desk.customerSays(id, 'seen');
  };

  it('ignores what only a later release would understand', async () => {
    await open();
    office.desk.emitRaw('survey_answered', { conversationId: id, stars: 5 });
    await office.world.settle();
    expect(office.problems).to.deep.equal([]);
  });

  for (const isFilling of [false, true])
    it(`starts over when the line stays and the history does not${isFilling ? ', also while a gap is being filled' : ''}`, async () => {
      await open();
      await look();
      const { desk, store, world } = office;
      desk.hold('load_messages');
      if (isFilling) tearGap();
      await world.settle();
      desk.epoch = 'restored';
      desk.hold('load_conversations');
      desk.customerSays(id, 'said in the new history');
      await world.settle();
      tearGap();
      await world.settle();
      desk.release('load_messages');
      await world.settle();
      desk.release('load_conversations');
      await world.advance(5000);
      expectSame();
      expect(store.conversations.get(id)).to.include({ lastSeq: desk.conversation(id).lastSeq });
      desk.customerSays(id, 'and the next');
      await world.settle();
      expectSame();
    });

  it('fills a gap of what is not in the list of the new history', async () => {
    await open();
    await look();
    const { desk, store, world } = office;
    desk.failNext('load_messages', { code: 'UNAVAILABLE', retryable: true });
    tearGap();
    await world.advance(1);
    desk.goOffline();
    await world.advance(10_000);
    store.setActiveConversation(null);
    desk.conversation(id).status = 'archived';
    desk.epoch = 'restored';
    desk.goOnline();
    await world.advance(1000);
    expect(store.conversations.get(id)).to.include({ status: 'archived' });
    await look();
    await world.advance(1000);
    expectSame();
  });

  it('takes away what was given to a colleague while this agent was away', async () => {
    await open({ sees: (agentId, { assignedTo }) => assignedTo === undefined || assignedTo === agentId });
    const { desk, store, world } = office;
    expect(store.$inbox.get().ids).to.deep.equal([id]);
    desk.goOffline();
    await world.settle();
    desk.assign(id, 'agent-2');
    desk.goOnline();
    await world.advance(100);
    expect(store.$inbox.get().ids).to.deep.equal([]);
    expect(store.conversations.get(id)).to.equal(undefined);
  });

  it('takes away what turns out not to be there any more while a gap is filled', async () => {
    await open({ sees: (agentId, { assignedTo }) => assignedTo === undefined || assignedTo === agentId });
    const { desk, store, world, problems } = office;
    desk.conversation(id).assignedTo = 'agent-2'; // and the news of it are lost
    desk.emitRaw('conversation_updated', {
      id,
      unreadCount: 3,
      _sync: { e: desk.epoch, r: desk.conversation(id).rev + 2 },
    });
    await world.advance(1000);
    expect(store.$inbox.get().ids).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
  });

  it('shows what the same agent began to write on another device', async () => {
    await open({
      features: { drafts: true },
      prepare: (desk) =>
        desk.books.keepDraft('agent-1', {
          conversationId: id,
          mode: 'reply',
          content: 'From the phone',
          updatedAt: desk.books.stamp(),
        }),
    });
    expect(office.store.thread(id).$draft.get()).to.equal('From the phone');
  });

  it('shows what was said while the first page was on its way', async () => {
    await open();
    const { desk, world } = office;
    desk.hold('load_messages');
    office.store.setActiveConversation(id);
    await world.settle();
    desk.customerSays(id, 'said meanwhile');
    await world.settle();
    desk.release('load_messages');
    await world.advance(100);
    expectSame();
  });

  it('fills a gap of a conversation that nobody has opened, and of one that is opened meanwhile', async () => {
    await open();
    const { desk, store, world } = office;
    tearGap();
    await world.advance(100);
    expect(store.conversations.get(id)).to.include({ unreadCount: 3 });
    expect(desk.asks('load_messages'), 'nobody has asked for its messages').to.deep.equal([]);
    desk.hold('load_conversations');
    tearGap();
    await world.settle();
    await look();
    desk.customerSays(id, 'and one more');
    desk.release('load_conversations');
    await world.advance(100);
    expectSame();
    expect(store.conversations.get(id)).to.include({ unreadCount: desk.conversation(id).unreadCount });
  });

  it('fills a gap after a break that came while a busy server was waited for', async () => {
    await open();
    await look();
    const { desk, world } = office;
    desk.failNext('load_messages', { code: 'UNAVAILABLE', retryable: true });
    tearGap();
    await world.advance(1);
    desk.goOffline();
    await world.advance(60_000);
    expect(texts()).to.deep.equal(['Hi']);
    desk.goOnline();
    await world.advance(1000);
    expectSame();
  });

  /** News of a change that the server’s lists do not show yet (a read replica). */
  const lag = (conversationId: string, extra: object) => {
    const { desk } = office;
    const { rev, lastSeq } = desk.conversation(conversationId);
    const [message] = desk.messages(conversationId);
    const ahead = { ...message, id: 'ahead', content: 'ahead', rev: rev + 2, seq: lastSeq + 2, ...extra };
    desk.emitRaw('new_message', { ...ahead, _sync: { e: desk.epoch, r: rev + 2, s: lastSeq + 2 } });
  };

  it('stops waiting for lists that lag behind the news when the line breaks, and is right afterwards', async () => {
    await open();
    await look();
    const { desk, world, problems } = office;
    lag(id, {});
    await world.advance(10);
    desk.goOffline();
    await world.advance(120_000);
    desk.goOnline();
    await world.advance(1000);
    expectSame();
    expect(problems).to.deep.equal([]);
  });

  it('shows in the end what lists that lag never tell: with a hole before it where one is, also without its number', async () => {
    await open({
      prepare(desk) {
        const other = desk.addConversation({ id: 'not opened' });
        desk.addMessage(other.id, { content: 'Hi too' });
      },
    });
    await look();
    const { store, world, problems } = office;
    lag(id, { seq: undefined });
    lag('not opened', {});
    await world.advance(180_000);
    expect(texts()).to.include('ahead');
    expect(store.thread(id).$gaps.get()).to.have.length(1);
    expect(store.conversations.get('not opened')?.lastMessage?.content).to.equal('ahead');
    expect(store.thread('not opened').$gaps.get()).to.deep.equal([]);
    expect(problems).to.have.length(2);
  });

  it('does not go round in circles before a server that numbers neither rows nor pages, and tells no contacts', async () => {
    await open();
    const { desk, world, vault } = office;
    office.store.disconnectSocket();
    const inner = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const isMore = (name: string) => name === 'rev' || name === 'prospects';
    const bare = (answer: unknown) =>
      JSON.parse(JSON.stringify(answer, (name, value: unknown) => (isMore(name) ? undefined : value))) as unknown;
    const transport: Transport = {
      open: (sink) => inner.open(sink),
      close: () => inner.close(),
      notify: () => undefined,
      request: async (name, payload, ms) => {
        const answer = await inner.request(name, payload, ms);
        const isFill = 'ids' in ((payload ?? {}) as object) || 'sinceRev' in ((payload ?? {}) as object);
        return isFill ? bare(answer) : answer;
      },
    };
    const store = createChatStore({ world, vault, transport, agentId: 'agent-1' });
    store.$inbox.listen(() => undefined);
    store.setActiveConversation(id);
    await world.advance(10);
    const before = desk.log.length;
    tearGap();
    await world.advance(60_000);
    expect(desk.log.length - before).to.be.lessThan(20);
    expect(transcript(store, id)).to.deep.equal([
      'prospect: Hi (delivered)',
      'prospect: lost (delivered)',
      'prospect: seen (delivered)',
    ]);
  });
});
