/** Words from outside where they are not read as a message: in what opens, beside a channel, in the title, on the desktop. */
import { expect, fixture, html } from '@open-wc/testing';
import { waitUntil } from '../testing/stage.js';
import { CHANNELS, type ChannelSheet } from '../contract/index.js';
import { createDesk, deskTransport } from '../testing/index.js';
import { at, stage, type Stage } from './chat-messages/stage.js';
import type { CrmChatProvider } from './chat-provider/chat-provider.js';
import { everything, inboxFullOf, outside, TURNED, turnedIn } from './stage.js';
import './chat-provider/chat-provider.js';
import './conversation-list/conversation-list.js';
import type { CrmConversationList } from './conversation-list/conversation-list.js';

const fired = new Set<string>();
Object.assign(window, { firedThere: (who: string) => fired.add(who) });
const image = (who: string) => `"><img src="data:," onerror="window.firedThere('${who}')">`;
/** One pixel, at an address that can be saved. */
const PICTURE = URL.createObjectURL(
  new Blob(
    [Uint8Array.from(atob('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='), (one) => one.charCodeAt(0))],
    {
      type: 'image/gif',
    },
  ),
);
const patient = { timeout: 8000 };

/** Nothing of ours has run when a naive page, put in later, has. */
async function onlyTheControlRuns(root: ParentNode): Promise<void> {
  for (const { attributes } of everything(root))
    for (const { name } of attributes) expect(name, 'an attribute').not.to.match(/^on/u);
  const control = document.body.appendChild(document.createElement('div'));
  control.innerHTML = image('control');
  await waitUntil(() => fired.has('control'), 'the control fires', patient);
  control.remove();
  expect([...fired]).to.deep.equal(['control']);
}

/** A channel of the host's own, of which everything that is words is these. */
const channel = (text: string): ChannelSheet => ({
  ...CHANNELS.whatsapp!,
  id: 'own',
  label: text,
  icon: text,
  color: text,
});

async function panel(text: string, options: { open?: boolean } = {}): Promise<Stage> {
  return stage({
    ...options,
    features: { search: true, agents: {} },
    agents: ['agent-1', 'agent-2'].map((id) => ({ id, name: text, status: 'online' })),
    history: (desk, id) => {
      desk.addContact({ id: 'prospect-1', name: text });
      for (const which of [1, 2])
        desk.addMessage(id, {
          content: `oak ${text}`,
          senderName: text,
          messageType: 'image',
          metadata: { imageUrl: `${PICTURE}#${which}`, fileName: `${text}.gif` },
          timestamp: at(which),
        });
      desk.addMessage(id, { content: `oak ${text}`, timestamp: at(3) });
      desk.readElsewhere(id);
    },
  });
}

/** What an agent does to see it, and what is there then. */
const SURFACES: [name: string, open: (made: Stage, text: string) => unknown, seen: (made: Stage) => boolean][] = [
  [
    'a hit of the search',
    async (made, text) => {
      made.log.focus();
      made.press('f', { ctrlKey: true });
      await waitUntil(() => made.all('[part=find-input]').length > 0, 'the find bar', patient);
      const field = made.one<HTMLInputElement>('[part=find-input]');
      field.focus();
      field.value = `oak ${text}`;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      made.press('Enter');
    },
    (made) => made.one('[part=find-count]').textContent.includes('1 of') && made.all('.is-target').length > 0,
  ],
  ['a large picture', (made) => made.one('.shot').click(), (made) => made.all('.box-l__words').length > 0],
  [
    'the reason why the server turns somebody away',
    (made, text) => made.desk.refuse('OF_ANOTHER_SERVER', text),
    (made) => made.one('[part=strip]').textContent.includes('did not accept'),
  ],
  [
    'who is typing',
    ({ desk, id }) => {
      desk.customerTypes(id);
      desk.agentTypes('agent-2', id);
    },
    (made) => made.all('[part=typing]').length === 2,
  ],
  [
    'the menu of a message',
    (made) => made.row('oak').querySelector<HTMLElement>('[part=more]')!.click(),
    (made) => {
      const items = made.all('.menu [role=menuitem]');
      // Its words are ours alone.
      return items.length > 1 && items.every((one) => /^[A-Z][a-z]+(?: [a-z]+)*$/u.test(one.textContent.trim()));
    },
  ],
];

async function opened(text: string, [, open, seen]: (typeof SURFACES)[number]): Promise<Stage> {
  const made = await panel(text);
  await open(made, text);
  for (let turn = 0; turn < 200; turn++) {
    await made.drawn();
    try {
      if (seen(made)) return made;
    } catch {
      // not there yet
    }
  }
  throw new Error('It does not open.');
}

describe('hostile words in what opens', () => {
  beforeEach(() => fired.clear());

  for (const surface of SURFACES) {
    it(`${surface[0]}: runs nowhere, and would in a naive page`, async () => {
      const { panel } = await opened(image('ours'), surface);
      expect(panel.shadowRoot!.textContent).to.contain('onerror=');
      await onlyTheControlRuns(panel.shadowRoot!);
    });

    it(`${surface[0]}: what turns the direction stands by itself`, async () => {
      const { panel } = await opened(TURNED, surface);
      expect(panel.shadowRoot!.textContent).to.contain('gnpelif');
      expect(turnedIn(panel.shadowRoot!)).to.deep.equal([]);
    });
  }

  it('a picture is saved under a name that is one', async () => {
    const made = await opened(`../../${TURNED}\u0000.exe:`, SURFACES[1]!);
    const name = made.one('.box-l [part=download]').getAttribute('download')!;
    expect(name).to.contain('gnpelif');
    expect(name).not.to.match(/[\p{Bidi_Control}\p{Cc}/\\:]|^\./u);
  });
});

/** The second line of a row in the list, as something else takes its place. */
const LINES: [name: string, act: (made: Stage, text: string) => void, seen: string][] = [
  ['a draft', (made, text) => made.store.setDraft(made.id, text), '.is-draft'],
  ['a draft of a note', (made, text) => made.store.setDraft(made.id, text, 'note'), '.is-draft'],
  ['a colleague who types', ({ desk, id }) => desk.agentTypes('agent-2', id), '.is-typing'],
];

describe('hostile words in a row of the list', () => {
  beforeEach(() => fired.clear());

  async function listed(text: string, [, act, what]: (typeof LINES)[number]): Promise<CrmConversationList> {
    const made = await panel(text, { open: false });
    const box = await fixture<HTMLElement>(html`<div style="inline-size: 328px; block-size: 400px"></div>`);
    const list = document.createElement('crm-conversation-list');
    list.store = made.store;
    box.append(list);
    await made.drawn();
    act(made, text);
    await made.drawn();
    await waitUntil(() => list.shadowRoot!.querySelector(`[role=option] ${what}`), what, patient);
    return list;
  }

  for (const line of LINES) {
    it(`${line[0]}: runs nowhere, and would in a naive page`, async () => {
      const list = await listed(image('ours'), line);
      expect(list.shadowRoot!.querySelector('.card__text')!.textContent).to.contain('onerror=');
      await onlyTheControlRuns(list.shadowRoot!);
    });

    it(`${line[0]}: turns nothing that is not its own, and stays in its row`, async () => {
      const turned = await listed(TURNED, line);
      expect(turned.shadowRoot!.querySelector('.card__text')!.textContent).to.contain('gnpelif');
      expect(turnedIn(turned.shadowRoot!)).to.deep.equal([]);
      const list = await listed(`${'W'.repeat(3000)}\n\nx`, line);
      expect(outside(list, '[role=option], .card__text, .card__text *, .card__time')).to.deep.equal([]);
      const row = list.shadowRoot!.querySelector('[role=option]')!;
      expect(row.getBoundingClientRect().height).to.be.at.most(84);
    });
  }
});

describe('hostile words everywhere else', () => {
  beforeEach(() => fired.clear());

  it('a channel of such a name and such looks: runs nowhere in list, header and contact panel', async () => {
    const chat = await inboxFullOf(image('ours'), channel(image('ours')));
    for (const tag of ['crm-conversation-list', 'crm-chat-messages', 'crm-client-panel']) {
      const root = chat.shadowRoot!.querySelector(tag)!.shadowRoot!;
      const badges = [...root.querySelectorAll('.ch')];
      expect(`${root.textContent} ${badges.map((one) => one.ariaLabel).join()}`, tag).to.contain('onerror=');
      for (const one of badges) expect(one.querySelector('path') ?? one.getAttribute('style'), tag).to.equal(null);
    }
    await onlyTheControlRuns(chat.shadowRoot!);
  });

  it('what turns the direction stands by itself in every panel, a channel of such a name included', async () => {
    const chat = await inboxFullOf(TURNED, channel(TURNED));
    expect(turnedIn(chat.shadowRoot!)).to.deep.equal([]);
  });

  it('a naive page would be turned around, and the check says so', () => {
    const box = document.body.appendChild(document.createElement('div'));
    const place = (piece: Element) => {
      const line = document.createElement('p');
      line.style.cssText = 'font: 16px monospace; inline-size: 600px';
      piece.textContent = TURNED;
      line.append('From ', piece, ' and 12 more');
      box.replaceChildren(line);
      const leftOf = (text: ChildNode, from: number, to: number) => {
        const range = document.createRange();
        range.setStart(text, from);
        range.setEnd(text, to);
        return range.getBoundingClientRect().left;
      };
      // " and" after the name, against the name's last letters.
      return leftOf(line.lastChild!, 1, 4) - leftOf(piece.firstChild!, 5, 9);
    };
    expect(place(document.createElement('span')), 'stands before the name now').to.be.below(0);
    expect(turnedIn(box)).to.have.length(1);
    expect(turnedIn(box)[0]).to.match(/^and12more in /u);
    expect(place(document.createElement('bdi')), 'stands after it').to.be.above(0);
    expect(turnedIn(box)).to.deep.equal([]);
    box.firstElementChild!.setAttribute('title', TURNED);
    expect(turnedIn(box)).to.have.length(1);
    box.remove();
  });

  it('the title of the page and what is shown on the desktop are plain text, and nothing in them turns', async () => {
    const shown: { title: string; body: string }[] = [];
    const { Notification: real } = window;
    const before = document.title;
    class FakeNotification extends EventTarget {
      static readonly permission = 'granted';
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        shown.push({ title, body });
      }
    }
    Object.defineProperty(window, 'Notification', { value: FakeNotification, configurable: true, writable: true });
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    try {
      document.title = 'My CRM';
      const words = `${TURNED} <b>${image('ours')}</b>`;
      const desk = createDesk();
      const prospect = desk.addContact({ name: words });
      const { id } = desk.addConversation({ prospectId: prospect.id });
      desk.addMessage(id, { content: 'Hello' });
      const transport = deskTransport(desk, { agentId: 'agent-1' });
      const provider = await fixture<CrmChatProvider>(
        html`<crm-chat-provider .transport=${transport} agent-id=${crypto.randomUUID()} notify="title desktop"
          ><crm-conversation-list></crm-conversation-list
        ></crm-chat-provider>`,
      );
      // From here on, what comes is news.
      await waitUntil(() => document.title === '(1) My CRM', 'what was there is counted', patient);
      await waitUntil(() => provider.chat?.conversations.$ids.get().length === 1, 'the list is there', patient);
      await waitUntil(() => provider.chat?.$inbox.get().ready, 'the inbox is there', patient);
      desk.customerSays(id, words, { timestamp: new Date(Date.now() + 5000).toISOString() });
      await waitUntil(() => shown.length === 1, 'it is shown', patient);
      expect(shown[0]!.title).to.contain('gnpelif <b>');
      expect(shown[0]!.body).to.contain('gnpelif <b>');
      expect(shown[0]!.title + shown[0]!.body).not.to.match(/\p{Bidi_Control}/u);
      await waitUntil(() => document.title === '(2) My CRM', 'it is counted', patient);
    } finally {
      Object.defineProperty(window, 'Notification', { value: real, configurable: true, writable: true });
      Reflect.deleteProperty(document, 'visibilityState');
      document.title = before;
    }
    await onlyTheControlRuns(document);
  });
});
