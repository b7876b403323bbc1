/** Words from outside in what opens over the reply field, in file names and in the notices: nothing runs, nothing turns. */
import { expect, waitUntil } from '@open-wc/testing';
import { at, stage, type Stage } from './chat-messages/stage.js';
import { TURNED, turnedIn } from './stage.js';

const fired = new Set<string>();
Object.assign(window, { firedHere: (who: string) => fired.add(who) });

const image = (who: string) => `"><img src="data:," onerror="window.firedHere('${who}')">`;

async function made(text: string): Promise<Stage> {
  return stage({
    features: {
      agents: {},
      internal_notes: true,
      templates: true,
      quick_replies: true,
      uploads: { endpoint: '/files', maxBytes: 1e9, types: ['*/*'] },
    },
    upload: () => new Promise(() => undefined),
    agents: [
      { id: 'agent-1', name: `Marta ${text}`, status: 'online' },
      { id: 'agent-2', name: `Tomás ${text}`, status: 'online' },
    ],
    history: (desk, id) => {
      desk.books.quickReplies.push({ id: 'q', shortcut: 'hello', title: `Hello ${text}`, content: `Hello ${text}` });
      desk.books.templates.push({
        id: 't',
        name: `hello ${text}`,
        platform: 'whatsapp',
        language: 'en',
        header: text,
        body: `Hello {{name}} ${text}`,
        footer: text,
        variables: ['name', `value ${text}`],
      });
      desk.addMessage(id, { content: text, timestamp: at(0) });
    },
  });
}

/** Each surface, opened as an agent opens it; what there is to see once it is open. */
const SURFACES: [name: string, open: (made: Stage) => void | Promise<void>, seen: string][] = [
  ['quick replies', (one) => one.write('/'), '.pop [role=option]'],
  [
    'mentions',
    (one) => {
      one.one('[part~=mode-note], [role=tab]:last-of-type').click();
      one.write('@');
    },
    '.pop [role=option]',
  ],
  ['templates', (one) => one.one('[data-action=template]').click(), '.pop [role=option]'],
  [
    'an opened template',
    async (one) => {
      one.one('[data-action=template]').click();
      await seen(one, '.pop [role=option]');
      one.one('.pop [role=option]').click();
    },
    '.pop [part=preview]',
  ],
  [
    'a file in the tray',
    (one) => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], name, { type: 'application/pdf' }));
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
      // Firefox copies no files into an event that a page makes.
      Object.defineProperty(event, 'clipboardData', { value: data });
      one.field.dispatchEvent(event);
    },
    '.tray b',
  ],
];
let name = '';

const seen = (one: Stage, selector: string) =>
  waitUntil(() => one.all(selector).length > 0, `there is ${selector}`, { timeout: 8000 });

const open = async (text: string, surface: (typeof SURFACES)[number]): Promise<Stage> => {
  name = `${text}.pdf`;
  const one = await made(text);
  await surface[1](one);
  await seen(one, surface[2]);
  await one.drawn();
  return one;
};

describe('hostile words over the reply field', () => {
  for (const surface of SURFACES) {
    it(`${surface[0]}: run nowhere, and would in a naive page`, async () => {
      fired.clear();
      const one = await open(image('ours'), surface);
      const root = one.panel.shadowRoot!;
      expect(root.textContent).to.contain('onerror=');
      for (const element of root.querySelectorAll('*'))
        for (const { name: attribute } of element.attributes) expect(attribute).not.to.match(/^on/u);
      const control = document.body.appendChild(document.createElement('div'));
      control.innerHTML = image('control');
      await waitUntil(() => fired.has('control'), 'the control fires', { timeout: 8000 });
      control.remove();
      expect([...fired]).to.deep.equal(['control']);
    });

    it(`${surface[0]}: what turns the direction stands by itself`, async () => {
      const one = await open(TURNED, surface);
      const root = one.panel.shadowRoot!;
      expect(root.textContent).to.contain('gnpelif');
      expect(turnedIn(root)).to.deep.equal([]);
    });
  }
});
