/** For the tests beside it: an inbox full of one string, and what such a string must not do to what stands around it. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import type { ChannelSheet, ChatMessage } from '../contract/index.js';
import { createChatStore } from '../store/index.js';
import { buildClient, buildNote, buildQuote, createDesk, deskTransport } from '../testing/index.js';
import { loadEverything } from '../controllers/later.js';
import './chat/chat.js';

/** Everything on the page that came out of one element, through all shadow roots. */
export function* everything(root: ParentNode): Generator<Element> {
  for (const element of root.querySelectorAll('*')) {
    yield element;
    if (element.shadowRoot) yield* everything(element.shadowRoot);
  }
}

/** An inbox in which everything that can be a string is this one. */
export async function inboxFullOf(text: string, channel?: ChannelSheet) {
  const platform = channel?.id ?? 'whatsapp';
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
  const own = { platform, prospectId: prospect.id, clientId: client.id, assignedTo: 'agent-1', tags: [text, text] };
  // An earlier one, for the contact panel.
  desk.addMessage(desk.addConversation({ ...own, status: 'closed' }).id, { content: text });
  const { id } = desk.addConversation({ ...own, isClientConverted: true, subject: text });
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
  const store = createChatStore({
    transport: deskTransport(desk, { agentId: 'agent-1' }),
    ...(channel ? { channels: { [platform]: channel } } : {}),
  });
  store.setActiveConversation(id);
  const box = await fixture<HTMLElement>(html`<div><crm-chat .store=${store}></crm-chat></div>`);
  box.style.cssText = 'inline-size:1280px;block-size:6000px';
  const chat = box.querySelector('crm-chat')!;
  const rows = () =>
    chat.shadowRoot!.querySelector('crm-chat-messages')!.shadowRoot!.querySelectorAll('crm-message-row').length;
  await waitUntil(() => rows() === KINDS.length, 'every message is drawn', { timeout: 8000 });
  const contact = chat.shadowRoot!.querySelector('crm-client-panel')!.shadowRoot!;
  await waitUntil(() => contact.querySelector('.prev') && contact.querySelector('.pnote'), 'the record is drawn', {
    timeout: 8000,
  });
  for (const panel of everything(chat.shadowRoot!))
    if ('updateComplete' in panel) await (panel as unknown as { updateComplete: Promise<unknown> }).updateComplete;
  await nextFrame();
  return chat;
}

/** Marks that turn the text after them around until their line ends. It is known by its last letters. */
export const TURNED = 'x\u202Egnpelif';
const TURNS = /[\u202A-\u202E\u2066\u2067]/u;
const MARKS = /\p{Bidi_Control}/u;

/** Does the box keep marks of direction to itself, as a paragraph of its own or as an isolated piece of a line. */
function keepsToItself(box: Element): boolean {
  const { display, unicodeBidi } = getComputedStyle(box);
  return (
    box.localName === 'textarea' || !/^(?:inline|contents)$/u.test(display) || /isolate|plaintext/u.test(unicodeBidi)
  );
}

/** The letters after a text, in the same box: marks in the text would turn them around. */
function turnedBy(text: Text): string {
  let box = text.parentElement;
  while (box && !keepsToItself(box)) box = box.parentElement;
  if (!box) return 'no box at all';
  let after = text.data.slice(text.data.lastIndexOf('gnpelif') + 'gnpelif'.length);
  const walk = document.createTreeWalker(box, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    // A block inside begins a line of its own.
    node instanceof Element && !/^(?:inline|contents)$/u.test(getComputedStyle(node).display)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  walk.currentNode = text;
  for (let next = walk.nextNode(); next; next = walk.nextNode()) if (next instanceof Text) after += next.data;
  return after.replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * What somebody sees turned around that is not the string itself, and names that keep its marks where nothing isolates
 * them (`title`, `download`). Empty: it stands by itself everywhere.
 */
export function turnedIn(root: ParentNode): string[] {
  const found: string[] = [];
  for (const element of everything(root)) {
    if (element.localName === 'style') continue;
    for (const child of element.childNodes)
      if (child instanceof Text && TURNS.test(child.data)) {
        const after = turnedBy(child);
        if (after) found.push(`${after} in ${element.parentElement?.outerHTML.slice(0, 300) ?? ''}`);
      }
    for (const name of ['title', 'download', 'placeholder'])
      if (MARKS.test(element.getAttribute(name) ?? '')) found.push(`${name} of ${element.outerHTML.slice(0, 300)}`);
  }
  return found;
}

/** It stands in a box that scrolls, where it may be of any height. */
function isScrolled(part: Element): boolean {
  for (let box = part.parentElement; box; box = box.parentElement)
    if (/auto|scroll/u.test(getComputedStyle(box).overflowY)) return true;
  return false;
}

/** What sticks out of a panel, or makes it scroll sideways. Empty: it all stays inside. */
export function outside(panel: HTMLElement, selector: string): string[] {
  const root = panel.shadowRoot!;
  const { left, right, top, bottom } = panel.getBoundingClientRect();
  const found: string[] = [];
  for (const part of [root.querySelector<HTMLElement>('.panel, section')!, ...root.querySelectorAll(selector)]) {
    const box = part.getBoundingClientRect();
    const name = `${part.localName}.${part.className}`;
    if (box.left < left - 1 || box.right > right + 1) found.push(`${name} from ${box.left} to ${box.right} sideways`);
    if (part.matches('.composer, .composer *') && !isScrolled(part) && (box.top < top - 1 || box.bottom > bottom + 1))
      found.push(`${name} from ${box.top} to ${box.bottom} in height`);
    if (part.matches('.panel, section') && part.scrollWidth > Math.ceil(right - left))
      found.push(`${name} is ${part.scrollWidth} wide inside`);
  }
  return found;
}
