import { expect, fixture, html } from '@open-wc/testing';
import type { ChatStore } from '../../store/chat-store.js';
import type { Held, Message } from '../../store/state.js';
import { heldStrip } from './held-strip.js';

describe('a reply that is held', () => {
  const drawn = async (
    words: { content: string; fileName?: string },
    answer: Partial<Message> = { content: 'Done' },
  ) => {
    const answers = [{ senderType: 'agent', senderName: 'Marta', ...answer } as Message];
    const held: Held = { key: 'k', messageType: 'file', ...words, canEdit: false, answers };
    const writing = {
      conversationId: 'camila',
      dispatchEvent: () => true,
      focusComposer: () => undefined,
      writeReply: () => undefined,
    };
    const strip = heldStrip({} as ChatStore, held, writing, true);
    const host = await fixture<HTMLElement>(html`<div>${strip}</div>`);
    return [...host.querySelectorAll('p')].map((line) => line.textContent?.replace(/\s+/gu, ' ').trim());
  };

  it('and is a file without words is shown by its name', async () => {
    expect(await drawn({ content: '', fileName: 'plan.pdf' })).to.deep.equal(['Marta: Done', 'You: plan.pdf']);
    expect(await drawn({ content: 'plan.pdf', fileName: 'plan.pdf' })).to.include('You: plan.pdf');
  });

  it('and the answer that is a file, too, each with its words', async () => {
    const answer = { content: 'As built', metadata: { fileName: 'built.pdf' } };
    expect(await drawn({ content: 'Look', fileName: 'plan.pdf' }, answer)).to.deep.equal([
      'Marta: built.pdf As built',
      'You: plan.pdf Look',
    ]);
  });
});
