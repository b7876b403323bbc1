/** The clients among the contacts, with what was noted about them and what they were offered. */
import type { clientNotes, clientQuotes, clients } from '../database/schema.js';
import type { DemoContact } from './contacts.js';
import { DEMO_AGENTS, DEMO_TENANT } from './people.js';
import type { Dice } from './random.js';

export interface DemoClient {
  client: Omit<typeof clients.$inferInsert, 'changedXid'>;
  notes: (typeof clientNotes.$inferInsert)[];
  quotes: (typeof clientQuotes.$inferInsert)[];
}

const DAY = 86_400_000;
const NOTES = [
  'Prefers mornings. The twins nap from one to three, so no calls then.',
  'Third floor, narrow stairs. Nothing longer than 2.40 m.',
  'Pays on the day. Likes paper invoices all the same.',
  'Architect in the family: drawings may be sent straight to him.',
  'Allergic to solvent lacquer. Oiled or water-based surfaces only.',
  'Wants to keep the old table, 180 × 90 cm, dark walnut.',
  'Dog at home, friendly. Ring twice.',
  'Recommended us to two neighbours, a small discount was promised.',
  'The wall behind the stove is not straight: 14 mm over two metres.',
];
const WORKS: readonly (readonly [title: string, from: number, to: number])[] = [
  ['Oak kitchen', 11_000, 21_000],
  ['Quartzite worktop', 1_800, 3_600],
  ['Measuring visit', 90, 90],
  ['Painted kitchen, island', 15_000, 27_000],
  ['Larder cupboard', 900, 1_900],
  ['Wardrobe to the ceiling', 3_200, 6_800],
  ['Lights under the wall cupboards', 240, 620],
  ['Dining bench, oak', 1_100, 2_300],
  ['Removal of the old kitchen', 380, 760],
];
const STATUSES = ['accepted', 'sent', 'draft', 'rejected', 'expired'] as const;

export function composeClient(dice: Dice, contact: DemoContact, lastAt: number): DemoClient {
  const id = dice.uuid();
  const since = new Date(lastAt - dice.whole(40, 400) * DAY);
  const [firstName, ...rest] = (contact.name ?? 'Unknown').split(' ');
  const isPhone = contact.identifier.startsWith('+');
  const email = contact.identifier.includes('@') && !contact.identifier.startsWith('@') ? contact.identifier : '';
  const firstNote = dice.whole(0, NOTES.length - 1);
  const firstWork = dice.whole(0, WORKS.length - 1);
  const quotes = Array.from({ length: dice.whole(1, 4) }, (_, i) =>
    composeQuote(dice, contact, id, { since, lastAt }, firstWork, i),
  );
  return {
    client: {
      tenantId: DEMO_TENANT,
      id,
      firstName: firstName!,
      lastName: rest.join(' '),
      email:
        email ||
        `${(contact.identifier.match(/[a-z]+/g) ?? ['client', String(dice.whole(100, 999))]).join('.')}@example.com`,
      phone: isPhone ? contact.identifier : '',
      company: contact.company,
      status: dice.next() < 0.92 ? 'active' : 'inactive',
      tags: contact.tags,
      rev: 1,
      createdAt: since,
      updatedAt: new Date(lastAt),
    },
    notes: Array.from({ length: dice.whole(0, 3) }, (_, i) => {
      const at = between(dice, since.getTime(), lastAt);
      const author = dice.pick(DEMO_AGENTS);
      return {
        tenantId: DEMO_TENANT,
        id: dice.uuid(),
        clientId: id,
        content: NOTES[(firstNote + i) % NOTES.length]!,
        authorId: author.id,
        authorName: author.name,
        createdAt: at,
        updatedAt: at,
      };
    }),
    quotes,
  };
}

function composeQuote(
  dice: Dice,
  contact: DemoContact,
  clientId: string,
  { since, lastAt }: { since: Date; lastAt: number },
  firstWork: number,
  index: number,
) {
  const [title, from, to] = WORKS[(firstWork + index) % WORKS.length]!;
  const at = between(dice, since.getTime(), lastAt);
  const status = index === 0 ? 'accepted' : dice.pick(STATUSES);
  return {
    tenantId: DEMO_TENANT,
    id: dice.uuid(),
    clientId,
    title,
    amount: Math.round((from + dice.next() * (to - from)) / 10) * 10,
    currency: currencyOf(contact),
    status,
    validUntil: new Date(at.getTime() + 30 * DAY),
    number: `Q-${dice.whole(1200, 2040)}`,
    createdAt: at,
    updatedAt: at,
  };
}

const between = (dice: Dice, from: number, to: number) => new Date(from + Math.floor(dice.next() * (to - from)));

function currencyOf({ location }: DemoContact): string {
  if (location.endsWith('United Kingdom')) return 'GBP';
  if (location.endsWith('Sweden')) return 'SEK';
  if (location.endsWith('Norway')) return 'NOK';
  if (location.endsWith('Denmark')) return 'DKK';
  if (location.endsWith('Switzerland')) return 'CHF';
  return 'EUR';
}
