import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { sendKeys } from '@web/test-runner-commands';
import { loadEverything } from '../../controllers/later.js';
import type { Shortcuts } from '../../controllers/shortcuts.js';
import { createChatStore } from '../../store/index.js';
import { createDesk, deskTransport } from '../../testing/index.js';
import '../chat/chat.js';
import type { CrmChat } from '../chat/chat.js';
import type { CrmChatProvider } from '../chat-provider/chat-provider.js';

const WAIT = { timeout: 8000 };

async function desk() {
  await loadEverything();
  const made = createDesk({ features: { internal_notes: true, search: true } });
  const { id } = made.addConversation({ prospectId: made.addContact({ name: 'Ana' }).id });
  made.addMessage(id, { content: 'Hello' });
  return { id, store: createChatStore({ transport: deskTransport(made, { agentId: 'agent-1' }) }) };
}

async function inbox(): Promise<{ chat: CrmChat; id: string }> {
  const { id, store } = await desk();
  const box = await fixture<HTMLElement>(html`<div><crm-chat .store=${store}></crm-chat></div>`);
  box.style.cssText = 'inline-size:1200px;block-size:700px';
  const chat = box.querySelector('crm-chat')!;
  await waitUntil(() => inside(list(chat), '[role=option]'), undefined, WAIT);
  await nextFrame();
  await chat.updateComplete;
  return { chat, id };
}

/** The panels in a layout of a host's own. */
async function layout(shortcuts?: Shortcuts): Promise<CrmChatProvider> {
  const { id, store } = await desk();
  const provider = await fixture<CrmChatProvider>(
    html`<crm-chat-provider .store=${store} .shortcuts=${shortcuts}
      ><section><crm-conversation-list></crm-conversation-list></section>
      <crm-chat-messages></crm-chat-messages
    ></crm-chat-provider>`,
  );
  store.setActiveConversation(id);
  await waitUntil(() => inside(provider.querySelector('crm-conversation-list')!, '[role=option]'), undefined, WAIT);
  await waitUntil(() => inside(provider.querySelector('crm-chat-messages')!, '[role=log]'), undefined, WAIT);
  return provider;
}

const inside = (element: Element, selector: string) => element.shadowRoot!.querySelector<HTMLElement>(selector);
const list = (chat: CrmChat) => inside(chat, 'crm-conversation-list')!;
const row = (panel: Element) => inside(panel, '[role=option]')!;
const sheetOf = (element: Element) => inside(element, 'dialog[part=help]') as HTMLDialogElement | null;
const rowsOf = (element: Element) =>
  [...sheetOf(element)!.querySelectorAll('dl > div')].map((one) =>
    [one.querySelector('dt'), ...one.querySelectorAll('kbd')].map((part) => part?.textContent).join(' '),
  );
const opened = (element: Element) => waitUntil(() => sheetOf(element)?.open, 'the list of shortcuts', WAIT);
/** Long enough for anything that a key press sets off: all code is there. */
const settled = async (chat: CrmChat) => {
  await chat.updateComplete;
  await nextFrame();
  await nextFrame();
};
const press = (on: Element, key: string, init: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  on.dispatchEvent(event);
  return event;
};

describe('the list of keyboard shortcuts', () => {
  it('opens with ? over the whole inbox, says what there is, and gives the focus back with Esc', async () => {
    const { chat } = await inbox();
    row(list(chat)).focus();
    await sendKeys({ press: '?' });
    await opened(chat);
    const dialog = sheetOf(chat)!;
    expect(dialog.matches(':modal')).to.equal(true);
    expect(dialog.getAttribute('aria-label')).to.equal('Keyboard shortcuts');
    expect(rowsOf(chat)).to.deep.equal([
      'Next conversation J',
      'Previous conversation K',
      'Search /',
      'Reply R',
      'Team note N',
      `Find in this conversation ${/Mac/.test(navigator.platform) ? '⌘' : 'Ctrl'} F`,
      'Keyboard shortcuts ?',
    ]);
    expect(dialog.contains(chat.shadowRoot!.activeElement)).to.equal(true);
    await expect(dialog).to.be.accessible();
    // Nothing behind it acts.
    await sendKeys({ press: '/' });
    await sendKeys({ press: '?' });
    expect(chat.shadowRoot!.querySelectorAll('crm-shortcut-sheet')).to.have.length(1);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !sheetOf(chat));
    expect(list(chat).shadowRoot!.activeElement).to.equal(row(list(chat)));
  });

  it('never takes a ? that is typed', async () => {
    const { chat } = await inbox();
    const field = inside(list(chat), 'input') as HTMLInputElement;
    field.focus();
    await sendKeys({ type: 'a?' });
    expect(field.value).to.equal('a?');
    const graph = press(row(list(chat)), '?', { ctrlKey: true, altKey: true });
    expect(graph.defaultPrevented, 'AltGr').to.equal(false);
    await settled(chat);
    expect(sheetOf(chat)).to.equal(null);
  });

  it('goes with the others: bound anew, switched off, shown as they are now', async () => {
    const { chat } = await inbox();
    chat.shortcuts = { help: 'Ctrl+Shift+h', search: false, reply: 'Enter' };
    expect(press(row(list(chat)), '?').defaultPrevented).to.equal(false);
    press(row(list(chat)), 'h', { ctrlKey: true, shiftKey: true });
    await opened(chat);
    expect(rowsOf(chat)).to.include.members(['Reply Enter', 'Keyboard shortcuts Ctrl Shift H']);
    expect(rowsOf(chat).join()).not.to.contain('Search');
    sheetOf(chat)!.close();
    await waitUntil(() => !sheetOf(chat));
    chat.shortcuts = false;
    expect(press(row(list(chat)), '?').defaultPrevented).to.equal(false);
    await settled(chat);
    expect(sheetOf(chat)).to.equal(null);
  });

  it('closes by its button and by a click beside it, and leaves with its inbox', async () => {
    const { chat } = await inbox();
    for (const close of [() => sheetOf(chat)!.querySelector('button')!.click(), () => sheetOf(chat)!.click()]) {
      press(row(list(chat)), '?');
      await opened(chat);
      close();
      await waitUntil(() => !sheetOf(chat));
    }
    press(row(list(chat)), '?');
    await opened(chat);
    const box = chat.parentElement!;
    chat.remove();
    box.append(chat);
    expect(sheetOf(chat)).to.equal(null);
  });

  it('speaks the agent’s language', async () => {
    const { chat } = await inbox();
    chat.locale = 'de';
    await chat.updateComplete;
    chat.shortcuts = { search: 'Ctrl+k' };
    press(row(list(chat)), '?');
    await opened(chat);
    await waitUntil(() => rowsOf(chat).includes('Suchen Strg K'), undefined, WAIT);
    expect(sheetOf(chat)!.lang).to.equal('de');
  });

  it('lists for a panel in a host’s own layout what acts in that panel', async () => {
    const provider = await layout();
    const messages = provider.querySelector('crm-chat-messages')!;
    press(inside(messages, '[role=log]')!, '?');
    await opened(messages);
    expect(rowsOf(messages).map((one) => one.split(' ').at(-1))).to.deep.equal(['R', 'N', 'F', '?']);
  });
});

describe('shortcuts of a provider', () => {
  it('are those of every panel inside that has none of its own', async () => {
    const provider = await layout({ search: 's', reply: false });
    const conversations = provider.querySelector('crm-conversation-list')!;
    const messages = provider.querySelector('crm-chat-messages')!;
    const keys = (element: { shortcutList: readonly { key: string }[] }) =>
      element.shortcutList.map(({ key }) => key).join('');
    expect([keys(provider), keys(conversations), keys(messages)]).to.deep.equal(['jksn?', 'jks?', 'n?']);
    row(conversations).focus();
    await sendKeys({ press: 's' });
    expect(inside(conversations, 'input')!.matches(':focus')).to.equal(true);

    conversations.shortcuts = { next: 'x' };
    expect(keys(conversations)).to.equal('xk/?');
    provider.setAttribute('shortcuts', 'off');
    expect([keys(provider), keys(conversations), keys(messages)]).to.deep.equal(['', 'xk/?', '']);
    expect(press(inside(messages, '[role=log]')!, 'r').defaultPrevented).to.equal(false);
    conversations.shortcuts = undefined;
    expect(keys(conversations)).to.equal('');
  });

  it('reach an inbox inside, and do not come from elements that mean something else by the word', async () => {
    const { store } = await desk();
    const provider = await fixture<CrmChatProvider>(
      html`<crm-chat-provider .store=${store} .shortcuts=${{ search: 's' }}
        ><div><crm-chat .store=${store}></crm-chat></div
      ></crm-chat-provider>`,
    );
    const chat = provider.querySelector('crm-chat')!;
    Object.assign(chat.parentElement!, { shortcuts: false });
    expect(chat.shortcutList.find(({ action }) => action === 'search')?.key).to.equal('s');
    await waitUntil(() => row(list(chat)), undefined, WAIT);
    press(row(list(chat)), 's');
    await waitUntil(() => inside(list(chat), 'input')!.matches(':focus'));
  });

  it('may be switched off by a word too, as frameworks set it', async () => {
    const provider = await layout('off');
    expect(provider.shortcutList).to.deep.equal([]);
    const messages = provider.querySelector('crm-chat-messages')!;
    expect(press(inside(messages, '[role=log]')!, 'r').defaultPrevented).to.equal(false);
  });
});

describe('the search field', () => {
  const cap = (element: Element) => inside(element, '.search kbd')?.textContent;

  it('shows the key that leads there now, or none', async () => {
    const { chat } = await inbox();
    expect(cap(list(chat))).to.equal('/');
    const caps: [Shortcuts | undefined, string | undefined][] = [
      [{ search: 's' }, 'S'],
      [{ search: 'Ctrl+k' }, undefined],
      [{ search: false }, undefined],
      [{ next: 'x' }, '/'],
      [false, undefined],
      [undefined, '/'],
    ];
    for (const [shortcuts, shown] of caps) {
      chat.shortcuts = shortcuts;
      await chat.updateComplete;
      await chat.shadowRoot!.querySelector('crm-conversation-list')!.updateComplete;
      expect(cap(list(chat)), JSON.stringify(shortcuts)).to.equal(shown);
    }
  });

  it('follows the provider around it', async () => {
    const provider = await layout({ search: 's' });
    const conversations = provider.querySelector('crm-conversation-list')!;
    expect(cap(conversations)).to.equal('S');
    provider.setAttribute('shortcuts', 'off');
    await provider.updateComplete;
    await conversations.updateComplete;
    expect(cap(conversations)).to.equal(undefined);
  });
});

describe('the dialog that makes a client', () => {
  for (const [layout, width] of [
    ['column', 1200],
    ['drawer', 860],
  ] as const)
    it(`keeps its keys in a ${layout}: none of the inbox behind it acts, and Escape closes it alone`, async () => {
      const { chat, id } = await inbox();
      chat.parentElement!.style.inlineSize = `${width}px`;
      chat.chat!.setActiveConversation(id);
      const contact = inside(chat, 'crm-client-panel')!;
      const messages = inside(chat, 'crm-chat-messages')!;
      await waitUntil(() => inside(messages, '[role=log]'), undefined, WAIT);
      const inDrawer = layout === 'drawer';
      await waitUntil(() => inside(chat, `.grid[data-layout=${inDrawer ? 'drawer' : 'columns'}]`), undefined, WAIT);
      if (inDrawer) inside(messages, '[part~=contact-toggle]')!.click();
      await waitUntil(() => inside(contact, '[part~=convert]'), undefined, WAIT);
      inside(contact, '[part~=convert]')!.click();
      await waitUntil(() => inside(contact, 'dialog[open]'), undefined, WAIT);
      const dialog = inside(contact, 'dialog') as HTMLDialogElement;
      const button = dialog.querySelector<HTMLElement>('button')!;
      button.focus();
      for (const key of ['j', 'k', '/', 'r', 'n', '?']) await sendKeys({ press: key });
      await settled(chat);
      expect(contact.shadowRoot!.activeElement === button, 'keeps the focus').to.equal(true);
      for (const panel of [chat, list(chat), contact, messages]) expect(sheetOf(panel)).to.equal(null);
      await sendKeys({ press: 'Escape' });
      await waitUntil(() => !dialog.open);
      expect(inside(chat, '.scrim') !== null, 'the drawer stays').to.equal(inDrawer);
    });
});
