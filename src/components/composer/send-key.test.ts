import { expect } from '@open-wc/testing';
import { stage, type Stage } from '../chat-messages/stage.js';

const sent = ({ desk }: Stage) => desk.asks('send_message').map((ask) => (ask as { content: string }).content);
const active = (made: Stage) => made.panel.shadowRoot!.activeElement;
async function press(made: Stage, key: string, init?: KeyboardEventInit): Promise<KeyboardEvent> {
  const event = made.press(key, init);
  await made.drawn();
  return event;
}
async function choose(made: Stage, at: number): Promise<void> {
  made.one('[part~=send-menu]').click();
  await made.drawn();
  made.all('[role=menuitemradio]')[at]!.click();
  await made.drawn();
}

describe('composer: what sends', () => {
  it('is Enter, until the agent chooses Ctrl+Enter or Cmd+Enter, which every page of the browser then knows', async () => {
    const made = await stage();
    await choose(made, 1);
    expect(active(made)).to.have.attribute('part', 'send-menu');
    made.write('first line');
    const event = await press(made, 'Enter');
    expect(event.defaultPrevented, 'the field breaks the line').to.equal(false);
    expect(sent(made)).to.deep.equal([]);
    await press(made, 'Enter', { ctrlKey: true, isComposing: true });
    expect(sent(made), 'an input method keeps its keys').to.deep.equal([]);
    await press(made, 'Enter', { ctrlKey: true });
    made.write('with Cmd');
    await press(made, 'Enter', { metaKey: true });
    expect(sent(made)).to.deep.equal(['first line', 'with Cmd']);
    const store = await made.reopen();
    expect(store.$preferences.get().sendKey).to.equal('mod-enter');
  });

  it('is said on the button, and chosen by keyboard with the focus given back', async () => {
    const made = await stage();
    expect(made.send.title).to.equal('Send (Enter)');
    const opener = made.one('[part~=send-menu]');
    opener.focus();
    opener.click();
    await made.drawn();
    expect(opener).to.have.attribute('aria-expanded', 'true');
    expect(active(made)).to.have.attribute('aria-checked', 'true');
    await press(made, 'ArrowDown');
    expect(active(made)).to.contain.text('Enter begins a new line');
    await press(made, 'Escape');
    expect(made.all('[role=menu]')).to.have.length(0);
    expect(active(made) === opener, 'the focus is back').to.equal(true);
    expect(opener).to.have.attribute('aria-expanded', 'false');
    await choose(made, 1);
    expect(made.send.title).to.match(/^Send \((Ctrl|Cmd)\+Enter\)$/);
  });

  it('may be set by the host, and the agent knows better', async () => {
    const made = await stage();
    made.panel.setAttribute('send-key', 'mod-enter');
    await made.drawn();
    made.write('x');
    await press(made, 'Enter');
    expect(sent(made)).to.deep.equal([]);
    await choose(made, 0);
    made.write('x');
    await press(made, 'Enter');
    expect(sent(made)).to.deep.equal(['x']);
  });

  it('closes its menu when the focus goes elsewhere', async () => {
    const made = await stage();
    made.one('[part~=send-menu]').click();
    await made.drawn();
    made.field.focus();
    await made.drawn();
    expect(made.all('[role=menu]')).to.have.length(0);
  });
});

describe('composer: short messages', () => {
  it('are counted while they are written', async () => {
    const made = await stage({ conversation: { platform: 'sms' } });
    expect(made.all('[part=segments]')).to.have.length(0);
    made.write('a'.repeat(161));
    await made.drawn();
    expect(made.one('[part=segments]')).to.have.text('2 SMS · 145 left');
    made.write(`${'a'.repeat(160)}ж`);
    await made.drawn();
    expect(made.one('[part=segments]'), 'as long, but wide').to.have.text('3 SMS · 40 left');
    made.write('a'.repeat(1601));
    await made.drawn();
    expect(made.one('#count')).to.contain.text('1 characters too many for SMS');
  });

  it('are no matter of other channels', async () => {
    const made = await stage();
    made.write('a'.repeat(200));
    await made.drawn();
    expect(made.all('[part=segments]')).to.have.length(0);
  });
});

describe('composer: typing', () => {
  it('is told at most once in three seconds, however fast somebody types', async () => {
    const made = await stage();
    const told = () => made.desk.asks('typing').filter((ask) => (ask as { isTyping: boolean }).isTyping).length;
    for (let ms = 0; ms < 6000; ms += 100) {
      made.write('x'.repeat(ms / 100 + 1));
      await made.world.advance(100);
    }
    expect(told()).to.equal(2);
  });

  it('pauses the bot once; Undo gives the conversation back and takes no focus', async () => {
    const made = await stage({ conversation: { botEnabled: true } });
    expect(made.one('.strip')).to.contain.text('The bot is answering. Typing here pauses it for this conversation.');
    made.write('h');
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(false);
    const strip = made.one('.strip[role=status]');
    expect(strip).to.contain.text('Bot paused for this conversation.');
    strip.querySelector('button')!.click();
    await made.drawn();
    expect(made.store.botEnabled(made.id)).to.equal(true);
    expect(active(made) === made.field, 'the field has the focus').to.equal(true);
    made.write('hi');
    await made.drawn();
    expect(made.store.botEnabled(made.id), 'once').to.equal(true);
  });
});
