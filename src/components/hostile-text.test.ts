/** Words from outside, over every surface: nothing of them runs, loads or breaks the layout. */
import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import type { ChatMessage } from '../contract/index.js';
import { createChatStore } from '../store/index.js';
import { buildClient, buildNote, buildQuote, createDesk, deskTransport } from '../testing/index.js';
import { loadEverything } from '../controllers/later.js';
import './chat/chat.js';

const fired = new Set<string>();
Object.assign(window, { fired: (who: string) => fired.add(who) });

/** Each one runs in a page that puts it in as HTML, or in an address: shown by a control beside every test. */
const PAYLOADS: [name: string, payload: (who: string) => string, naive: (text: string, box: HTMLElement) => void][] = [
  ['a picture that fails', (who) => `<img src="data:," onerror="window.fired('${who}')">`, asHtml],
  ['out of an attribute', (who) => `"><img src=x: onerror=window.fired('${who}')>`, asHtml],
  [
    'a frame with a page of its own',
    (who) => `<iframe srcdoc="<script>parent.fired('${who}')</script>"></iframe>`,
    asHtml,
  ],
  ['an element that opens', (who) => `<details open ontoggle="window.fired('${who}')">x</details>`, asHtml],
  ['an address that runs', (who) => `javascript:void window.fired('${who}')`, asAddress],
  ['an address in capitals, with a tab', (who) => ` JaVa\tScRiPt:void window.fired('${who}')`, asAddress],
];

function asHtml(text: string, box: HTMLElement): void {
  box.innerHTML = text;
}
function asAddress(text: string, box: HTMLElement): void {
  const link = box.appendChild(document.createElement('a'));
  link.setAttribute('href', text);
  link.click();
}

/** Everything on the page that came out of one element, through all shadow roots. */
function* everything(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

/** An inbox in which everything that can be a string is this one. */
async function inboxFullOf(text: string) {
  const desk = createDesk({ agents: [{ id: 'agent-1', name: text, status: 'online' }] });
  const short = text.slice(0, 190);
  const client = desk.addClient(
    buildClient({
      id: 'client-1',
      firstName: text,
      lastName: text,
      email: text,
      phone: text,
      company: text,
      avatar: text,
      tags: [text],
      notes: [buildNote({ content: text, authorName: text })],
      quotes: [buildQuote({ title: text, url: text, number: text })],
    }),
  );
  const prospect = desk.addContact({
    name: text,
    identifier: text,
    avatar: text,
    email: text,
    phone: text,
    location: text,
    language: text,
    source: text,
    isClient: true,
    clientId: client.id,
  });
  const { id } = desk.addConversation({
    prospectId: prospect.id,
    clientId: client.id,
    isClientConverted: true,
    tags: [text, text],
    assignedTo: 'agent-1',
    subject: text,
  });
  const everyField = {
    fileName: text,
    fileType: text,
    imageUrl: text,
    audioUrl: text,
    fileUrl: text,
    transcript: text,
    subject: text,
    from: text,
    to: text,
    cc: text,
    placeName: text,
    address: text,
    duration: 3,
    latitude: 1,
    longitude: 2,
    contacts: [{ name: text, phones: [text], emails: [text], organization: text }],
    attachments: [
      { name: text, type: text, url: text },
      { name: text, type: 'image/png', url: text },
    ],
    event: { kind: 'assigned', by: text, to: text },
  };
  const KINDS: Partial<ChatMessage>[] = [
    { messageType: 'text' },
    { messageType: 'text', senderType: 'bot', senderName: text },
    {
      messageType: 'text',
      senderType: 'agent',
      senderName: text,
      status: 'failed',
      error: { code: text, message: text },
    },
    { messageType: 'text', senderType: 'agent', visibility: 'internal', senderName: text },
    { messageType: 'text', senderType: 'system', metadata: everyField },
    { messageType: 'text', senderType: 'system' },
    { messageType: 'text', replyTo: 'first', reactions: [{ emoji: text, by: text }], editedAt: '2025-03-03T10:00:00Z' },
    ...['image', 'file', 'audio', 'location', 'contact', 'email', short.slice(0, 40)].map((messageType) => ({
      messageType,
      metadata: everyField,
    })),
    { messageType: 'email', metadata: { ...everyField, html: text } },
  ];
  for (const [index, kind] of KINDS.entries())
    desk.addMessage(id, { content: text, ...kind, ...(index === 0 ? { id: 'first' } : {}) });
  await Promise.all([loadEverything(), import('./chat-messages/mail-frame.js')]);
  const store = createChatStore({ transport: deskTransport(desk, { agentId: 'agent-1' }) });
  store.setActiveConversation(id);
  const box = await fixture<HTMLElement>(html`<div><crm-chat .store=${store}></crm-chat></div>`);
  box.style.cssText = 'inline-size:1280px;block-size:6000px';
  const chat = box.querySelector('crm-chat')!;
  const rows = () =>
    chat.shadowRoot!.querySelector('crm-chat-messages')!.shadowRoot!.querySelectorAll('crm-message-row').length;
  await waitUntil(() => rows() === KINDS.length, 'every message is drawn', { timeout: 8000 });
  for (const panel of everything(chat.shadowRoot!))
    if ('updateComplete' in panel) await (panel as unknown as { updateComplete: Promise<unknown> }).updateComplete;
  await nextFrame();
  return chat;
}

describe('hostile words', () => {
  for (const [name, payload, naive] of PAYLOADS)
    it(`${name}: runs nowhere, and would in a naive page`, async () => {
      fired.clear();
      const chat = await inboxFullOf(payload('ours'));
      for (const element of everything(chat.shadowRoot!)) {
        const { localName } = element;
        expect(['script', 'object', 'embed', 'base', 'details'], localName).not.to.include(localName);
        if (localName === 'iframe') expect(element.getAttribute('sandbox')).not.to.match(/scripts|same-origin/u);
        for (const { name: attribute, value } of element.attributes) {
          expect(attribute, `${localName} ${attribute}`).not.to.match(/^on/u);
          if (['href', 'src', 'action', 'formaction', 'xlink:href'].includes(attribute))
            expect(value, `${localName} ${attribute}`).to.match(
              /^(?:https?:|blob:|mailto:|tel:|data:(?:image|audio)\/)/u,
            );
        }
      }
      // The control is put in later: whatever of ours would run has had its turn when it does.
      const control = chat.parentElement!.appendChild(document.createElement('div'));
      naive(payload('control'), control);
      await waitUntil(() => fired.has('control'), 'the control fires', { timeout: 8000 });
      control.remove();
      expect([...fired]).to.deep.equal(['control']);
    });

  const SHAPES: [name: string, text: string][] = [
    ['turned around', `\u202E\u2067gnp.\u202Doice${'\u202E'.repeat(50)}`],
    ['one endless word', 'W'.repeat(3000)],
    ['stacked marks', `Z${'\u0301\u0302\u0303'.repeat(300)}`],
    ['lines without end', '\n'.repeat(300) + 'x'],
    ['invisible', '\u200B\u200D\uFEFF\u2060'.repeat(50) + 'x'],
    ['half a character', '\uD83D\uDE00\uD83D'],
  ];
  for (const [name, text] of SHAPES)
    it(`${name}: stay inside their panels`, async () => {
      const chat = await inboxFullOf(text);
      for (const tag of ['crm-conversation-list', 'crm-chat-messages', 'crm-client-panel']) {
        const panel = chat.shadowRoot!.querySelector<HTMLElement>(tag)!;
        const { left, right } = panel.getBoundingClientRect();
        const root = panel.shadowRoot!;
        expect(root.querySelector<HTMLElement>('.panel, section')!.scrollWidth, tag).to.be.at.most(
          Math.ceil(right - left),
        );
        for (const part of root.querySelectorAll(
          '[part~=bubble], .notecard, .event, .filerow, .meta, .quote, [role=option]',
        )) {
          const box = part.getBoundingClientRect();
          expect(box.left, `${tag} ${part.className}`).to.be.at.least(left - 1);
          expect(box.right, `${tag} ${part.className}`).to.be.at.most(right + 1);
        }
      }
    });
});
