/** Words from outside, over every surface: nothing of them runs, loads or breaks the layout. */
import { expect } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import { everything, inboxFullOf } from './stage.js';

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
