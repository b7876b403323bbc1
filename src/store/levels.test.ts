import { expect } from '@open-wc/testing';
import {
  buildClient,
  buildMessage,
  buildQuote,
  deskTransport,
  openOffice,
  testWorld,
  transcript,
  type AckStyle,
  type Office,
} from '../testing/index.js';
import { ChatState } from './chat-state.js';
import { putClient, putMessage } from './writers.js';

/** Other people's servers: every ack style of the contract, and none at all, must drive the whole inbox. */
const SERVERS: { level: 0 | 1; ack: AckStyle; echoKey?: boolean }[] = [
  { level: 1, ack: 'ours' },
  { level: 1, ack: 'success' },
  { level: 1, ack: 'error-field' },
  { level: 1, ack: 'bare' },
  { level: 1, ack: 'wrapped' },
  { level: 1, ack: 'bare', echoKey: false },
  { level: 1, ack: 'none' },
  { level: 0, ack: 'none' },
  { level: 0, ack: 'event' },
  { level: 0, ack: 'none', echoKey: false },
];

for (const server of SERVERS) {
  describe(`a level ${server.level} server that answers "${server.ack}"${server.echoKey === false ? ' and forgets our key' : ''}`, () => {
    let office: Office;
    let id: string;
    let prospectId: string;

    beforeEach(async () => {
      office = await openOffice({
        ...server,
        prepare(desk) {
          prospectId = desk.addContact({ name: 'Ana Duarte' }).id;
          id = desk.addConversation({ prospectId }).id;
          desk.addMessage(id, { content: 'Hi' });
        },
      });
      office.store.setActiveConversation(id);
      await office.world.advance(1);
    });

    const settle = () => office.world.advance(1);

    it('is recognised, and shows its list, names and history', () => {
      expect(office.store.$link.get()).to.include({ status: 'online', level: server.level });
      expect(office.store.$inbox.get()).to.deep.include({ ids: [id], ready: true, loading: 'end' });
      expect(office.store.prospects.get(prospectId)?.name).to.equal('Ana Duarte');
      expect(transcript(office.store, id)).to.deep.equal(['prospect: Hi (delivered)']);
      expect(office.store.$counts.get()).to.include({ all: 1 });
      expect(office.problems).to.deep.equal([]);
    });

    it('takes two equal messages as two, each in one bubble', async () => {
      await office.store.sendMessage(id, 'Yes');
      await settle();
      await office.store.sendMessage(id, 'Yes');
      await office.world.advance(11_000);
      expect(office.desk.messages(id).filter(({ content }) => content === 'Yes')).to.have.length(2);
      expect(transcript(office.store, id)).to.deep.equal([
        'prospect: Hi (delivered)',
        'agent: Yes (sent)',
        'agent: Yes (sent)',
      ]);
      expect(office.vault.rows.size).to.equal(0);
    });

    it('moves the ticks, tells who types, counts what is unread', async () => {
      await office.store.sendMessage(id, 'Yes');
      await settle();
      office.desk.setStatus(office.desk.messages(id).at(-1)!.id, 'read');
      office.desk.customerTypes(id);
      await settle();
      expect(transcript(office.store, id).at(-1)).to.equal('agent: Yes (read)');
      expect(office.store.thread(id).$typing.get()).to.have.length(1);
      office.store.markAsRead(id);
      await settle();
      expect(office.store.conversations.get(id)?.unreadCount).to.equal(0);
      office.desk.customerSays(id, 'And now?');
      await settle();
      expect(office.store.conversations.get(id)?.unreadCount).to.equal(1);
      expect(office.store.thread(id).$typing.get()).to.deep.equal([]);
    });

    it('converts, takes notes and switches the bot', async () => {
      const data = { firstName: 'Ana', lastName: 'Duarte', email: 'ana@example.com', phone: '+351910000142' };
      const converting = office.store.convertProspectToClient(prospectId, data);
      await office.world.advance(9000);
      expect(await converting).to.include({ ok: true });
      expect(office.store.prospects.get(prospectId)?.isClient).to.equal(true);
      const { clientId } = office.store.conversations.get(id)!;
      if (clientId) {
        office.store.clients.at(clientId).listen(() => undefined);
        await office.world.advance(9000);
        const adding = office.store.addClientNote(clientId, 'Prefers mornings');
        await office.world.advance(9000);
        expect(await adding).to.include({ ok: true });
        expect(office.store.clients.get(clientId)?.notes.map(({ content }) => content)).to.deep.equal([
          'Prefers mornings',
        ]);
      }
      const was = office.store.botEnabled(id);
      const toggling = office.store.toggleBot(id);
      await office.world.advance(9000);
      expect(await toggling).to.include({ ok: true });
      expect(office.store.botEnabled(id)).to.equal(!was);
    });

    it('never hears of anything it did not announce', async () => {
      office.store.setTyping(id, true);
      await office.store.sendMessage(id, 'Yes');
      await settle();
      const given = [
        'load_conversations',
        'load_prospects',
        'load_clients',
        'load_messages',
        'send_message',
        'mark_as_read',
      ];
      expect(office.desk.log.map(({ name }) => name).filter((name) => !given.includes(name))).to.deep.equal([]);
    });
  });
}

describe('a send whose fate a level 0 server cannot tell', () => {
  const open = async (echoKey: boolean, l0AutoRetry?: 'ifAbsent') => {
    let id = '';
    const office = await openOffice({
      ...(l0AutoRetry ? { l0AutoRetry } : {}),
      level: 0,
      ack: 'none',
      echoKey,
      prepare: (desk) => void (id = desk.addConversation().id),
    });
    office.store.setActiveConversation(id);
    await office.world.advance(1);
    return { ...office, id };
  };

  it('is never repeated silently, and asks when it was not found', async () => {
    const { desk, store, world, id } = await open(true);
    desk.dropAsk('send_message');
    const key = await store.sendMessage(id, 'Did it arrive?');
    await world.advance(1000);
    desk.goOffline();
    await world.settle();
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('uncertain');
    desk.goOnline();
    await world.advance(20_000);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('uncertain');
    expect(desk.messages(id)).to.have.length(0);
    store.retryMessage(id, key);
    await world.advance(11_000);
    expect(desk.messages(id).map(({ content }) => content)).to.deep.equal(['Did it arrive?']);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('sent');
  });

  it('is not mistaken for another one of the same words that was sent after it, where the server forgets keys', async () => {
    const { desk, store, world, id } = await open(false);
    desk.dropAsk('send_message');
    const lost = await store.sendMessage(id, 'OK');
    await world.settle();
    desk.goOffline();
    await world.settle();
    desk.goOnline();
    await world.advance(100);
    const key = await store.sendMessage(id, 'OK');
    await world.advance(11_000);
    const [stored] = desk.messages(id);
    const { messages } = store.thread(id);
    expect(messages.get(key)).to.include({ id: stored!.id, delivery: 'sent' });
    expect(messages.get(lost)).to.include({ delivery: 'uncertain' });
  });

  it('waits when the link goes in the moment in which it would have left: that silence is no consent', async () => {
    const { desk, store, world, vault, id } = await open(true);
    const key = await store.sendMessage(id, 'Just now');
    desk.goOffline();
    await world.settle();
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('queued');
    expect([...vault.rows.values()].map(({ phase, emitted }) => [phase, emitted])).to.deep.equal([
      ['queued', undefined],
    ]);
    await world.advance(11_000);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('queued');
    desk.goOnline();
    await world.advance(100);
    expect(desk.messages(id).map(({ content }) => content)).to.deep.equal(['Just now']);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('sent');
  });

  it('stays in doubt when an answer comes over a line that is no longer ours', async () => {
    const { desk, store, world, id } = await open(true);
    const inner = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    let answer = (_answer: unknown) => {};
    store.connect({
      open: (sink) => inner.open(sink),
      close: () => inner.close(),
      notify: () => undefined,
      request: (name, payload, ms) =>
        name === 'send_message' ? new Promise((resolve) => (answer = resolve)) : inner.request(name, payload, ms),
    });
    await world.advance(1);
    const key = await store.sendMessage(id, 'Answered late');
    await world.advance(10);
    store.connect(deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) }));
    answer({ success: true });
    await world.advance(100);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('uncertain');
    expect(desk.messages(id)).to.deep.equal([]);
  });

  it('is sent again by itself when it was not found, and only then, where the host wants it', async () => {
    const { desk, store, world, id } = await open(true, 'ifAbsent');
    const other = desk.addConversation().id;
    const breakAfter = async (conversationId: string, text: string) => {
      const key = await store.sendMessage(conversationId, text);
      await world.advance(1000);
      desk.goOffline();
      await world.settle();
      expect(store.thread(conversationId).messages.get(key)?.delivery).to.equal('uncertain');
      desk.goOnline();
      await world.advance(12_000);
      expect(store.thread(conversationId).messages.get(key)?.delivery).to.equal('sent');
      return desk.messages(conversationId).filter(({ content }) => content === text);
    };
    desk.dropAsk('send_message');
    expect(await breakAfter(id, 'Lost')).to.have.length(1);
    desk.dropNextEvent('new_message');
    expect(await breakAfter(id, 'Not lost')).to.have.length(1);
    expect(desk.asks('send_message')).to.have.length(2);
    desk.dropAsk('send_message');
    expect(await breakAfter(other, 'Lost where nobody looks')).to.have.length(1);
  });

  for (const echoKey of [true, false]) {
    it(`is accepted when it is found after reconnecting (${echoKey ? 'by key' : 'by content'})`, async () => {
      const { desk, store, world, vault, id } = await open(echoKey);
      desk.dropNextEvent('new_message');
      const key = await store.sendMessage(id, 'It did');
      await world.advance(1000);
      desk.goOffline();
      await world.settle();
      expect(store.thread(id).messages.get(key)?.delivery).to.equal('uncertain');
      desk.goOnline();
      await world.advance(1000);
      expect(transcript(store, id)).to.deep.equal(['agent: It did (sent)']);
      expect(vault.rows.size).to.equal(0);
    });
  }
});

describe('a level that is only guessed, because a slow line did not answer the first question', () => {
  const answersNothing = (desk: Office['desk']) =>
    ['load_conversations', 'load_prospects', 'load_messages'].forEach((name) => desk.dropAsk(name));
  const open = async () => {
    let id = '';
    const office = await openOffice({
      prepare(desk) {
        id = desk.addConversation().id;
        answersNothing(desk);
      },
    });
    await office.world.advance(8000);
    expect(office.store.$link.get()).to.include({ status: 'online', level: 0 });
    return { ...office, id, stored: () => office.desk.messages(id).map(({ content }) => content) };
  };

  it('lets no message overtake another one', async () => {
    const { desk, store, world, id, stored } = await open();
    desk.dropAsk('send_message');
    const lost = await store.sendMessage(id, 'One');
    const next = await store.sendMessage(id, 'Two');
    await world.advance(1000);
    expect(stored(), 'the first is not answered').to.deep.equal([]);
    answersNothing(desk);
    desk.goOffline();
    await world.settle();
    desk.goOnline();
    await world.advance(8000);
    expect(store.thread(id).messages.get(lost)?.delivery).to.equal('uncertain');
    expect(store.thread(id).messages.get(next)?.delivery).to.equal('queued');
    await world.advance(61_000);
    expect(store.$link.get().level).to.equal(2);
    expect(stored()).to.deep.equal(['One', 'Two']);
  });

  it('is not believed in longer than it takes an echo, an answer or a refusal to come', async () => {
    const { desk, store, world, vault, id, stored } = await open();
    await store.sendMessage(id, 'One');
    await store.sendMessage(id, 'Two');
    await world.advance(10);
    expect(stored()).to.deep.equal(['One', 'Two']);
    expect(vault.rows.size).to.equal(0);
    desk.failNext('send_message', { code: 'FORBIDDEN', message: 'Not yours.' });
    const refused = await store.sendMessage(id, 'Three');
    await world.advance(10);
    expect(store.thread(id).messages.get(refused)).to.deep.include({ delivery: 'failed' });
    expect(stored()).to.deep.equal(['One', 'Two']);
  });

  it('takes longer than a link lives without a sign of life until silence is taken for consent', async () => {
    const { desk, store, world, id } = await open();
    desk.dropAsk('send_message');
    const key = await store.sendMessage(id, 'Into the dark');
    await world.advance(15_000);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('sending');
    desk.goOffline();
    await world.settle();
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('uncertain');
  });

  it('takes no silence for consent on a line on which nothing at all was heard', async () => {
    const { desk, store, world, id, stored } = await open();
    desk.dropAsk('send_message');
    const key = await store.sendMessage(id, 'Into the dark');
    await world.advance(21_000);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('uncertain');
    await world.advance(60_000);
    expect(stored(), 'once the server has said what it is').to.deep.equal(['Into the dark']);
  });

  it('believes the first refusal that comes', async () => {
    const { desk, store, world, id, stored } = await open();
    desk.failNext('send_message', { code: 'FORBIDDEN', message: 'Not yours.' });
    const key = await store.sendMessage(id, 'One');
    await store.sendMessage(id, 'Two');
    await world.advance(10);
    expect(store.thread(id).messages.get(key)).to.deep.include({ delivery: 'failed' });
    expect(stored()).to.deep.equal(['Two']);
  });
});

describe('a server that numbers no messages', () => {
  it('hears of each read mark that waits: nobody can say which of them makes another one needless', async () => {
    let id = '';
    const { desk, store, world, vault } = await openOffice({
      level: 1,
      prepare(one) {
        ({ id } = one.addConversation());
        one.addMessage(id, { content: 'Hi' });
      },
    });
    store.setActiveConversation(id);
    await world.advance(1);
    desk.failNext('mark_as_read', { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 20_000 });
    store.markAsRead(id);
    await world.advance(10);
    desk.customerSays(id, 'More');
    await world.advance(10);
    store.markAsRead(id);
    await world.advance(10);
    expect(vault.rows.size).to.equal(2);
    await world.advance(30_000);
    expect(desk.asks('mark_as_read')).to.have.length(3);
    expect(desk.conversation(id).unreadCount).to.equal(0);
    expect(vault.rows.size).to.equal(0);
  });
});

describe('addresses of pictures and files', () => {
  it('are the server’s own when they are relative and the server is somewhere else', async () => {
    const state = new ChatState(testWorld(), {});
    const thread = state.thread('c');
    const put = (imageUrl: string) => {
      const message = buildMessage({ id: imageUrl, conversationId: 'c', messageType: 'image', metadata: { imageUrl } });
      return putMessage(state, message)?.metadata?.imageUrl;
    };
    expect(put('/own.png')).to.equal('/own.png');
    state.$server.set('https://chat.example/socket');
    expect(put('/own media.png')).to.equal('https://chat.example/own%20media.png');
    for (const other of ['//cdn.example/x.png', 'https://cdn.example/x.png', 'javascript:alert(1)']) {
      expect(put(other)).to.equal(other);
    }
    expect(thread.messages.size).to.equal(5);
  });

  it('of an e-mail’s files, a gallery’s pictures and quotes too', () => {
    const state = new ChatState(testWorld(), {});
    state.$server.set('https://chat.example/socket');
    state.thread('c');
    const attachments = ['/files/1', 'https://cdn.example/2', '/\\'].map((url) => ({ name: 'plan.pdf', url }));
    const told = buildMessage({
      conversationId: 'c',
      messageType: 'email',
      metadata: { subject: 'Plan', attachments },
    });
    const urls = putMessage(state, told)?.metadata?.attachments?.map(({ url }) => url);
    expect(urls).to.deep.equal(['https://chat.example/files/1', 'https://cdn.example/2', '/\\']);
    expect(told.metadata?.attachments?.[0]?.url, 'what was told stays as it was').to.equal('/files/1');
    const client = buildClient({ id: 'client-1', quotes: [buildQuote({ url: '/quotes/7' })] });
    putClient(state, client);
    expect(state.clients.get('client-1')?.quotes[0]?.url).to.equal('https://chat.example/quotes/7');
  });

  it('belong to the page where Socket.IO is told no web address', async () => {
    const { desk, store } = await openOffice();
    const server = async (url: string) => {
      const failed = store.connectSocket({ url, options: { autoConnect: false } }).catch(() => undefined);
      const told = store.$server.get();
      store.disconnectSocket();
      await failed;
      return told;
    };
    expect(await server('https://chat.example/team')).to.equal('https://chat.example/team');
    expect(await server('wss://chat.example')).to.equal('https://chat.example');
    for (const other of ['', '/team', 'localhost:3000', 'https://']) expect(await server(other)).to.equal(undefined);
    await server('https://chat.example/team');
    store.connect(deskTransport(desk, { agentId: 'agent-1' }));
    expect(store.$server.get(), 'another transport says nothing of it').to.equal(undefined);
    store.disconnectSocket();
  });
});

describe('a level 1 server after a reconnect', () => {
  it('is asked again for what is open, and for the rest when somebody looks at it', async () => {
    const ids: string[] = [];
    const { desk, store, world } = await openOffice({
      level: 1,
      prepare: (made) => void ids.push(made.addConversation().id, made.addConversation().id),
    });
    const [other = '', open = ''] = ids;
    for (const id of [other, open]) {
      store.setActiveConversation(id);
      await world.advance(10);
    }
    desk.goOffline();
    await world.settle();
    for (const id of ids) desk.addMessage(id, { content: 'Missed' });
    desk.goOnline();
    await world.advance(10_000);
    expect(transcript(store, open)).to.deep.equal(['prospect: Missed (delivered)']);
    expect(store.thread(other).$first.get(), 'nobody knows what was missed').to.equal('idle');
    store.setActiveConversation(other);
    await world.advance(10);
    expect(transcript(store, other)).to.deep.equal(['prospect: Missed (delivered)']);
  });
});
