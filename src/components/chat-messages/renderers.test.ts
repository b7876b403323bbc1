import { expect } from '@open-wc/testing';
import { html } from 'lit';
import type { ChatRenderers, MessageContext, RendererName } from './renderers.js';
import { at, stage } from './stage.js';

const shown = async (renderers: ChatRenderers, open = true) => {
  const made = await stage({
    open,
    history: (desk, id) => {
      desk.addMessage(id, { content: 'hello', timestamp: at(0) });
      desk.addMessage(id, { content: '12', messageType: 'order', timestamp: at(9) });
    },
  });
  made.panel.renderers = renderers;
  await made.drawn();
  return made;
};

describe('renderers of the host', () => {
  it('draw a body of their own kind, and leave the others as they are', async () => {
    const contexts: MessageContext[] = [];
    const made = await shown({
      messageBody: (message, context) => {
        contexts.push(context);
        return message.messageType === 'order' ? html`<b class="order">Order ${message.content}</b>` : undefined;
      },
    });
    expect(made.one('.order')).to.have.text('Order 12');
    expect(made.row('hello')).to.exist;
    const [context] = contexts;
    expect(context).to.include({ conversationId: made.id, contactName: 'Camila Ferreira', side: 'in' });
    expect(context!.store).to.equal(made.store);
  });

  it('may wrap what we draw, or give a node that stays the same one', async () => {
    const node = document.createElement('i');
    const made = await shown({
      messageBody: (_message, context) => html`<section class="wrap">${context.builtIn()}</section>`,
      messageMeta: (message) => (message.messageType === 'order' ? node : undefined),
    });
    expect(made.all('.wrap .txt')).to.have.length(2);
    await made.say('more');
    expect(node.isConnected).to.equal(true);
    expect(made.all('[part=meta]').length, 'the others keep theirs').to.be.above(0);
  });

  it('draw header actions and the empty state', async () => {
    const made = await shown({
      headerActions: (conversation) => html`<button class="mine">${conversation?.platform}</button>`,
      empty: () => html`<p class="nothing">Nothing yet</p>`,
    });
    expect(made.one('.mine')).to.have.text('whatsapp');
    made.store.setActiveConversation(null);
    await made.drawn();
    expect(made.one('.nothing')).to.have.text('Nothing yet');
  });

  it('draw the buttons under the reply field, which put words where the caret is', async () => {
    const made = await shown({
      composerActions: (conversation, { mode, insert, builtIn }) =>
        html`<button class="mine" @click=${() => insert('Q-2041')}>${conversation?.platform} ${mode}</button
          ><span class="ours">${builtIn()}</span>`,
    });
    expect(made.one('.bar .mine')).to.have.text('whatsapp reply');
    expect(made.one('.ours [part~=actions]')).to.exist;
    made.write('See  please');
    made.field.setSelectionRange(4, 4);
    made.one('.mine').click();
    await made.drawn();
    expect(made.field.value).to.equal('See Q-2041 please');
    expect(made.store.thread(made.id).$draft.get()).to.equal('See Q-2041 please');
    expect(made.field.selectionStart, 'the caret is behind it').to.equal('See Q-2041'.length);
  });

  const MISTAKES = ['throws', 'gives a template that throws'] as const;
  /** Every renderer there is, and what stands in its region when it fails. */
  const REGIONS: Record<RendererName, string> = {
    messageBody: '.txt',
    messageMeta: '[part=meta]',
    headerActions: '[part=header]',
    composerActions: '[part~=actions]',
    empty: '[part=empty]',
  };
  for (const name of Object.keys(REGIONS) as RendererName[])
    for (const how of MISTAKES)
      it(`${name}: one that ${how} is contained in its region, and told once`, async () => {
        const told: string[] = [];
        const problem = () => {
          throw new Error('a mistake of the host');
        };
        const made = await stage({
          open: name !== 'empty',
          history: (desk, id) => {
            for (const [index, content] of ['one', 'two', 'three'].entries())
              desk.addMessage(id, { content, timestamp: at(index * 9) });
          },
        });
        made.panel.addEventListener('crm-renderer-error', (event) => {
          event.preventDefault(); // or it is told in the console
          told.push(event.detail.renderer);
        });
        const bad = { toString: problem, get strings() { return problem(); } }; // prettier-ignore
        made.panel.renderers = { [name]: () => (how === 'throws' ? problem() : html`<u .title=${bad}></u>`) };
        await made.drawn();
        expect(told).to.deep.equal([name]);
        expect(made.one(REGIONS[name]), 'our own look').to.exist;
        made.store.setActiveConversation(made.id);
        await made.drawn();
        for (const text of ['one', 'two', 'three']) expect(made.row(text)).to.exist;
        await made.say('four');
        expect(made.row('four')).to.exist;
        expect(told).to.deep.equal([name]);
      });
});
