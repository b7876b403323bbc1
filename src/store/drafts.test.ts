import { expect } from '@open-wc/testing';
import { openOffice, type Office } from '../testing/index.js';

/** Two texts for each conversation, on every device of one agent: a note must never turn up as a reply. */
describe('drafts of notes and replies, at a server that keeps them', () => {
  let office: Office;
  let id: string;
  beforeEach(async () => {
    office = await openOffice({
      features: { agents: {}, internal_notes: true, drafts: true },
      prepare: (desk) => void (id = desk.addConversation().id),
    });
    office.store.setActiveConversation(id);
    await office.world.settle();
  });
  const told = () => office.desk.asks('save_draft');
  const known = () => {
    const { $draft, $noteDraft } = office.store.thread(id);
    return { reply: $draft.get(), note: $noteDraft.get() };
  };
  const from = (mode: 'reply' | 'note', content: string) =>
    office.desk.emitRaw('draft_updated', { conversationId: id, mode, content, updatedAt: new Date(0).toISOString() });

  it('are told apart, each once, a little later', async () => {
    office.store.setDraft(id, 'ask', 'note');
    office.store.setDraft(id, 'Dear', 'reply');
    office.store.setDraft(id, 'ask Tomás', 'note');
    await office.world.advance(1900);
    expect(told()).to.deep.equal([]);
    await office.world.advance(200);
    expect(told()).to.deep.equal([
      { conversationId: id, mode: 'note', content: 'ask Tomás' },
      { conversationId: id, mode: 'reply', content: 'Dear' },
    ]);
    await office.world.advance(10_000);
    expect(told(), 'nothing new, nothing said').to.have.length(2);
  });

  it('come from another device of the agent, each into its own place', async () => {
    from('note', 'ask Tomás');
    await office.world.settle();
    expect(known()).to.deep.equal({ reply: '', note: 'ask Tomás' });
    from('reply', 'Dear Ana');
    from('note', '');
    await office.world.settle();
    expect(known()).to.deep.equal({ reply: 'Dear Ana', note: '' });
    await office.world.advance(5000);
    expect(told(), 'what comes from there is not told back').to.deep.equal([]);
  });

  it('are never written over while they are not there yet, and only that one', async () => {
    office.store.setDraft(id, 'my note', 'note');
    from('note', 'their note');
    from('reply', 'their reply');
    await office.world.settle();
    expect(known()).to.deep.equal({ reply: 'their reply', note: 'my note' });
  });

  it('do not come back with a list that was asked for before they were sent', async () => {
    office.store.setDraft(id, 'Dear', 'reply');
    await office.world.advance(2500);
    office.desk.hold('load_conversations');
    office.store.previousConversations(id).listen(() => undefined);
    await office.world.settle();
    await office.store.sendMessage(id, 'Dear');
    await office.world.advance(2500);
    expect(told().at(-1)).to.include({ content: '' });
    office.desk.release('load_conversations');
    await office.world.advance(2500);
    expect(known().reply).to.equal('');
  });

  it('come with the list of the next connection, when they were written on another device meanwhile', async () => {
    office.store.setDraft(id, 'Dear', 'reply');
    await office.world.advance(2500);
    office.desk.goOffline();
    await office.world.advance(10);
    const later = new Date(office.world.now()).toISOString();
    office.desk.books.keepDraft('agent-1', {
      conversationId: id,
      mode: 'reply',
      content: 'Dear Ana',
      updatedAt: later,
    });
    office.desk.goOnline();
    await office.world.advance(5000);
    expect(known().reply).to.equal('Dear Ana');
  });

  it('are found again by a browser that has never seen them', async () => {
    office.store.setDraft(id, 'ask Tomás', 'note');
    await office.world.advance(2500);
    await office.vault.wipe();
    await office.reopen();
    expect(known()).to.deep.equal({ reply: '', note: 'ask Tomás' });
  });

  it('are emptied at the server when the note is sent, and the reply stays', async () => {
    office.store.setDraft(id, 'ask Tomás', 'note');
    office.store.setDraft(id, 'Dear', 'reply');
    await office.world.advance(2500);
    await office.store.sendMessage(id, 'ask Tomás', 'text', { visibility: 'internal' });
    await office.world.advance(10);
    expect(told().at(-1)).to.deep.equal({ conversationId: id, mode: 'note', content: '' });
    expect(known()).to.deep.equal({ reply: 'Dear', note: '' });
  });
});
