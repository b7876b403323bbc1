import { expect } from '@open-wc/testing';
import { openOffice } from '../testing/index.js';

describe('what others hear of an agent who types', () => {
  it('says so at most every 3 s for a conversation, also when the agent leaves it and comes back', async () => {
    let id = '';
    let other = '';
    const office = await openOffice({
      prepare: (desk) => {
        id = desk.addConversation().id;
        other = desk.addConversation().id;
      },
    });
    await office.world.advance(1);
    const heard = () =>
      office.desk.log
        .filter(({ name }) => name === 'typing')
        .map(({ payload }) => payload as { conversationId: string; isTyping: boolean })
        .map(({ conversationId, isTyping }) => `${conversationId === id ? 'one' : 'other'} ${isTyping}`);
    office.store.setTyping(id, true);
    office.store.setTyping(id, true);
    office.store.setTyping(id, false);
    office.store.setTyping(other, true);
    office.store.setTyping(other, false);
    office.store.setTyping(id, true);
    office.store.setTyping(id, false);
    await office.world.advance(1);
    expect(heard()).to.deep.equal(['one true', 'one false', 'other true', 'other false']);
    await office.world.advance(3000);
    office.store.setTyping(id, true);
    await office.world.advance(1);
    expect(heard().slice(4)).to.deep.equal(['one true']);
    office.store.disconnectSocket();
  });
});
