/** A small office: two tenants, a supervisor and three agents, five conversations. Names say who has what. */
import { and, eq } from 'drizzle-orm';
import { currentXid, type Database } from '../../src/database/open.js';
import { agents, conversations, messages, prospects } from '../../src/database/schema.js';
import type { Agent } from '../../src/access.js';

export const SUPERVISOR: Agent = { tenantId: 'north', id: 'sam', name: 'Sam Supervisor', role: 'supervisor' };
export const ANNA: Agent = { tenantId: 'north', id: 'anna', name: 'Anna Agent', role: 'agent' };
export const BEN: Agent = { tenantId: 'north', id: 'ben', name: 'Ben Agent', role: 'agent' };
export const STRANGER: Agent = { tenantId: 'south', id: 'anna', name: 'Another Anna', role: 'supervisor' };

export const OF_ANNA = 'conversation-of-anna';
export const OF_BEN = 'conversation-of-ben';
export const OF_NOBODY = 'conversation-of-nobody';
export const OF_SOUTH = 'conversation-of-south';

/** The contacts have just written, whatever clock a test runs by: no reply window is closed unless a test says so. */
export const JUST_NOW = new Date('2999-01-01T00:00:00Z');
const START = new Date('2026-03-01T09:00:00Z');

export async function furnish(db: Database): Promise<void> {
  await db.insert(agents).values([SUPERVISOR, ANNA, BEN, STRANGER]);
  await addConversation(db, { id: OF_ANNA, assignedTo: 'anna', platform: 'whatsapp' });
  await addConversation(db, { id: OF_BEN, assignedTo: 'ben', platform: 'sms' });
  await addConversation(db, { id: OF_NOBODY, assignedTo: null, platform: 'whatsapp' });
  await addConversation(db, { id: OF_SOUTH, assignedTo: null, platform: 'whatsapp', tenantId: 'south' });
}

export const prospectOf = (conversationId: string) => `prospect-${conversationId}`;

export async function addConversation(
  db: Database,
  options: {
    id: string;
    assignedTo: string | null;
    platform: string;
    tenantId?: string;
    messages?: number;
    lastActivity?: Date;
    name?: string;
    prospectId?: string;
    botEnabled?: boolean;
    /** Null: never. */
    lastInboundAt?: Date | null;
  },
): Promise<void> {
  const { id, assignedTo, platform, tenantId = 'north', messages: count = 3, lastActivity = START } = options;
  const prospectId = options.prospectId ?? prospectOf(id);
  const dated = { createdAt: START, updatedAt: START, changedXid: currentXid };
  if (!options.prospectId)
    await db.insert(prospects).values({
      tenantId,
      id: prospectId,
      identifier: `+49 30 ${id}`,
      identifierType: 'phone',
      name: options.name ?? `Contact of ${id}`,
      platform,
      ...dated,
    });
  await db.insert(conversations).values({
    tenantId,
    id,
    prospectId,
    platform,
    status: 'active',
    assignedTo,
    tags: ['Lead'],
    botEnabled: options.botEnabled ?? null,
    lastActivity,
    lastInboundAt: options.lastInboundAt === undefined ? JUST_NOW : options.lastInboundAt,
    lastSeq: count,
    rev: count,
    readSeq: 0,
    unreadCount: Math.ceil(count / 2),
    ...dated,
  });
  const rows = Array.from({ length: count }, (_, i) => ({
    tenantId,
    id: `${id}-${i + 1}`,
    conversationId: id,
    seq: i + 1,
    rev: i + 1,
    senderId: i % 2 ? 'anna' : prospectId,
    senderType: i % 2 ? ('agent' as const) : ('prospect' as const),
    content: `Message ${i + 1} of ${id}`,
    messageType: 'text',
    platform,
    status: 'delivered' as const,
    timestamp: new Date(START.getTime() + i * 60_000),
  }));
  for (let from = 0; from < rows.length; from += 500) await db.insert(messages).values(rows.slice(from, from + 500));
}

export async function storedConversation(db: Database, id: string, tenantId = 'north') {
  const [row] = await db
    .select()
    .from(conversations)
    .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, id)));
  return row!;
}

export function storedMessages(db: Database, conversationId: string, tenantId = 'north') {
  return db
    .select()
    .from(messages)
    .where(and(eq(messages.tenantId, tenantId), eq(messages.conversationId, conversationId)))
    .orderBy(messages.seq);
}
