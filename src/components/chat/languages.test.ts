import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { addLanguage, replaceStrings } from '../../locales/index.js';
import '../chat-messages/chat-messages.js';
import '../client-panel/client-panel.js';

/** For code that is fetched on a busy machine. */
const WAIT = { timeout: 8000 };

describe('an inbox in another language', () => {
  before(() => {
    addLanguage('qac', { 'Pick a conversation': 'Kies een gesprek', Conversations: 'Gesprekken' });
    addLanguage('qad', { 'Pick a conversation': 'Velg en samtale', Contact: 'Kontakten' });
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

  it('is called by a name in its own language, also after it has changed, and by the host’s where there is one', async () => {
    const three = await fixture<HTMLElement>(
      html`<div>
        <crm-client-panel locale="qad"></crm-client-panel><crm-client-panel></crm-client-panel>
        <crm-client-panel locale="qad" aria-label="Who it is"></crm-client-panel>
      </div>`,
    );
    const [first, second, third] = [...three.querySelectorAll('crm-client-panel')];
    const name = (panel: Element | undefined) => panel!.getAttribute('aria-label');
    await waitUntil(() => name(first) === 'Kontakten' && name(second) === 'Contact', undefined, WAIT);
    second!.locale = 'qad';
    await waitUntil(() => name(second) === 'Kontakten', undefined, WAIT);
    // Moved, while another one was the last to speak.
    first!.locale = undefined;
    three.append(second!);
    await waitUntil(() => name(first) === 'Contact', undefined, WAIT);
    expect(name(second)).to.equal('Kontakten');
    expect(name(third)).to.equal('Who it is');
  });

  it('takes the language of the page around it', async () => {
    const page = await fixture<HTMLElement>(html`<div lang="qad"><crm-chat-messages></crm-chat-messages></div>`);
    await waitUntil(() => said(page.querySelector('crm-chat-messages')!).includes('Velg en samtale'));
  });
});
