/** Words from outside in what opens over the reply field, in file names and in the notices: nothing runs, nothing turns, nothing breaks. */
import { expect } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import { at, stage, type Stage } from './chat-messages/stage.js';
import { outside, TURNED, turnedIn } from './stage.js';

const fired = new Set<string>();
Object.assign(window, { firedHere: (who: string) => fired.add(who) });

const image = (who: string) => `"><img src="data:," onerror="window.firedHere('${who}')">`;

/** Longer than any room there is, in one piece and in many. */
const ENDLESS = `${'W'.repeat(150)}${'\n'.repeat(20)}Z${'\u0301\u0302'.repeat(8)}`;

async function made(text: string, platform = 'whatsapp'): Promise<Stage> {
  return stage({
    conversation: { platform },
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
        variables: ['name', `value ${text}`.slice(0, 90)],
      });
      desk.addMessage(id, {
        content: text,
        timestamp: at(0),
        ...(platform === 'email'
          ? { messageType: 'email', metadata: { subject: text, from: text, to: text, cc: text } }
          : {}),
      });
      desk.addMessage(id, { id: 'theirs', ...colleague, senderName: text, content: text, timestamp: at(1) });
    },
  });
}
const colleague = { senderType: 'agent', senderId: 'agent-2' } as const;

/** A file from the clipboard. */
function paste(one: Stage): void {
  const data = new DataTransfer();
  data.items.add(new File(['x'], name, { type: 'application/pdf' }));
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
  // Firefox copies no files into an event that a page makes.
  Object.defineProperty(event, 'clipboardData', { value: data });
  one.field.dispatchEvent(event);
}

type Surface = [
  name: string,
  open: (made: Stage, text: string) => void | Promise<void>,
  seen: string,
  platform?: string,
];
/** Each surface, opened as an agent opens it; what there is to see once it is open. */
const SURFACES: Surface[] = [
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
  ['a file in the tray', paste, '.tray b'],
  [
    'a file on its way',
    async (one) => {
      paste(one);
      await seen(one, '.tray b');
      one.send.click();
    },
    '[part=upload-progress]',
  ],
  [
    'the answer that holds a reply back',
    async (one, text) => {
      one.store.noteSeen(one.id);
      await one.drawn();
      const file = { messageType: 'file', metadata: { fileName: name } };
      for (const more of [{}, file, {}])
        one.desk.addMessage(one.id, { ...colleague, senderName: text, content: text, timestamp: at(2), ...more });
      one.desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq' });
      one.write(text);
      one.press('Enter');
    },
    '[part~=held]:has(p:not(.held__own))',
  ],
  ['what a reply quotes', (one) => one.store.setReplyTarget(one.id, 'theirs'), '[part=reply-target]'],
  ['the subject of a mail', () => undefined, '[part=mail-open]', 'email'],
  [
    'the fields of a mail',
    async (one, text) => {
      one.one('[part=mail-open]').click();
      await seen(one, '[name=cc]');
      const cc = one.one<HTMLInputElement>('[name=cc]');
      cc.value = text;
      for (const type of ['input', 'change']) cc.dispatchEvent(new Event(type, { bubbles: true }));
    },
    '.mailwrong',
    'email',
  ],
];
let name = '';

const seen = (one: Stage, selector: string) =>
  waitUntil(() => one.all(selector).length > 0, `there is ${selector}`, { timeout: 8000 });

const open = async (text: string, [, act, what, platform]: Surface): Promise<Stage> => {
  name = `${text}.pdf`;
  const one = await made(text, platform);
  await act(one, text);
  await one.drawn();
  await seen(one, what);
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

    it(`${surface[0]}: what never ends stays inside, and leaves room to write`, async () => {
      const one = await open(ENDLESS, surface);
      expect(outside(one.panel, `${surface[2]}, .composer, .tray, textarea, [part=send]`)).to.deep.equal([]);
      expect(one.log.clientHeight, 'the messages can still be read').to.be.above(60);
    });
  }

  it('what is typed after @ is repeated as a name: nothing in it turns', async () => {
    const one = await made('');
    one.one('[data-mode=note]').click();
    await one.drawn();
    one.write(`@${TURNED}`);
    await seen(one, '.pop__say');
    expect(one.one('.pop')).to.contain.text('gnpelif');
    expect(one.one('.pop').textContent).not.to.match(/\p{Bidi_Control}/u);
  });

  it('a naive box would stick out, and the check says so', async () => {
    const one = await made('');
    const box = one.one('.composer').appendChild(document.createElement('p'));
    box.textContent = ENDLESS;
    expect(outside(one.panel, '.composer p')).not.to.deep.equal([]);
    box.remove();
    expect(outside(one.panel, '.composer')).to.deep.equal([]);
  });
});
