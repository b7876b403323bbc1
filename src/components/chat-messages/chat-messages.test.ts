import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { CrmBotToggleEvent, CrmContactToggleEvent, CrmPanelBackEvent } from '../events.js';
import { type CrmChatMessages } from './chat-messages.js';
import { at, longHistory, stage, type Stage } from './stage.js';
import { presence } from './thread-header.js';

const strips = ({ all }: Stage) => all('.banner').map((strip) => strip.textContent?.trim());

describe('messages panel: who it is', () => {
  it('names the contact, the channel and what the contact is', async () => {
    const made = await stage();
    expect(made.one('h2')).to.have.trimmed.text('Camila Ferreira');
    expect(made.one('[part=presence]')).to.have.trimmed.text('WhatsApp, prospect');
    expect(made.one('header .ch')).to.have.attribute('aria-label', 'WhatsApp');
    made.desk.updateContact('prospect-1', { lastSeen: new Date().toISOString() });
    await made.drawn();
    expect(made.one('[part=presence]')).to.have.trimmed.text('WhatsApp, prospect, online');
  });

  it('shows the number of a contact without a name', async () => {
    const made = await stage({ history: (desk) => desk.updateContact('prospect-1', { name: '' }) });
    expect(made.one('h2 bdi')).to.have.trimmed.text('+351 910 000 142');
  });

  for (const level of [1, 2] as const)
    it(`names a client as the client’s record does (level ${level})`, async () => {
      const made = await stage({ level, history: (desk) => desk.updateContact('prospect-1', { name: 'cami_f' }) });
      expect(made.one('h2 bdi')).to.have.trimmed.text('cami_f');
      const data = { firstName: 'Camila', lastName: 'Ferreira', email: 'camila@example.com', phone: '' };
      const converted = await Promise.all([made.store.convertProspectToClient('prospect-1', data), made.drawn()]);
      expect(converted[0].ok).to.equal(true);
      await made.drawn();
      expect(made.one('h2 bdi')).to.have.trimmed.text('Camila Ferreira');
    });

  const LONG = 'anna-'.repeat(100);
  for (const width of [390, 1440])
    it(`names, addresses and colleagues of any length stay inside ${width} pixels`, async () => {
      const made = await stage({
        width,
        conversation: { assignedTo: 'agent-9' },
        history: (desk, id) => {
          desk.updateContact('prospect-1', { name: LONG, identifier: LONG });
          desk.addMessage(id, {
            senderType: 'agent',
            senderId: 'agent-9',
            senderName: LONG,
            content: 'hi',
            status: 'sent',
          });
          desk.addMessage(id, { content: '', messageType: 'file', metadata: { fileName: LONG } });
        },
      });
      made.desk.agentTypes('agent-9', made.id);
      made.write('x');
      await made.drawn();
      const { left, right } = made.panel.getBoundingClientRect();
      for (const part of ['[part=send]', '[part=contact-toggle]', '[part=bot]', 'h2', '.via', '.meta', '.filerow']) {
        for (const one of made.all(part)) {
          const box = one.getBoundingClientRect();
          if (box.width === 0) continue;
          expect(box.right, part).to.be.at.most(right);
          expect(box.left, part).to.be.at.least(left);
        }
      }
      expect(made.one('h2').getBoundingClientRect().width, 'the name can be read').to.be.above(60);
      expect(made.log.scrollWidth).to.equal(made.log.clientWidth);
      const last = made.one('[part=send-menu]').getBoundingClientRect();
      expect(made.one('.box').getBoundingClientRect().right - last.right).to.be.within(0, 16);
    });

  it('shows names without marks that turn them around', async () => {
    const made = await stage({
      history: (desk) =>
        desk.updateContact('prospect-1', { name: 'Ana \u202EzuoS', identifier: 'a\u2067b@example.com' }),
    });
    expect(made.one('h2 bdi').textContent).to.equal('Ana zuoS');
    expect(made.one('h2')).to.have.attribute('title', 'Ana zuoS');
    expect(made.one('.via bdi').textContent).to.equal('ab@example.com');
  });

  const noon = new Date(2025, 2, 5, 12, 0).getTime();
  const SEEN: [string, number, RegExp][] = [
    ['now', 0, /^online$/u],
    ['five minutes ago', 5, /^online$/u],
    ['six minutes ago', 6, /^last seen .*11:54/u],
    ['yesterday', 1440, /^last seen yesterday$/u],
  ];
  for (const [name, minutes, words] of SEEN)
    it(`seen ${name}: ${words.source}`, () => {
      expect(presence(new Date(noon - minutes * 60_000).toISOString(), noon, 'en')).to.match(words);
    });
  it('says nothing about somebody never seen', () => expect(presence(undefined, noon)).to.equal(''));

  it('names the assignee', async () => {
    const made = await stage({ conversation: { assignedTo: 'agent-2' } });
    expect(made.one('.assignee')).to.contain.text('Tomás');
  });

  it('switches the bot, unless a host takes that over', async () => {
    const made = await stage();
    const bot = made.one('[role=switch]');
    expect(bot).to.have.attribute('aria-label', 'Bot');
    expect(bot).to.have.attribute('aria-checked', 'false');
    made.panel.addEventListener('crm-bot-toggle', (event) => event.preventDefault(), { once: true });
    bot.click();
    await made.drawn();
    expect(bot).to.have.attribute('aria-checked', 'false');
    setTimeout(() => bot.click());
    const event = await oneEvent(made.panel, 'crm-bot-toggle');
    expect(event).to.be.instanceOf(CrmBotToggleEvent);
    expect(event.detail).to.deep.equal({ conversationId: made.id, enabled: true });
    await made.drawn();
    expect(bot).to.have.attribute('aria-checked', 'true');
  });

  it('asks for the contact panel, and shows whether it is open', async () => {
    const made = await stage();
    const button = made.one('[aria-label="Contact panel"]');
    expect(button).to.have.attribute('aria-pressed', 'false');
    setTimeout(() => button.click());
    expect(await oneEvent(made.panel, 'crm-contact-toggle')).to.be.instanceOf(CrmContactToggleEvent);
    made.panel.contactOpen = true;
    await made.drawn();
    expect(button).to.have.attribute('aria-pressed', 'true');
  });

  it('has a way back only where panels are stacked', async () => {
    const made = await stage();
    const back = made.one('[aria-label="Back to conversations"]');
    expect(back.offsetWidth).to.equal(0);
    made.panel.back = true;
    await made.drawn();
    expect(back.offsetWidth).to.be.above(0);
    setTimeout(() => back.click());
    const event = await oneEvent(made.panel, 'crm-panel-back');
    expect(event).to.be.instanceOf(CrmPanelBackEvent);
    expect(event.detail).to.deep.equal({ from: 'messages' });
  });
});

describe('messages panel: nothing to show', () => {
  it('is quiet without a store, and without a conversation', async () => {
    const panel = await fixture<CrmChatMessages>(html`<crm-chat-messages></crm-chat-messages>`);
    expect(panel.shadowRoot!.querySelector('.empty')).to.contain.text('Pick a conversation');
    const made = await stage({ open: false });
    expect(made.one('.empty')).to.contain.text('Pick a conversation');
    expect(made.all('[role=log], textarea')).to.have.length(0);
  });

  it('says that a conversation is not there, and nothing of it once another opens', async () => {
    const made = await stage({ open: false });
    made.store.setActiveConversation('long-gone');
    await made.drawn();
    await made.drawn();
    expect(made.one('[part=empty]')).to.contain.text('That conversation is not here, or not yours to see.');
    made.store.setActiveConversation(made.id);
    await made.drawn();
    made.store.setActiveConversation(null);
    await made.drawn();
    expect(made.one('[part=empty]')).to.contain.text('Pick a conversation');
  });

  describe('while the connection is lost', () => {
    const LATER = 'These messages come when you are back. You can write already.';
    async function away() {
      const made = await stage({ open: false, history: (desk, id) => longHistory(desk, id, 3) });
      made.desk.goOffline();
      await made.drawn();
      made.store.setActiveConversation(made.id);
      await made.drawn();
      await waitUntil(() => made.one('crm-message-log').textContent?.includes(LATER), 'the words');
      return made;
    }

    it('says that a conversation never seen comes later, and shows it then', async () => {
      const made = await away();
      expect(made.all('[part=loading]')).to.have.length(0);
      made.desk.goOnline();
      await made.world.advance(20_000);
      await made.drawn();
      expect(made.all('crm-message-row')).to.have.length(3);
      expect(made.one('crm-message-log')).not.to.contain.text(LATER);
    });

    it('shows what waits under those words', async () => {
      const made = await away();
      await made.store.sendMessage(made.id, 'later');
      await made.drawn();
      await waitUntil(() => made.one('crm-message-log').textContent?.includes(LATER), 'the words');
      const words = made.one('.older').getBoundingClientRect();
      expect(words.height).to.be.above(0);
      expect(made.row('later').getBoundingClientRect().top).to.be.at.least(words.bottom);
    });
  });

  it('says when nothing has been said yet', async () => {
    const made = await stage();
    expect(made.one('[part=empty]')).to.contain.text('No messages yet');
  });

  it('shows a skeleton only when it takes a while', async () => {
    const made = await stage({ open: false, history: (desk, id) => longHistory(desk, id, 3) });
    made.desk.hold('load_messages');
    made.store.setActiveConversation(made.id);
    await nextFrame();
    expect(made.all('[part=loading]')).to.have.length(0);
    await waitUntil(() => made.all('[part=loading]').length === 1);
    made.desk.release('load_messages');
    await made.drawn();
    expect(made.all('[part=loading]')).to.have.length(0);
    expect(made.all('crm-message-row')).to.have.length(3);
  });

  it('says that loading failed and tries again', async () => {
    const made = await stage({ open: false, history: (desk, id) => longHistory(desk, id, 3) });
    made.desk.failNext('load_messages', 'INTERNAL');
    made.store.setActiveConversation(made.id);
    await made.drawn();
    expect(made.one('[part=error]').textContent).to.match(/Messages did not load\s*Nothing was lost\./u);
    made.one('[part=error] button').click();
    await made.drawn();
    expect(made.all('crm-message-row')).to.have.length(3);
  });

  it('offers to load earlier messages again', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 200) });
    made.desk.failNext('load_messages', 'INTERNAL');
    await made.scrollTo(0);
    await made.drawn();
    const known = made.store.thread(made.id).messages.size;
    expect(made.one('[part=error]')).to.contain.text('Try again');
    made.one('[part=error] button').click();
    await made.drawn();
    expect(made.store.thread(made.id).messages.size).to.be.above(known);
  });
});

describe('messages panel: the connection', () => {
  it('tells of a break that lasts, and politely of its end', async () => {
    const made = await stage();
    made.desk.goOffline();
    await made.drawn();
    expect(strips(made)).to.deep.equal([]);
    await waitUntil(() => strips(made).length === 1, 'the strip', { timeout: 5000 });
    expect(strips(made)[0]).to.equal('The server cannot be reached. Messages wait here and go out when it is back.');
    made.desk.goOnline();
    await made.world.advance(20_000);
    await made.drawn();
    expect(strips(made)).to.deep.equal([]);
    expect(made.all('[role=status]').some((one) => one.textContent === 'Back online')).to.equal(true);
  });

  it('warns when waiting words would not survive the page', async () => {
    const made = await stage();
    Object.defineProperty(made.store, '$storage', {
      value: { get: () => 'memory', listen: () => () => undefined, subscribe: () => () => undefined },
    });
    made.desk.goOffline();
    await made.store.sendMessage(made.id, 'waits');
    await waitUntil(() => strips(made).length === 2, 'both strips', { timeout: 5000 });
    expect(strips(made)[1]).to.contain('Leave the page open');
  });

  it('gives the reason when the server refuses', async () => {
    const made = await stage();
    made.desk.refuse('UNAUTHENTICATED', 'The token is not valid.');
    await made.drawn();
    expect(strips(made)).to.deep.equal(['You are not signed in. Sign in again to go on.']);
    expect(made.one('.banner')).to.have.attribute('role', 'alert');
  });
});

describe('messages panel: read marks', () => {
  const marks = ({ desk }: Stage) => desk.asks('mark_as_read').length;

  it('marks once for each news, at the end only', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 60) });
    const before = marks(made);
    await made.say('one');
    expect(marks(made)).to.equal(before + 1);
    made.panel.requestUpdate();
    await made.drawn();
    expect(marks(made)).to.equal(before + 1);
    await made.scrollTo(made.log.scrollTop - 800);
    await made.say('two');
    await made.say('three');
    expect(marks(made)).to.equal(before + 1);
    await made.scrollTo(made.log.scrollHeight);
    await made.drawn();
    expect(marks(made)).to.equal(before + 2);
  });

  it('asks once, also while the answer is not there yet', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 5) });
    let asked = 0;
    made.store.markAsRead = () => asked++;
    await made.say('unread');
    made.panel.requestUpdate();
    await made.drawn();
    expect(asked).to.equal(1);
    await made.say('more');
    expect(asked).to.equal(2);
  });

  it('does not mark what nobody can see', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 5) });
    const before = marks(made);
    const frame = made.panel.parentElement!;
    for (const [property, value] of [
      ['visibility', 'hidden'],
      ['display', 'none'],
    ] as const) {
      frame.style.setProperty(property, value);
      await made.drawn();
      await made.say(`while ${value}`);
      expect(marks(made)).to.equal(before);
      frame.style.removeProperty(property);
    }
    await made.drawn();
    made.panel.dispatchEvent(new FocusEvent('focusin'));
    await made.drawn();
    expect(marks(made)).to.equal(before + 1);
  });

  it('waits for a page in the background, and catches up when it comes to the front', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 5) });
    const before = marks(made);
    let visibility = 'hidden';
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
    try {
      await made.say('in the background');
      expect(marks(made)).to.equal(before);
      visibility = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
      await made.drawn();
      expect(marks(made)).to.equal(before + 1);
    } finally {
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });
});

describe('messages panel: keyboard', () => {
  it('answers with R and goes back to the messages with Escape', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 5) });
    made.panel.focusLog();
    await made.drawn();
    expect(made.panel.shadowRoot!.activeElement).to.equal(made.log);
    expect(made.press('r').defaultPrevented).to.equal(true);
    await made.drawn();
    expect(made.panel.shadowRoot!.activeElement).to.equal(made.field);
    expect(made.press('r').defaultPrevented, 'a letter in the field').to.equal(false);
    made.press('Escape');
    await made.drawn();
    expect(made.panel.shadowRoot!.activeElement).to.equal(made.log);
  });

  for (const [name, init] of [
    ['Ctrl', { ctrlKey: true }],
    ['Meta', { metaKey: true }],
    ['Alt', { altKey: true }],
    ['AltGr', { modifierAltGraph: true }],
  ] as const)
    it(`leaves ${name}+R to others`, async () => {
      const made = await stage({ history: (desk, id) => longHistory(desk, id, 5) });
      made.panel.focusLog();
      await made.drawn();
      expect(made.press('r', init).defaultPrevented).to.equal(false);
    });
});

describe('messages panel: typing', () => {
  it('is shown at the end and said at most once in half a minute', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 5) });
    const said: string[] = [];
    const region = made.one('crm-message-log [role=status]');
    const watch = new MutationObserver(() => region.textContent && said.push(region.textContent));
    watch.observe(region, { characterData: true, childList: true, subtree: true });
    for (let turn = 0; turn < 3; turn++) {
      made.desk.customerTypes(made.id);
      await made.drawn();
      expect(made.one('[part=typing]')).to.contain.text('Camila is typing');
      made.desk.customerTypes(made.id, false);
      await made.drawn();
      expect(made.all('[part=typing]')).to.have.length(0);
    }
    expect(said).to.deep.equal(['Camila is typing']);
    watch.disconnect();
  });

  it('names a colleague who answers', async () => {
    const made = await stage({ history: (desk, id) => longHistory(desk, id, 5) });
    made.desk.agentTypes('agent-2', made.id);
    await made.drawn();
    expect(made.one('[part=typing]')).to.have.trimmed.text('Tomás is replying…');
  });
});

describe('messages panel: axe', () => {
  const agent = { senderType: 'agent', senderId: 'agent-1', senderName: 'Marta Reis' } as const;
  const SCENES: Record<string, () => Promise<Stage>> = {
    'no conversation': () => stage({ open: false }),
    'an empty thread': () => stage(),
    'a lively thread': async () => {
      const made = await stage({
        conversation: { botEnabled: true },
        history: (desk, id) => {
          desk.addMessage(id, { content: 'Hi 👍 https://northlight.example', timestamp: at(0) });
          desk.addMessage(id, { content: '🎉', timestamp: at(1) });
          desk.addMessage(id, {
            content: 'Hello',
            senderType: 'bot',
            senderId: 'bot',
            timestamp: at(2),
            status: 'read',
          });
          desk.addMessage(id, { ...agent, content: 'note', visibility: 'internal', timestamp: at(3) });
          desk.addMessage(id, { content: 'Assigned to Marta', senderType: 'system', timestamp: at(4) });
          desk.addMessage(id, {
            ...agent,
            content: '',
            messageType: 'file',
            metadata: { fileName: 'a.pdf', fileSize: 1000, fileUrl: '/a.pdf' },
            timestamp: at(5),
          });
          desk.addMessage(id, {
            content: '',
            messageType: 'audio',
            metadata: { audioUrl: '/a.ogg', duration: 4, transcript: 'words' },
            timestamp: at(6),
          });
        },
      });
      made.desk.failNext('send_message', { code: 'PLATFORM_REJECTED', message: 'The number is not on WhatsApp.' });
      await made.store.sendMessage(made.id, 'failed');
      made.desk.customerTypes(made.id);
      await made.drawn();
      return made;
    },
    'a failed page': async () => {
      const made = await stage({ open: false });
      made.desk.failNext('load_messages', 'INTERNAL');
      made.store.setActiveConversation(made.id);
      await made.drawn();
      return made;
    },
    'a refused connection': async () => {
      const made = await stage();
      made.desk.refuse();
      await made.drawn();
      return made;
    },
  };
  for (const theme of ['light', 'dark'] as const)
    for (const [name, scene] of Object.entries(SCENES))
      it(`finds nothing in ${name}, ${theme}`, async () => {
        const made = await scene();
        made.panel.theme = theme;
        await made.drawn();
        await expect(made.panel).to.be.accessible();
      });
});
