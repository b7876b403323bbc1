import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { loadEverything } from '../../controllers/later.js';
import { openOffice } from '../../testing/index.js';
import { CrmChatMessages } from './chat-messages.js';

describe('the reply field before its code is there', () => {
  it('has the room that it will have, and takes what the agent wants to do with it', async () => {
    const office = await openOffice({
      prepare: (desk) => {
        const prospect = desk.addContact({ id: 'prospect-1' });
        desk.addConversation({ id: 'one', prospectId: prospect.id, botEnabled: false });
      },
    });
    const frame = await fixture<HTMLElement>(html`<div></div>`);
    const panel = new CrmChatMessages();
    panel.store = office.store;
    office.store.setActiveConversation('one');
    await office.world.advance(100);
    frame.style.blockSize = '600px';
    frame.append(panel);
    await panel.updateComplete;
    const field = panel.shadowRoot!.querySelector('crm-message-composer')!;
    const heights = () =>
      [720, 600, 400].map((width) => {
        frame.style.inlineSize = `${width}px`;
        return field.offsetHeight;
      });
    // Nothing was waited for that comes by the network.
    expect(field.matches(':defined'), 'its code is here').to.equal(false);
    const before = heights();
    panel.focusComposer();
    await loadEverything();
    await field.updateComplete;
    expect(heights()).to.deep.equal(before);
    await waitUntil(() => panel.shadowRoot!.activeElement?.tagName === 'TEXTAREA', 'it takes the focus');
  });
});
