import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { sendKeys } from '@web/test-runner-commands';
import { createChatStore } from '../../store/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import {
  buildNote,
  buildQuote,
  createDesk,
  deskTransport,
  testWorld,
  type Desk,
  type DeskOptions,
} from '../../testing/index.js';
import { loadEverything } from '../../controllers/later.js';
import type { CrmClientPanel } from './client-panel.js';
import './client-panel.js';

const ME = 'agent-1';
const NOT_ALLOWED = 'You are not allowed to do this. Ask a colleague who is.';

interface Scene {
  desk: Desk;
  store: ChatStore;
  panel: CrmClientPanel;
  settle: () => Promise<void>;
}

/** A panel of 328 × 700 pixels that shows the conversation `one`. */
async function scene(
  prepare: (desk: Desk) => void,
  options: DeskOptions = {},
  theme?: 'light' | 'dark',
): Promise<Scene> {
  await loadEverything();
  const desk = createDesk(options);
  prepare(desk);
  const world = testWorld();
  const after = world.after.bind(world);
  const store = createChatStore({ transport: deskTransport(desk, { agentId: ME, after }), world });
  const panel = document.createElement('crm-client-panel');
  panel.store = store;
  if (theme) panel.theme = theme;
  const box = await fixture<HTMLElement>(html`<div>${panel}</div>`);
  Object.assign(box.style, { inlineSize: '328px', blockSize: '700px' });
  const settle = async () => {
    // A record is asked for together with others that are wanted in the same moment.
    await world.advance(100);
    await panel.updateComplete;
    for (const part of panel.shadowRoot?.querySelectorAll('crm-client-notes, crm-convert-dialog, crm-details-form') ??
      [])
      await (part as HTMLElementTagNameMap['crm-client-notes']).updateComplete;
  };
  await settle();
  store.setActiveConversation('one');
  await settle();
  await settle();
  return { desk, store, panel, settle };
}

/** Camila, not yet a client. */
function prospect(desk: Desk) {
  desk.addContact({
    id: 'camila',
    name: 'Camila Ferreira',
    email: 'camila@example.com',
    timezone: 'Europe/Lisbon',
    source: 'Instagram',
  });
  desk.addConversation({ id: 'one', prospectId: 'camila', tags: ['Lead', 'Kitchen'], assignedTo: ME });
}

/** Amélie, a client with notes and quotes. */
function client(desk: Desk) {
  const clientId = 'client';
  const day = (date: number) => `2026-01-0${date}T10:00:00.000Z`;
  desk.addClient({
    id: clientId,
    firstName: 'Amélie',
    lastName: 'Laurent',
    email: 'amelie@example.com',
    company: 'Laurent & Filles',
    tags: ['Client', 'Lead'],
    notes: [
      buildNote({ id: 'n1', clientId, content: 'The older one', createdAt: day(1) }),
      buildNote({ id: 'n2', clientId, content: 'The newer one', createdAt: day(2) }),
    ],
    quotes: [
      buildQuote({ id: 'q1', clientId, title: 'Oak kitchen', amount: 16240, status: 'sent', createdAt: day(1) }),
      buildQuote({ id: 'q2', clientId, title: 'Worktop', amount: 2220, status: 'draft', createdAt: day(2) }),
      buildQuote({
        id: 'q3',
        clientId,
        title: 'Visit',
        amount: 90,
        status: 'rejected',
        currency: 'USD',
        createdAt: day(3),
      }),
      buildQuote({
        id: 'q4',
        clientId,
        title: 'Old',
        amount: 1,
        url: 'javascript:alert(1)',
        status: 'expired',
        createdAt: day(4),
      }),
    ],
  });
  desk.addContact({ id: 'amelie', name: 'Amélie Laurent', isClient: true, clientId });
  desk.addConversation({ id: 'one', prospectId: 'amelie', clientId, isClientConverted: true, tags: ['Lead', 'Vip'] });
}

const within = <E extends HTMLElement = HTMLElement>(panel: CrmClientPanel, selector: string) =>
  panel.shadowRoot?.querySelector<E>(selector) ?? undefined;
const all = (panel: CrmClientPanel, selector: string) => [
  ...(panel.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const words = (element: Element | undefined | null) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const section = (panel: CrmClientPanel, id: string) => within(panel, `[part~="section-${id}"]`);
const said = (panel: CrmClientPanel) => words(within(panel, '.sr[role=status]'));
const button = (panel: CrmClientPanel, name: string) =>
  all(panel, 'button').find((one) => (one.getAttribute('aria-label') ?? words(one)) === name) as HTMLButtonElement;
const input = (panel: CrmClientPanel, name: string) => within<HTMLInputElement>(panel, `input[name=${name}]`)!;

function write(field: HTMLInputElement | HTMLTextAreaElement, text: string) {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
/** What stands under a field, found as assistive technology finds it. */
function errorOf(panel: CrmClientPanel, name: string) {
  const field = input(panel, name);
  if (field.getAttribute('aria-invalid') !== 'true') return undefined;
  return words(panel.shadowRoot?.getElementById(field.getAttribute('aria-describedby') ?? ''));
}

beforeEach(() => localStorage.clear());

describe('<crm-client-panel>: in a page of a host', () => {
  for (const display of ['block', 'grid', 'flow-root'])
    it(`scrolls inside its box, though the page says display: ${display}`, async () => {
      const { panel, settle } = await scene(client);
      panel.parentElement!.style.blockSize = '300px';
      panel.style.display = display;
      await settle();
      const scroller = within(panel, '.scroll')!;
      expect(scroller.getBoundingClientRect().bottom).to.be.closeTo(panel.getBoundingClientRect().bottom, 1);
      expect(scroller.scrollHeight).to.be.above(scroller.clientHeight + 100);
    });
});

describe('<crm-client-panel>: hostile names', () => {
  const LONG = 'anna-'.repeat(100);
  for (const width of [390, 1440])
    it(`of any length stay inside ${width} pixels`, async () => {
      const { panel, settle } = await scene((desk) => {
        client(desk);
        desk.updateContact('amelie', { identifier: LONG, identifierType: 'social', location: LONG, source: LONG });
        desk.updateClient('client', { firstName: LONG, lastName: LONG, email: LONG, phone: LONG, company: LONG });
        desk.updateConversation('one', { tags: [LONG.slice(0, 120)] });
      });
      panel.parentElement!.style.inlineSize = `${width}px`;
      await settle();
      const { right } = panel.getBoundingClientRect();
      const scroller = within(panel, '.scroll')!;
      expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
      for (const one of all(panel, '.id *, .kv *, .tagp'))
        if (!one.closest('.cut')) expect(one.getBoundingClientRect().right, one.className).to.be.at.most(right);
      expect(all(panel, '.id__c .ib')).to.have.length(2);
    });

  it('are shown without marks that turn them around', async () => {
    const { panel } = await scene((desk) => {
      prospect(desk);
      desk.updateContact('camila', { name: 'Cam\u202Eali', email: 'a\u2066b@example.com', location: 'Lis\u200Fbon' });
      desk.updateConversation('one', { tags: ['Vi\u202Ep'] });
    });
    expect(words(within(panel, '.who h3'))).to.equal('Camali');
    expect(words(panel.shadowRoot?.querySelector('.scroll'))).not.to.match(/\p{Bidi_Control}/u);
  });
});

describe('<crm-client-panel>: a record that does not come', () => {
  const realTimeout = window.setTimeout;
  afterEach(() => (window.setTimeout = realTimeout));

  /** Whatever waits a second and more is due soon, in the same order. */
  const hurry = () => {
    const hurried = (run: () => void, ms = 0) => realTimeout(run, ms >= 1000 ? ms / 20 : ms);
    window.setTimeout = hurried as typeof window.setTimeout;
  };

  /** Hurried too, like everything that is set while it is: eight seconds. */
  const SOON = { timeout: 160_000 };

  it('says so after a while, and asks again', async () => {
    hurry();
    const { panel, desk, settle } = await scene((desk) => {
      client(desk);
      desk.dropAsk('load_clients');
    });
    await waitUntil(() => words(within(panel, '[part=error]')).startsWith('The record did not load.'), 'says it', SOON);
    expect(within(panel, '[part=skeleton]')).not.to.exist;
    expect(desk.asks('load_clients'), 'the first one was lost').to.have.length(0);
    button(panel, 'Try again').click();
    await settle();
    expect(panel.shadowRoot!.activeElement).to.equal(within(panel, 'h2'));
    await waitUntil(
      async () => {
        await settle();
        return section(panel, 'notes') !== undefined;
      },
      'the record comes',
      SOON,
    );
    expect(desk.asks('load_clients')).to.have.length(1);
    expect(within(panel, '[part=error]')).not.to.exist;
  });

  it('waits anew for the record of another contact', async () => {
    hurry();
    const { panel, desk, store, settle } = await scene((desk) => {
      client(desk);
      desk.addClient({ id: 'other' });
      desk.addContact({ id: 'dina', isClient: true, clientId: 'other' });
      desk.addConversation({ id: 'two', prospectId: 'dina', clientId: 'other', isClientConverted: true });
      desk.hold('load_clients');
    });
    await waitUntil(() => within(panel, '[part=error]'), 'says it', SOON);
    window.setTimeout = realTimeout;
    store.setActiveConversation('two');
    await settle();
    expect(within(panel, '[part=error]')).not.to.exist;
    desk.release('load_clients');
  });
});

describe('<crm-client-panel>: who it is', () => {
  it('a prospect: name, kind, phone, email, and only the sections that hold something', async () => {
    const { panel } = await scene(prospect);
    expect(panel.getAttribute('role')).to.equal('complementary');
    expect(panel.getAttribute('aria-label')).to.equal('Contact');
    expect(words(within(panel, '.id h3'))).to.equal('Camila Ferreira');
    expect(words(within(panel, '.chip'))).to.equal('Prospect');
    expect(all(panel, '.id__c li').map(words)).to.deep.equal(['+351 910 000 142', 'camila@example.com']);
    expect(all(panel, '.sec h3').map(words)).to.deep.equal(['Details', 'Tags 2']);
    expect(all(panel, '.kv dt').map(words)).to.deep.equal(['Local time', 'Found us', 'Owner']);
    expect(button(panel, 'Convert to client')).to.exist;
  });

  it('a client: record, notes newest first, quotes with words and totals, tags of both', async () => {
    const { panel } = await scene(client);
    expect(words(within(panel, '.chip'))).to.equal('Client');
    expect(button(panel, 'Convert to client')).not.to.exist;
    expect(all(panel, '.pnote p').map(words)).to.deep.equal(['The newer one', 'The older one']);
    expect(all(panel, '.q b').map(words)).to.deep.equal(['Old', 'Visit', 'Worktop', 'Oak kitchen']);
    expect(all(panel, '.stat').map(words)).to.deep.equal(['Expired', 'Declined', 'Draft', 'Sent']);
    expect(all(panel, '.sum').map(words)).to.deep.equal(['Open€18,460']);
    expect(all(panel, '.tagp').map(words)).to.deep.equal(['Lead', 'Vip', 'Client']);
    expect(within(panel, 'a[href^="javascript"]'), 'a script is not a page').not.to.exist;
    expect(within(panel, '.q')!.getBoundingClientRect().height).to.equal(52);
  });

  it('previous conversations open by their event', async () => {
    const { panel, store } = await scene((desk) => {
      prospect(desk);
      desk.addConversation({
        id: 'two',
        prospectId: 'camila',
        platform: 'instagram',
        status: 'archived',
        assignedTo: 'agent-2',
      });
      desk.addMessage('two', { content: 'Asked about oak fronts' });
    });
    expect(words(section(panel, 'previous')?.querySelector('.prev'))).to.match(
      /Asked about oak fronts.*Answered by Tomás, archived/,
    );
    section(panel, 'previous')!.querySelector<HTMLElement>('.prev')!.click();
    expect(store.$activeId.get()).to.equal('two');
  });

  it('nothing open, and no store: a quiet sentence', async () => {
    const panel = await fixture<CrmClientPanel>(html`<crm-client-panel></crm-client-panel>`);
    expect(words(within(panel, '.empty'))).to.equal('No conversation open Open one to see who is writing.');
    const { store, panel: other, settle } = await scene(prospect);
    store.setActiveConversation(null);
    await settle();
    expect(within(other, '.empty')).to.exist;
  });

  it('a skeleton only when the record takes long', async () => {
    const desk = createDesk();
    client(desk);
    desk.hold('load_clients');
    const store = createChatStore({ transport: deskTransport(desk, { agentId: ME }) });
    store.setActiveConversation('one');
    const panel = await fixture<CrmClientPanel>(html`<crm-client-panel .store=${store}></crm-client-panel>`);
    await waitUntil(() => words(within(panel, '.id h3')) === 'Amélie Laurent');
    expect(within(panel, '.sk')).not.to.exist;
    await waitUntil(() => within(panel, '.sk') !== undefined);
    desk.release('load_clients');
    await waitUntil(() => section(panel, 'notes') !== undefined);
    expect(within(panel, '.sk')).not.to.exist;
  });
});

describe('<crm-client-panel>: copy', () => {
  const clipboard = (writeText: (text: string) => Promise<void>) =>
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });

  it('copies, and says so in words', async () => {
    const copied: string[] = [];
    clipboard(async (text) => void copied.push(text));
    const { panel } = await scene(prospect);
    button(panel, 'Copy email address').click();
    await waitUntil(() => said(panel) === 'Email address copied');
    expect(copied).to.deep.equal(['camila@example.com']);
    await panel.updateComplete;
    expect(button(panel, 'Copied')).to.exist;
  });

  it('says what to do where copying is not allowed', async () => {
    clipboard(() => Promise.reject(new Error('NotAllowedError')));
    const { panel } = await scene(prospect);
    button(panel, 'Copy phone number').click();
    await waitUntil(() => said(panel).startsWith('Copying is not allowed'));
  });
});

describe('<crm-client-panel>: convert to client', () => {
  async function dialogOf(staged: Scene) {
    button(staged.panel, 'Convert to client').focus();
    button(staged.panel, 'Convert to client').click();
    await staged.settle();
    await staged.settle();
    return within<HTMLDialogElement>(staged.panel, 'dialog')!;
  }

  it('is a prefilled modal dialog with its name', async () => {
    const staged = await scene(prospect);
    const dialog = await dialogOf(staged);
    expect(dialog.open && dialog.matches(':modal')).to.equal(true);
    expect(dialog.getAttribute('aria-label')).to.equal('Convert to client');
    expect(all(staged.panel, 'dialog input').map((field) => (field as HTMLInputElement).value)).to.deep.equal([
      'Camila',
      'Ferreira',
      'camila@example.com',
      '+351 910 000 142',
      '',
    ]);
    expect(staged.panel.shadowRoot?.activeElement).to.equal(input(staged.panel, 'firstName'));
    expect(dialog.getBoundingClientRect().width).to.equal(440);
    await expect(staged.panel).to.be.accessible();
  });

  it('says what is wrong under the field, focuses the first, and judges on blur from then on', async () => {
    const staged = await scene(prospect);
    const { panel, desk, settle } = staged;
    await dialogOf(staged);
    write(input(panel, 'phone'), '50012');
    input(panel, 'phone').dispatchEvent(new FocusEvent('blur'));
    await settle();
    expect(errorOf(panel, 'phone'), 'not before the first attempt').to.equal(undefined);
    write(input(panel, 'firstName'), '');
    button(panel, 'Convert').click();
    await settle();
    expect(errorOf(panel, 'firstName')).to.equal('A first name is needed');
    expect(errorOf(panel, 'phone')).to.equal('Seven to fifteen digits, you wrote five');
    expect(panel.shadowRoot?.activeElement).to.equal(input(panel, 'firstName'));
    expect(desk.asks('convert_prospect')).to.have.length(0);
    write(input(panel, 'phone'), '+351 910 000 142');
    input(panel, 'phone').dispatchEvent(new FocusEvent('blur'));
    await settle();
    expect(errorOf(panel, 'phone')).to.equal(undefined);
    expect(errorOf(panel, 'firstName')).to.equal('A first name is needed');
  });

  it('puts the server’s refusal under its field, else in the dialog, and loses no word', async () => {
    const staged = await scene(prospect);
    const { panel, desk, settle } = staged;
    const dialog = await dialogOf(staged);
    write(input(panel, 'company'), 'Atelier');
    desk.failNext('convert_prospect', {
      code: 'BAD_PAYLOAD',
      message: 'This email is taken',
      field: 'clientData.email',
    });
    button(panel, 'Convert').click();
    await settle();
    await settle();
    expect(errorOf(panel, 'email')).to.equal('Not accepted: This email is taken');
    expect(panel.shadowRoot?.activeElement).to.equal(input(panel, 'email'));
    desk.failNext('convert_prospect', { code: 'FORBIDDEN', message: 'Only Marta may convert.' });
    button(panel, 'Convert').click();
    await settle();
    await settle();
    expect(words(within(panel, 'dialog [role=alert]'))).to.equal(NOT_ALLOWED);
    expect(dialog.open).to.equal(true);
    button(panel, 'Cancel').click();
    await dialogOf(staged);
    expect(input(panel, 'company').value, 'kept when closed and opened again').to.equal('Atelier');
  });

  it('keeps a conversion while offline, says so, and does it when the connection is back', async () => {
    const staged = await scene(prospect);
    const { panel, desk, settle } = staged;
    await dialogOf(staged);
    desk.goOffline();
    await settle();
    button(panel, 'Convert').click();
    await waitUntil(() => !within<HTMLDialogElement>(panel, 'dialog[open]'));
    const waiting = () => words(within(panel, '[part=waiting]'));
    await waitUntil(() => waiting().includes('Waiting for connection'));
    expect(waiting()).to.contain('Convert to client');
    desk.failNext('convert_prospect', { code: 'FORBIDDEN', message: 'Only Marta may convert.' });
    desk.goOnline();
    await waitUntil(() => waiting().includes(NOT_ALLOWED));
    button(panel, 'Try again').click();
    await waitUntil(() => !within(panel, '[part=waiting]'));
    expect(desk.asks('convert_prospect')).to.have.length(2);
  });

  it('waits with “Converting…”, and on success closes, says so, and focuses the heading', async () => {
    const staged = await scene(prospect);
    const { panel, desk, settle } = staged;
    const dialog = await dialogOf(staged);
    desk.hold('convert_prospect');
    button(panel, 'Convert').click();
    await settle();
    const submit = within<HTMLButtonElement>(panel, 'dialog [type=submit]')!;
    expect(words(submit)).to.equal('Converting…');
    submit.click();
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    await settle();
    expect(desk.asks('convert_prospect'), 'once').to.have.length(1);
    expect(dialog.open).to.equal(true);
    desk.release('convert_prospect');
    await settle();
    await settle();
    await waitUntil(() => !within<HTMLDialogElement>(panel, 'dialog[open]'));
    expect(panel.shadowRoot?.activeElement?.localName).to.equal('h2');
    expect(said(panel)).to.equal('Converted to client');
    expect(words(within(panel, '.chip'))).to.equal('Client');
    expect(button(panel, 'Convert to client')).not.to.exist;
  });

  it('leaves it to a host that takes it over', async () => {
    const staged = await scene(prospect);
    const { panel, desk, settle } = staged;
    await dialogOf(staged);
    let asked: unknown;
    panel.addEventListener('crm-prospect-convert', (event) => {
      asked = event.detail;
      event.preventDefault();
    });
    button(panel, 'Convert').click();
    await settle();
    expect(asked).to.deep.include({ prospectId: 'camila' });
    expect(desk.asks('convert_prospect')).to.have.length(0);
    expect(within(panel, 'dialog[open]')).not.to.exist;
  });
});

describe('<crm-client-panel>: notes', () => {
  const field = (panel: CrmClientPanel) => within<HTMLTextAreaElement>(panel, 'textarea[aria-label=Note]')!;

  it('adds one, and gives the focus back', async () => {
    const { panel, desk, settle } = await scene(client);
    button(panel, 'Add a note').click();
    await settle();
    await settle();
    expect(panel.shadowRoot?.activeElement).to.equal(field(panel));
    expect(button(panel, 'Add note').getAttribute('aria-disabled')).to.equal('true');
    write(field(panel), ' Calls back on Monday ');
    await settle();
    button(panel, 'Add note').click();
    await settle();
    await settle();
    expect(desk.asks('add_client_note')[0]).to.deep.include({ clientId: 'client', content: 'Calls back on Monday' });
    expect(words(all(panel, '.pnote p')[0])).to.equal('Calls back on Monday');
    expect(field(panel)).not.to.exist;
    expect(said(panel)).to.equal('Note added');
    expect(panel.shadowRoot?.activeElement).to.equal(button(panel, 'Add a note'));
  });

  it('folds a long one, unfolds it step by step, and a megabyte costs no more than a tenth of it', async () => {
    const drawn = async (length: number) => {
      const content = 'Measured the alcove, oak on both sides.\n'.repeat(Math.ceil(length / 40)).slice(0, length);
      const { panel, settle } = await scene((desk) => {
        client(desk);
        desk.books.clients.get('client')!.notes.push(buildNote({ clientId: 'client', content }));
      });
      const note = () => all(panel, '.pnote').find((one) => one.textContent.includes('alcove'))!;
      const shown = () => note().querySelector('p')!.textContent.replace(/…$/u, '');
      const cost = () => {
        let nodes = 0;
        for (const walk = document.createTreeWalker(note()); walk.nextNode();) nodes++;
        return { nodes, letters: shown().length, high: Math.round(note().getBoundingClientRect().height) };
      };
      const costs = [cost()];
      expect(content.startsWith(shown()), 'its beginning').to.equal(true);
      for (const most of [8000, 28_000]) {
        const before = shown();
        note().querySelector('button')!.click();
        await settle();
        expect(content.startsWith(shown()) && shown().startsWith(before), 'more of it').to.equal(true);
        expect(shown().length).to.be.within(before.length + 1, most);
        costs.push(cost());
      }
      return costs;
    };
    const [folded, ...unfolded] = await drawn(100_000);
    expect(folded!.letters).to.be.within(100, 2000);
    expect(await drawn(1_000_000)).to.deep.equal([folded, ...unfolded]);
  });

  it('shows a short one whole, and a long one whole after its last step', async () => {
    const content = 'word '.repeat(1000).trim();
    const { panel, settle } = await scene((desk) => {
      client(desk);
      desk.books.clients.get('client')!.notes.push(buildNote({ clientId: 'client', content }));
    });
    const texts = () => all(panel, '.pnote p').map((one) => one.textContent);
    const more = () => all(panel, '.pnote button');
    expect(more().map((one) => words(one))).to.deep.equal(['Show more']);
    expect(texts()).to.include('The older one');
    expect(texts()).not.to.include(content);
    more()[0]!.click();
    await settle();
    expect(texts()).to.include(content);
    expect(more()).to.have.length(0);
  });

  it('keeps what was written when it is refused, when the field is closed, and for each client', async () => {
    const { panel, desk, store, settle } = await scene((desk) => {
      client(desk);
      desk.addClient({ id: 'other' });
      desk.addContact({ id: 'other-contact', isClient: true, clientId: 'other' });
      desk.addConversation({ id: 'two', prospectId: 'other-contact', clientId: 'other' });
    });
    button(panel, 'Add a note').click();
    await settle();
    write(field(panel), 'Precious');
    desk.failNext('add_client_note', { code: 'FORBIDDEN', message: 'You may not write here.' });
    await settle();
    button(panel, 'Add note').click();
    await settle();
    await settle();
    expect(field(panel).value).to.equal('Precious');
    expect(words(within(panel, '.note-form [role=alert]'))).to.equal(NOT_ALLOWED);
    field(panel).focus();
    await sendKeys({ press: 'Escape' });
    await settle();
    expect(field(panel)).not.to.exist;
    store.setActiveConversation('two');
    await settle();
    await settle();
    button(panel, 'Add a note').click();
    await settle();
    expect(field(panel).value).to.equal('');
    store.setActiveConversation('one');
    await settle();
    await settle();
    button(panel, 'Add a note').click();
    await settle();
    expect(field(panel).value).to.equal('Precious');
  });
});

describe('<crm-client-panel>: details', () => {
  it('edits a client where the server can', async () => {
    const { panel, desk, settle } = await scene(client);
    button(panel, 'Edit').click();
    await settle();
    await settle();
    write(input(panel, 'email'), 'wrong');
    button(panel, 'Save').click();
    await settle();
    expect(errorOf(panel, 'email')).to.equal('An email address has an @, this one has none');
    write(input(panel, 'email'), 'new@example.com');
    button(panel, 'Save').click();
    await settle();
    await settle();
    expect(desk.asks('update_client')[0]).to.deep.include({ clientId: 'client', patch: { email: 'new@example.com' } });
    expect(within(panel, 'crm-details-form')).not.to.exist;
    expect(all(panel, '.id__c li').map(words)).to.include('new@example.com');
    await waitUntil(() => panel.shadowRoot?.activeElement === button(panel, 'Edit'));
  });

  it('keeps what was typed while the agent looks at another conversation', async () => {
    const { panel, store, settle } = await scene((desk) => {
      client(desk);
      desk.addConversation({ id: 'two' });
    });
    button(panel, 'Edit').click();
    await settle();
    await settle();
    write(input(panel, 'company'), 'Half a na');
    await settle();
    store.setActiveConversation('two');
    await settle();
    expect(within(panel, 'crm-details-form')).not.to.exist;
    store.setActiveConversation('one');
    await settle();
    await settle();
    expect(input(panel, 'company').value).to.equal('Half a na');
  });

  it('has no Edit where the server cannot', async () => {
    const { panel } = await scene(client, { level: 1 });
    expect(button(panel, 'Edit')).not.to.exist;
  });
});

describe('<crm-client-panel>: accordion', () => {
  it('closes and opens, is remembered for the agent, and heads hold no button in a button', async () => {
    const first = await scene(client);
    const heading = () => section(first.panel, 'notes')!.querySelector('h3 button')!;
    expect(heading().getAttribute('aria-expanded')).to.equal('true');
    expect(first.panel.shadowRoot!.querySelector('button button')).not.to.exist;
    (heading() as HTMLElement).click();
    await first.settle();
    expect(heading().getAttribute('aria-expanded')).to.equal('false');
    expect(within(first.panel, '.pnote')).not.to.exist;
    expect(localStorage.getItem(`crm-chat:panel:${ME}`)).to.equal('{"notes":false}');
    const second = await scene(client);
    expect(within(second.panel, '.pnote')).not.to.exist;
    button(second.panel, 'Add a note').click();
    await second.settle();
    await second.settle();
    expect(within(second.panel, 'textarea'), 'Add opens what is closed').to.exist;
  });

  it('works in a browser that keeps nothing', async () => {
    const { setItem, getItem } = Storage.prototype;
    const refuse = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    Storage.prototype.setItem = refuse;
    Storage.prototype.getItem = refuse;
    try {
      const { panel, settle } = await scene(client);
      section(panel, 'notes')!.querySelector<HTMLElement>('h3 button')!.click();
      await settle();
      expect(within(panel, '.pnote')).not.to.exist;
    } finally {
      Object.assign(Storage.prototype, { setItem, getItem });
    }
  });
});

describe('<crm-client-panel>: for everybody', () => {
  for (const theme of ['light', 'dark'] as const) {
    for (const [who, prepare] of [
      ['a prospect', prospect],
      ['a client', client],
    ] as const) {
      it(`axe finds nothing (${who}, ${theme})`, async () => {
        const { panel, settle } = await scene(prepare, {}, theme);
        for (const name of ['Edit', 'Add a note']) button(panel, name)?.click();
        await settle();
        await settle();
        await expect(panel).to.be.accessible();
      });
    }
  }

  it('no style attribute comes out of a template', async () => {
    const { panel } = await scene(client);
    expect(all(panel, '[style]')).to.have.length(0);
  });

  it('Back and Close say what they want, where the inbox around it has room for one panel or more', async () => {
    for (const [width, shown, event] of [
      [390, 'Back to messages', 'crm-panel-back'],
      [800, 'Close panel', 'crm-contact-toggle'],
    ] as const) {
      const { panel } = await scene(prospect);
      Object.assign(panel.parentElement!.style, { container: 'crm-inbox / inline-size', inlineSize: `${width}px` });
      await nextFrame();
      const seen = ['Back to messages', 'Close panel'].filter((name) => button(panel, name).checkVisibility());
      expect(seen).to.deep.equal([shown]);
      let heard: unknown;
      panel.addEventListener(event, ({ detail }) => (heard = detail));
      button(panel, shown).click();
      expect(heard).to.deep.equal(event === 'crm-panel-back' ? { from: 'contact' } : { open: false });
    }
  });
});

describe('<crm-client-panel>: an element’s life', () => {
  it('takes a store that was set before it was upgraded', async () => {
    const { store } = await scene(prospect);
    const host = document.createElement('div');
    host.innerHTML = '<crm-client-panel></crm-client-panel>';
    const late = host.firstElementChild as CrmClientPanel;
    Object.defineProperty(late, 'store', { value: store, configurable: true, writable: true, enumerable: true });
    const around = await fixture<HTMLElement>(html`<div></div>`);
    around.append(host);
    await waitUntil(() => words(within(late, '.id h3')) === 'Camila Ferreira');
  });

  it('lets go when it is removed, and comes back whole', async () => {
    const { panel, store, desk, settle } = await scene(client);
    const parent = panel.parentElement!;
    panel.remove();
    await aTimeout(0);
    expect((store.$activeId as typeof store.$activeId & { lc: number }).lc).to.equal(0);
    desk.updateContact('amelie', { location: 'Lyon' });
    parent.append(panel);
    await settle();
    await settle();
    expect(all(panel, '.kv dd').map(words)).to.include('Lyon');
    button(panel, 'Add a note').click();
    await settle();
    expect(within(panel, 'textarea')).to.exist;
  });
});
