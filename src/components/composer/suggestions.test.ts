import { expect } from '@open-wc/testing';
import type { Features, QuickReply } from '../../contract/index.js';
import { stage, type Stage } from '../chat-messages/stage.js';

const READY: Features = { typing: true, agents: { me: 'agent-1' }, internal_notes: true, quick_replies: true };
const reply = (shortcut: string, title: string, content: string): QuickReply => ({
  id: shortcut,
  shortcut,
  title,
  content,
});
const REPLIES = [
  reply('hours', 'Opening hours', 'We are open from 9 to 18.'),
  reply('hello', 'Greeting', 'Hi {{contact.firstName}}, about {{order}}: how can I help?'),
  reply('times', 'Delivery times', 'Deliveries run on Tuesday, after hours.'),
  reply('sao', 'São Paulo', 'We deliver to São Paulo.'),
];

async function desk(replies: readonly QuickReply[] = REPLIES): Promise<Stage> {
  return stage({ features: READY, history: (office) => void office.books.quickReplies.push(...replies) });
}
const options = (made: Stage) => made.all('[role=option]');
const titles = (made: Stage) => options(made).map((one) => one.querySelector('b')!.textContent);
const current = (made: Stage) => made.one('[role=option][aria-selected=true] b').textContent;
async function type(made: Stage, text: string): Promise<void> {
  made.write(text);
  await made.drawn();
}
async function press(made: Stage, key: string, init?: KeyboardEventInit): Promise<KeyboardEvent> {
  const event = made.press(key, init);
  await made.drawn();
  return event;
}
const hasFocus = (made: Stage) => made.panel.shadowRoot!.activeElement === made.field;

describe('composer: quick replies', () => {
  it('open with / at the start and behind a blank, and nowhere else', async () => {
    const made = await desk();
    await type(made, 'and/or');
    expect(options(made)).to.have.length(0);
    await type(made, 'Hi /');
    expect(titles(made)).to.deep.equal(['Opening hours', 'Greeting', 'Delivery times', 'São Paulo']);
    await type(made, 'Hi / or');
    expect(options(made), 'a blank ends the word').to.have.length(0);
    await type(made, '/');
    expect(options(made)).to.have.length(4);
  });

  it('are found by shortcut, title and contents, the best first, whatever the accents', async () => {
    const made = await desk();
    await type(made, '/hours');
    expect(titles(made)).to.deep.equal(['Opening hours', 'Delivery times']);
    await type(made, '/DELIV');
    expect(titles(made)).to.deep.equal(['Delivery times', 'São Paulo']);
    await type(made, '/são');
    expect(titles(made)).to.deep.equal(['São Paulo']);
  });

  it('are walked through with the arrows while the focus stays in the field, which names the list and the line', async () => {
    const made = await desk();
    await type(made, '/');
    expect(current(made)).to.equal('Opening hours');
    await press(made, 'ArrowUp');
    expect(current(made)).to.equal('São Paulo');
    await press(made, 'ArrowDown');
    await press(made, 'ArrowDown');
    expect(current(made)).to.equal('Greeting');
    const [list, line] = ['aria-controls', 'aria-activedescendant'].map((name) => made.field.getAttribute(name));
    expect(made.one(`#${list}`)).to.have.attribute('role', 'listbox');
    expect(made.one(`#${line}`)).to.have.attribute('aria-selected', 'true');
    expect(made.one('.pop [role=status]')).to.have.text('4 suggestions');
    expect(hasFocus(made), 'has the focus').to.equal(true);
  });

  for (const key of ['Enter', 'Tab'])
    it(`${key} puts the words in place of what called them, filled in as far as is known`, async () => {
      const made = await desk();
      await type(made, 'Dear all, /hel');
      expect(made.one('.pop__preview')).to.have.text('Hi Camila, about {{order}}: how can I help?');
      const event = await press(made, key);
      expect(event.defaultPrevented).to.equal(true);
      expect(made.field.value).to.equal('Dear all, Hi Camila, about {{order}}: how can I help?');
      expect(made.store.thread(made.id).$draft.get()).to.equal(made.field.value);
      expect(made.all('.pop')).to.have.length(0);
      expect(made.field).not.to.have.attribute('aria-activedescendant');
      expect(hasFocus(made), 'has the focus').to.equal(true);
      await press(made, 'Enter');
      expect(made.desk.asks('send_message'), 'what is not known is asked about').to.deep.equal([]);
      expect(made.one('.strip[role=alert]')).to.contain.text('{{order}} is not filled in.');
    });

  it('Escape leaves the text as it was typed, once; the list comes back with another word', async () => {
    const made = await desk();
    await type(made, '/hel');
    const event = await press(made, 'Escape');
    expect(event.defaultPrevented).to.equal(true);
    expect(made.all('.pop')).to.have.length(0);
    expect(made.field.value).to.equal('/hel');
    expect(hasFocus(made), 'has the focus').to.equal(true);
    await type(made, '/hell');
    expect(made.all('.pop'), 'stays closed').to.have.length(0);
    await type(made, '/hell /');
    expect(options(made)).to.have.length(4);
  });

  it('Enter sends what no reply fits, and an input method keeps its keys', async () => {
    const made = await desk();
    await type(made, '/');
    await press(made, 'ArrowDown', { isComposing: true });
    expect(current(made)).to.equal('Opening hours');
    await type(made, '/var');
    expect(made.one('.pop')).to.contain.text('No quick reply for “var”.');
    await press(made, 'Enter');
    expect(made.desk.asks('send_message')).to.have.length(1);
    expect(made.all('.pop')).to.have.length(0);
  });

  it('also open by their button, at the caret, and with a press on a line', async () => {
    const made = await desk();
    await type(made, 'Hello ');
    const button = made.one('[data-action=quick-reply]');
    button.click();
    await made.drawn();
    expect(button).to.have.attribute('aria-expanded', 'true');
    options(made)[0]!.click();
    await made.drawn();
    expect(made.field.value).to.equal('Hello We are open from 9 to 18.');
    expect(button).to.have.attribute('aria-expanded', 'false');
  });

  it('say when there are none, and when they did not load, with a way on', async () => {
    const none = await desk([]);
    await type(none, '/');
    expect(none.one('.pop')).to.contain.text('The team keeps no quick replies yet.');
    const made = await desk();
    made.desk.failNext('load_quick_replies', 'INTERNAL');
    await type(made, '/');
    const alert = made.one('.pop [role=alert]');
    expect(alert).to.contain.text('This part did not load.');
    alert.querySelector('button')!.focus();
    await made.drawn();
    expect(made.all('.pop'), 'its own button closes nothing').to.have.length(1);
    alert.querySelector('button')!.click();
    await made.drawn();
    expect(options(made)).to.have.length(4);
    expect(hasFocus(made), 'has the focus').to.equal(true);
  });

  it('are not offered where the server keeps none, and not in notes', async () => {
    const without = await stage({ features: { internal_notes: true } });
    await type(without, '/');
    expect(without.all('.pop')).to.have.length(0);
    expect(without.all('[data-action=quick-reply]')).to.have.length(0);
    const made = await desk();
    made.one('[data-mode=note]').click();
    await made.drawn();
    await type(made, '/');
    expect(made.all('.pop')).to.have.length(0);
  });

  it('close when the focus leaves, when the caret leaves the word, and with the conversation', async () => {
    const made = await desk();
    await type(made, '/he');
    made.field.blur();
    await made.drawn();
    expect(made.all('.pop')).to.have.length(0);
    await type(made, 'x /he');
    made.field.setSelectionRange(0, 0);
    made.field.dispatchEvent(new KeyboardEvent('keyup', { key: 'Home' }));
    await made.drawn();
    expect(made.all('.pop')).to.have.length(0);
    await type(made, '/h');
    expect(made.all('.pop')).to.have.length(1);
    made.store.setActiveConversation(null);
    await made.drawn();
    expect(made.all('.pop')).to.have.length(0);
  });
});

describe('composer: mentions in notes', () => {
  async function note(): Promise<Stage> {
    const made = await stage({
      features: READY,
      agents: [
        { id: 'agent-1', name: 'Rita Alves', status: 'online' },
        { id: 'tomas', name: 'Tomás Alves', status: 'online' },
        { id: 'tom', name: 'Tom Alves Neto', status: 'away' },
      ],
    });
    made.one('[data-mode=note]').click();
    await made.drawn();
    return made;
  }

  it('complete the name of a colleague, and go with the note by id', async () => {
    const made = await note();
    await type(made, 'please ask @toma');
    expect(titles(made)).to.deep.equal(['Tomás Alves']);
    await press(made, 'Enter');
    expect(made.field.value).to.equal('please ask @Tomás Alves ');
    await press(made, 'Enter');
    const [ask] = made.desk.asks('send_message') as { content: string; metadata: { mentions?: string[] } }[];
    expect(ask!.content).to.equal('please ask @Tomás Alves');
    expect(ask!.metadata.mentions).to.deep.equal(['tomas']);
    expect(made.one('.notecard .at')).to.have.text('@Tomás Alves');
  });

  it('find by last name too, never oneself, and say when nobody is called so', async () => {
    const made = await note();
    await type(made, '@alv');
    expect(titles(made)).to.deep.equal(['Tom Alves Neto', 'Tomás Alves']);
    await type(made, '@zz');
    expect(made.one('.pop')).to.contain.text('Nobody in the team is called “zz”.');
    await type(made, '@');
    expect(titles(made)).not.to.include(made.store.agents.get('agent-1')?.name);
  });

  it('close when the focus goes elsewhere in the reply field’s own box, and not on the way to what they offer', async () => {
    const made = await note();
    await type(made, '@t');
    expect(options(made)).to.have.length(2);
    made.one('[data-mode=note]').focus();
    await made.drawn();
    expect(made.all('.pop'), 'one tab away').to.have.length(0);
    expect(made.field.value).to.equal('@t');
    await type(made, '@t and @t');
    expect(options(made), 'another call').to.have.length(2);
    made.one('[data-action=emoji]').focus();
    await made.drawn();
    expect(made.all('.pop'), 'a button of the same row').to.have.length(0);
  });

  it('do not open behind an agent who went on before their code was there', async () => {
    const made = await note();
    made.write('@t');
    made.one('[data-mode=note]').focus();
    await made.drawn();
    expect(made.all('.pop')).to.have.length(0);
  });

  it('wait for the team when somebody is faster than the server', async () => {
    const made = await stage({ features: READY, open: false });
    made.desk.hold('load_agents');
    const store = await made.reopen();
    made.panel.store = store;
    store.setActiveConversation(made.id);
    await made.drawn();
    made.one('[data-mode=note]').click();
    await made.drawn();
    await type(made, '@');
    expect(options(made)).to.have.length(0);
    made.desk.release('load_agents');
    await made.drawn();
    expect(titles(made)).to.deep.equal(['Tomás Lima']);
  });

  it('are no matter of replies', async () => {
    const made = await desk();
    await type(made, '@');
    expect(made.all('.pop')).to.have.length(0);
  });
});
