import { expect } from '@open-wc/testing';
import {
  deskTransport,
  inspectableVault,
  openOffice,
  testWorld,
  transcript,
  type InspectableVault,
  type Office,
} from '../testing/index.js';
import type { Transport } from '../transport/index.js';
import { browserWorld } from './browser-world.js';
import { createChatStore } from './create-chat-store.js';

/** The failure cases of protocol.md §11 that need more than a lost packet, each by its name. */
describe('hard faults', () => {
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
  const offline = async () => {
    office.desk.goOffline();
    await office.world.settle();
  };

  it('clock jumps: a day forward keeps the words and asks, back an hour changes no order', async () => {
    const { desk, store, world } = office;
    await offline();
    const key = await store.sendMessage(id, 'Before the jump');
    world.jump(25 * 3_600_000);
    desk.goOnline();
    await world.advance(100);
    expect(store.thread(id).messages.get(key)).to.deep.include({ content: 'Before the jump', delivery: 'failed' });
    store.retryMessage(id, key);
    await world.advance(100);
    expect(stored(), 'a retry counts anew').to.deep.equal(['Before the jump']);
    await offline();
    await store.sendMessage(id, 'One');
    world.jump(-3_600_000);
    await store.sendMessage(id, 'Two');
    desk.goOnline();
    await world.advance(1000);
    expect(stored()).to.deep.equal(['Before the jump', 'One', 'Two']);
  });

  it('storage full: the message is sent from memory with a warning, which goes when the disk has room', async () => {
    const { desk, store, world, vault } = office;
    await offline();
    vault.failing = true;
    await store.sendMessage(id, 'Unsafe');
    expect(store.$storage.get()).to.equal('memory');
    vault.failing = false;
    await store.sendMessage(id, 'Safe');
    expect(store.$storage.get()).to.equal('durable');
    expect([...vault.rows.values()].map((row) => row.kind === 'message' && row.message.content)).to.have.members([
      'Unsafe',
      'Safe',
    ]);
    desk.goOnline();
    await world.advance(100);
    expect(stored()).to.deep.equal(['Unsafe', 'Safe']);
  });

  it('storage full for longer: what is written behind an unkept message waits for it, and nothing overtakes', async () => {
    const { desk, store, world, vault } = office;
    vault.failing = true;
    desk.hold('send_message');
    desk.dropNextEvent('new_message');
    await store.sendMessage(id, 'One');
    await world.settle();
    await store.sendMessage(id, 'Two, while one is on its way');
    await offline();
    await store.sendMessage(id, 'Three');
    expect(vault.rows.size).to.equal(0);
    expect(store.$storage.get()).to.equal('memory');
    vault.failing = false;
    desk.release('send_message');
    desk.goOnline();
    await world.advance(5000);
    expect(stored()).to.deep.equal(['One', 'Two, while one is on its way', 'Three']);
    await store.sendMessage(id, 'Four');
    expect(store.$storage.get()).to.equal('durable');
  });

  it('storage evicted under a kept row: it is sent all the same, once', async () => {
    const { desk, store, world, vault } = office;
    await offline();
    await store.sendMessage(id, 'Kept once');
    vault.failing = true;
    desk.goOnline();
    await world.advance(60_000);
    expect(stored()).to.deep.equal(['Kept once']);
    expect(store.$storage.get()).to.equal('memory');
  });

  it('token expired in the middle of a drain: nothing fails, and all goes with the next token', async () => {
    const { desk, store, world } = office;
    await offline();
    for (const text of ['One', 'Two']) await store.sendMessage(id, text);
    desk.failNext('send_message', { code: 'TOKEN_EXPIRED', message: 'The token has expired.' });
    desk.goOnline();
    await world.advance(5000);
    expect(stored()).to.deep.equal(['One', 'Two']);
    expect(store.$link.get().status).to.equal('online');
  });

  it('token refused for good: the outbox is untouched until the host sets another one', async () => {
    const { desk, store, world, vault } = office;
    desk.failNext('send_message', { code: 'TOKEN_EXPIRED', message: 'The token has expired.' });
    desk.failNext('send_message', { code: 'TOKEN_EXPIRED', message: 'The token has expired.' });
    const key = await store.sendMessage(id, 'Patience');
    await world.advance(5000);
    expect(store.$link.get()).to.deep.include({ status: 'refused' });
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('queued');
    expect(vault.rows.size).to.equal(1);
    store.connect(deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) }));
    await world.advance(5000);
    expect(stored()).to.deep.equal(['Patience']);
  });

  it('conversation reassigned while queued: refused with the reason, and the text is still there to copy', async () => {
    const { desk, store, world, vault } = office;
    await offline();
    const key = await store.sendMessage(id, 'Long and precious');
    desk.failNext('send_message', { code: 'FORBIDDEN', message: 'Tomás has this conversation now.' });
    desk.goOnline();
    await world.advance(100);
    const message = store.thread(id).messages.get(key)!;
    expect(message).to.deep.include({ content: 'Long and precious', delivery: 'failed' });
    expect(message.failure?.message).to.equal('Tomás has this conversation now.');
    expect(
      [...vault.rows.values()].map(({ phase }) => phase),
      'kept',
    ).to.deep.equal(['failed']);
    const next = await office.reopen();
    next.setActiveConversation(id);
    await world.advance(100);
    expect(next.thread(id).messages.get(key), 'also after a reload').to.deep.include({
      content: 'Long and precious',
      delivery: 'failed',
      failure: message.failure,
    });
  });

  it('acks: malformed ones fail in words, late and repeated ones change nothing', async () => {
    const { desk, world, vault } = office;
    const inner = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    let answerAs: (real: Promise<unknown>) => Promise<unknown> = (real) => real;
    const transport: Transport = {
      open: (sink) => inner.open(sink),
      request: (name, payload, ms) => {
        const real = inner.request(name, payload, ms);
        return name === 'send_message' ? answerAs(real) : real;
      },
      notify: (name, payload) => inner.notify(name, payload),
      close: () => inner.close(),
    };
    const store = createChatStore({ world, vault, transport });
    await world.advance(1);
    for (const bad of [7, { ok: true, data: { message: { id: 5 } } }, { ok: 'yes' }, []]) {
      answerAs = (real) => real.then(() => bad);
      await store.sendMessage(id, `Answered with ${JSON.stringify(bad)}`);
      await world.advance(30_000);
    }
    // The news of each came by itself: no bubble hangs, and nothing was stored twice.
    expect(new Set(stored()).size).to.equal(stored().length);
    let later: (answer: unknown) => void = () => undefined;
    answerAs = (real) =>
      new Promise((resolve, reject) => {
        void real.then((answer) => (later = () => (resolve(answer), resolve(answer))));
        world.after(8000, () => reject(new Error('timeout')));
      });
    const key = await store.sendMessage(id, 'Late');
    await world.advance(9000);
    answerAs = (real) => real;
    later(undefined);
    await world.advance(60_000);
    expect(stored().filter((text) => text === 'Late')).to.have.length(1);
    expect(store.thread(id).messages.get(key)?.delivery).to.equal('sent');
  });

  it('database restored from a backup: what it lost of ours goes again, history is loaded anew', async () => {
    const { desk, store, world } = office;
    await offline();
    await store.sendMessage(id, 'Unsent');
    desk.epoch = 'backup';
    desk.goOnline();
    await world.advance(1000);
    expect(stored()).to.deep.equal(['Unsent']);
    expect(transcript(store, id)).to.deep.equal(['prospect: Hi (delivered)', 'agent: Unsent (sent)']);
  });

  it('5,000 missed messages in 200 conversations: all counts right with at most 30 questions', async () => {
    const ids: string[] = [];
    const many = await openOffice({
      prepare(desk) {
        for (let at = 0; at < 200; at++) ids.push(desk.addConversation().id);
      },
    });
    const { desk, store, world } = many;
    for (const one of ids.slice(0, 40)) {
      store.setActiveConversation(one);
      await world.advance(1);
    }
    desk.goOffline();
    await world.settle();
    for (let at = 0; at < 5000; at++) desk.customerSays(ids[at % 200]!, `missed ${at}`);
    const before = desk.log.length;
    desk.goOnline();
    await world.advance(10);
    expect(desk.log.length - before).to.be.at.most(30);
    expect(store.$unreadTotal.get()).to.equal(5000);
    expect(transcript(store, ids[39]!)).to.have.length(25);
    store.setActiveConversation(ids[20]!);
    await world.advance(10);
    expect(transcript(store, ids[20]!), 'without a hole').to.have.length(25);
  });

  it('crash before the commit to storage: no bubble was shown, and the words are still the draft', async () => {
    const { store, world, vault } = office;
    store.setDraft(id, 'Never kept');
    await world.advance(1000);
    const letGo = vault.hold();
    void store.sendMessage(id, 'Never kept');
    await world.settle();
    expect(transcript(store, id)).to.deep.equal(['prospect: Hi (delivered)']);
    store.disconnectSocket();
    vault.failing = true; // the page is gone: nothing of it is written any more
    letGo();
    await world.settle();
    vault.failing = false;
    const next = await office.reopen();
    next.setActiveConversation(id);
    await world.advance(100);
    expect(stored()).to.deep.equal([]);
    expect(next.thread(id).$draft.get()).to.equal('Never kept');
  });

  it('broadcast before the ack: one bubble, which the ack does not change', async () => {
    const { desk, store, world, vault } = office;
    desk.hold('send_message');
    const key = await store.sendMessage(id, 'Heard before answered');
    await world.advance(100);
    expect(transcript(store, id).slice(1)).to.deep.equal(['agent: Heard before answered (sent)']);
    desk.setStatus(desk.messages(id).at(-1)!.id, 'read');
    desk.release('send_message');
    await world.advance(10_000);
    expect(transcript(store, id).slice(1)).to.deep.equal(['agent: Heard before answered (read)']);
    expect(store.thread(id).messages.get(key)?.seq).to.equal(2);
    expect(vault.rows.size).to.equal(0);
    expect(desk.asks('send_message')).to.have.length(1);
  });

  it('key reused with other text: refused with the reason, and the text is still there to copy', async () => {
    const { desk, store, world } = office;
    desk.failNext('send_message', { code: 'CONFLICT', message: 'This key belongs to another message.' });
    const key = await store.sendMessage(id, 'Other words');
    await world.advance(30_000);
    expect(store.thread(id).messages.get(key)).to.deep.include({ content: 'Other words', delivery: 'failed' });
    expect(store.thread(id).messages.get(key)?.failure?.code).to.equal('CONFLICT');
    expect(desk.asks('send_message'), 'and not tried again by itself').to.have.length(1);
  });

  it('reply window closed: refused in words, at once, and what was written behind it goes its own way', async () => {
    const { desk, store, world } = office;
    desk.failNext('send_message', { code: 'WINDOW_CLOSED', message: 'Only templates until they write again.' });
    const key = await store.sendMessage(id, 'Too late');
    await store.sendMessage(id, 'Next');
    await world.advance(100);
    const { failure, delivery } = store.thread(id).messages.get(key)!;
    expect([delivery, failure?.code]).to.deep.equal(['failed', 'WINDOW_CLOSED']);
    expect(stored()).to.deep.equal(['Next']);
  });

  it('signed out while something was being kept: it is not sent, and who asked is told', async () => {
    const { desk, store, world, vault } = office;
    const client = desk.addClient();
    const letGo = vault.hold();
    store.markAsRead(id);
    const sending = store.sendMessage(id, 'Too late');
    const noting = store.addClientNote(client.id, 'Too late as well');
    const leaving = store.reset();
    letGo();
    await world.advance(1000);
    await Promise.all([sending, leaving]);
    expect(await noting).to.deep.include({ ok: false });
    expect(desk.asks('send_message')).to.have.length(0);
    expect(desk.asks('add_client_note')).to.have.length(0);
    expect(desk.asks('mark_as_read')).to.have.length(0);
    expect(vault.rows.size).to.equal(0);
  });

  it('a change that failed is tried again, and given up when the agent says so', async () => {
    const { desk, store, world, vault } = office;
    const client = desk.addClient();
    await offline();
    const note = await store.addClientNote(client.id, 'Prefers mornings');
    expect(note).to.deep.include({ ok: true, waiting: true });
    desk.failNext('add_client_note', { code: 'FORBIDDEN', message: 'Not yours.' });
    desk.goOnline();
    await world.advance(1000);
    const [failed] = store.$changes.get();
    expect(failed).to.deep.include({ event: 'add_client_note', state: 'failed' });
    desk.failNext('add_client_note', { code: 'FORBIDDEN', message: 'Still not yours.' });
    store.retryChange(failed!.key);
    await world.advance(1000);
    expect(desk.asks('add_client_note')).to.have.length(2);
    expect(store.$changes.get()[0]?.failure?.message).to.equal('Still not yours.');
    store.retryChange('nothing of that name');
    store.discardChange(failed!.key);
    await world.advance(1000);
    expect(store.$changes.get()).to.deep.equal([]);
    expect(vault.rows.size).to.equal(0);
  });

  describe('no storage at all', () => {
    const open = async (vault?: InspectableVault) => {
      const { desk, world } = office;
      let asking = 0;
      const page = Object.assign(testWorld(), { holdPage: () => (asking++, () => void asking--) });
      const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
      const store = createChatStore({ world: page, transport, ...(vault ? { vault } : {}), agentId: 'agent-1' });
      await world.advance(1);
      await page.settle();
      return { store, page, isAsking: () => asking, settle: () => world.advance(100).then(() => page.advance(100)) };
    };

    it('asks before the page is left as long as something waits, and no longer', async () => {
      const { store, isAsking, settle } = await open();
      expect(store.$storage.get()).to.equal('memory');
      expect(isAsking()).to.equal(0);
      await offline();
      await store.sendMessage(id, 'In memory alone');
      await store.sendMessage(id, 'And one more');
      expect(isAsking()).to.equal(1);
      office.desk.goOnline();
      await settle();
      expect(stored()).to.deep.equal(['In memory alone', 'And one more']);
      expect(isAsking()).to.equal(0);
      await offline();
      store.markAsRead(id);
      await settle();
      expect(isAsking(), 'nobody minds a read mark').to.equal(0);
    });

    it('leaves nothing in memory when the agent signs out', async () => {
      const { store, settle } = await open();
      await offline();
      await store.sendMessage(id, 'Secret');
      store.setDraft(id, 'More');
      await store.reset();
      store.connect(
        deskTransport(office.desk, { agentId: 'agent-1', after: (ms, run) => office.world.after(ms, run) }),
      );
      office.desk.goOnline();
      await settle();
      await settle();
      expect(store.$link.get().status).to.equal('online');
      expect(stored()).to.deep.equal([]);
      expect(store.thread(id).$draft.get()).to.equal('');
    });

    it('asks for what a full disk did not take, and not for what it keeps', async () => {
      const vault = inspectableVault();
      const { store, isAsking, settle } = await open(vault);
      await offline();
      await store.sendMessage(id, 'Kept');
      expect(isAsking()).to.equal(0);
      vault.failing = true;
      const key = await store.sendMessage(id, 'Not kept');
      expect(isAsking()).to.equal(1);
      store.deleteMessage(id, key);
      await settle();
      expect(isAsking()).to.equal(0);
      await store.sendMessage(id, 'Not kept either');
      expect(isAsking()).to.equal(1);
      let isTold = false;
      await store.reset().catch(() => (isTold = true));
      expect(isTold, 'what was kept before is there still').to.equal(true);
      expect(isAsking()).to.equal(0);
    });

    it('is a question of the browser itself', () => {
      const isAsked = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
      const letGo = browserWorld().holdPage!();
      expect(isAsked()).to.equal(true);
      letGo();
      expect(isAsked()).to.equal(false);
    });
  });

  describe('two people answer one customer', () => {
    const collide = async () => {
      const { desk, store, world } = office;
      await offline();
      const key = await store.sendMessage(id, 'My answer');
      await store.sendMessage(id, 'And one more thing');
      desk.agentSays('agent-2', id, 'Already answered');
      desk.goOnline();
      await world.advance(100);
      return key;
    };

    it('holds the reply back, with what was answered, and what was written behind it', async () => {
      const key = await collide();
      const held = office.store.thread(id).$held.get()!;
      expect(held).to.include({ key, content: 'My answer' });
      expect(held.answers.map(({ content }) => content)).to.deep.equal(['Already answered']);
      expect(stored()).to.deep.equal([]);
      expect(office.store.thread(id).messages.get(key), 'it is in the composer now').to.equal(undefined);
      const store = await office.reopen();
      store.setActiveConversation(id);
      await office.world.advance(100);
      expect(store.thread(id).$held.get(), 'also after a reload').to.include({ key, content: 'My answer' });
      expect(store.thread(id).$held.get()?.answers).to.have.length(1);
    });

    it('sends it all the same, then what was behind it', async () => {
      const key = await collide();
      office.store.sendHeld(id, key);
      await office.world.advance(100);
      expect(stored()[0]).to.equal('My answer');
      const next = office.store.thread(id).$held.get();
      if (next) office.store.sendHeld(id, next.key);
      await office.world.advance(100);
      expect(stored()).to.deep.equal(['My answer', 'And one more thing']);
      expect(office.store.thread(id).$held.get()).to.equal(null);
      expect(office.vault.rows.size).to.equal(0);
    });

    it('drops it, or keeps it as a note', async () => {
      const key = await collide();
      office.store.discardHeld(id, key);
      await office.world.advance(100);
      const next = office.store.thread(id).$held.get()!;
      expect(next.content).to.equal('And one more thing');
      office.store.keepHeldAsNote(id, next.key);
      await office.world.advance(100);
      expect(office.desk.asks('send_message').at(-1)).to.include({ visibility: 'internal', content: next.content });
      expect(office.store.thread(id).$held.get()).to.equal(null);
    });

    it('stays as it is when something else is decided about', async () => {
      const key = await collide();
      office.store.sendHeld(id, 'another');
      office.store.discardHeld(id, 'another');
      office.store.keepHeldAsNote('nowhere', key);
      await office.world.advance(100);
      expect(office.store.thread(id).$held.get()).to.include({ key });
      expect(stored()).to.deep.equal([]);
    });

    it('does not hold what was written with the answer in view', async () => {
      const { desk, store, world } = office;
      store.noteSeen(id);
      desk.agentSays('agent-2', id, 'Already answered');
      await world.advance(1);
      store.noteSeen(id);
      await store.sendMessage(id, 'I agree');
      await world.advance(100);
      expect(stored()).to.deep.equal(['I agree']);
    });

    it('sees who else has the conversation open', async () => {
      const { desk, store, world } = office;
      desk.emitRaw('agent_presence', { agentId: 'agent-2', status: 'online', viewing: id });
      desk.emitRaw('agent_presence', { agentId: 'agent-1', status: 'online', viewing: id });
      await world.settle();
      expect(store.thread(id).$viewers.get()).to.deep.equal(['agent-2']);
      desk.emitRaw('agent_presence', { agentId: 'agent-2', status: 'online' });
      await world.settle();
      expect(store.thread(id).$viewers.get()).to.deep.equal([]);
      desk.emitRaw('agent_presence', { agentId: 'agent-2', status: 'online', viewing: id });
      await offline();
      expect(store.thread(id).$viewers.get(), 'nobody knows without a link').to.deep.equal([]);
    });
  });
});
