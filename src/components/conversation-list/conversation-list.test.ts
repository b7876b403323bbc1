import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { sendKeys } from '@web/test-runner-commands';
import type { ChatMessage, Conversation, Prospect } from '../../contract/index.js';
import { createChatStore } from '../../store/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import { createDesk, deskTransport, testWorld, type Desk, type DeskOptions } from '../../testing/index.js';
import type { CrmConversationSelectEvent } from '../events.js';
import type { CrmConversationList } from './conversation-list.js';
import './conversation-list.js';
import { CrmConversationRow } from './conversation-row.js';
import { loadEverything } from '../../controllers/later.js';

const ME = 'agent-1';
const TODAY = new Date().toISOString();

interface Scene {
  desk: Desk;
  store: ChatStore;
  list: CrmConversationList;
  settle: () => Promise<void>;
  /** Lets time pass in the store. */
  pass: (ms: number) => Promise<void>;
}

/** A list in a box of 328 × 600 pixels, with its desk and its store. */
async function scene(
  prepare: (desk: Desk) => void,
  options: DeskOptions = {},
  theme?: 'light' | 'dark',
): Promise<Scene> {
  await loadEverything();
  let seconds = 0;
  const desk = createDesk({ now: () => Date.parse(TODAY) + 1000 * ++seconds, ...options });
  prepare(desk);
  const world = testWorld();
  const store = createChatStore({
    transport: deskTransport(desk, { agentId: ME, after: world.after.bind(world) }),
    world,
  });
  const list = document.createElement('crm-conversation-list');
  list.store = store;
  if (theme) list.theme = theme;
  const box = await fixture<HTMLElement>(html`<div>${list}</div>`);
  Object.assign(box.style, { inlineSize: '328px', blockSize: '600px' });
  const settle = async () => {
    await world.settle();
    await list.updateComplete;
    await Promise.all(rowsOf(list).map((row) => row.updateComplete));
  };
  await nextFrame();
  await settle();
  const pass = async (ms: number) => {
    await world.advance(ms);
    await settle();
  };
  return { desk, store, list, settle, pass };
}

const rowsOf = (list: CrmConversationList) => [
  ...(list.shadowRoot?.querySelectorAll<CrmConversationRow>('crm-conversation-row') ?? []),
];
const shown = (list: CrmConversationList) => [...rowsOf(list)].map(({ conversationId }) => conversationId);
const row = (list: CrmConversationList, id: string) =>
  rowsOf(list).find(({ conversationId }) => conversationId === id)!;
const within = <E extends HTMLElement>(list: CrmConversationList, selector: string) =>
  list.shadowRoot?.querySelector<E>(selector) ?? undefined;
const words = (element: Element | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const focused = (list: CrmConversationList) =>
  list.shadowRoot?.activeElement instanceof CrmConversationRow
    ? list.shadowRoot.activeElement.conversationId
    : undefined;

/** `count` conversations named c0, c1 …, the first one newest. */
function many(count: number) {
  return (desk: Desk) => {
    for (let at = 0; at < count; at++) {
      const time = new Date(Date.parse(TODAY) - at * 60_000).toISOString();
      const prospect = desk.addContact({ id: `p${at}`, name: `Name ${at}` });
      desk.addConversation({
        id: `c${at}`,
        prospectId: prospect.id,
        lastActivity: time,
        createdAt: time,
        updatedAt: time,
      });
    }
  };
}

function point(list: CrmConversationList, type: 'pointerenter' | 'pointerleave', pointerType = 'mouse') {
  within(list, '.body')?.dispatchEvent(new PointerEvent(type, { pointerType }));
}

describe('<crm-conversation-list>: what an agent sees in a row', () => {
  interface Case {
    title: string;
    conversation?: Partial<Conversation>;
    prospect?: Partial<Prospect>;
    message?: Partial<ChatMessage>;
    act?: (scene: Scene) => void;
    says: string;
    name?: RegExp;
    sees?: string;
    never?: string;
  }

  const agent = { senderType: 'agent', senderId: ME } as const;
  const CASES: Case[] = [
    {
      title: 'a plain message',
      message: { content: 'Hello\n there' },
      says: 'Hello there',
      name: /Camila Ferreira, WhatsApp, .*Hello there/,
    },
    {
      title: 'one unread',
      message: { content: 'Hi' },
      conversation: { unreadCount: 1 },
      says: 'Hi1',
      name: /1 unread message, Hi/,
      sees: '.count',
    },
    {
      title: 'very many unread',
      message: { content: 'Hi' },
      conversation: { unreadCount: 24817 },
      says: 'Hi99+',
      name: /24,817 unread messages/,
    },
    {
      title: 'the open conversation has no count',
      message: { content: 'Hi' },
      conversation: { unreadCount: 3 },
      act: ({ store }) => store.setActiveConversation('one'),
      says: 'Hi',
      never: '.count',
    },
    {
      title: 'a contact without a name',
      prospect: { name: undefined as never, identifier: '+44 7700 900142' },
      message: { content: 'Hi' },
      says: 'Hi',
      name: /^\+44 7700 900142, WhatsApp/,
    },
    {
      title: 'typing',
      message: { content: 'Hi' },
      act: ({ desk }) => desk.customerTypes('one'),
      says: 'Typing…',
      sees: '.is-typing',
      name: /Typing…/,
    },
    {
      title: 'a colleague typing',
      message: { content: 'Hi' },
      act: ({ desk }) => desk.agentTypes('agent-2', 'one'),
      says: 'Tomás Lima is replying…',
    },
    {
      title: 'a colleague whose name would turn the line around, typing',
      message: { content: 'Hi' },
      act: ({ desk }) =>
        desk.books.mention('typing', {
          conversationId: 'one',
          isTyping: true,
          senderId: 'agent-2',
          senderType: 'agent',
          name: '\u202Eamil',
        }),
      says: 'amil is replying…',
    },
    {
      title: 'a draft',
      message: { content: 'Hi' },
      act: ({ store }) => store.setDraft('one', 'the drawings'),
      says: 'Draft:the drawings',
      name: /Draft: the drawings/,
    },
    {
      title: 'the draft of a note',
      message: { content: 'Hi' },
      act: ({ store }) => store.setDraft('one', 'ask\n Tomás', 'note'),
      says: 'Note draft:ask Tomás',
      name: /WhatsApp, Note draft: ask Tomás,/,
    },
    {
      title: 'the draft of a reply before that of a note',
      message: { content: 'Hi' },
      act: ({ store }) => {
        store.setDraft('one', 'ask Tomás', 'note');
        store.setDraft('one', 'the drawings');
      },
      says: 'Draft:the drawings',
    },
    {
      title: 'no draft of the open conversation',
      message: { content: 'Hi' },
      act: ({ store }) => {
        store.setDraft('one', 'ask Tomás', 'note');
        store.setActiveConversation('one');
      },
      says: 'Hi',
      never: '.is-draft',
    },
    {
      title: 'a failed message',
      message: { ...agent, content: 'At nine', status: 'failed' },
      says: 'Not sent: At nine',
      sees: '.is-failed',
      name: /Not sent: At nine/,
    },
    { title: 'a sent message', message: { ...agent, content: 'Yes', status: 'sent' }, says: 'Yes', name: /Yes, sent/ },
    {
      title: 'a read message',
      message: { ...agent, content: 'Yes', status: 'read' },
      says: 'Yes',
      sees: '.i.is-read',
      name: /Yes, read/,
    },
    {
      title: 'read on a channel that cannot tell',
      conversation: { platform: 'sms' },
      message: { ...agent, content: 'Yes', status: 'read' },
      says: 'Yes',
      never: '.is-read',
      name: /SMS, Yes, delivered/,
    },
    {
      title: 'the bot',
      message: { senderType: 'bot', senderId: 'bot', content: 'Tuesday?' },
      says: 'Tuesday?',
      name: /Tuesday\?, bot/,
    },
    {
      title: 'a voice note',
      message: { messageType: 'audio', content: '', metadata: { duration: 18 } },
      says: 'Voice note · 0:18',
    },
    { title: 'a photo', message: { messageType: 'image', content: '' }, says: 'Photo' },
    {
      title: 'a file',
      message: { messageType: 'file', content: '', metadata: { fileName: 'plan.pdf' } },
      says: 'plan.pdf',
    },
    {
      title: 'a file that the contact has read',
      message: { ...agent, messageType: 'file', content: '', metadata: { fileName: 'plan.pdf' }, status: 'read' },
      says: 'plan.pdf',
      name: /plan\.pdf, read/,
      sees: '.i.is-read + .i',
    },
    {
      title: 'a note, which nobody outside reads',
      message: { ...agent, content: 'ask Tomás', visibility: 'internal', status: 'read' },
      says: 'ask Tomás',
      never: '.i + .i',
      name: /WhatsApp, ask Tomás, [^,]*\d/,
    },
    {
      title: 'a mail',
      message: { messageType: 'email', content: 'Thanks', metadata: { subject: 'Re: Oak' } },
      says: 'Re: Oak. Thanks',
    },
    { title: 'a message that was deleted', message: { content: 'Hi', deletedAt: TODAY }, says: 'Message deleted' },
    { title: 'an unknown type', message: { messageType: 'hologram', content: '' }, says: 'Message' },
    { title: 'no message yet', says: 'No messages yet' },
    { title: 'markup is text', message: { content: '<b>x</b>' }, says: '<b>x</b>' },
    {
      title: 'nobody has it',
      message: { content: 'Hi' },
      says: 'Hi',
      name: /unassigned$/,
      sees: '.card__foot > .i',
    },
    {
      title: 'a colleague has it',
      conversation: { assignedTo: 'agent-2' },
      message: { content: 'Hi' },
      says: 'Hi',
      name: /assigned to Tomás Lima$/,
      sees: '.av--team[title="Tomás Lima"]',
    },
    {
      title: 'I have it',
      conversation: { assignedTo: ME },
      message: { content: 'Hi' },
      says: 'Hi',
      name: /assigned to you$/,
    },
    {
      title: 'the bot has it',
      conversation: { botEnabled: true },
      message: { content: 'Hi' },
      says: 'Hi',
      name: /answered by the bot$/,
      sees: '.av--bot',
    },
  ];

  for (const { title, conversation, prospect, message, act, says, name, sees, never } of CASES) {
    it(title, async () => {
      const staged = await scene((desk) => {
        const contact = desk.addContact({ id: 'p', ...prospect });
        desk.addConversation({ id: 'one', prospectId: contact.id, ...conversation });
        if (message) desk.addMessage('one', message);
        desk.conversation('one').unreadCount = conversation?.unreadCount ?? 0;
      });
      act?.(staged);
      await staged.settle();
      await staged.settle();
      const card = row(staged.list, 'one');
      expect(words(card.querySelector('.card__text') ?? undefined)).to.equal(says);
      if (name) expect(card.getAttribute('aria-label')).to.match(name);
      if (sees) expect(card.querySelector(sees), sees).to.exist;
      if (never) expect(card.querySelector(never), never).not.to.exist;
    });
  }

  for (const level of [1, 2] as const)
    it(`calls a client as the client’s record does, and loads no record for it (level ${level})`, async () => {
      const { desk, list, store, settle, pass } = await scene(
        (desk) => {
          desk.addContact({ id: 'p', name: 'cami_f' });
          desk.addConversation({ id: 'one', prospectId: 'p' });
          desk.addClient({ id: 'known', firstName: 'Amélie', lastName: 'Laurent' });
          desk.addContact({ id: 'q', name: '', identifier: '+33 1', isClient: true, clientId: 'known' });
          desk.addConversation({ id: 'two', prospectId: 'q', clientId: 'known', isClientConverted: true });
        },
        { level },
      );
      const name = (id: string) => words(row(list, id).querySelector('.card__name') ?? undefined);
      expect([name('one'), name('two')]).to.deep.equal(['cami_f', '+33 1']);
      store.setActiveConversation('one');
      const data = { firstName: 'Camila', lastName: 'Ferreira', email: '', phone: '' };
      const converting = store.convertProspectToClient('p', data);
      await settle();
      await converting;
      await settle();
      expect(name('one')).to.equal('Camila Ferreira');
      expect(words(row(list, 'one').querySelector('.av > span') ?? undefined)).to.equal('CF');
      expect(desk.asks('load_clients')).to.have.length(0);
      const stop = store.clients.at('known').listen(() => undefined); // as a contact panel would
      await pass(100);
      await pass(100);
      expect(name('two')).to.equal('Amélie Laurent');
      stop();
    });

  it('shows names, files and tags without marks that turn them around', async () => {
    const { list } = await scene((desk) => {
      desk.addContact({ id: 'p', name: 'Ana \u202EzuoS' });
      desk.addConversation({ id: 'one', prospectId: 'p', tags: ['Vi\u2066p'] });
      desk.addMessage('one', { messageType: 'file', content: '', metadata: { fileName: 'invoice\u202Egpj.exe' } });
    });
    const card = row(list, 'one');
    expect(words(card)).to.contain('Ana zuoS').and.to.contain('invoicegpj.exe').and.to.contain('Vip');
    expect(`${card.textContent} ${card.getAttribute('aria-label')}`).not.to.match(/\p{Bidi_Control}/u);
  });

  it('shows two tags and how many more there are', async () => {
    const { list } = await scene((desk) =>
      desk.addConversation({ id: 'one', tags: ['Lead', 'Kitchen', 'Cascais', 'Oak'] }),
    );
    expect([...row(list, 'one').querySelectorAll('.tagl > span')].map(words)).to.deep.equal(['Lead', 'Kitchen', '+2']);
  });

  it('is 84 pixels high, and 56 when the density is compact', async () => {
    const { list, settle } = await scene(many(3));
    const height = () => row(list, 'c1').getBoundingClientRect();
    expect(height().height).to.equal(84);
    expect(height().top - row(list, 'c0').getBoundingClientRect().top).to.equal(85);
    list.density = 'compact';
    const apart = () => height().top - row(list, 'c0').getBoundingClientRect().top;
    await waitUntil(() => apart() === 57, 'rows do not move together', { timeout: 5000 });
    await settle();
    expect(height().height).to.equal(56);
  });
});

describe('<crm-conversation-list>: in a page of a host', () => {
  for (const display of ['block', 'grid', 'inline-block', 'flow-root'])
    it(`fills its box, though the page says display: ${display}`, async () => {
      const { list, settle } = await scene(many(30));
      list.style.display = display;
      list.style.inlineSize = '100%';
      await settle();
      const box = list.getBoundingClientRect();
      expect(box.height).to.equal(600);
      const scroller = within(list, '.scroll')!.getBoundingClientRect();
      expect(scroller.bottom).to.be.closeTo(box.bottom, 1);
      expect(scroller.height).to.be.above(480);
    });

  it('grows to the least height a page asks for', async () => {
    const { list, settle } = await scene(many(30));
    list.parentElement!.style.blockSize = 'auto';
    list.style.minBlockSize = '500px';
    await settle();
    expect(within(list, '.scroll')!.getBoundingClientRect().height).to.be.above(380);
  });
});

describe('<crm-conversation-list>: one change, one row', () => {
  it('renders one row and not the list when a conversation changes', async () => {
    const { desk, list, settle } = await scene(many(20));
    const rendered: string[] = [];
    const listening = rowsOf(list).map((card) => {
      const before = card.requestUpdate.bind(card);
      card.requestUpdate = (...args: Parameters<CrmConversationRow['requestUpdate']>) => {
        rendered.push(card.conversationId);
        before(...args);
      };
      return card;
    });
    let listRendered = 0;
    const before = list.requestUpdate.bind(list);
    list.requestUpdate = (...args: Parameters<CrmConversationRow['requestUpdate']>) => {
      listRendered++;
      before(...args);
    };
    desk.updateConversation('c7', { tags: ['Changed'] });
    await settle();
    expect(listening.length).to.equal(20);
    expect([...new Set(rendered)]).to.deep.equal(['c7']);
    expect(listRendered).to.equal(0);
    expect(words(row(list, 'c7').querySelector('.tagl') ?? undefined)).to.equal('Changed');
  });

  it('does not load a thread for showing its row', async () => {
    const { desk } = await scene(many(5));
    expect(desk.asks('load_messages')).to.have.length(0);
  });
});

describe('<crm-conversation-list>: ten thousand conversations', () => {
  it('draws only what is near, wherever it is scrolled', async () => {
    const { list, settle } = await scene(many(10_000), { level: 1 });
    const scroller = within(list, '.scroll')!;
    expect(rowsOf(list).length).to.be.within(7, 60);
    expect(list.shadowRoot!.querySelectorAll('*').length).to.be.below(1500);
    for (const at of [2500, 9999]) {
      scroller.scrollTop = at * 85;
      scroller.dispatchEvent(new Event('scroll'));
      await settle();
      const card = row(list, `c${at}`);
      expect(card.getAttribute('aria-posinset')).to.equal(String(at + 1));
      expect(card.getAttribute('aria-setsize')).to.equal('10000');
      expect(card.getBoundingClientRect().top).to.be.within(0, 700);
      expect(rowsOf(list).length).to.be.within(7, 60);
    }
    expect(scroller.scrollHeight).to.be.within(850_000, 850_020);
  });

  it('loads the next page near the end, and only there', async () => {
    const { desk, list, settle } = await scene(many(150));
    const asked = () => desk.asks('load_conversations').length;
    const first = asked();
    const known = rowsOf(list).length;
    expect(known).to.be.below(150);
    within(list, '.scroll')!.scrollTop = known * 85;
    within(list, '.scroll')!.dispatchEvent(new Event('scroll'));
    await settle();
    await settle();
    expect(asked()).to.be.above(first);
    expect(rowsOf(list).length).to.be.above(known);
    expect(within(list, '.fresh')).not.to.exist;
  });
});

describe('<crm-conversation-list>: rows hold still', () => {
  const ways: [string, (scene: Scene) => void | Promise<void>, (scene: Scene) => void][] = [
    ['hovered', ({ list }) => point(list, 'pointerenter'), ({ list }) => point(list, 'pointerleave')],
    ['focused', ({ list }) => row(list, 'c2').focus(), ({ list }) => row(list, 'c2').blur()],
  ];
  for (const [title, begin, end] of ways) {
    it(`while ${title}: arrivals wait behind a button, and come when it ends`, async () => {
      const staged = await scene(many(6));
      const { desk, list, settle, pass } = staged;
      await begin(staged);
      await settle();
      desk.customerSays('c4', 'Me first');
      desk.customerSays('c5', 'No, me');
      desk.addConversation({ id: 'new' });
      desk.customerSays('new', 'A new one');
      await pass(1000);
      expect(shown(list)).to.deep.equal(['c0', 'c1', 'c2', 'c3', 'c4', 'c5']);
      expect(words(row(list, 'c4').querySelector('.card__text') ?? undefined)).to.contain('Me first');
      expect(words(within(list, '.fresh button'))).to.equal('3 new');
      end(staged);
      await settle();
      expect(shown(list)).to.deep.equal(['new', 'c5', 'c4', 'c0', 'c1', 'c2', 'c3']);
      expect(within(list, '.fresh')).not.to.exist;
    });
  }

  it('what is pressed stays under the pointer until its click, also when the filter’s answer comes meanwhile', async () => {
    const { list, store, pass } = await scene(many(6));
    const pressed = row(list, 'c4');
    const top = pressed.getBoundingClientRect().top;
    // Rows hold still while they are hovered, but never while a filter is being answered.
    point(list, 'pointerenter');
    pressed.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, isPrimary: true }));
    store.setFilter({ text: 'name 4' });
    for (let frame = 0; frame < 5; frame++) {
      await nextFrame();
      expect(pressed.getBoundingClientRect().top).to.equal(top);
    }
    pressed.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, composed: true, isPrimary: true }));
    pressed.click();
    expect(store.$activeId.get()).to.equal('c4');
    await pass(0);
    expect(shown(list)).to.deep.equal(['c4']);
    expect(pressed.getBoundingClientRect().top, 'and then it is where it belongs').to.be.below(top);
  });

  it('a press that becomes no click does not hold the list for long', async () => {
    const { desk, list, pass } = await scene(many(6));
    const press = (type: string) =>
      row(list, 'c4').dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, isPrimary: true }));
    for (const end of ['pointerup', 'pointercancel']) {
      press('pointerdown');
      press(end);
      desk.customerSays('c5', end);
      await pass(0);
      expect(words(row(list, 'c5'))).to.contain(end);
    }
    expect(shown(list)[0]).to.equal('c5');
  });

  it('the button shows them at once and puts the focus on the first', async () => {
    const { desk, list, settle } = await scene(many(6));
    point(list, 'pointerenter');
    desk.customerSays('c4', 'Me first');
    await settle();
    within<HTMLButtonElement>(list, '.fresh button')!.click();
    await settle();
    await waitUntil(() => focused(list) === 'c4');
    expect(shown(list)[0]).to.equal('c4');
  });

  /** Page 1 of everything, and below it an older conversation that the view of the bot's had loaded. */
  async function twoViews() {
    const staged = await scene((desk) => {
      many(150)(desk);
      desk.setBot('c120', true);
    });
    const { list, store, settle, pass } = staged;
    store.setFilter({ view: 'bot' });
    await settle();
    store.setFilter({ view: 'all' });
    await pass(1);
    await aTimeout(450); // as long as an answer to the view may take
    expect(shown(list).at(-1)).to.equal('c120');
    return staged;
  }

  it('calls a page of older conversations no news, wherever another view had loaded one', async () => {
    const { list, settle } = await twoViews();
    point(list, 'pointerenter');
    within(list, '.scroll')!.scrollTop = 40 * 85;
    within(list, '.scroll')!.dispatchEvent(new Event('scroll'));
    await settle();
    await settle();
    expect(shown(list).slice(50, 60)).to.deep.equal(Array.from({ length: 10 }, (_, at) => `c${50 + at}`));
    expect(within(list, '.fresh')).not.to.exist;
  });

  it('keeps news waiting while the next page is on its way', async () => {
    const { desk, list, pass, settle } = await scene(many(150));
    point(list, 'pointerenter');
    await settle();
    desk.customerSays('c9', 'Me first');
    await pass(1000);
    desk.hold('load_conversations');
    within(list, '.scroll')!.scrollTop = 40 * 85;
    within(list, '.scroll')!.dispatchEvent(new Event('scroll'));
    await settle();
    expect(within(list, '[role=listbox]')?.getAttribute('aria-busy')).to.equal('true');
    expect(shown(list)[0]).to.equal('c0');
    desk.release('load_conversations');
    await settle();
    expect(shown(list)[0]).to.equal('c0');
    expect(shown(list)).to.include('c60');
    expect(words(within(list, '.fresh button'))).to.equal('1 new');
  });

  it('a finger does not hold them', async () => {
    const { desk, list, settle } = await scene(many(3));
    point(list, 'pointerenter', 'touch');
    desk.customerSays('c2', 'Hi');
    await settle();
    expect(shown(list)[0]).to.equal('c2');
  });
});

describe('<crm-conversation-list>: keyboard', () => {
  it('walks with J, K, arrows, Home and End, and opens with Enter', async () => {
    const { list, store } = await scene(many(12));
    const keys: [string, string][] = [
      ['j', 'c1'],
      ['ArrowDown', 'c2'],
      ['k', 'c1'],
      ['ArrowUp', 'c0'],
      ['ArrowUp', 'c0'],
      ['End', 'c11'],
      ['Home', 'c0'],
      ['J', 'c1'],
    ];
    row(list, 'c0').focus();
    for (const [press, id] of keys) {
      await sendKeys({ press });
      await waitUntil(() => focused(list) === id, `${press} leads to ${id}, not ${focused(list)}`);
      expect(rowsOf(list).filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    }
    await sendKeys({ press: 'Enter' });
    expect(store.$activeId.get()).to.equal('c1');
    await list.updateComplete;
    expect(row(list, 'c1').getAttribute('aria-selected')).to.equal('true');
    expect(row(list, 'c0').getAttribute('aria-selected')).to.equal('false');
  });

  it('reaches rows that were never drawn', async () => {
    const { list } = await scene(many(1000), { level: 1 });
    row(list, 'c0').focus();
    await sendKeys({ press: 'End' });
    await waitUntil(() => focused(list) === 'c999');
    expect(row(list, 'c999').getBoundingClientRect().bottom).to.be.below(list.getBoundingClientRect().bottom + 1);
    within(list, '.scroll')!.scrollTop = 0;
    await nextFrame();
    await list.updateComplete;
    expect(focused(list), 'the focused row is kept, though it is far away').to.equal('c999');
  });

  it('keeps the focused row when the list is scrolled far below it', async () => {
    const { list, settle } = await scene(many(1000), { level: 1 });
    row(list, 'c0').focus();
    within(list, '.scroll')!.scrollTop = 500 * 85;
    within(list, '.scroll')!.dispatchEvent(new Event('scroll'));
    await settle();
    expect(row(list, 'c500')).to.exist;
    expect(focused(list)).to.equal('c0');
    expect(shown(list)[0], 'in its place in the order').to.equal('c0');
  });

  it('goes to a name by its first letters', async () => {
    const { list } = await scene((desk) => {
      many(3)(desk);
      for (const name of ['Jonas', 'Kenji', 'Marta', 'Maja']) {
        const { id } = desk.addContact({ id: name, name });
        const time = new Date(Date.parse(TODAY) - 3_600_000).toISOString();
        desk.addConversation({ id: `c-${name}`, prospectId: id, lastActivity: time });
      }
    });
    row(list, 'c0').focus();
    await sendKeys({ press: 'm' });
    await sendKeys({ press: 'a' });
    await sendKeys({ press: 'j' });
    await waitUntil(() => focused(list) === 'c-Maja', 'J belongs to the name that is being typed');
  });

  it('letters with modifiers, and letters in the search field, do nothing', async () => {
    const { list } = await scene(many(3));
    row(list, 'c0').focus();
    for (const extra of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { modifierAltGraph: true }]) {
      const event = new KeyboardEvent('keydown', { key: 'j', bubbles: true, composed: true, ...extra });
      // WebKit's made-up events do not carry it.
      if ('modifierAltGraph' in extra) event.getModifierState = (name) => name === 'AltGraph';
      row(list, 'c0').dispatchEvent(event);
    }
    await list.updateComplete;
    expect(focused(list)).to.equal('c0');
    await sendKeys({ press: '/' });
    const field = within<HTMLInputElement>(list, 'input')!;
    expect(list.shadowRoot!.activeElement).to.equal(field);
    await sendKeys({ type: 'jk/' });
    expect(field.value).to.equal('jk/');
  });

  it('tabs: arrows choose the view, in reading direction', async () => {
    const { list, store } = await scene(many(3));
    within<HTMLElement>(list, '[role=tab][aria-selected=true]')!.focus();
    await sendKeys({ press: 'ArrowRight' });
    expect(store.$filter.get().view).to.equal('mine');
    list.dir = 'rtl';
    await sendKeys({ press: 'ArrowRight' });
    expect(store.$filter.get().view).to.equal('all');
    await sendKeys({ press: 'End' });
    expect(store.$filter.get().view).to.equal('bot');
  });
});

describe('<crm-conversation-list>: opening', () => {
  it('tells before it opens, and leaves it to a host that takes it over', async () => {
    const { list, store } = await scene(many(2));
    const heard: unknown[] = [];
    const take = (event: CrmConversationSelectEvent) => {
      heard.push(event.detail);
      event.preventDefault();
    };
    list.addEventListener('crm-conversation-select', take);
    row(list, 'c1').click();
    list.removeEventListener('crm-conversation-select', take);
    expect(heard).to.deep.equal([{ conversationId: 'c1' }]);
    expect(store.$activeId.get()).to.equal(null);
    row(list, 'c1').querySelector<HTMLElement>('.card__name')!.click();
    expect(store.$activeId.get()).to.equal('c1');
  });
});

describe('<crm-conversation-list>: views and search', () => {
  it('shows the counts of the views, and no Mine while nobody knows who I am', async () => {
    const views = (list: CrmConversationList) => [...list.shadowRoot!.querySelectorAll('[role=tab]')].map(words);
    const prepare = (desk: Desk) => {
      desk.addConversation({ id: 'a', assignedTo: ME });
      desk.addConversation({ id: 'b' });
      desk.addConversation({ id: 'c', botEnabled: true });
    };
    const known = await scene(prepare);
    expect(views(known.list)).to.deep.equal(['All', 'Mine 1', 'Unassigned 2', 'Bot 1']);
    const seed = await scene(prepare, { level: 1 });
    expect(views(seed.list)).to.deep.equal(['All', 'Unassigned 2', 'Bot']);
  });

  it('filters when typing rests, says how many, and clears with Escape', async () => {
    const { list, settle, store } = await scene((desk) => {
      many(3)(desk);
      desk.addConversation({ id: 'x', prospectId: desk.addContact({ id: 'px', name: 'Quarzite' }).id });
    });
    const field = within<HTMLInputElement>(list, 'input')!;
    field.focus();
    await sendKeys({ type: 'quar' });
    expect(store.$filter.get().text, 'not while typing').to.equal('');
    await waitUntil(() => store.$filter.get().text === 'quar');
    await settle();
    expect(shown(list)).to.deep.equal(['x']);
    expect(words(within(list, '.sr[role=status]'))).to.equal('1 conversation found');
    let escaped = 0;
    list.addEventListener('keydown', () => escaped++);
    await sendKeys({ press: 'Escape' });
    expect(escaped, 'one layer at a time').to.equal(0);
    await settle();
    expect(shown(list)).to.have.length(4);
  });

  it('what a search finds is never held back as news', async () => {
    const { list, settle, store } = await scene(many(6));
    point(list, 'pointerenter');
    await settle();
    store.setFilter({ text: 'name 4' });
    await settle();
    expect(shown(list)).to.deep.equal(['c4']);
    expect(within(list, '.fresh')).not.to.exist;
  });
});

describe('<crm-conversation-list>: states', () => {
  const body = (list: CrmConversationList) => words(within(list, '.body'));

  it('nothing there', async () => {
    const { list } = await scene(() => undefined);
    expect(body(list)).to.equal('All caught up New conversations from every channel arrive here.');
  });

  it('nothing found, and the way back', async () => {
    const { list, store, settle } = await scene(many(2));
    store.setFilter({ text: 'quarzite' });
    await settle();
    expect(body(list)).to.contain('Nothing found for “quarzite” Search by name, phone, email');
    within<HTMLButtonElement>(list, '.empty .btn')!.click();
    await settle();
    expect(shown(list)).to.have.length(2);
  });

  for (const [count, all] of [
    [2, true],
    [150, false],
  ] as const)
    it(`nothing found while offline, with ${all ? 'all' : 'not all'} loaded`, async () => {
      const { desk, list, store, settle } = await scene(many(count));
      desk.goOffline();
      store.setFilter({ text: 'quarzite' });
      await settle();
      await settle();
      expect(body(list)).to.contain('Nothing found for “quarzite”');
      const honest = expect(body(list));
      if (all) honest.not.to.contain('Only what is loaded here was searched.');
      else honest.to.contain('Only what is loaded here was searched.');
    });

  it('loading failed, and Try again', async () => {
    const { list, settle } = await scene((desk) => {
      many(2)(desk);
      desk.failNext('load_conversations', 'INTERNAL');
    });
    expect(body(list)).to.equal('Conversations did not load Nothing was lost. Try again');
    expect(within(list, '[role=alert]')).to.exist;
    within<HTMLButtonElement>(list, '.empty .btn')!.click();
    await settle();
    await settle();
    expect(shown(list)).to.have.length(2);
  });

  it('refused: says why; with rows, they stay', async () => {
    const turnedAway = await scene((desk) => desk.refuse('UNAUTHENTICATED', 'The token has expired.'));
    await waitUntil(() => body(turnedAway.list).includes('The server refused the sign-in You are not signed in.'));
    const { desk, list, settle } = await scene(many(2));
    desk.refuse('TOKEN_EXPIRED', 'The token has expired.');
    await settle();
    expect(shown(list)).to.have.length(2);
    await waitUntil(() => words(within(list, '.banner')).includes('Your sign-in has expired.'));
  });

  it('a skeleton only when it takes long, at true height', async () => {
    const desk = createDesk();
    many(2)(desk);
    desk.hold('load_conversations');
    const store = createChatStore({ transport: deskTransport(desk, { agentId: ME }) });
    const list = await fixture<CrmConversationList>(
      html`<crm-conversation-list .store=${store}></crm-conversation-list>`,
    );
    expect(within(list, '.card--sk')).not.to.exist;
    await waitUntil(() => within(list, '.card--sk') !== undefined);
    expect(within(list, '.card--sk')!.getBoundingClientRect().height).to.equal(84);
    desk.release('load_conversations');
    await waitUntil(() => rowsOf(list).length === 2);
    expect(within(list, '.card--sk')).not.to.exist;
  });

  it('no store: a quiet empty state, never a throw', async () => {
    const list = await fixture<CrmConversationList>(html`<crm-conversation-list></crm-conversation-list>`);
    await waitUntil(() => body(list).includes('Not connected'));
    await sendKeys({ press: 'j' });
  });
});

describe('<crm-conversation-list>: for everybody', () => {
  for (const theme of ['light', 'dark'] as const) {
    it(`axe finds nothing (${theme})`, async () => {
      const { desk, list, store, settle } = await scene(
        (desk) => {
          many(4)(desk);
          desk.addMessage('c1', { senderType: 'agent', content: 'x', status: 'failed' });
        },
        {},
        theme,
      );
      desk.customerTypes('c2');
      store.setDraft('c3', 'a draft');
      store.setActiveConversation('c0');
      await settle();
      // The name is a sentence that begins with what is seen; the trial rule wants every word in the order of the screen.
      await expect(list).to.be.accessible({ ignoredRules: ['label-content-name-mismatch'] });
    });
  }

  it('no style attribute comes out of a template', async () => {
    const { list } = await scene(many(3));
    const styled = [...list.shadowRoot!.querySelectorAll('[style]')].map(
      ({ localName, className }) => localName + className,
    );
    expect(styled.filter((name) => !/^crm-conversation-row|cards/.test(name))).to.deep.equal([]);
  });
});

describe('<crm-conversation-list>: an element’s life', () => {
  it('takes a store that was set before it was upgraded', async () => {
    const { store, settle } = await scene(many(2));
    const host = document.createElement('div');
    host.innerHTML = '<crm-conversation-list></crm-conversation-list>';
    const late = host.firstElementChild as CrmConversationList;
    Object.defineProperty(late, 'store', { value: store, configurable: true, writable: true, enumerable: true });
    const around = await fixture<HTMLElement>(html`<div></div>`);
    around.append(host);
    await settle();
    await waitUntil(() => rowsOf(late).length === 2);
  });

  it('lives on after a move, forgets the pointer, and listens to nothing while it is away', async () => {
    const { desk, list, store, settle } = await scene(many(4));
    point(list, 'pointerenter');
    const parent = list.parentElement!;
    list.remove();
    await aTimeout(0);
    const inbox = store.$inbox as typeof store.$inbox & { lc: number };
    expect(inbox.lc, 'listeners left behind').to.equal(0);
    desk.customerSays('c3', 'While you were away');
    parent.append(list);
    await settle();
    await settle();
    expect(shown(list)[0]).to.equal('c3');
    row(list, 'c3').focus();
    await sendKeys({ press: 'j' });
    await waitUntil(() => focused(list) === 'c0', 'one key, one step');
  });

  it('watches no sizes any more after it was removed in the middle of a render', async () => {
    const watching = new Set<ResizeObserver>();
    const { observe, disconnect } = ResizeObserver.prototype;
    ResizeObserver.prototype.observe = function (...watched) {
      watching.add(this);
      observe.apply(this, watched);
    };
    ResizeObserver.prototype.disconnect = function () {
      watching.delete(this);
      disconnect.apply(this);
    };
    try {
      const list = document.createElement('crm-conversation-list');
      list.store = createChatStore({ world: testWorld() });
      document.body.append(list);
      await list.updateComplete;
      expect(watching.size).to.equal(1);
      list.requestUpdate();
      list.remove();
      await list.updateComplete;
      expect(watching.size).to.equal(0);
    } finally {
      Object.assign(ResizeObserver.prototype, { observe, disconnect });
    }
  });
});
