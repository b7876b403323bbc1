import { expect } from '@open-wc/testing';
import { openOffice, type Office } from '../testing/index.js';

/** Two people answer one customer: the corners in which the server, the disk or the link is in the way as well. */
describe('a reply that crosses a colleague’s', () => {
  let office: Office;
  let id: string;
  let other: string;

  beforeEach(async () => {
    office = await openOffice({
      features: { agents: {}, clients: true, internal_notes: true },
      prepare(desk) {
        id = desk.addConversation().id;
        other = desk.addConversation().id;
        desk.addMessage(id, { content: 'Hi' });
      },
    });
    office.store.setActiveConversation(id);
    await office.world.advance(1);
  });

  const stored = (conversationId = id) =>
    office.desk
      .messages(conversationId)
      .filter(({ senderId }) => senderId === 'agent-1')
      .map(({ content }) => content);
  const held = (conversationId = id) => office.store.thread(conversationId).$held.get();
  const meanwhile = async (write: () => Promise<string>) => {
    const { desk, world } = office;
    desk.goOffline();
    await world.settle();
    const key = await write();
    desk.agentSays('agent-2', id, 'Already answered');
    desk.goOnline();
    await world.advance(100);
    return key;
  };

  it('is never held back when it is a note for the team, and takes the note’s draft with it', async () => {
    const { desk, store } = office;
    store.setDraft(id, 'Ask Tomás first', 'note');
    await meanwhile(() => store.sendMessage(id, 'Ask Tomás first', 'text', { visibility: 'internal' }));
    expect(held()).to.equal(null);
    expect(stored()).to.deep.equal(['Ask Tomás first']);
    expect(desk.asks('send_message').at(-1)).to.include({ visibility: 'internal' }).and.not.to.have.property('seenSeq');
    expect(store.thread(id).$noteDraft.get()).to.equal('');
  });

  it('is held, and sent on demand, also in a conversation that was never opened', async () => {
    const { desk, store, world } = office;
    desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
    const extra = { visibility: 'public', replyTo: 'message-1' } as const;
    const key = await store.sendMessage(other, 'Hello there', 'text', extra);
    await world.advance(100);
    expect(held(other)).to.deep.include({ key, content: 'Hello there', answers: [], ...extra });
    expect(store.conversations.get(other)?.lastMessage, 'the list does not show it as said').to.equal(undefined);
    expect(desk.asks('load_messages').filter((ask) => 'after' in (ask as object))).to.deep.equal([]);
    store.sendHeld(other, key);
    await world.advance(100);
    expect(stored(other)).to.deep.equal(['Hello there']);
    expect(held(other)).to.equal(null);
  });

  it('is taken back into what is being written, but not when it is a file or a template', async () => {
    const { desk, store, world } = office;
    desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
    const metadata = { subject: 'The order', cc: 'tomas@example.com' };
    const key = await store.sendMessage(other, 'It is', 'email', { replyTo: 'message-1', metadata });
    await world.advance(100);
    store.setDraft(other, 'and more');
    store.editHeld(other, 'another');
    expect(held(other)).to.include({ key, canEdit: true });
    store.editHeld(other, key);
    await world.advance(100);
    const { $draft, $replyTarget, $envelope } = store.thread(other);
    expect(held(other)).to.equal(null);
    expect($draft.get()).to.equal('It is\n\nand more');
    expect($replyTarget.get()).to.equal('message-1');
    expect($envelope.get()).to.deep.equal(metadata);
    expect(stored(other)).to.deep.equal([]);
    expect(office.vault.rows.size).to.equal(0);

    desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
    const fixed = await store.sendMessage(id, 'Hello Camila', 'text', { metadata: { templateId: 'hello' } });
    await world.advance(100);
    store.editHeld(id, fixed);
    await world.advance(100);
    expect(held()).to.include({ key: fixed, canEdit: false });
    expect(store.thread(id).$draft.get()).to.equal('');
  });

  it('is taken back as it is where nothing is being written, and what was chosen meanwhile stays', async () => {
    const { desk, store, world } = office;
    const thread = store.thread(other);
    const takeBack = async (content: string, ...more: [messageType: 'text' | 'email', extra?: { replyTo: string }]) => {
      desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
      const key = await store.sendMessage(other, content, ...more);
      await world.advance(100);
      return () => (store.editHeld(other, key), world.advance(100));
    };
    await (
      await takeBack('Plain', 'text')
    )();
    expect([thread.$draft.get(), thread.$replyTarget.get(), thread.$envelope.get()]).to.deep.equal([
      'Plain',
      null,
      null,
    ]);

    store.setDraft(other, '');
    await (
      await takeBack('A mail', 'email')
    )();
    expect(thread.$draft.get()).to.equal('A mail');

    store.setDraft(other, '');
    const again = await takeBack('Another', 'email', { replyTo: 'message-1' });
    store.setReplyTarget(other, 'message-2');
    store.setEnvelope(other, { subject: 'Mine' });
    await again();
    expect(thread.$replyTarget.get()).to.equal('message-2');
    expect(thread.$envelope.get()).to.deep.equal({ subject: 'Mine' });
  });

  it('is held also where the answers cannot be fetched', async () => {
    const { desk, store, world } = office;
    desk.dropNextEvent('new_message');
    desk.agentSays('agent-2', id, 'Already answered');
    desk.failNext('load_messages', 'UNAVAILABLE');
    const key = await store.sendMessage(id, 'My answer');
    await world.advance(100);
    expect(held()).to.deep.include({ key, answers: [] });
    store.sendHeld(id, key);
    await world.advance(100);
    expect(stored()).to.deep.equal(['My answer']);
  });

  it('does not say what was seen where nothing was', async () => {
    const { desk, store, world } = office;
    desk.addMessage(other, { content: 'Hello?' });
    store.noteSeen(id);
    store.loadThread(other);
    await world.advance(10);
    await store.sendMessage(other, 'Without looking');
    await world.advance(10);
    expect(desk.asks('send_message').at(-1)).not.to.have.property('seenSeq');
    await store.sendMessage(id, 'With the end in view');
    await world.advance(10);
    expect(desk.asks('send_message').at(-1)).to.include({ seenSeq: 1 });
  });

  for (const [when, breakDisk] of [
    ['was full from the beginning', 'before'],
    ['fills up before the agent decides', 'after'],
  ] as const)
    it(`goes out when the agent says so, also where the disk ${when}`, async () => {
      const { store, world, vault } = office;
      vault.failing = breakDisk === 'before';
      const key = await meanwhile(() => store.sendMessage(id, 'My answer'));
      expect(held()).to.include({ key });
      vault.failing = true;
      store.sendHeld(id, key);
      await world.advance(100);
      expect(stored()).to.deep.equal(['My answer']);
      expect(held()).to.equal(null);
    });
});
