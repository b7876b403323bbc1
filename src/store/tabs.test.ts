import { expect } from '@open-wc/testing';
import {
  createDesk,
  deskTransport,
  inspectableVault,
  testBrowser,
  testWorld,
  transcript,
  type TestBrowser,
  type TestWorld,
} from '../testing/index.js';
import { createChatStore } from './create-chat-store.js';
import { Tabs } from './tabs.js';

/** Several pages of one agent: one sends, all see the same, and nothing is done twice. */
describe('the tabs of one agent', () => {
  const setUp = async () => {
    const desk = createDesk();
    const client = desk.addClient();
    const contact = desk.addContact({ clientId: client.id, isClient: true });
    const { id } = desk.addConversation({ prospectId: contact.id, clientId: client.id });
    desk.addMessage(id, { content: 'Hi' });
    const world = testWorld();
    const browser = testBrowser();
    const vault = inspectableVault();
    vault.name = 'northlight:marta';
    const open = async () => {
      const page = browser.page(world);
      const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
      const store = createChatStore({ transport, world: page, vault, agentId: 'agent-1' });
      store.$inbox.listen(() => undefined);
      store.setActiveConversation(id);
      await world.advance(1);
      return { store, page, transport, die: () => (page.close(), transport.close()) };
    };
    const stored = () =>
      desk
        .messages(id)
        .filter(({ senderType }) => senderType === 'agent')
        .map(({ content }) => content);
    return {
      desk,
      id,
      clientId: client.id,
      world,
      browser,
      vault,
      stored,
      open,
      first: await open(),
      second: await open(),
    };
  };

  it('see each other’s messages while they wait, and one of them sends', async () => {
    const { desk, id, world, vault, stored, first, second } = await setUp();
    desk.goOffline();
    await world.settle();
    await second.store.sendMessage(id, 'From the second');
    await world.settle();
    expect(transcript(first.store, id).at(-1)).to.equal('agent: From the second (queued)');
    desk.goOnline();
    await world.advance(100);
    expect(stored()).to.deep.equal(['From the second']);
    expect(desk.asks('send_message')).to.have.length(1);
    for (const { store } of [first, second]) {
      expect(transcript(store, id)).to.deep.equal(['prospect: Hi (delivered)', 'agent: From the second (sent)']);
    }
    expect(vault.rows.size).to.equal(0);
  });

  it('believe what another one was answered, also before they were ever connected themselves', async () => {
    const { desk, id, world, browser, vault, first } = await setUp();
    const key = await first.store.sendMessage(id, 'Sent once more');
    await world.advance(100);
    const stored = desk.messages(id).at(-1)!;
    desk.setStatus(stored.id, 'failed', { code: 'REJECTED', message: 'The number is not reachable.' });
    await world.advance(100);
    desk.dropAsk('send_message');
    first.store.retryMessage(id, key);
    await world.advance(100);
    const away = { open: () => {}, request: () => Promise.reject(new Error('offline')), notify() {}, close() {} };
    const third = createChatStore({ transport: away, world: browser.page(world), vault, agentId: 'agent-1' });
    await world.advance(100);
    expect(third.thread(id).messages.get(key)).to.include({ attempt: 1 });
    // The channel has told late that it arrived: the server sees no reason for another attempt.
    desk.setStatus(stored.id, 'delivered');
    await world.advance(30_000);
    for (const { thread } of [first.store, third]) {
      const { delivery, attempt = 0 } = thread(id).messages.get(key)!;
      expect([delivery, attempt]).to.deep.equal(['delivered', 0]);
    }
  });

  it('take over at once when the page that sends dies in the middle', async () => {
    const { desk, id, world, vault, stored, first, second } = await setUp();
    desk.hold('send_message');
    await first.store.sendMessage(id, 'One');
    await second.store.sendMessage(id, 'Two');
    await world.settle();
    expect(stored()).to.deep.equal(['One']);
    const { fence } = vault;
    first.die();
    desk.release('send_message');
    await world.advance(2000);
    expect(vault.fence).to.equal(fence + 1);
    expect(stored()).to.deep.equal(['One', 'Two']);
    expect(vault.rows.size).to.equal(0);
    expect(transcript(second.store, id).at(-1)).to.equal('agent: Two (sent)');
  });

  it('do not wait for a page that sleeps, and it sends nothing with its old fence when it wakes', async () => {
    const { desk, id, world, vault, stored, first, second } = await setUp();
    const { fence } = vault;
    first.page.asleep = true;
    await second.store.sendMessage(id, 'Urgent');
    await world.advance(1400);
    expect(stored()).to.deep.equal([]);
    await world.advance(600);
    expect(stored(), 'within two seconds').to.deep.equal(['Urgent']);
    expect(vault.fence).to.be.greaterThan(fence);
    first.page.asleep = false;
    await first.store.sendMessage(id, 'Awake again');
    await world.advance(2000);
    expect(stored()).to.deep.equal(['Urgent', 'Awake again']);
    expect(desk.asks('send_message')).to.have.length(2);
  });

  it('keep what was written in order, whichever page it was written in', async () => {
    const { desk, id, world, stored, first, second } = await setUp();
    desk.goOffline();
    await world.settle();
    for (const [at, { store }] of [first, second, first, second].entries()) {
      await store.sendMessage(id, `${at}`);
      await world.advance(1);
    }
    desk.goOnline();
    await world.advance(1000);
    expect(stored()).to.deep.equal(['0', '1', '2', '3']);
  });

  it('finish what a page kept and could not hand over before it died', async () => {
    const { id, world, vault, stored, first, second } = await setUp();
    const letGo = vault.hold();
    void second.store.sendMessage(id, 'Kept, not handed over');
    await world.settle();
    second.die();
    letGo();
    await world.advance(2000);
    expect(stored()).to.deep.equal(['Kept, not handed over']);
    expect(transcript(first.store, id).at(-1)).to.equal('agent: Kept, not handed over (sent)');
  });

  it('send a note that another page wrote, and tell it what came of it', async () => {
    const { desk, clientId, world, second } = await setUp();
    const adding = second.store.addClientNote(clientId, 'Prefers mornings');
    await world.advance(10);
    expect(await adding)
      .to.include({ ok: true })
      .and.not.to.have.property('waiting');
    expect(desk.asks('add_client_note')).to.have.length(1);
    desk.failNext('add_client_note', { code: 'FORBIDDEN', message: 'Not yours.' });
    const refused = second.store.addClientNote(clientId, 'Another');
    await world.advance(10);
    expect(await refused).to.deep.include({ ok: false });
    expect(second.store.$changes.get()).to.deep.equal([]);
  });

  it('take a message back on all of them', async () => {
    const { desk, id, world, vault, stored, first, second } = await setUp();
    desk.goOffline();
    await world.settle();
    const key = await second.store.sendMessage(id, 'Oops');
    await world.settle();
    first.store.deleteMessage(id, key);
    await world.settle();
    expect(transcript(second.store, id)).to.deep.equal(['prospect: Hi (delivered)']);
    desk.goOnline();
    await world.advance(1000);
    expect(stored()).to.deep.equal([]);
    expect(vault.rows.size).to.equal(0);
  });

  it('show a failure, and send again what another page retries', async () => {
    const { desk, id, world, stored, first, second } = await setUp();
    desk.failNext('send_message', { code: 'FORBIDDEN', message: 'Not your conversation any more.' });
    const key = await second.store.sendMessage(id, 'Try');
    await world.advance(10);
    for (const { store } of [first, second]) {
      expect(store.thread(id).messages.get(key)?.failure?.message).to.equal('Not your conversation any more.');
    }
    second.store.retryMessage(id, key);
    await world.advance(10);
    expect(stored()).to.deep.equal(['Try']);
    expect(first.store.thread(id).messages.get(key)?.delivery).to.equal('sent');
  });

  it('share what was read and what is being written', async () => {
    const { desk, id, world, first, second } = await setUp();
    desk.dropNextEvent('conversation_updated');
    desk.dropNextEvent('conversation_updated');
    second.store.markAsRead(id);
    second.store.setDraft(id, 'Half a sen');
    await world.advance(1);
    expect(first.store.conversations.get(id)?.unreadCount).to.equal(0);
    expect(first.store.thread(id).$draft.get()).to.equal('Half a sen');
  });

  it('all take back a read mark that the server refused for good, also where the link is down', async () => {
    const { desk, id, world, vault, first, second } = await setUp();
    second.store.disconnectSocket();
    await world.settle();
    desk.failNext('mark_as_read', { code: 'NOT_FOUND', message: 'Not yours any more.' });
    second.store.markAsRead(id);
    await world.advance(100);
    expect(desk.asks('mark_as_read')).to.have.length(1);
    expect(vault.rows.size, 'nobody asks again').to.equal(0);
    second.store.connect(second.transport);
    await world.advance(100);
    for (const { store } of [first, second]) expect(store.conversations.get(id)).to.include({ unreadCount: 1 });
    expect(second.store.conversations.get(id)?.readSeq ?? 0, 'a marker only goes forward').to.equal(0);
    second.store.markAsRead(id);
    await world.advance(100);
    for (const { store } of [first, second]) expect(store.conversations.get(id)).to.include({ unreadCount: 0 });
  });

  it('are left by a page that is thrown away, and met again when it connects again', async () => {
    const { world, vault, first } = await setUp();
    const page = testBrowser().page(world);
    let open = 0;
    const channel: typeof page.channel = (name, hear) => {
      open++;
      const own = first.page.channel!(name, hear);
      return { post: (message) => own.post(message), close: () => (open--, own.close()) };
    };
    const store = createChatStore({ world: { ...page, channel }, vault, agentId: 'agent-1' });
    await world.settle();
    expect(open).to.equal(1);
    store.dispose();
    expect(open).to.equal(0);
    store.connect(first.transport);
    await world.advance(1);
    expect(open).to.equal(1);
    store.dispose();
    expect(open).to.equal(0);

    const early = createChatStore({ world: { ...page, channel }, vault, agentId: 'agent-1' });
    early.dispose();
    await world.advance(1);
    expect(open, 'thrown away before the vault was read').to.equal(0);
  });

  it('leave a newer read mark alone when an older one under its key is refused', async () => {
    const { desk, id, world, vault, first, second } = await setUp();
    desk.hold('mark_as_read');
    desk.failNext('mark_as_read', { code: 'NOT_FOUND', message: 'Not yours for a moment.' });
    first.store.markAsRead(id);
    await world.advance(10);
    desk.customerSays(id, 'Hello?');
    await world.advance(10);
    second.store.markAsRead(id);
    await world.settle();
    desk.release('mark_as_read');
    await world.advance(1000);
    expect(desk.conversation(id)).to.deep.include({ unreadCount: 0, readSeq: 2 });
    for (const { store } of [first, second]) expect(store.conversations.get(id)).to.include({ unreadCount: 0 });
    expect(vault.rows.size).to.equal(0);
  });

  it('send what a page with a clock that was set back marks as read, although another has marked later', async () => {
    const { desk, id, world, open, first } = await setUp();
    first.store.markAsRead(id);
    await world.advance(100);
    expect(desk.conversation(id).unreadCount).to.equal(0);
    world.jump(-3_600_000);
    const third = await open();
    await world.advance(10);
    desk.customerSays(id, 'Hello?');
    await world.advance(10);
    third.store.markAsRead(id);
    await world.advance(1000);
    expect(desk.conversation(id).unreadCount).to.equal(0);
  });

  it('let one of them play the sound, and none again', async () => {
    const { world, first, second } = await setUp();
    const claims = Promise.all([first, second, first].map(({ store }) => store.claim('sound:message-1')));
    await world.settle();
    expect((await claims).filter(Boolean)).to.have.length(1);
    await world.advance(10_000);
    const later = Promise.all([first, second].map(({ store }) => store.claim('sound:message-1')));
    await world.settle();
    expect(await later).to.deep.equal([false, false]);
    const alone = new Tabs(testWorld());
    expect(await alone.claim('x')).to.equal(true);
    expect(await alone.claim('x')).to.equal(false);
  });

  it('all forget when the agent signs out in one of them', async () => {
    const { desk, id, world, vault, first, second } = await setUp();
    await world.advance(5000);
    expect(vault.cache.size, 'something was there to forget').to.be.greaterThan(0);
    desk.goOffline();
    await world.settle();
    await second.store.sendMessage(id, 'Secret');
    second.store.setDraft(id, 'More');
    await first.store.reset();
    await world.advance(60_000);
    for (const { store } of [first, second]) {
      expect(store.thread(id).messages.size).to.equal(0);
      expect(store.thread(id).$draft.get()).to.equal('');
      expect(store.$inbox.get().ids).to.deep.equal([]);
    }
    expect(vault.rows.size + vault.drafts.size + vault.cache.size).to.equal(0);
  });

  /** One more page, which only listens and speaks. */
  const listenIn = (world: TestWorld, browser: TestBrowser) => {
    const shown: string[] = [];
    const tabs = new Tabs(browser.page(world));
    tabs.on({ shown: ({ delivery }) => shown.push(delivery) });
    tabs.join('northlight:marta');
    return { tabs, shown };
  };

  it('hear from the page that sends how far it is, and from the server alone what is stored', async () => {
    const { desk, id, world, browser, first } = await setUp();
    desk.hold('send_message');
    desk.dropNextEvent('new_message');
    await first.store.sendMessage(id, 'Stored, not answered');
    await world.settle();
    const before = listenIn(world, browser);
    await world.settle();
    expect(before.shown).to.deep.equal(['sending']);
    // The page that sends learns it from what it missed, and still waits for its answer.
    world.wake('visible');
    await world.advance(10);
    expect(transcript(first.store, id).at(-1)).to.equal('agent: Stored, not answered (sent)');
    const after = listenIn(world, browser);
    await world.settle();
    expect(after.shown.filter((delivery) => delivery !== 'sending')).to.deep.equal([]);
    desk.release('send_message');
    await world.advance(10);
  });

  it('let the failure of an earlier try be, when another one waits by now', async () => {
    const { desk, id, world, browser, vault, first, second } = await setUp();
    desk.goOffline();
    await world.settle();
    const key = await first.store.sendMessage(id, 'Tried again');
    await world.settle();
    const { order } = vault.rows.get(key)!;
    const failure = { code: 'FORBIDDEN', message: 'Not yours.', retryable: false } as const;
    const { tabs } = listenIn(world, browser);
    tabs.tell('failed', { key, order: order - 1, failure });
    await world.settle();
    expect(transcript(second.store, id).at(-1)).to.equal('agent: Tried again (queued)');
    tabs.tell('failed', { key, order, failure });
    await world.settle();
    expect(transcript(second.store, id).at(-1)).to.equal('agent: Tried again (failed)');
  });

  it('do not listen to a page of another release, nor to nonsense', async () => {
    const { id, world, browser, first } = await setUp();
    const stranger = browser.page(world).channel!('crm-chat:northlight:marta', () => undefined);
    for (const words of [undefined, null, 7, { v: 2, name: 'wiped', told: {} }, { v: 1 }, { v: 1, name: 'unheard of' }])
      stranger.post(words);
    await world.settle();
    expect(transcript(first.store, id)).to.deep.equal(['prospect: Hi (delivered)']);
    stranger.close();
  });

  it('remember a thousand claims, and the newest of them', async () => {
    const tabs = new Tabs(testWorld());
    for (let at = 0; at <= 1000; at++) expect(await tabs.claim(`sound:${at}`)).to.equal(true);
    expect(await tabs.claim('sound:1000')).to.equal(false);
    expect(await tabs.claim('sound:0'), 'long forgotten').to.equal(true);
  });

  it('give a claim to one page only, also where both ask in the same moment', async () => {
    const world = testWorld();
    const browser = testBrowser();
    const [one, other] = [0, 1].map(() => {
      const tabs = new Tabs(browser.page(world));
      tabs.join('northlight:marta');
      return tabs;
    });
    const won = await Promise.all([one!.claim('sound:1'), other!.claim('sound:1')]);
    expect(won.filter(Boolean)).to.have.length(1);
    await world.advance(6000);
    expect(await other!.claim('sound:1'), 'told by the other page').to.equal(false);
    one!.leave();
    other!.leave();
  });

  it('give a claim up when another page is heard to have it, before the lock is theirs', async () => {
    const { world, browser, first } = await setUp();
    const { tabs } = listenIn(world, browser);
    await world.settle();
    tabs.tell('claimed', { name: 'sound:late' });
    const claiming = first.store.claim('sound:late');
    await world.settle();
    expect(await claiming).to.equal(false);
  });
});
