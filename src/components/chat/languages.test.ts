import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { addLanguage, replaceStrings } from '../../locales/index.js';
import '../chat-messages/chat-messages.js';

describe('an inbox in another language', () => {
  before(() => {
    addLanguage('qac', { 'Pick a conversation': 'Kies een gesprek', Conversations: 'Gesprekken' });
    addLanguage('qad', { 'Pick a conversation': 'Velg en samtale' });
  });
  const said = (panel: Element) => panel.shadowRoot!.textContent;

  it('speaks its own language beside one that speaks another, and changes while it is on the page', async () => {
    const two = await fixture<HTMLElement>(
      html`<div>
        <crm-chat-messages locale="qac"></crm-chat-messages><crm-chat-messages locale="qad"></crm-chat-messages>
      </div>`,
    );
    const [first, second] = [...two.querySelectorAll('crm-chat-messages')];
    await waitUntil(() => said(first!).includes('Kies een gesprek'));
    expect(said(second!)).to.include('Velg en samtale');
    expect(first!.shadowRoot!.querySelector('section')!.lang).to.equal('qac');
    first!.locale = 'qad';
    await waitUntil(() => said(first!).includes('Velg en samtale'));
    first!.locale = undefined;
    await waitUntil(() => said(first!).includes('Pick a conversation'));
    replaceStrings('en', { 'Pick a conversation': 'Choose somebody' });
    await waitUntil(() => said(first!).includes('Choose somebody'));
    replaceStrings('en', { 'Pick a conversation': 'Pick a conversation' });
  });

  it('takes the language of the page around it', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="qad"><crm-chat-messages></crm-chat-messages></div>`);
    await waitUntil(() => said(page.querySelector('crm-chat-messages')!).includes('Velg en samtale'));
  });
});
