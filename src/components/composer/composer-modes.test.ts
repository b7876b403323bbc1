import { expect } from '@open-wc/testing';
import type { Features } from '../../contract/index.js';
import type { MessageComposer } from '../chat-messages/message-composer.js';
import { stage, type Stage } from '../chat-messages/stage.js';

const NOTES: Features = { typing: true, agents: {}, clients: true, internal_notes: true, drafts: true };
const asks = ({ desk }: Stage) =>
  desk.asks('send_message') as { content: string; visibility?: string; replyTo?: string }[];
const mode = (made: Stage, name: 'reply' | 'note') => made.one(`[data-mode=${name}]`);
const HOUR = 3_600_000;
const from = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('composer: notes for the team', () => {
  it('are offered only where the server keeps them', async () => {
    const made = await stage();
    expect(made.all('[role=tab]')).to.have.length(0);
    made.press('n');
    await made.drawn();
    expect(made.all('.box--note')).to.have.length(0);
  });

  it('begin with N, say who sees them, and never go to the contact', async () => {
    const made = await stage({ features: NOTES });
    made.panel.focus();
    await made.drawn();
    made.press('n');
    await made.drawn();
    expect(made.panel.shadowRoot!.activeElement === made.field, 'has the focus').to.equal(true);
    expect(made.one('.strip--note')).to.contain.text('Only your team sees this');
    expect(made.send).to.have.attribute('aria-label', 'Add note');
    made.write('ask Tomás first');
    made.press('Enter');
    await made.drawn();
    expect(asks(made).map(({ content, visibility }) => [content, visibility])).to.deep.equal([
      ['ask Tomás first', 'internal'],
    ]);
    expect(made.field.value).to.equal('');
    expect(made.store.thread(made.id).$noteDraft.get()).to.equal('');
  });

  it('have a draft of their own, also after the page was closed', async () => {
    const made = await stage({ features: NOTES });
    made.write('to Camila');
    mode(made, 'note').click();
    await made.drawn();
    expect(made.field.value).to.equal('');
    made.write('for us');
    mode(made, 'reply').click();
    await made.drawn();
    expect(made.field.value).to.equal('to Camila');
    const store = await made.reopen();
    expect(store.thread(made.id).$draft.get()).to.equal('to Camila');
    expect(store.thread(made.id).$noteDraft.get()).to.equal('for us');
  });

  const comeBack = async (made: Stage) => {
    const other = made.desk.addConversation({ id: 'other' });
    made.store.setActiveConversation(other.id);
    await made.drawn();
    expect(made.field.value).to.equal('');
    made.store.setActiveConversation(made.id);
    await made.drawn();
  };

  it('are gone on with when their author comes back to one that was begun', async () => {
    const made = await stage({ features: NOTES });
    mode(made, 'note').click();
    await made.drawn();
    made.write('ask Tomás');
    await comeBack(made);
    expect(mode(made, 'note')).to.have.attribute('aria-selected', 'true');
    expect(made.field.value).to.equal('ask Tomás');
    expect(mode(made, 'note')).not.to.have.attribute('aria-label');
    made.panel.focus();
    await made.drawn();
    expect(made.press('r').defaultPrevented, 'R').to.equal(true);
    await made.drawn();
    expect(mode(made, 'reply')).to.have.attribute('aria-selected', 'true');
    expect(made.panel.shadowRoot!.activeElement === made.field, 'has the focus').to.equal(true);
    expect(made.field.value).to.equal('');
  });

  it('wait visibly behind a reply that was begun too', async () => {
    const made = await stage({ features: NOTES });
    made.write('to Camila');
    mode(made, 'note').click();
    await made.drawn();
    expect(mode(made, 'reply')).to.have.attribute('aria-label', 'Reply, a draft waits');
    made.write('for us');
    await comeBack(made);
    expect(made.field.value).to.equal('to Camila');
    expect(mode(made, 'note')).to.have.attribute('aria-label', 'Note, a draft waits');
    expect(getComputedStyle(mode(made, 'note'), '::after').borderTopWidth).to.equal('3px');
    expect(mode(made, 'reply')).not.to.have.attribute('aria-label');
  });

  it('are gone on with also after the page was loaded again', async () => {
    const made = await stage({ features: NOTES });
    mode(made, 'note').click();
    await made.drawn();
    made.write('ask Tomás');
    await made.drawn();
    const store = await made.reopen();
    made.panel.store = store;
    store.setActiveConversation(made.id);
    await made.drawn();
    expect(mode(made, 'note')).to.have.attribute('aria-selected', 'true');
    expect(made.field.value).to.equal('ask Tomás');
  });

  it('that come from another device are marked, and nobody is moved while they look', async () => {
    const draft = { mode: 'note', content: 'from before', updatedAt: new Date(0).toISOString() } as const;
    const made = await stage({ features: NOTES });
    made.desk.emitRaw('draft_updated', { ...draft, conversationId: made.id });
    await made.drawn();
    expect(mode(made, 'reply')).to.have.attribute('aria-selected', 'true');
    expect(mode(made, 'note')).to.have.attribute('aria-label', 'Note, a draft waits');
  });

  it('are changed to with the arrow keys, with the focus on the tab', async () => {
    const made = await stage({ features: NOTES });
    mode(made, 'reply').focus();
    made.press('ArrowRight');
    await made.drawn();
    expect(mode(made, 'note')).to.have.attribute('aria-selected', 'true');
    expect(made.panel.shadowRoot!.activeElement === mode(made, 'note'), 'has the focus').to.equal(true);
  });

  it('do not pause the bot and do not tell that the agent types', async () => {
    const made = await stage({ features: NOTES, conversation: { botEnabled: true } });
    mode(made, 'note').click();
    await made.drawn();
    made.write('a note');
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(true);
    expect(made.desk.asks('typing').filter((ask) => (ask as { isTyping: boolean }).isTyping)).to.deep.equal([]);
  });
});

describe('composer: drafts on the server', () => {
  it('are saved a little later, once, and emptied when the message is sent', async () => {
    const made = await stage({ features: NOTES });
    made.write('h');
    made.write('hello');
    await made.world.advance(2500);
    expect(made.desk.asks('save_draft')).to.deep.equal([{ conversationId: made.id, mode: 'reply', content: 'hello' }]);
    made.press('Enter');
    await made.drawn();
    await made.world.advance(10);
    expect(made.desk.asks('save_draft').at(-1)).to.deep.equal({ conversationId: made.id, mode: 'reply', content: '' });
  });

  it('come from another device, but never over words that are not there yet', async () => {
    const made = await stage({ features: NOTES });
    const draft = { conversationId: made.id, mode: 'reply', updatedAt: new Date(0).toISOString() };
    made.desk.emitRaw('draft_updated', { ...draft, content: 'from the phone' });
    await made.drawn();
    expect(made.field.value).to.equal('from the phone');
    made.desk.emitRaw('draft_updated', { ...draft, mode: 'note', content: 'a note from the phone' });
    await made.drawn();
    expect(made.field.value, 'a note is no reply').to.equal('from the phone');
    mode(made, 'note').click();
    await made.drawn();
    expect(made.field.value).to.equal('a note from the phone');
    mode(made, 'reply').click();
    await made.drawn();
    made.write('from the phone, and more');
    made.desk.emitRaw('draft_updated', { ...draft, content: 'something else' });
    await made.drawn();
    expect(made.field.value).to.equal('from the phone, and more');
  });
});

describe('composer: the reply window', () => {
  it('says nothing with hours left, counts down under four, and gives way to the reason at the end', async () => {
    const made = await stage({ features: NOTES, conversation: { replyWindowEndsAt: from(5 * HOUR) } });
    expect(made.all('[part~=window]')).to.have.length(0);
    made.desk.updateConversation(made.id, { replyWindowEndsAt: from(2 * HOUR + 14 * 60_000) });
    await made.drawn();
    expect(made.one('[part~=window]')).to.contain.text('Free replies close in 2 h 14 min, then templates only.');
    made.write('too late');
    made.desk.updateConversation(made.id, { replyWindowEndsAt: from(-1000) });
    await made.drawn();
    expect(made.all('textarea')).to.have.length(0);
    expect(made.one('[part~=window]')).to.contain.text('WhatsApp only accepts approved templates now.');
    made.one('.closed button').click();
    await made.drawn();
    expect(made.one('.strip--note')).to.exist;
    made.desk.updateConversation(made.id, { replyWindowEndsAt: from(5 * HOUR) });
    mode(made, 'reply').click();
    await made.drawn();
    expect(made.field.value, 'the words are kept').to.equal('too late');
  });

  it('runs out under the agent’s eyes: the strip, its last minute, and the templates in the place of the field', async () => {
    const begun = Date.UTC(2025, 2, 3, 9);
    const template = { id: 'thanks', name: 'thanks', platform: 'whatsapp', body: 'Thank you', variables: [] };
    const made = await stage({
      features: { ...NOTES, templates: true },
      history: (desk) => void desk.books.templates.push(template),
      conversation: { replyWindowEndsAt: new Date(begun + 5 * HOUR).toISOString() },
    });
    const composer = made.one<MessageComposer>('crm-message-composer');
    let now = begun;
    let due: { at: number; act: () => void } | undefined;
    composer.windowClock.time = {
      now: () => now,
      after(ms, act) {
        const mine = (due = { at: now + ms, act });
        return () => void (due === mine && (due = undefined));
      },
    };
    composer.requestUpdate();
    /** Time passes, and nothing but the clock says so. */
    const until = async (moment: number) => {
      await made.drawn();
      now = moment;
      if (due && due.at <= moment) due.act();
      await made.drawn();
    };
    const strip = () => made.all('[part~=window]').map((one) => one.textContent.replace(/\s+/gu, ' ').trim());
    await until(begun + HOUR - 1);
    expect(strip(), 'more than four hours are left').to.deep.equal([]);
    await until(begun + HOUR + 1);
    expect(strip()).to.deep.equal(['Free replies close in 4 h 0 min, then templates only.']);
    made.write('nearly done');
    await until(begun + 5 * HOUR - 90_000);
    expect(strip()).to.deep.equal(['Free replies close in 2 min, then templates only.']);
    await until(begun + 5 * HOUR - 30_000);
    expect(strip()).to.deep.equal(['Free replies close in 1 min, then templates only.']);
    expect(made.all('[part~=choose-template]')).to.have.length(0);
    await until(begun + 5 * HOUR + 1);
    expect(strip()).to.deep.equal([
      'Camila Ferreira last wrote more than 24 hours ago. WhatsApp only accepts approved templates now.',
    ]);
    expect(made.all('textarea, [part=send]')).to.have.length(0);
    expect(due, 'nothing is left to run out').to.equal(undefined);
    const way = made.one('[part~=choose-template]');
    expect(made.panel.shadowRoot!.activeElement === way, 'takes the focus that the field had').to.equal(true);
    way.click();
    await made.drawn();
    expect(made.all('.pop [role=option] b').map((one) => one.textContent)).to.deep.equal(['thanks']);
    expect(made.store.thread(made.id).$draft.get(), 'the words are kept').to.equal('nearly done');
  });

  it('opens again by nothing but a message of the contact', async () => {
    const made = await stage({ features: NOTES, conversation: { replyWindowEndsAt: from(-1000) } });
    expect(made.all('textarea')).to.have.length(0);
    await made.say('I am back', { timestamp: from(0) });
    expect(made.field).to.exist;
    expect(made.all('[part~=window]')).to.have.length(0);
  });

  it("believes the server's refusal, until the contact writes", async () => {
    const made = await stage({ features: NOTES });
    made.desk.failNext('send_message', 'WINDOW_CLOSED');
    made.write('hello');
    made.press('Enter');
    await made.drawn();
    expect(made.all('textarea')).to.have.length(0);
    await made.say('I am back');
    expect(made.field).to.exist;
  });
});

describe('composer: guard rails', () => {
  it('holds a message with a placeholder until the agent says so', async () => {
    const made = await stage();
    made.write('Dear {{contact.firstName}}');
    made.press('Enter');
    await made.drawn();
    expect(asks(made)).to.deep.equal([]);
    expect(made.one('.strip[role=alert]')).to.contain.text('{{contact.firstName}} is not filled in.');
    made.one('.strip[role=alert] button').click();
    await made.drawn();
    expect(asks(made)).to.have.length(1);
  });

  const answered = async () => {
    const made = await stage({
      features: NOTES,
      history: (desk, id) => void desk.addMessage(id, { content: 'Is it ready?' }),
    });
    made.store.noteSeen(made.id);
    await made.drawn();
    made.desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
    made.write('It is');
    made.press('Enter');
    await made.drawn();
    return made;
  };
  it('takes a held reply back into the field: what it quotes comes along, what is there stays behind it', async () => {
    const made = await stage({
      features: NOTES,
      history: (desk, id) => void desk.addMessage(id, { id: 'asked', content: 'Is it ready?' }),
    });
    made.store.noteSeen(made.id);
    await made.drawn();
    made.desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
    made.store.setReplyTarget(made.id, 'asked');
    made.write('It is');
    made.press('Enter');
    await made.drawn();
    made.write('And');
    mode(made, 'note').click();
    await made.drawn();
    const told: object[] = [];
    made.panel.addEventListener('crm-message-edit', ({ detail }) => void told.push(detail));
    const { key } = made.store.thread(made.id).$held.get()!;
    made
      .all('[part~=held] button')
      .find((button) => button.textContent.trim() === 'Edit')!
      .click();
    await made.drawn();
    expect(told).to.deep.equal([{ conversationId: made.id, key, content: 'It is' }]);
    expect(mode(made, 'reply')).to.have.attribute('aria-selected', 'true');
    expect(made.field.value).to.equal('It is\n\nAnd');
    expect(made.panel.shadowRoot!.activeElement === made.field, 'has the focus').to.equal(true);
    expect(made.one('[part=reply-target]')).to.contain.text('Is it ready?');
    expect(made.all('[part~=held]')).to.have.length(0);
    made.press('Enter');
    await made.drawn();
    expect(asks(made).at(-1)).to.include({ content: 'It is\n\nAnd', replyTo: 'asked' });
  });

  const ACTS: [string, (string | undefined)[]][] = [
    ['Send anyway', ['It is']],
    ['Discard', []],
    ['Edit', []],
    ['Keep as note', ['It is']],
  ];
  for (const [name, sent] of ACTS)
    it(`shows a colleague's answer that crossed ours: ${name}`, async () => {
      const made = await answered();
      const held = made.one('[part~=held]');
      expect(held).to.contain.text('Your reply is not sent yet.');
      const before = asks(made).length;
      [...held.querySelectorAll('button')].find((button) => button.textContent.trim() === name)!.click();
      await made.drawn();
      const after = asks(made).slice(before);
      expect(after.map(({ content }) => content)).to.deep.equal(sent);
      if (name === 'Keep as note') expect(after[0]!.visibility).to.equal('internal');
      expect(made.all('[part~=held]')).to.have.length(0);
    });

  const EVENTS: [string, string, object][] = [
    ['Send anyway', 'crm-message-send', { messageType: 'text' }],
    ['Discard', 'crm-message-discard', {}],
    ['Edit', 'crm-message-edit', {}],
    ['Keep as note', 'crm-message-send', { messageType: 'text', visibility: 'internal' }],
  ];
  for (const [name, type, more] of EVENTS)
    it(`leaves a held reply to a host that says so: ${name}`, async () => {
      const made = await answered();
      made.desk.addMessage(made.id, { id: 'theirs', content: 'On Friday', senderType: 'agent', senderId: 'agent-2' });
      await made.drawn();
      const { key, answers } = made.store.thread(made.id).$held.get()!;
      const before = asks(made).length;
      const told: { type: string; detail: object }[] = [];
      const take = (event: Event) => {
        event.preventDefault();
        told.push({ type: event.type, detail: (event as CustomEvent<object>).detail });
      };
      for (const one of ['crm-message-send', 'crm-message-discard', 'crm-message-edit', 'crm-message-delete'])
        made.panel.addEventListener(one, take);
      const press = () =>
        made
          .all('[part~=held] button')
          .find((button) => button.textContent.trim() === name)!
          .click();
      press();
      await made.drawn();
      const held = { key, answers: answers.map(({ id }) => id) };
      const detail =
        type === 'crm-message-send'
          ? { conversationId: made.id, content: 'It is', ...more, held }
          : { conversationId: made.id, key, content: 'It is' };
      expect(told).to.deep.equal([{ type, detail }]);
      expect(asks(made).slice(before)).to.deep.equal([]);
      expect(made.one('[part~=held]')).to.contain.text('It is');
      for (const one of ['crm-message-send', 'crm-message-discard', 'crm-message-edit'])
        made.panel.removeEventListener(one, take);
      press();
      await made.drawn();
      expect(made.all('[part~=held]')).to.have.length(0);
    });
});
