/** Fills an empty database with the demo: one transaction, a few large inserts, the same every time for one seed. */
import { sql } from 'drizzle-orm';
import { rowsOf, type Database, type Queries } from '../database/open.js';
import {
  agents,
  chatSettings,
  clientNotes,
  clientQuotes,
  clients,
  conversations,
  messages,
  prospects,
  tenants,
} from '../database/schema.js';
import type { World } from '../world.js';
import { composeClient, type DemoClient } from './clients.js';
import { composeLongThread, composeThread, earlierThreads, endingLength, minutesAgo, type Thread } from './compose.js';
import { DEMO_CONTACTS, type DemoContact } from './contacts.js';
import { ENDINGS } from './endings.js';
import { DEMO_AGENTS, DEMO_TENANT, DEMO_TENANT_NAME } from './people.js';
import { createDice, type Dice } from './random.js';

export const DEMO_MESSAGES = 3000;
export const DEMO_LONG_MESSAGES = 5000;
const LONG_CONTACT = 'studio@brandt-soehne.example';
const BATCH = 500;

export async function seedIfEmpty(db: Database, world: World, seed: number): Promise<boolean> {
  const [any] = await db.select({ id: tenants.id }).from(tenants).limit(1);
  if (any) return false;
  await db.transaction(async (tx) => {
    await tx.insert(tenants).values({ id: DEMO_TENANT, name: DEMO_TENANT_NAME });
    await tx.insert(agents).values([...DEMO_AGENTS]);
    await tx.insert(chatSettings).values({ tenantId: DEMO_TENANT, rev: 1, value: SETTINGS });
    await fillWith(tx, composeDemo(createDice(seed), world.now().getTime()));
  });
  await db.execute(sql`analyze`);
  return true;
}

const SETTINGS = {
  botEnabled: false,
  autoResponse: true,
  workingHours: { enabled: true, start: '09:00', end: '18:00', timezone: 'Europe/Lisbon' },
  notifications: { sound: true, desktop: true, email: false },
};

interface Demo {
  contacts: Omit<typeof prospects.$inferInsert, 'changedXid'>[];
  clients: DemoClient[];
  threads: Thread[];
}

export function composeDemo(dice: Dice, now: number): Demo {
  const demo: Demo = { contacts: [], clients: [], threads: [] };
  const lengths = shareOut(dice, now);
  DEMO_CONTACTS.forEach((contact, place) => {
    const id = dice.uuid();
    const lastAt = now - minutesAgo(place) * 60_000;
    const client = contact.client ? composeClient(dice, contact, lastAt) : undefined;
    const clientId = client?.client.id ?? null;
    const threads = earlierThreads(dice, contact, id, clientId, now);
    threads.push(composeThread(dice, contact, id, clientId, lengths[place]!, lastAt));
    if (contact.identifier === LONG_CONTACT)
      threads.push(composeLongThread(dice, contact, id, clientId, DEMO_LONG_MESSAGES, lastAt - 26 * 3_600_000));
    const [first] = threads;
    demo.threads.push(...threads);
    if (client) demo.clients.push(client);
    demo.contacts.push({
      tenantId: DEMO_TENANT,
      id,
      identifier: contact.identifier,
      identifierType: typeOf(contact),
      name: contact.name,
      platform: contact.platform,
      clientId,
      lastSeen: new Date(lastAt),
      email: client?.client.email || emailOf(contact),
      phone: typeOf(contact) === 'phone' ? contact.identifier : client?.client.phone || null,
      location: contact.location,
      language: contact.language,
      timezone: contact.timezone,
      source: contact.source,
      createdAt: first!.conversation.createdAt,
      updatedAt: new Date(lastAt),
    });
  });
  return demo;
}

/** How long each contact's conversation is, so that together they have exactly the promised number of messages. */
function shareOut(dice: Dice, now: number): number[] {
  const least = DEMO_CONTACTS.map(endingLength);
  const weights = DEMO_CONTACTS.map((contact) => {
    if (ENDINGS[contact.identifier]?.whole) return 0;
    const talks = (contact.language === 'en' ? 1.9 : 1) * (contact.client ? 1.4 : 0.8) * (contact.assignedTo ? 1 : 0.3);
    return talks * (0.6 + dice.next() * 0.8);
  });
  const earlier = DEMO_CONTACTS.flatMap((contact) => earlierThreads(createDice(1), contact, '', null, now));
  const free = DEMO_MESSAGES - sum(least) - sum(earlier.map(({ messages: rows }) => rows.length));
  const lengths = weights.map((weight, place) => least[place]! + Math.floor((free * weight) / sum(weights)));
  const longest = lengths.indexOf(Math.max(...lengths));
  lengths[longest]! += free + sum(least) - sum(lengths);
  return lengths;
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

function typeOf({ identifier }: DemoContact): 'phone' | 'email' | 'social' {
  if (identifier.startsWith('+')) return 'phone';
  return identifier.includes('@') && !identifier.startsWith('@') ? 'email' : 'social';
}

function emailOf(contact: DemoContact): string | null {
  if (typeOf(contact) === 'email') return contact.identifier;
  return contact.name === 'Camila Ferreira' ? 'camila@example.com' : null;
}

async function fillWith(tx: Queries, demo: Demo): Promise<void> {
  const [row] = await rowsOf<{ xid: string }>(tx, sql`select pg_current_xact_id()::text as xid`);
  const changedXid = Number(row!.xid);
  const changed = <T>(item: T) => ({ ...item, changedXid });
  await tx.insert(clients).values(demo.clients.map(({ client }) => changed(client)));
  const notes = demo.clients.flatMap((client) => client.notes);
  const quotes = demo.clients.flatMap((client) => client.quotes);
  await tx.insert(clientNotes).values(notes);
  await tx.insert(clientQuotes).values(quotes);
  await tx.insert(prospects).values(demo.contacts.map(changed));
  await tx.insert(conversations).values(demo.threads.map(({ conversation }) => changed(conversation)));
  const all = demo.threads.flatMap((thread) => thread.messages);
  for (let from = 0; from < all.length; from += BATCH) await tx.insert(messages).values(all.slice(from, from + BATCH));
}
