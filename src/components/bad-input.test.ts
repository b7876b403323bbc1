import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import { createChatStore } from '../store/index.js';
import { demoDesk, deskTransport, DEMO_AGENT } from '../testing/index.js';
import './chat/chat.js';
import type { CrmChat } from './chat/chat.js';
import type { CrmChatProvider } from './chat-provider/chat-provider.js';
import type { CrmConversationList } from './conversation-list/conversation-list.js';

/** What is warned of while something is done. */
async function warnings(act: () => Promise<unknown>): Promise<string[]> {
  const warn = console.warn;
  const said: string[] = [];
  console.warn = (...words: unknown[]) => said.push(words.join(' '));
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return said;
}
const shown = (element: Element) => element.shadowRoot!.textContent.replace(/\s+/g, ' ');

describe('values that mean nothing', () => {
  for (const [name, value] of [
    ['theme', 'purple'],
    ['density', 'tiny'],
    ['contrast', 'less'],
    ['routing', 'sideways'],
    ['cache', 'maybe'],
    ['locale', 'not a language'],
    ['time-zone', 'Mars/Olympus'],
    ['notify', 'telepathy'],
    ['panels', 'cellar'],
    ['shortcuts', 'sometimes'],
  ] as const) {
    it(`${name}="${value}" counts as not set, and is told once`, async () => {
      const store = createChatStore({ transport: deskTransport(demoDesk(), { agentId: DEMO_AGENT }) });
      const address = location.href;
      const said = await warnings(async () => {
        for (const _ of [1, 2]) {
          const chat = document.createElement('crm-chat');
          chat.setAttribute(name, value);
          chat.store = store;
          const box = await fixture<HTMLElement>(html`<div style="display: block; height: 600px"></div>`);
          box.append(chat);
          await chat.updateComplete;
          chat.requestUpdate();
          await chat.updateComplete;
          const list = chat.shadowRoot!.querySelector<CrmConversationList>('crm-conversation-list')!;
          await waitUntil(() => list.shadowRoot!.querySelector('[role=option]'), 'the list is there all the same');
        }
      });
      expect(said, said.join('\n')).to.have.length(1);
      expect(said[0]).to.include(value);
      expect(location.href).to.equal(address);
    });
  }

  it('say nothing of good ones', async () => {
    const said = await warnings(async () => {
      const chat = await fixture<CrmChat>(
        html`<crm-chat
          theme="dark"
          density="compact"
          contrast="more"
          routing="off"
          cache="off"
          locale="pt-BR"
          shortcuts="off"
        ></crm-chat>`,
      );
      await chat.updateComplete;
      for (const shortcuts of [false, { search: 's' }, undefined] as const) {
        chat.shortcuts = shortcuts;
        await chat.updateComplete;
      }
    });
    expect(said).to.deep.equal([]);
  });
});

describe('an inbox that cannot connect', () => {
  it('says what to check where nothing to connect to is set', async () => {
    const chat = await fixture<CrmChat>(html`<crm-chat></crm-chat>`);
    const list = chat.shadowRoot!.querySelector<CrmConversationList>('crm-conversation-list')!;
    await waitUntil(() => shown(list).includes('Not connected'));
    expect(shown(list)).to.include('check that the page sets a server-url, a store or a transport');
  });

  for (const address of ['http://127.0.0.1:9', 'http://[', 'nowhere at all']) {
    it(`says what to check where the address is wrong: ${address}`, async () => {
      const chat = await fixture<CrmChat>(html`<crm-chat .serverUrl=${address} token="t"></crm-chat>`);
      const list = chat.shadowRoot!.querySelector<CrmConversationList>('crm-conversation-list')!;
      await waitUntil(() => shown(list).includes('check the server-url'), 'says it', { timeout: 8000 });
      chat.remove();
    });
  }

  for (const tag of ['crm-conversation-list', 'crm-chat-messages', 'crm-client-panel'] as const) {
    it(`has a quiet empty state without a store: ${tag}`, async () => {
      const said = await warnings(async () => {
        const panel = document.createElement(tag);
        const provider = await fixture<CrmChatProvider>(html`<crm-chat-provider></crm-chat-provider>`);
        provider.append(panel);
        await panel.updateComplete;
        await waitUntil(() => shown(panel).trim() !== '');
        expect(panel.shadowRoot!.querySelector('[role=alert]')).to.equal(null);
      });
      expect(said).to.deep.equal([]);
    });
  }
});
