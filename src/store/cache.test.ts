import { expect } from '@open-wc/testing';
import { createDesk, deskTransport, inspectableVault, testWorld, transcript } from '../testing/index.js';
import type { Conversation } from '../contract/index.js';
import { createChatStore } from './create-chat-store.js';

/** After a reload the agent sees what was last known, and then what is true. */
describe('what was last known', () => {
  const setUp = async (options: { cache?: 'on' | 'off'; level?: 0 | 2 } = {}) => {
    const desk = createDesk();
    const { id } = desk.addConversation({ prospectId: desk.addContact({ name: 'Ana Duarte' }).id });
    for (let at = 0; at < 60; at++) desk.addMessage(id, { content: `m${at}` });
    const world = testWorld();
    const vault = inspectableVault();
    const open = async (server = desk) => {
      const transport = deskTransport(server, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
      const store = createChatStore({ transport, world, vault, ...options });
      store.$inbox.listen(() => undefined);
      await world.advance(1);
      return store;
    };
    const store = await open();
    store.setActiveConversation(id);
    await world.advance(5000);
    const reload = () => {
      store.disconnectSocket();
      return open();
    };
    return { desk, id, world, vault, store, open, reload };
  };

  it('is there before the server answers, and then only what changed is asked for', async () => {
    const { desk, id, world, reload } = await setUp();
    desk.goOffline();
    const store = await reload();
    expect(store.$inbox.get()).to.deep.include({ ids: [id], ready: true });
    expect(store.prospects.get(store.conversations.get(id)!.prospectId)?.name).to.equal('Ana Duarte');
    expect(transcript(store, id)).to.have.length(50);
    expect(transcript(store, id).at(-1)).to.equal('prospect: m59 (delivered)');
    expect(store.thread(id).$older.get()).to.equal('more');
    desk.customerSays(id, 'missed');
    const before = desk.log.length;
    desk.goOnline();
    await world.advance(10);
    expect(transcript(store, id).at(-1)).to.equal('prospect: missed (delivered)');
    const [first] = desk.log.slice(before);
    expect(first!.payload).to.have.property('since');
    expect(desk.asks('load_messages').at(-1)).to.have.property('sinceRev');
  });

  it('is not kept when the host says so, and what was kept before goes', async () => {
    const { vault } = await setUp({ cache: 'off' });
    expect(vault.cache.size).to.equal(0);
    const kept = await setUp();
    expect(kept.vault.cache.size).to.be.greaterThan(0);
    createChatStore({ world: kept.world, vault: kept.vault, cache: 'off' });
    await kept.world.settle();
    expect(kept.vault.cache.size).to.equal(0);
  });

  it('is given up when the history is another one, when it is too old, and when it cannot be read', async () => {
    const { desk, id, world, vault, reload } = await setUp();
    desk.epoch = 'restored';
    let store = await reload();
    expect(desk.asks('load_messages').at(-1), 'nothing is continued').not.to.have.property('sinceRev');
    store.setActiveConversation(id);
    await world.advance(5000);
    expect(transcript(store, id)).to.have.length(50);
    store.disconnectSocket();
    desk.goOffline();
    world.jump(8 * 24 * 3_600_000);
    store = await reload();
    expect(store.$inbox.get().ids).to.deep.equal([]);
    await vault.putCache!(new Map([['list', { version: 1, conversations: 'none' }]]));
    store = await reload();
    expect(store.$inbox.get().ids).to.deep.equal([]);
  });

  it('does not stand in the way of a server that knows no revisions', async () => {
    const { world, open, store } = await setUp();
    store.disconnectSocket();
    const seed = createDesk({ level: 0, ack: 'none' });
    const { id } = seed.addConversation();
    const other = await open(seed);
    await world.advance(20_000);
    expect(other.$inbox.get().ids).to.deep.equal([id]);
    expect(other.$link.get().level).to.equal(0);
  });

  it('does not stand in the way of a server that does not even answer the question what has changed', async () => {
    const { world, open, store } = await setUp();
    store.disconnectSocket();
    const seed = createDesk({ level: 0, ack: 'none' });
    const { id } = seed.addConversation();
    seed.dropAsk('load_conversations');
    const other = await open(seed);
    await world.advance(20_000);
    expect(seed.asks('load_conversations'), 'asked again as servers in the field know it').to.deep.equal([undefined]);
    expect(other.$inbox.get().ids).to.deep.equal([id]);
  });

  it('is written when the page is left, and does without a disk', async () => {
    const { desk, id, world, vault, store, reload } = await setUp();
    desk.customerSays(id, 'last words');
    await world.settle();
    world.wake('hidden');
    await world.settle();
    desk.goOffline();
    expect(transcript(await reload(), id).at(-1)).to.equal('prospect: last words (delivered)');
    vault.failing = true;
    vault.readCache = () => Promise.reject(new Error('evicted'));
    desk.goOnline();
    const bare = await reload();
    expect(bare.$inbox.get().ids).to.deep.equal([id]);
    expect(store.$link.get().status).to.equal('closed');
  });

  it('is the server’s word, also while a read mark waits that the server may refuse', async () => {
    const { desk, id, world, vault, store, reload } = await setUp();
    desk.customerSays(id, 'new');
    await world.advance(5000);
    desk.goOffline();
    await world.settle();
    store.markAsRead(id);
    world.wake('hidden');
    await world.settle();
    expect(store.conversations.get(id)?.unreadCount).to.equal(0);
    const { conversations } = vault.cache.get('list') as { conversations: { conversation: Conversation }[] };
    const unread = conversations[0]!.conversation.unreadCount;
    expect(unread).to.be.greaterThan(0);
    const next = await reload();
    await world.settle();
    expect(next.conversations.get(id)?.unreadCount, 'the mark still waits').to.equal(0);
    desk.failNext('mark_as_read', { code: 'FORBIDDEN', message: 'Not yours.' });
    desk.goOnline();
    await world.advance(100);
    expect(next.conversations.get(id)?.unreadCount, 'and is taken back').to.equal(unread);
    next.setActiveConversation(id);
    await world.advance(10);
    next.markAsRead(id);
    await world.advance(5000);
    const list = vault.cache.get('list') as { conversations: { conversation: Conversation }[] };
    expect(list.conversations[0]!.conversation.unreadCount, 'written once it is taken').to.equal(0);
  });

  it('is the server’s word, also while a message that a channel refused is sent once more', async () => {
    const { desk, id, world, vault, store, reload } = await setUp();
    const key = await store.sendMessage(id, 'Undelivered');
    await world.advance(100);
    const stored = desk.messages(id).at(-1)!;
    desk.setStatus(stored.id, 'failed', { code: 'REJECTED', message: 'The number is not reachable.' });
    await world.advance(100);
    desk.hold('send_message');
    desk.dropAsk('send_message');
    store.retryMessage(id, key);
    await world.advance(100);
    expect(store.thread(id).messages.get(key)).to.include({ delivery: 'sending', attempt: 1 });
    world.wake('hidden');
    await world.settle();
    expect(JSON.stringify([...vault.cache])).not.to.include('"attempt":1');
    // It got through after all: the server has seen one attempt, and so does the next page, whoever settled the row.
    desk.setStatus(stored.id, 'delivered');
    desk.release('send_message');
    await world.advance(60_000);
    const next = await reload();
    next.setActiveConversation(id);
    await world.advance(100);
    const shown = next.thread(id).messages.get(key)!;
    expect([shown.delivery, shown.attempt ?? 0]).to.deep.equal(['delivered', 0]);
  });
});
