import { expect } from '@open-wc/testing';
import { stage, type Stage } from './stage.js';

const FEATURES = { agents: {}, internal_notes: true };

/** A control of the host's own, put where the panel has a place for it. */
function put(made: Stage, slot: string, words: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.slot = slot;
  button.textContent = words;
  made.panel.append(button);
  return button;
}
/** Really to be seen, and to be hit in its middle. */
function expectSeen(element: HTMLElement): void {
  const { left, top, width, height } = element.getBoundingClientRect();
  expect(width * height, element.textContent ?? '').to.be.above(0);
  const root = element.getRootNode() as Document | ShadowRoot;
  const hit = root.elementFromPoint(left + width / 2, top + height / 2);
  expect(hit === element, `${element.textContent} lies on top`).to.equal(true);
}

describe('places for controls of the host', () => {
  it('header-actions stand in the header, before the bot switch, in every conversation', async () => {
    const made = await stage({ features: FEATURES });
    made.desk.addConversation({ id: 'other', platform: 'sms' });
    const pressed: (string | null)[] = [];
    const button = put(made, 'header-actions', 'Call');
    button.addEventListener('click', () => pressed.push(made.store.$activeId.get()));
    await made.drawn();
    expectSeen(button);
    const { right, top, bottom } = button.getBoundingClientRect();
    const [head, bot] = [made.one('[part=header]'), made.one('[part=bot]')].map((one) => one.getBoundingClientRect());
    expect(top).to.be.at.least(head!.top);
    expect(bottom).to.be.at.most(head!.bottom);
    expect(right).to.be.at.most(bot!.left);
    button.click();
    made.store.setActiveConversation('other');
    await made.drawn();
    expectSeen(button);
    button.click();
    expect(pressed, 'it knows by the store which one is open').to.deep.equal([made.id, 'other']);
  });

  it('header-actions take the place of what a renderer draws there', async () => {
    const made = await stage({ features: FEATURES });
    const drawn = document.createElement('i');
    drawn.textContent = 'drawn';
    made.panel.renderers = { headerActions: () => drawn };
    await made.drawn();
    expectSeen(drawn);
    const button = put(made, 'header-actions', 'Call');
    await made.drawn();
    expectSeen(button);
    expect(drawn.getBoundingClientRect().width).to.equal(0);
  });

  it('composer-actions stand at the start of the bar, for replies, for notes, and when only templates go out', async () => {
    const made = await stage({ features: FEATURES });
    const button = put(made, 'composer-actions', 'Ask');
    await made.drawn();
    const own = () => made.one('[part=actions]').getBoundingClientRect();
    expectSeen(button);
    expect(button.getBoundingClientRect().right).to.be.at.most(own().left);
    expect(button.getBoundingClientRect().top).to.be.at.least(made.field.getBoundingClientRect().bottom);
    made.one('[data-mode=note]').click();
    await made.drawn();
    expectSeen(button);
    made.one('[data-mode=reply]').click();
    made.desk.updateConversation(made.id, { replyWindowEndsAt: new Date(0).toISOString() });
    await made.drawn();
    expect(made.all('textarea')).to.have.length(0);
    expectSeen(button);
  });

  it('composer renderers are told the mode, the conversation, and how to put words into the field', async () => {
    const made = await stage({ features: FEATURES });
    const told: string[] = [];
    made.panel.renderers = {
      composerActions: (conversation, { mode, conversationId, store, builtIn, insert }) => {
        told.push(`${conversation?.platform} ${conversationId} ${mode} ${store === made.store} ${typeof builtIn}`);
        const button = document.createElement('button');
        button.className = 'mine';
        button.addEventListener('click', () => insert('words'));
        return button;
      },
    };
    await made.drawn();
    expect(told.at(-1)).to.equal(`whatsapp ${made.id} reply true function`);
    made.one('.mine').click();
    expect(made.field.value).to.equal('words');
    made.one('[data-mode=note]').click();
    await made.drawn();
    expect(told.at(-1)).to.equal(`whatsapp ${made.id} note true function`);
  });

  it('empty is shown while nothing is open, instead of our words, and not otherwise', async () => {
    const made = await stage({ open: false });
    expect(made.one('[part=empty]').getBoundingClientRect().height).to.be.above(0);
    const help = put(made, 'empty', 'Take the next one');
    help.addEventListener('click', () => made.store.setActiveConversation(made.id));
    await made.drawn();
    expectSeen(help);
    expect(made.one('[part=empty]').getBoundingClientRect().height, 'ours gives way').to.equal(0);
    help.click();
    await made.drawn();
    expect(made.field).to.exist;
    expect(help.getBoundingClientRect().height).to.equal(0);
    made.store.setActiveConversation(null);
    await made.drawn();
    expectSeen(help);
  });

  it('are empty again when the host takes its controls out', async () => {
    const made = await stage({ open: false });
    put(made, 'empty', 'Mine').remove();
    await made.drawn();
    expect(made.one('[part=empty]')).to.contain.text('Pick a conversation');
    expect(made.one('[part=empty]').getBoundingClientRect().height).to.be.above(0);
  });
});
