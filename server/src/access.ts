/**
 * Who may see what: the only place that knows. A supervisor sees the whole tenant; an agent sees the conversations that
 * are theirs and those that are nobody's, and the contacts and clients behind them.
 */
import { and, eq, isNull, or, sql, type SQL } from 'drizzle-orm';
import { clients, conversations, prospects } from './database/schema.js';
import { keyOf } from './key-of.js';

export type Role = 'supervisor' | 'agent';

/** The signed-in person, as the token says. */
export interface Agent {
  tenantId: string;
  id: string;
  name: string;
  role: Role;
}

export function visibleConversations(agent: Agent): SQL {
  const own = eq(conversations.tenantId, agent.tenantId);
  if (agent.role === 'supervisor') return own;
  return and(own, or(eq(conversations.assignedTo, agent.id), isNull(conversations.assignedTo)))!;
}

export function visibleProspects(agent: Agent): SQL {
  const own = eq(prospects.tenantId, agent.tenantId);
  if (agent.role === 'supervisor') return own;
  return and(
    own,
    sql`exists (select 1 from ${conversations} where ${conversations.prospectId} = ${prospects.id} and ${visibleConversations(agent)})`,
  )!;
}

export function visibleClients(agent: Agent): SQL {
  const own = eq(clients.tenantId, agent.tenantId);
  if (agent.role === 'supervisor') return own;
  return and(
    own,
    sql`exists (select 1 from ${conversations} where ${conversations.clientId} = ${clients.id} and ${visibleConversations(agent)})`,
  )!;
}

export function canSee(agent: Agent, conversation: { tenantId: string; assignedTo: string | null }): boolean {
  if (agent.tenantId !== conversation.tenantId) return false;
  return agent.role === 'supervisor' || conversation.assignedTo === null || conversation.assignedTo === agent.id;
}

/** Those an event is for: the supervisors, and the named agents; `null` among them is "everybody of the tenant". */
export interface Audience {
  tenantId: string;
  assignees: (string | null)[];
}

const room = {
  tenant: (tenantId: string) => keyOf('tenant', tenantId),
  supervisors: (tenantId: string) => keyOf('supervisors', tenantId),
  agent: (tenantId: string, agentId: string) => keyOf('agent', tenantId, agentId),
};

/** The rooms a socket of this agent listens in. */
export function roomsOf(agent: Agent): string[] {
  const rooms = [room.tenant(agent.tenantId), room.agent(agent.tenantId, agent.id)];
  if (agent.role === 'supervisor') rooms.push(room.supervisors(agent.tenantId));
  return rooms;
}

export const roomOfTenant = room.tenant;
export const roomOfAgent = room.agent;

/** The rooms in which everybody may see what this audience may see. */
export function roomsFor({ tenantId, assignees }: Audience): string[] {
  if (assignees.includes(null)) return [room.tenant(tenantId)];
  return [room.supervisors(tenantId), ...assignees.map((id) => room.agent(tenantId, id!))];
}
