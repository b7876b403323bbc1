import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { createChatStore } from '../../store/index.js';
import { loadEverything } from '../../controllers/later.js';
import { DEMO_AGENT, demoDesk, deskTransport } from '../../testing/index.js';
import './chat.js';

/** What an old page does to all of its elements, and what would come in by inheritance. */
const RULES: Readonly<Record<string, string>> = {
  'letter-spacing': '9px',
  'word-spacing': '9px',
  'text-transform': 'uppercase',
  'text-indent': '40px',
  'text-align': 'right',
  'text-shadow': '1px 1px red',
  'white-space': 'pre',
  'word-break': 'break-all',
  'overflow-wrap': 'anywhere',
  hyphens: 'auto',
  'line-height': '3',
  'font-family': 'fantasy',
  'font-size': '31px',
  'font-style': 'italic',
  'font-weight': '900',
  'font-stretch': 'expanded',
  'font-variant-caps': 'small-caps',
  color: 'rgb(255, 0, 0)',
  cursor: 'crosshair',
};

/** The looks of everything in there, as far as the page's rules are about it. */
function looks(root: ShadowRoot, found = new Map<Element, string>()): Map<Element, string> {
  for (const element of root.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    found.set(
      element,
      Object.keys(RULES)
        .map((name) => `${name}: ${style.getPropertyValue(name)}`)
        .join('; '),
    );
    if (element.shadowRoot) looks(element.shadowRoot, found);
  }
  return found;
}

describe('the styles of a page', () => {
  const sheet = new CSSStyleSheet();
  afterEach(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });

  it('change no text of ours by a rule for all elements', async () => {
    await loadEverything();
    const store = createChatStore({ transport: deskTransport(demoDesk(), { agentId: DEMO_AGENT }) });
    store.setActiveConversation('camila');
    const chat = await fixture(html`<crm-chat .store=${store}></crm-chat>`);
    const panel = (tag: string) => chat.shadowRoot!.querySelector(tag)?.shadowRoot;
    for (const [tag, part] of [
      ['crm-conversation-list', '[role=option]'],
      ['crm-chat-messages', '[role=article]'],
    ] as const)
      await waitUntil(() => panel(tag)?.querySelector(part), `${part} is drawn`, { timeout: 8000 });

    const before = looks(chat.shadowRoot!);
    sheet.replaceSync(
      `* { ${Object.entries(RULES)
        .map((rule) => rule.join(': '))
        .join('; ')} }`,
    );
    document.adoptedStyleSheets.push(sheet);
    expect(getComputedStyle(chat).letterSpacing).to.equal('9px');
    let seen = 0;
    for (const [element, look] of looks(chat.shadowRoot!)) {
      if (!before.has(element)) continue;
      seen++;
      expect(look, element.outerHTML.slice(0, 120)).to.equal(before.get(element));
    }
    expect(seen).to.be.above(100);
  });
});
