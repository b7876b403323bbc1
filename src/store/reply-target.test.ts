import { expect } from '@open-wc/testing';
import { openOffice } from '../testing/index.js';

const office = () =>
  openOffice({
    prepare: (desk) => {
      desk.addContact({ id: 'prospect-1' });
      desk.addConversation({ id: 'camila', prospectId: 'prospect-1' });
      desk.addConversation({ id: 'other', prospectId: 'prospect-1' });
    },
  });

describe('the message that the next reply quotes', () => {
  it('is kept per conversation, and taken back on demand', async () => {
    const { store } = await office();
    store.setReplyTarget('camila', 'message-7');
    expect(store.thread('camila').$replyTarget.get()).to.equal('message-7');
    expect(store.thread('other').$replyTarget.get()).to.equal(null);
    store.setReplyTarget('camila', null);
    expect(store.thread('camila').$replyTarget.get()).to.equal(null);
  });

  it('is used up by the reply that quotes it, and by no other message', async () => {
    const { store } = await office();
    store.setReplyTarget('camila', 'message-7');
    await store.sendMessage('camila', 'something a host sends');
    expect(store.thread('camila').$replyTarget.get()).to.equal('message-7');
    await store.sendMessage('camila', 'yes', 'text', { replyTo: 'message-7' });
    expect(store.thread('camila').$replyTarget.get()).to.equal(null);
  });

  it('is forgotten when the agent signs out', async () => {
    const { store } = await office();
    store.setReplyTarget('camila', 'message-7');
    await store.reset();
    expect(store.thread('camila').$replyTarget.get()).to.equal(null);
  });
});
