/** The entries of docs/troubleshooting.md that need no page of their own: the symptom, its words, and the way out. */
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import { createChatStore } from '../store/index.js';
import { buildMessage, createDesk, DEMO_AGENT, demoDesk, deskTransport } from '../testing/index.js';
import './chat/chat.js';
import type { CrmChat } from './chat/chat.js';
import type { CrmConversationList } from './conversation-list/conversation-list.js';

const WAIT = { timeout: 8000 };
const demoStore = () => createChatStore({ transport: deskTransport(demoDesk(), { agentId: DEMO_AGENT }) });
const listOf = (chat: CrmChat) => chat.shadowRoot!.querySelector<CrmConversationList>('crm-conversation-list')!;
const rowOf = (chat: CrmChat) => listOf(chat).shadowRoot!.querySelector<HTMLElement>('[role=option]');

describe('when something is not as it should be', () => {
  it('the inbox is 320 pixels high', async () => {
    const chat = await fixture<CrmChat>(html`<crm-chat .store=${demoStore()}></crm-chat>`);
    await waitUntil(() => rowOf(chat), undefined, WAIT);
    expect(chat.offsetHeight).to.equal(320);
    chat.style.height = '600px';
    expect(chat.offsetHeight).to.equal(600);
    chat.style.height = '';
    chat.parentElement!.style.height = '500px';
    expect(chat.offsetHeight).to.equal(500);
    chat.parentElement!.style.height = '';
  });

  it('"Not connected" from the start', async () => {
    const chat = await fixture<CrmChat>(html`<crm-chat></crm-chat>`);
    await waitUntil(() => listOf(chat).shadowRoot!.textContent.includes('Not connected'), undefined, WAIT);
    chat.transport = deskTransport(demoDesk(), { agentId: DEMO_AGENT });
    await waitUntil(() => rowOf(chat), 'connected', WAIT);
  });

  it('a crm-protocol-error', async () => {
    const desk = createDesk();
    const { id } = desk.addConversation({ prospectId: desk.addContact({ name: 'Ana' }).id });
    const transport = deskTransport(desk, { agentId: DEMO_AGENT });
    let spoil: (() => void) | undefined;
    const chat = await fixture<CrmChat>(
      html`<crm-chat
        .transport=${{
          ...transport,
          open: (sink: Parameters<typeof transport.open>[0]) => {
            spoil = () => sink.event('new_message', { ...buildMessage({ conversationId: id }), content: 7 });
            transport.open(sink);
          },
          request: transport.request.bind(transport),
          notify: transport.notify.bind(transport),
          close: transport.close.bind(transport),
        }}
      ></crm-chat>`,
    );
    await waitUntil(() => rowOf(chat), undefined, WAIT);
    const told = oneEvent(chat, 'crm-protocol-error');
    spoil!();
    const { detail } = (await told) as CustomEvent<object>;
    expect(JSON.stringify(detail)).to.include('new_message').and.to.include('content');
    expect(rowOf(chat), 'the inbox goes on').to.exist;
  });

  it('a shortcut collides with the page’s', async () => {
    const chat = await fixture<CrmChat>(html`<crm-chat .store=${demoStore()} style="height: 600px"></crm-chat>`);
    await waitUntil(() => rowOf(chat), undefined, WAIT);
    const press = (target: Element, key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(press(document.body, '/'), 'outside').to.equal(false);
    expect(press(rowOf(chat)!, '/'), 'inside').to.equal(true);
    chat.shortcuts = { search: 'Ctrl+k' };
    expect(press(rowOf(chat)!, '/'), 'rebound').to.equal(false);
    chat.setAttribute('shortcuts', 'off');
    expect(press(rowOf(chat)!, 'j'), 'off').to.equal(false);
  });
});
