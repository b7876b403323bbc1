import type { LitElement } from 'lit';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { sendKeys } from '@web/test-runner-commands';
import { createChatStore } from '../../store/index.js';
import { loadEverything } from '../../controllers/later.js';
import { createDesk, deskTransport, type Desk } from '../../testing/index.js';
import './chat.js';
import type { CrmChatMessages } from '../chat-messages/chat-messages.js';
import type { CrmChat } from './chat.js';

/** The whole inbox in a box of a given width. */
async function inbox(width: number): Promise<{ chat: CrmChat; desk: Desk; ids: string[] }> {
  await loadEverything();
  const desk = createDesk();
  const ids = ['Ana', 'Bea', 'Caio'].map((name) => {
    const { id } = desk.addConversation({ prospectId: desk.addContact({ name, identifier: '+351910000142' }).id });
    desk.addMessage(id, { content: `Hi from ${name}` });
    return id;
  });
  const store = createChatStore({ transport: deskTransport(desk, { agentId: 'agent-1' }) });
  const box = await fixture<HTMLElement>(html`<div><crm-chat .store=${store}></crm-chat></div>`);
  box.style.cssText = `inline-size:${width}px;block-size:700px`;
  const chat = box.querySelector('crm-chat')!;
  await waitUntil(() => row(chat, 'Ana'));
  await nextFrame();
  await chat.updateComplete;
  return { chat, desk, ids };
}

const inside = (chat: CrmChat, tag: string) => chat.shadowRoot!.querySelector<HTMLElement>(tag)!;
const list = (chat: CrmChat) => inside(chat, 'crm-conversation-list');
const messages = (chat: CrmChat) => inside(chat, 'crm-chat-messages');
const contact = (chat: CrmChat) => inside(chat, 'crm-client-panel');
const row = (chat: CrmChat, name: string) =>
  [...list(chat).shadowRoot!.querySelectorAll<HTMLElement>('[role=option]')].find((one) =>
    one.textContent?.includes(name),
  );
const shown = (panel: HTMLElement) =>
  getComputedStyle(panel).visibility === 'visible' && getComputedStyle(panel).display !== 'none';
const button = (panel: HTMLElement, name: string) =>
  panel.shadowRoot!.querySelector<HTMLElement>(`button[aria-label="${name}"]`)!;
const opened = (chat: CrmChat) => waitUntil(() => messages(chat).shadowRoot!.querySelector('[role=article]'));

describe('the inbox in one tag', () => {
  it('shows three panels where there is room, and hides the contact when asked', async () => {
    const { chat } = await inbox(1200);
    row(chat, 'Ana')!.click();
    await opened(chat);
    expect([list(chat), messages(chat), contact(chat)].map(shown)).to.deep.equal([true, true, true]);
    button(messages(chat), 'Contact panel').click();
    await chat.updateComplete;
    await (messages(chat) as LitElement).updateComplete;
    expect(shown(contact(chat))).to.equal(false);
    expect(button(messages(chat), 'Contact panel').getAttribute('aria-pressed')).to.equal('false');
  });

  it('opens the contact as a drawer between 720 and 1039, closes it with Esc, and gives the focus back', async () => {
    const { chat } = await inbox(860);
    row(chat, 'Ana')!.click();
    await opened(chat);
    expect(shown(contact(chat))).to.equal(false);
    const toggle = button(messages(chat), 'Contact panel');
    toggle.focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => shown(contact(chat)));
    expect(list(chat).inert).to.equal(true);
    await waitUntil(() => chat.shadowRoot!.activeElement === contact(chat));
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => chat.shadowRoot!.activeElement === messages(chat));
    expect(messages(chat).shadowRoot!.activeElement).to.equal(button(messages(chat), 'Contact panel'));
    expect(list(chat).inert).to.equal(false);
  });

  it('stacks the panels in a narrow box, and finds the way back', async () => {
    const { chat } = await inbox(390);
    expect([list(chat), messages(chat), contact(chat)].map(shown)).to.deep.equal([true, false, false]);
    row(chat, 'Bea')!.click();
    await opened(chat);
    expect([list(chat), messages(chat), contact(chat)].map(shown)).to.deep.equal([false, true, false]);
    button(messages(chat), 'Contact panel').click();
    await chat.updateComplete;
    expect(shown(contact(chat))).to.equal(true);
    button(contact(chat), 'Back to messages').click();
    await chat.updateComplete;
    expect(shown(messages(chat))).to.equal(true);
    button(messages(chat), 'Back to conversations').click();
    await chat.updateComplete;
    expect(shown(list(chat))).to.equal(true);
    expect(chat.chat!.$activeId.get()).to.equal(null);
  });

  it('goes back one layer at a time with Esc in a narrow box', async () => {
    const { chat } = await inbox(390);
    row(chat, 'Bea')!.focus();
    await sendKeys({ press: 'Enter' });
    await opened(chat);
    button(messages(chat), 'Contact panel').click();
    await waitUntil(() => chat.shadowRoot!.activeElement === contact(chat));
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => shown(messages(chat)));
    await waitUntil(() => chat.shadowRoot!.activeElement === messages(chat));
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => shown(list(chat)));
    expect(chat.chat!.$activeId.get()).to.equal(null);
  });

  it('opens by keyboard with the focus on the messages, and R goes on to the reply', async () => {
    const { chat } = await inbox(1200);
    row(chat, 'Ana')!.focus();
    await sendKeys({ press: 'Enter' });
    await opened(chat);
    await waitUntil(() => messages(chat).shadowRoot!.activeElement?.matches('[role=log]'));
    await sendKeys({ press: 'r' });
    await waitUntil(() => messages(chat).shadowRoot!.activeElement?.matches('textarea'));
    await sendKeys({ type: 'r/' });
    expect(messages(chat).shadowRoot!.querySelector('textarea')!.value).to.equal('r/');
  });

  it('lets a host keep a conversation closed', async () => {
    const { chat } = await inbox(1200);
    chat.addEventListener('crm-conversation-select', (event) => event.preventDefault());
    row(chat, 'Ana')!.click();
    await chat.updateComplete;
    expect(chat.chat!.$activeId.get()).to.equal(null);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has nothing that axe would find, ${theme}`, async () => {
      const { chat } = await inbox(1200);
      chat.theme = theme;
      row(chat, 'Ana')!.click();
      await opened(chat);
      await chat.updateComplete;
      // A row is heard as a sentence: name first, then what the eye takes from its place.
      await expect(chat).to.be.accessible({ ignoredRules: ['label-content-name-mismatch'] });
    });
  }

  it('hands its theme and density to the panels inside', async () => {
    const { chat } = await inbox(1200);
    chat.theme = 'dark';
    chat.density = 'compact';
    await chat.updateComplete;
    expect(getComputedStyle(list(chat)).colorScheme).to.equal('dark');
    expect(row(chat, 'Ana')!.offsetHeight).to.equal(56);
  });

  it('obeys the host’s keys in every panel, and none outside', async () => {
    const { chat } = await inbox(1200);
    row(chat, 'Ana')!.click();
    await opened(chat);
    chat.shortcuts = { search: 's', next: 'n', reply: false };
    await chat.updateComplete;
    (messages(chat) as CrmChatMessages).focusLog();
    await waitUntil(() => chat.shadowRoot!.activeElement === messages(chat));
    await sendKeys({ press: 'r' });
    expect(messages(chat).shadowRoot!.activeElement?.localName).not.to.equal('textarea');
    await sendKeys({ press: 's' });
    expect(list(chat).shadowRoot!.activeElement?.localName).to.equal('input');
    list(chat).shadowRoot!.querySelector<HTMLElement>('[role=option][aria-posinset="1"]')!.focus();
    const at = () => (list(chat).shadowRoot!.activeElement as HTMLElement).textContent;
    const before = at();
    await sendKeys({ press: 'n' });
    await waitUntil(() => at() !== before);
    (list(chat).shadowRoot!.activeElement as HTMLElement).blur();
    await sendKeys({ press: 's' });
    expect(document.activeElement).to.equal(document.body);
    chat.setAttribute('shortcuts', 'off');
    await chat.updateComplete;
    expect(chat.shortcutList).to.deep.equal([]);
  });
});

describe('the panels a host wants', () => {
  const edges = (chat: CrmChat) =>
    [list(chat), messages(chat), contact(chat)]
      .filter(Boolean)
      .map((one) => Math.round(one.getBoundingClientRect().left));
  const handle = (chat: CrmChat, name: string) =>
    chat.shadowRoot!.querySelector<HTMLElement>(`[role=separator][data-for=${name}]`)!;
  const widthOf = (panel: HTMLElement) => Math.round(panel.getBoundingClientRect().width);
  const forget = () => localStorage.removeItem('crm-chat:widths:agent-1');
  beforeEach(forget);
  afterEach(forget);

  it('stand in the order and selection that is asked for, side by side where there is room', async () => {
    const { chat } = await inbox(1200);
    chat.panels = 'client messages list';
    await chat.updateComplete;
    const [listAt, messagesAt, clientAt] = edges(chat);
    expect(clientAt! < messagesAt! && messagesAt! < listAt!).to.equal(true);
    chat.panels = 'messages client';
    await chat.updateComplete;
    expect(list(chat)).to.equal(null);
    expect([messages(chat), contact(chat)].map(shown)).to.deep.equal([true, true]);
    expect(widthOf(messages(chat)) + widthOf(contact(chat))).to.equal(1200);
    chat.panels = 'client';
    await chat.updateComplete;
    expect(widthOf(contact(chat))).to.equal(1200);
    chat.panels = 'nonsense';
    await chat.updateComplete;
    expect([list(chat), messages(chat), contact(chat)].map(shown)).to.deep.equal([true, true, true]);
  });

  it('can be made wider and narrower by arrow keys and the pointer, within bounds, and keep it for the agent', async () => {
    const { chat, desk } = await inbox(1400);
    await waitUntil(() => chat.chat!.$me.get() === 'agent-1');
    const before = widthOf(list(chat));
    const edge = handle(chat, 'list');
    edge.focus();
    await sendKeys({ press: 'ArrowRight' });
    await chat.updateComplete;
    expect(widthOf(list(chat))).to.equal(before + 16);
    await sendKeys({ press: 'Home' });
    await chat.updateComplete;
    expect([widthOf(list(chat)), edge.getAttribute('aria-valuenow')]).to.deep.equal([280, '280']);
    handle(chat, 'client').focus();
    await sendKeys({ press: 'ArrowLeft' });
    await chat.updateComplete;
    expect(widthOf(contact(chat))).to.be.greaterThan(before - 1);
    const other = createChatStore({ transport: deskTransport(desk, { agentId: 'agent-1' }) });
    const again = await fixture<CrmChat>(html`<crm-chat .store=${other}></crm-chat>`);
    again.style.cssText = 'inline-size:1400px;block-size:700px';
    await waitUntil(() => widthOf(list(again)) === 280);
    edge.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await chat.updateComplete;
    expect(widthOf(list(chat))).to.equal(before);
  });

  it('grow to the other side in a page that reads from the right', async () => {
    const { chat } = await inbox(1400);
    chat.dir = 'rtl';
    await chat.updateComplete;
    const before = widthOf(list(chat));
    handle(chat, 'list').focus();
    await sendKeys({ press: 'ArrowLeft' });
    await chat.updateComplete;
    expect(widthOf(list(chat))).to.equal(before + 16);
  });

  for (const name of ['list', 'messages', 'client'] as const) {
    it(`fit alone into 280 pixels: ${name}`, async () => {
      const { chat, ids } = await inbox(280);
      chat.chat!.setActiveConversation(ids[0]!);
      chat.panels = name;
      await opened280(chat, name);
      const panel = { list, messages, client: contact }[name](chat);
      const wide = [...panel.shadowRoot!.querySelectorAll<HTMLElement>('*')].filter((element) => {
        const box = element.getBoundingClientRect();
        const inside = element.closest('.vh, [aria-hidden=true], .tabs__s, svg') !== null;
        return (
          box.width > 0 &&
          !inside &&
          (box.right > 281 + chat.getBoundingClientRect().left || box.left < chat.getBoundingClientRect().left - 1)
        );
      });
      expect(wide.map((element) => `${element.localName}.${element.className}`)).to.deep.equal([]);
    });
  }
  const opened280 = (chat: CrmChat, name: string) =>
    waitUntil(() =>
      ({
        list: () => row(chat, 'Ana'),
        messages: () => messages(chat)?.shadowRoot?.querySelector('[role=article]'),
        client: () => contact(chat)?.shadowRoot?.textContent?.includes('Ana'),
      })[name]!(),
    );
});
