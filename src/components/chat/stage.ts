/**
 * For the tests beside it: every panel and state in a made-up language: accents, brackets, 40 % longer. What stands there in plain Latin letters
 * was never translated; what does not fit would not fit in German. Dates and numbers come in Cyrillic letters, and so
 * does what the desk tells, so that nothing else is left in Latin ones.
 */
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import type { LitElement } from 'lit';
import { loadEverything } from '../../controllers/later.js';
import { addLanguage, loadLanguage } from '../../locales/index.js';
import { strings } from '../../locales/de.js';
import { createChatStore, type ChatStore } from '../../store/index.js';
import { DEMO_AGENT, DEMO_TEAM, createDesk, demoDesk, deskTransport, type Desk } from '../../testing/index.js';
import type { Transport } from '../../transport/transport.js';
import '../client-panel/client-panel.js';
import '../conversation-list/conversation-list.js';
import '../chat-messages/chat-messages.js';
import './chat.js';

/** A language whose dates have no Latin letters. */
const PSEUDO = 'ru';
const ACCENTS: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', n: 'ñ', c: 'ç', s: 'š', y: 'ý' };

/** `{0} new` → `⟦{0} ñéw ~~⟧`. A key that is no text has the values of its wording. */
function pseudo(key: string): string {
  const wording = strings[key]!;
  const inWording = (typeof wording === 'string' ? wording : (wording.other ?? '')).match(/\{\d+\}/g) ?? [];
  const missing = inWording.filter((value) => !key.includes(value));
  const text = [key, ...missing].join(' ').replace(/[aeiounçsy]/g, (letter) => ACCENTS[letter] ?? letter);
  const longer = '~~~~ '.repeat(Math.ceil((key.length * 0.4) / 5)).trim();
  return `⟦${text} ${longer}⟧`;
}

const FREE =
  /^(content|name|firstName|lastName|company|title|shortcut|subject|body|header|footer|placeName|address|fileName|senderName|authorName|caption|transcript|tags|location|organization|source|identifier|email|phone|message|tldr|emails|to|cc|from)$/;
const cyrillic = (text: string) =>
  /https?:/.test(text)
    ? text
    : text
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replace(/\p{Script=Latin}/gu, (letter) => {
          const at = letter.toLowerCase().codePointAt(0)! % 32;
          return String.fromCodePoint((letter === letter.toLowerCase() ? 0x430 : 0x410) + at);
        });
function marked(value: unknown, isFree = false): unknown {
  if (typeof value === 'string') return isFree ? cyrillic(value) : value;
  if (Array.isArray(value)) return value.map((one) => marked(one, isFree));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, marked(one, FREE.test(name))]));
}
/** The same wire, with everything that people wrote in other letters. */
const inOtherLetters = (wire: Transport): Transport => ({
  open: (sink) =>
    wire.open({
      status: (status) => sink.status(status),
      event: (name, payload) => sink.event(name, marked(payload)),
    }),
  request: async (name, payload, timeoutMs) => marked(await wire.request(name, payload, timeoutMs)),
  notify: (name, payload) => wire.notify(name, payload),
  close: () => wire.close(),
});

type Tag = 'crm-chat' | 'crm-conversation-list' | 'crm-chat-messages' | 'crm-client-panel';
export interface Scene {
  readonly desk: Desk;
  readonly store: ChatStore;
  readonly panel: LitElement & { locale?: string };
  /** Waits until it is there; looks into the panels of the whole inbox too. */
  found<E extends HTMLElement = HTMLElement>(selector: string): Promise<E>;
  press(selector: string): Promise<void>;
  write(selector: string, text: string): Promise<void>;
}
export interface State {
  readonly tag: Tag;
  /** Default: the demo's. */
  readonly desk?: () => Desk;
  readonly open?: string;
  readonly before?: (desk: Desk) => void;
  /** How an agent comes there. Ends when it is seen. */
  readonly then: (scene: Scene) => Promise<unknown>;
}

export const inside = (node: Element | ShadowRoot): Element[] =>
  [...node.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
const everything = (panel: Element) => [panel, ...inside(panel.shadowRoot!)];

const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });

// ---- words

/** Names of products, files and kinds of files are the same everywhere, keys are written on keyboards; the rest is data. */
const NAMES =
  /WhatsApp|Instagram|Facebook|Messenger|Telegram|SMS|\b(?:Ctrl|Enter|Esc|Alt|Shift|Tab)\b|PDF|name@example\.com|Q-\d+|\border\b|Portuguese, English|^(?:name|subject)$|voice-note|\.webm/g;
const SPOKEN = [
  'aria-label',
  'title',
  'placeholder',
  'alt',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
];

function leftOver(text: string): string {
  let rest = text;
  // One text may stand in another, and one may be cut into nodes.
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  return rest.replace(/⟦[^⟧]*$|^[^⟦]*⟧/g, '').replace(NAMES, '');
}

function untranslated(panel: Element): string[] {
  const faults = new Set<string>();
  const judge = (text: string | null, where: string) => {
    if (text && /\p{Script=Latin}/u.test(leftOver(text))) faults.add(`${where}: ${text.trim()}`);
  };
  for (const element of everything(panel)) {
    // Emoji are called in the words of their own book, and the grid says in which language.
    if (element.matches('style, script, kbd, iframe, a[href^="http"], a[href^="http"] *, .emo-grid[lang] *')) continue;
    const name = `${element.localName}.${element.className}`;
    for (const attribute of SPOKEN) judge(element.getAttribute(attribute), `${name}[${attribute}]`);
    for (const node of element.childNodes) if (node instanceof Text) judge(node.data, name);
  }
  return [...faults];
}

// ---- room

/** Who is to blame: the innermost elements that reach out of it. */
function outside(element: HTMLElement): string {
  const { left, right } = element.getBoundingClientRect();
  const out = [...element.querySelectorAll('*')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
  });
  const inner = out.filter((one) => !out.some((other) => other !== one && one.contains(other)));
  return inner.map((one) => `${one.localName}.${one.getAttribute('class') ?? ''}`).join(', ');
}

/** What is cut off, what scrolls sideways, and what sticks out of its button. */
function tooWide(panel: Element): string[] {
  const faults: string[] = [];
  for (const element of everything(panel)) {
    if (!(element instanceof HTMLElement) || element.clientWidth <= 1 || !isSeen(element)) continue;
    // A strip of tabs may be longer than its place: it fades out where it goes on. A drawer waits beside the grid.
    if (element.matches('textarea, input, select, iframe, pre, .sr, .tabs__s, .grid')) continue;
    const style = getComputedStyle(element);
    if (style.display === 'inline' || style.display === 'contents') continue;
    const over = element.scrollWidth - element.clientWidth;
    const isButton = element.matches('button, [role=tab], [role=option], [role=menuitem], label, .banner');
    const cuts = style.overflowX !== 'visible';
    const says = `${element.localName}.${element.className} [${element.getAttribute('part') ?? ''}] ${element.textContent!.trim().slice(0, 40)}`;
    if (over > 1 && cuts && style.textOverflow !== 'ellipsis' && style.webkitLineClamp === 'none' && !element.title)
      faults.push(
        `${says}: ${style.overflowX === 'auto' || style.overflowX === 'scroll' ? 'scrolls sideways' : 'is cut'} by ${over} px: ${outside(element)}`,
      );
    else if (over > 1 && !cuts && isButton) faults.push(`${says}: its words stick out by ${over} px`);
  }
  return faults;
}

// ---- states

const FEATURES = {
  typing: true,
  agents: {},
  internal_notes: true,
  drafts: true,
  templates: true,
  quick_replies: true,
  search: true,
  conversations: true,
  clients: true,
  uploads: { endpoint: '/files', maxBytes: 100_000_000, types: ['*/*'] },
};
export const MARTA = { senderType: 'agent', senderId: DEMO_AGENT, senderName: 'Marta Reis' } as const;
export const CLOSED = { replyWindowEndsAt: new Date(0).toISOString() };

/** A desk with one conversation, on a channel. */
export const one = (platform: string, conversation = {}, more?: (desk: Desk, id: string) => void) => {
  const desk = createDesk({ agents: [...DEMO_TEAM], features: FEATURES });
  const identifier = platform === 'email' ? 'camila@example.com' : '+351910000142';
  const { id: prospectId } = desk.addContact({ name: 'Camila Ferreira', identifier, platform });
  desk.addConversation({ id: 'camila', prospectId, platform, botEnabled: false, ...conversation });
  desk.addMessage('camila', { platform, content: 'When can you deliver?' });
  desk.books.quickReplies.push({
    id: 'q',
    shortcut: 'area',
    title: 'Delivery area',
    content: 'We deliver {{visit.day}}.',
  });
  desk.books.templates.push({
    id: 't',
    name: 'follow_up',
    platform,
    language: 'en',
    body: 'Hello {{name}}, about {{subject}}',
    variables: ['name', 'subject'],
  });
  more?.(desk, 'camila');
  return desk;
};

/** Presses a key on something inside. */
export const key = (target: Element, name: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true, ...more }),
  );

async function at(state: State): Promise<Scene> {
  const desk = state.desk?.() ?? demoDesk();
  state.before?.(desk);
  const store = createChatStore({ transport: inOtherLetters(deskTransport(desk, { agentId: DEMO_AGENT })) });
  store.setActiveConversation(state.open ?? null);
  const panel = document.createElement(state.tag) as Scene['panel'] & { store?: ChatStore };
  panel.store = store;
  panel.locale = PSEUDO;
  const box = await fixture<HTMLElement>(html`<div></div>`);
  box.style.cssText = 'inline-size: 760px; block-size: 640px; overflow: hidden';
  box.append(panel);
  const look = (selector: string) =>
    everything(panel).find((element) => element.matches(selector)) as HTMLElement | undefined;
  const found = async <E extends HTMLElement>(selector: string) => {
    await waitUntil(() => look(selector), `${selector} is not there`, { timeout: 8000 });
    return look(selector) as E;
  };
  return {
    desk,
    store,
    panel,
    found,
    press: async (selector) => (await found(selector)).click(),
    write: async (selector, text) => {
      const field = await found<HTMLTextAreaElement>(selector);
      field.focus();
      field.value = text;
      if (field instanceof HTMLTextAreaElement) field.setSelectionRange(text.length, text.length);
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    },
  };
}

export const list = 'crm-conversation-list';
export const thread = 'crm-chat-messages';
export const contact = 'crm-client-panel';

const WIDTHS = [280, 390, 760];

/** A test for each state: no words are left untranslated, and nothing is too wide, in the made-up language and in Arabic. */
export function inMadeUpLanguage(states: Readonly<Record<string, State>>): void {
  before(async function () {
    this.timeout(30_000);
    await Promise.all([loadEverything(), loadLanguage('ar')]);
    addLanguage(PSEUDO, Object.fromEntries(Object.keys(strings).map((key) => [key, pseudo(key)])));
  });

  for (const [name, state] of Object.entries(states))
    it(`${name}: all is translated, nothing is cut or scrolls sideways`, async () => {
      const { panel, store, ...scene } = await at(state);
      await state.then({ panel, store, ...scene });
      await nextFrame();
      expect(untranslated(panel), 'not translated').to.deep.equal([]);
      const box = panel.parentElement!;
      const faults: string[] = [];
      const measure = async (language: string) => {
        for (const width of state.tag === 'crm-chat' ? [390, 860, 1280] : WIDTHS) {
          box.style.inlineSize = `${width}px`;
          for (let frame = 0; frame < 3; frame++) await nextFrame();
          faults.push(...tooWide(panel).map((fault) => `${language}, ${width} px: ${fault}`));
        }
      };
      await measure('pseudo');
      panel.locale = 'ar';
      box.dir = 'rtl';
      await panel.updateComplete;
      await measure('ar');
      // Words that were held would keep the browser from leaving the page.
      await store.reset();
      expect([...new Set(faults)]).to.deep.equal([]);
    });
}
