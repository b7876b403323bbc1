import { expect, oneEvent } from '@open-wc/testing';
import { CrmMessageSendEvent } from '../events.js';
import { stage, type Stage } from './stage.js';

const sent = ({ desk }: Stage) => desk.asks('send_message').map((ask) => (ask as { content: string }).content);

describe('composer: sending', () => {
  it('sends with Enter, keeps focus, and is empty only afterwards', async () => {
    const made = await stage();
    made.write('  hello  ');
    const event = made.press('Enter');
    expect(event.defaultPrevented).to.equal(true);
    expect(made.field.value).to.equal('  hello  ');
    await made.drawn();
    expect(sent(made)).to.deep.equal(['hello']);
    expect(made.field.value).to.equal('');
    expect(made.panel.shadowRoot!.activeElement === made.field, 'has the focus').to.equal(true);
    expect(made.row('hello')).to.exist;
  });

  const NOT_SENT: [string, string, KeyboardEventInit][] = [
    ['Shift+Enter breaks the line', 'x', { shiftKey: true }],
    ['Enter belongs to an input method that is choosing', 'x', { isComposing: true }],
    ['Enter belongs to an input method, as Safari tells it', 'x', { keyCode: 229 }],
    ['nothing is sent from an empty field', '', {}],
    ['nothing is sent from blanks', ' \n ', {}],
  ];
  for (const [name, text, init] of NOT_SENT)
    it(name, async () => {
      const made = await stage();
      made.write(text);
      made.press('Enter', init);
      await made.drawn();
      expect(sent(made)).to.deep.equal([]);
      expect(made.field.value).to.equal(text);
    });

  it('has a Send button that says when there is nothing to send, and can still be focused', async () => {
    const made = await stage();
    expect(made.send).to.have.attribute('aria-disabled', 'true');
    made.send.focus();
    expect(made.panel.shadowRoot!.activeElement === made.send, 'has the focus').to.equal(true);
    made.send.click();
    made.write('hi');
    await made.drawn();
    expect(made.send).to.have.attribute('aria-disabled', 'false');
    made.send.click();
    await made.drawn();
    expect(sent(made)).to.deep.equal(['hi']);
  });

  it('sends once, however often Enter is hit', async () => {
    const made = await stage();
    made.write('once');
    made.press('Enter');
    made.press('Enter');
    await made.drawn();
    expect(sent(made)).to.deep.equal(['once']);
  });

  it('leaves it to a host that says so', async () => {
    const made = await stage();
    made.write('mine');
    made.panel.addEventListener('crm-message-send', (event) => event.preventDefault(), { once: true });
    setTimeout(() => made.press('Enter'));
    const event = await oneEvent(made.panel, 'crm-message-send');
    expect(event).to.be.instanceOf(CrmMessageSendEvent);
    expect(event.detail).to.deep.equal({ conversationId: made.id, content: 'mine', messageType: 'text' });
    await made.drawn();
    expect(sent(made)).to.deep.equal([]);
    expect(made.field.value).to.equal('mine');
  });

  it('never empties the field when the message is not taken, and says so', async () => {
    const made = await stage();
    const send = made.store.sendMessage;
    made.store.sendMessage = () => Promise.reject(new Error('disk full'));
    made.write('precious');
    made.press('Enter');
    await made.drawn();
    expect(made.field.value).to.equal('precious');
    expect(made.one('.strip[role=alert]')).to.contain.text('Your words are still here');
    made.store.sendMessage = send;
    made.press('Enter');
    await made.drawn();
    expect(sent(made)).to.deep.equal(['precious']);
    expect(made.all('.strip')).to.have.length(0);
  });

  it('keeps what is written while the last message is being taken', async () => {
    const made = await stage();
    const send = made.store.sendMessage;
    let take = () => {};
    made.store.sendMessage = (...all) => new Promise((done) => (take = () => done(send(...all))));
    made.write('first');
    made.press('Enter');
    made.write('first and second');
    take();
    await made.drawn();
    expect(sent(made)).to.deep.equal(['first']);
    expect(made.field.value).to.equal(' and second');
  });

  it('blocks what the channel cannot carry, in words', async () => {
    const made = await stage({ conversation: { platform: 'sms' } });
    made.write('x'.repeat(1439));
    await made.drawn();
    expect(made.all('#count')).to.have.length(0);
    made.write('x'.repeat(1500));
    await made.drawn();
    expect(made.one('#count')).to.have.trimmed.text('100 characters left');
    made.write('x'.repeat(1612));
    await made.drawn();
    expect(made.one('#count')).to.have.trimmed.text('12 characters too many for SMS');
    expect(made.send).to.have.attribute('aria-disabled', 'true');
    made.press('Enter');
    await made.drawn();
    expect(sent(made)).to.deep.equal([]);
  });
});

describe('composer: drafts, size and typing', () => {
  it('keeps a draft for each conversation', async () => {
    const made = await stage({
      history: (desk) => void desk.addConversation({ id: 'other', prospectId: desk.addContact().id }),
    });
    made.write('for camila');
    made.store.setActiveConversation('other');
    await made.drawn();
    expect(made.field.value).to.equal('');
    made.write('for the other');
    made.store.setActiveConversation(made.id);
    await made.drawn();
    expect(made.field.value).to.equal('for camila');
    expect(made.send).to.have.attribute('aria-disabled', 'false');
  });

  it('shows a draft of an earlier page, but never over own words', async () => {
    const made = await stage();
    made.store.setDraft(made.id, 'from yesterday');
    await made.drawn();
    expect(made.field.value).to.equal('from yesterday');
    made.write('new words');
    made.store.setDraft(made.id, 'from another tab');
    made.field.value = 'newer words';
    await made.drawn();
    expect(made.field.value).to.equal('newer words');
  });

  it('is 40 px high when empty and grows to 200', async () => {
    const made = await stage();
    expect(made.field.getBoundingClientRect().height).to.equal(40);
    expect(made.one('.box').getBoundingClientRect().height).to.equal(84);
    made.write('line\n'.repeat(4));
    expect(made.field.getBoundingClientRect().height).to.be.within(100, 140);
    made.write('line\n'.repeat(60));
    expect(made.field.getBoundingClientRect().height).to.equal(200);
    made.write('');
    expect(made.field.getBoundingClientRect().height).to.equal(40);
  });

  it('tells that the agent types, and stops on blur, sending and emptying', async () => {
    const made = await stage();
    const told: boolean[] = [];
    const real = made.store.setTyping;
    made.store.setTyping = (id, isTyping) => {
      told.push(isTyping);
      real(id, isTyping);
    };
    made.write('h');
    expect(told).to.deep.equal([true]);
    made.field.blur();
    expect(told.at(-1)).to.equal(false);
    made.write('hi');
    expect(told.at(-1)).to.equal(true);
    made.write('');
    expect(told.at(-1)).to.equal(false);
    made.write('send me');
    made.press('Enter');
    await made.drawn();
    expect(told.at(-1)).to.equal(false);
  });

  it('says to whom, where there is room', async () => {
    const made = await stage({ width: 500 });
    expect(made.one('.via')).to.contain.text('to +351 910 000 142');
    expect(made.one('.via').offsetWidth).to.be.above(0);
    made.panel.parentElement!.style.inlineSize = '470px';
    await made.drawn();
    expect(made.one('.via').offsetWidth).to.equal(0);
  });
});

describe('composer: the bot', () => {
  const words = 'The bot is answering. Typing here pauses it for this conversation.';

  it('is taken over by a button', async () => {
    const made = await stage({ conversation: { botEnabled: true } });
    expect(made.one('.strip')).to.contain.text(words);
    made.one('.strip button').focus();
    made.one('.strip button').click();
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(false);
    expect(made.all('.strip')).to.have.length(0);
    expect(made.panel.shadowRoot!.activeElement === made.field, 'has the focus').to.equal(true);
  });

  it('pauses once when the agent types, with Undo', async () => {
    const made = await stage({ conversation: { botEnabled: true } });
    made.write('h');
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(false);
    expect(made.one('.strip')).to.contain.text('Bot paused for this conversation.');
    made.one('.strip button').click();
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(true);
    made.write('hello');
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(true);
  });

  it('stays on when a host says no', async () => {
    const made = await stage({ conversation: { botEnabled: true } });
    made.panel.addEventListener('crm-bot-toggle', (event) => event.preventDefault());
    made.write('h');
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(true);
    expect(made.one('.strip')).not.to.contain.text('paused for');
  });
});

describe('composer: replying to a message', () => {
  const quoting = async () => {
    const made = await stage({ history: (desk, id) => desk.addMessage(id, { id: 'm1', content: 'With the stone?' }) });
    made.store.setReplyTarget(made.id, 'm1');
    await made.drawn();
    return made;
  };

  it('says what is quoted, sends it along once, and not with the next one', async () => {
    const made = await quoting();
    expect(made.one('[part=reply-target]').textContent!.replace(/\s+/gu, ' ').trim()).to.equal(
      'Reply to Camila Ferreira: With the stone?',
    );
    for (const text of ['yes', 'and more']) {
      made.write(text);
      made.press('Enter');
      await made.drawn();
    }
    const asks = made.desk.asks('send_message') as { content: string; replyTo?: string }[];
    expect(asks.map(({ content, replyTo }) => [content, replyTo])).to.deep.equal([
      ['yes', 'm1'],
      ['and more', undefined],
    ]);
    expect(made.all('[part=reply-target]')).to.have.length(0);
    expect(made.row('yes').querySelector('.quote')).to.contain.text('With the stone?');
  });

  it('says “You” where the agent quotes their own words, and goes on in Reply from a note', async () => {
    const made = await stage({
      features: { agents: { me: 'agent-1' }, internal_notes: true },
      history: (desk, id) =>
        desk.addMessage(id, {
          id: 'm1',
          content: 'Done',
          senderType: 'agent',
          senderId: 'agent-1',
          senderName: 'Marta',
        }),
    });
    made.press('n');
    await made.drawn();
    expect(made.all('.box--note')).to.have.length(1);
    made.row('Done').querySelector<HTMLElement>('.more')!.click();
    await made.drawn();
    made
      .all('[role=menuitem]')
      .find((item) => item.textContent.trim() === 'Reply')!
      .click();
    await made.drawn();
    expect(made.one('[part=reply-target]').textContent!.replace(/\s+/gu, ' ').trim()).to.equal('Reply to You: Done');
    expect(made.all('.box--note')).to.have.length(0);
  });

  it('is taken back by its button, or by Escape before anything else', async () => {
    const made = await quoting();
    made.write('yes');
    expect(made.press('Escape').defaultPrevented).to.equal(true);
    await made.drawn();
    expect(made.all('[part=reply-target]')).to.have.length(0);
    expect(made.panel.shadowRoot!.activeElement === made.field, 'stays in the field').to.equal(true);
    expect(made.field.value).to.equal('yes');
    made.store.setReplyTarget(made.id, 'm1');
    await made.drawn();
    made.one('[part=reply-target] button').click();
    await made.drawn();
    expect(made.store.thread(made.id).$replyTarget.get()).to.equal(null);
  });
});
