/** The team's general settings, and the bot switch of one conversation. */
import { eq } from 'drizzle-orm';
import type { ChatSettings } from '../../src/contract/index.js';
import type { Agent } from './access.js';
import { lockConversation, nextRevision, tellConversation } from './conversations/change.js';
import type { Core, Tell } from './core.js';
import type { Queries } from './database/open.js';
import { chatSettings } from './database/schema.js';
import { Refusal } from './refusal.js';

const DEFAULTS: ChatSettings = {
  botEnabled: false,
  autoResponse: false,
  workingHours: { enabled: false, start: '09:00', end: '18:00', timezone: 'UTC' },
  notifications: { sound: true, desktop: true, email: false },
};

export async function readChatSettings(tx: Queries, tenantId: string): Promise<{ value: ChatSettings; rev: number }> {
  const [row] = await tx.select().from(chatSettings).where(eq(chatSettings.tenantId, tenantId));
  return row ? { value: row.value, rev: row.rev } : { value: DEFAULTS, rev: 0 };
}

type Patch = { [K in keyof ChatSettings]?: ChatSettings[K] | undefined };

/** The general settings: a supervisor's to change. */
export async function changeGeneral(tx: Queries, agent: Agent, patch: Patch, ifRev: number | undefined) {
  if (agent.role !== 'supervisor') throw new Refusal('FORBIDDEN', 'Only a supervisor can change the general settings.');
  checkHours(patch.workingHours);
  await tx
    .insert(chatSettings)
    .values({ tenantId: agent.tenantId, value: DEFAULTS, rev: 0 })
    .onConflictDoNothing({ target: chatSettings.tenantId });
  const [row] = await tx.select().from(chatSettings).where(eq(chatSettings.tenantId, agent.tenantId)).for('update');
  if (ifRev !== undefined && ifRev !== row!.rev)
    throw new Refusal('CONFLICT', 'Somebody else has changed the settings meanwhile. Look at them again.');
  const value = { ...row!.value, ...definedOnly(patch) };
  const rev = row!.rev + 1;
  await tx.update(chatSettings).set({ value, rev }).where(eq(chatSettings.tenantId, agent.tenantId));
  return { settings: value, rev };
}

/** For one conversation only the bot switch can be set. */
export async function changeBotSwitch(
  core: Core,
  tx: Queries,
  tell: Tell,
  agent: Agent,
  ask: { conversationId: string; botEnabled?: boolean | undefined; ifRev?: number | undefined },
) {
  if (ask.botEnabled === undefined)
    throw new Refusal('BAD_PAYLOAD', 'For one conversation only the bot can be switched.', { field: 'botEnabled' });
  const row = await lockConversation(tx, { tenantId: agent.tenantId, conversationId: ask.conversationId }, agent);
  if (ask.ifRev !== undefined && ask.ifRev !== row.rev)
    throw new Refusal('CONFLICT', 'The conversation has changed meanwhile. Look at it again.');
  if (row.botEnabled === ask.botEnabled) return { settings: { botEnabled: ask.botEnabled }, rev: row.rev };
  const next = await nextRevision(core, tx, row, { botEnabled: ask.botEnabled });
  tellConversation(core, tell, next, { botEnabled: ask.botEnabled });
  return { settings: { botEnabled: ask.botEnabled }, rev: next.rev };
}

function checkHours(hours: ChatSettings['workingHours'] | undefined): void {
  if (!hours) return;
  for (const field of ['start', 'end'] as const)
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(hours[field]))
      throw new Refusal('BAD_PAYLOAD', 'Write the time as hours and minutes, such as 09:30.', {
        field: `workingHours.${field}`,
      });
  try {
    new Intl.DateTimeFormat('en', { timeZone: hours.timezone });
  } catch {
    throw new Refusal('BAD_PAYLOAD', 'There is no such time zone.', { field: 'workingHours.timezone' });
  }
}

function definedOnly(patch: Patch): Partial<ChatSettings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
