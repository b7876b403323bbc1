/** A lived-in inbox, the same every time: what the demo, the stories and the pictures show. */
import type { ChatMessage, Conversation, MessageStatus } from '../contract/index.js';
import { buildNote, buildQuote } from './builders.js';
import { fillCamilasThread } from './demo-thread.js';
import { createDesk, type Desk } from './desk.js';
import type { DeskOptions } from './desk-switchboard.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The signed-in agent of the demo. */
export const DEMO_AGENT = 'marta';

export const DEMO_TEAM = [
  { id: DEMO_AGENT, name: 'Marta Reis', status: 'online' as const },
  { id: 'tomas', name: 'Tomás Lima', status: 'online' as const },
  { id: 'ines', name: 'Inês Duarte', status: 'away' as const },
];

/** One conversation of the list: its contact, and how it stands. `ago` is minutes since the last message. */
interface Row {
  id: string;
  name?: string;
  identifier: string;
  platform: string;
  ago: number;
  says: string;
  from?: 'agent' | 'bot';
  status?: MessageStatus;
  kind?: Partial<ChatMessage>;
  unread?: number;
  client?: boolean;
  more: Partial<Conversation>;
}

const ROWS: Row[] = [
  {
    id: 'oliver',
    name: 'Oliver Bennett',
    identifier: 'oliver@example.com',
    platform: 'email',
    ago: 20,
    says: 'Re: Invoice 1187. Thanks, paid this morning by transfer',
    unread: 1,
    client: true,
    more: { tags: ['Client', 'Invoices'], assignedTo: 'tomas' },
  },
  {
    id: 'noor',
    name: 'Noor Haddad',
    identifier: '@noor.haddad',
    platform: 'instagram',
    ago: 24,
    says: 'The wardrobe doors, could they be in ash?',
    more: { tags: ['Lead', 'Wardrobe'] },
  },
  {
    id: 'jonas',
    name: 'Jonas Weber',
    identifier: '@jonas_weber',
    platform: 'telegram',
    ago: 45,
    says: 'Delivery is Thursday, between 8 and 10',
    from: 'agent',
    status: 'sent',
    client: true,
    more: { tags: ['Client', 'Delivery'], assignedTo: DEMO_AGENT },
  },
  {
    id: 'grace',
    name: 'Grace Okafor',
    identifier: 'grace.okafor',
    platform: 'facebook',
    ago: 52,
    says: 'We can offer Tuesday at 15:00. Shall I book it?',
    from: 'bot',
    status: 'delivered',
    more: { tags: ['Showroom'], botEnabled: true },
  },
  {
    id: 'unknown-caller',
    identifier: '+44 7700 900142',
    platform: 'sms',
    ago: 77,
    says: 'Is the showroom open on Sunday?',
    unread: 2,
    more: { tags: [] },
  },
  {
    id: 'lucia',
    name: 'Lucía Romero',
    identifier: '+34 600 000 218',
    platform: 'whatsapp',
    ago: 1500,
    says: '',
    kind: { messageType: 'audio', metadata: { duration: 18, fileType: 'audio/ogg' } },
    client: true,
    more: { tags: ['Client', 'Warranty'], assignedTo: 'ines' },
  },
  {
    id: 'atelier',
    name: 'Atelier Brandt & Söhne Innenarchitektur',
    identifier: 'office@brandt.example',
    platform: 'email',
    ago: 1560,
    says: 'We will look at the drawings on Wednesday.',
    more: { tags: ['Partner'], assignedTo: DEMO_AGENT },
  },
  {
    id: 'priya',
    name: 'Priya Raman',
    identifier: '@priya.raman',
    platform: 'instagram',
    ago: 1620,
    says: '',
    kind: { messageType: 'image', metadata: { fileName: 'kitchen.jpg', width: 640, height: 400 } },
    unread: 128,
    more: { tags: ['Lead'] },
  },
  {
    id: 'kenji',
    name: 'Kenji Mori',
    identifier: '+81 90 0000 0187',
    platform: 'sms',
    ago: 4300,
    says: 'the fitter arrives at nine',
    from: 'agent',
    status: 'failed',
    client: true,
    more: { tags: ['Client', 'Fitting'], assignedTo: 'tomas' },
  },
  {
    id: 'amelie',
    name: 'Amélie Laurent',
    identifier: '+33 6 00 00 01 42',
    platform: 'whatsapp',
    ago: 4400,
    says: 'Perfect, see you at the showroom',
    client: true,
    more: { tags: ['Client'], assignedTo: DEMO_AGENT },
  },
  {
    id: 'samuel',
    name: 'Samuel Osei',
    identifier: 'samuel.osei',
    platform: 'facebook',
    ago: 4500,
    says: 'Could you send me the brochure?',
    more: { tags: ['Lead'], assignedTo: DEMO_AGENT },
  },
];

const identifierType = (platform: string) =>
  platform === 'email' ? 'email' : platform === 'sms' || platform === 'whatsapp' ? 'phone' : 'social';

function addRow(desk: Desk, row: Row, now: number): void {
  const at = (ms: number) => new Date(now - ms).toISOString();
  const made = { createdAt: at(9 * DAY), updatedAt: at(row.ago * MINUTE) };
  const [firstName = '', ...others] = (row.name ?? '').split(' ');
  const client = row.client ? desk.addClient({ id: `client-${row.id}`, firstName, lastName: others.join(' ') }) : null;
  const known = client ? { isClient: true, clientId: client.id } : {};
  const named = row.name === undefined ? { name: undefined } : { name: row.name };
  const prospect = desk.addContact({
    id: `contact-${row.id}`,
    identifier: row.identifier,
    identifierType: identifierType(row.platform),
    platform: row.platform,
    ...named,
    ...known,
    ...made,
  });
  const converted = client ? { isClientConverted: true, clientId: client.id } : {};
  const { id } = desk.addConversation({
    id: row.id,
    prospectId: prospect.id,
    platform: row.platform,
    lastActivity: made.updatedAt,
    ...made,
    ...converted,
    ...row.more,
  });
  const unread = row.unread ?? 0;
  for (let earlier = Math.max(unread - 1, 3); earlier > 0; earlier--) {
    const timestamp = at((row.ago + earlier * 3) * MINUTE);
    desk.addMessage(id, { content: SMALL_TALK[earlier % SMALL_TALK.length] ?? '', timestamp });
  }
  const who = row.from === 'agent' ? { senderType: 'agent' as const, senderId: row.more.assignedTo ?? DEMO_AGENT } : {};
  const bot = row.from === 'bot' ? { senderType: 'bot' as const, senderId: 'bot' } : {};
  const error =
    row.status === 'failed' ? { error: { code: 'UNAVAILABLE', message: 'The carrier did not answer.' } } : {};
  desk.addMessage(id, {
    content: row.says,
    timestamp: at(row.ago * MINUTE),
    status: row.status ?? 'delivered',
    ...who,
    ...bot,
    ...error,
    ...row.kind,
  });
  const conversation = desk.conversation(id);
  conversation.unreadCount = unread;
  conversation.readSeq = conversation.lastSeq - unread;
}

const SMALL_TALK = [
  'Good morning',
  'I saw your work on the terrace house',
  'What would something like that cost?',
  'We are in no hurry',
  'Ideally before spring',
];

function addCamila(desk: Desk, now: number): void {
  const at = (ms: number) => new Date(now - ms).toISOString();
  const contact = {
    name: 'Camila Ferreira',
    identifier: '+351 910 000 142',
    identifierType: 'phone' as const,
    email: 'camila@example.com',
    phone: '+351 910 000 142',
    location: 'Cascais, Portugal',
    language: 'Portuguese, English',
    timezone: 'Europe/Lisbon',
    source: 'Instagram',
    isClient: false,
    createdAt: at(5 * DAY),
    updatedAt: at(6 * MINUTE),
  };
  desk.addContact({ id: 'contact-camila', platform: 'whatsapp', lastSeen: at(MINUTE), ...contact });
  const shared = { prospectId: 'contact-camila', createdAt: at(5 * DAY) };
  desk.addConversation({
    ...shared,
    id: 'camila',
    platform: 'whatsapp',
    assignedTo: DEMO_AGENT,
    tags: ['Lead', 'Kitchen', 'Cascais'],
    updatedAt: at(6 * MINUTE),
    replyWindowEndsAt: new Date(now + 134 * MINUTE).toISOString(),
  });
  fillCamilasThread(desk, now);
  for (const [id, platform, content, days] of [
    ['camila-fronts', 'instagram', 'Asked about oak fronts', 10],
    ['camila-hours', 'facebook', 'Showroom opening hours', 80],
  ] as const) {
    const stamps = { createdAt: at(days * DAY), updatedAt: at(days * DAY), lastActivity: at(days * DAY) };
    desk.addConversation({ ...shared, id, platform, status: 'archived', tags: [], ...stamps });
    desk.addMessage(id, { content, timestamp: at(days * DAY), status: 'read' });
    Object.assign(desk.conversation(id), { unreadCount: 0, readSeq: 1 });
  }
}

function fillClient(desk: Desk, now: number): void {
  const at = (ms: number) => new Date(now - ms).toISOString();
  const clientId = 'client-amelie';
  const note = 'Prefers mornings. The twins nap from one to three, so no calls then.';
  const made = (days: number) => ({ clientId, createdAt: at(days * DAY), updatedAt: at(days * DAY) });
  desk.updateClient(clientId, {
    email: 'amelie@example.com',
    phone: '+33 6 00 00 01 42',
    company: 'Laurent & Filles',
    tags: ['Client'],
    totalValue: 16330,
    notes: [buildNote({ id: 'note-amelie', authorId: DEMO_AGENT, content: note, ...made(4) })],
    quotes: [
      buildQuote({ id: 'quote-1', ...made(1) }),
      buildQuote({
        id: 'quote-2',
        title: 'Quartzite worktop',
        amount: 2220,
        status: 'draft',
        number: 'Q-2042',
        ...made(0),
      }),
      buildQuote({
        id: 'quote-3',
        title: 'Measuring visit',
        amount: 90,
        status: 'accepted',
        number: 'Q-1968',
        ...made(5),
      }),
    ],
  });
}

/**
 * A desk with the inbox of the design in it, relative to `now` (milliseconds, default: this moment). The signed-in agent
 * is `DEMO_AGENT`; Camila's conversation is `camila`.
 */
export function demoDesk(options: Omit<DeskOptions, 'now' | 'agents'> & { now?: number } = {}): Desk {
  const { now = Date.now(), ...rest } = options;
  const started = Date.now();
  const desk = createDesk({ ...rest, agents: [...DEMO_TEAM], now: () => now + (Date.now() - started) });
  addCamila(desk, now);
  for (const row of ROWS) addRow(desk, row, now);
  fillClient(desk, now);
  return desk;
}

/**
 * Makes the customers of a desk live: what an agent sends is delivered, read and answered. Returns the way to stop.
 *
 * @param after Runs something later; default `setTimeout`.
 */
export function enliven(
  desk: Desk,
  after: (ms: number, run: () => void) => void = (ms, run) => void setTimeout(run, ms),
): () => void {
  const later = ['Thank you, that helps.', 'Good. Could you send it in writing?', 'Perfect, see you then.'];
  let answers = 0;
  return desk.onAgentMessage(({ id, conversationId }) => {
    after(700, () => desk.setStatus(id, 'delivered'));
    after(1800, () => desk.setStatus(id, 'read'));
    after(2600, () => desk.customerTypes(conversationId));
    after(5200, () => desk.customerSays(conversationId, later[answers++ % later.length] ?? ''));
  });
}
