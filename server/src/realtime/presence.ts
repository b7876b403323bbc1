/** Who is here, what they look at, where they type. In memory: it is gone with the sockets, as it should be. */
import { and, eq } from 'drizzle-orm';
import type { Namespace } from 'socket.io';
import { roomOfAgent, roomOfTenant, roomsFor, visibleConversations, type Agent } from '../access.js';
import type { Core, Said } from '../core.js';
import { conversations } from '../database/schema.js';
import { notFound } from '../refusal.js';

interface Look {
  viewing: string | null;
  typingIn: string | null;
}

export interface Presence {
  enter(agent: Agent, socketId: string): void;
  leave(agent: Agent, socketId: string): Promise<void>;
  view(agent: Agent, socketId: string, conversationId: string | null): Promise<void>;
  type(agent: Agent, socketId: string, conversationId: string, isTyping: boolean): Promise<void>;
  /** A customer writes. */
  customerTypes(typing: {
    tenantId: string;
    conversationId: string;
    senderId: string;
    name?: string;
    isTyping: boolean;
  }): Promise<void>;
  statusOf(tenantId: string, agentId: string): 'online' | 'offline';
  /** Tells the agent's other sockets what one of them has begun to write. */
  tellDraft(agent: Agent, socketId: string, draft: Said<'draft_updated'>): void;
  /** The customers' side of a conversation hears when an agent types. */
  onAgentTyping(listener: (tenantId: string, typing: Said<'typing'>) => void): () => void;
}

/** More than anybody reads. */
const VIEWERS_TOLD = 50;

export function createPresence(core: Core, sockets: Namespace): Presence {
  /** By tenant, agent and socket. */
  const here = new Map<string, Map<string, Map<string, Look>>>();
  const listeners = new Set<(tenantId: string, typing: Said<'typing'>) => void>();
  const looksOf = (agent: Agent) => here.get(agent.tenantId)?.get(agent.id);

  /** The assignee of a conversation this agent can see. */
  async function assigneeOf(agent: Agent, conversationId: string): Promise<string | null> {
    const [row] = await core.db
      .select({ assignedTo: conversations.assignedTo })
      .from(conversations)
      .where(and(eq(conversations.id, conversationId), visibleConversations(agent)));
    if (!row) throw notFound('conversation');
    return row.assignedTo;
  }

  /**
   * Everybody learns that the agent is here; what is looked at, only those who may see it. Where the agent types is told
   * beside it only when that is the same conversation: those who see the one need not see the other, and `typing` tells it.
   */
  async function tellLook(agent: Agent, look: Look): Promise<void> {
    const plain: Said<'agent_presence'> = { agentId: agent.id, status: 'online' };
    const conversationId = look.viewing ?? look.typingIn;
    const assignee =
      conversationId === null ? undefined : await assigneeOf(agent, conversationId).catch(() => undefined);
    if (assignee === undefined) {
      sockets.to(roomOfTenant(agent.tenantId)).emit('agent_presence', plain);
      return;
    }
    const rooms = roomsFor({ tenantId: agent.tenantId, assignees: [assignee] });
    const typingIn = look.typingIn === conversationId ? look.typingIn : null;
    const full = { ...plain, viewing: look.viewing, typingIn };
    sockets.to(rooms).emit('agent_presence', full);
    sockets.to(roomOfTenant(agent.tenantId)).except(rooms).emit('agent_presence', plain);
  }

  /** A socket that comes to a conversation, also after its line broke, hears who is there. */
  function tellViewers(agent: Agent, socketId: string, conversationId: string): void {
    let told = 0;
    for (const [agentId, looks] of here.get(agent.tenantId) ?? []) {
      if (agentId === agent.id || ![...looks.values()].some(({ viewing }) => viewing === conversationId)) continue;
      const there: Said<'agent_presence'> = { agentId, status: 'online', viewing: conversationId };
      sockets.to(socketId).emit('agent_presence', there);
      if (++told === VIEWERS_TOLD) return;
    }
  }

  async function tellTyping(agent: Agent, conversationId: string, isTyping: boolean): Promise<void> {
    const assignee = await assigneeOf(agent, conversationId);
    const typing = { conversationId, isTyping, senderId: agent.id, name: agent.name, senderType: 'agent' };
    sockets
      .to(roomsFor({ tenantId: agent.tenantId, assignees: [assignee] }))
      .except(roomOfAgent(agent.tenantId, agent.id))
      .volatile.emit('typing', typing);
    for (const listener of listeners) listener(agent.tenantId, typing);
  }

  return {
    enter(agent, socketId) {
      const looks = looksOf(agent);
      if (looks) looks.set(socketId, { viewing: null, typingIn: null });
      else {
        const team = here.get(agent.tenantId) ?? new Map<string, Map<string, Look>>();
        here.set(agent.tenantId, team.set(agent.id, new Map([[socketId, { viewing: null, typingIn: null }]])));
        sockets.to(roomOfTenant(agent.tenantId)).emit('agent_presence', { agentId: agent.id, status: 'online' });
      }
    },
    async leave(agent, socketId) {
      const looks = looksOf(agent);
      const look = looks?.get(socketId);
      looks?.delete(socketId);
      if (looks?.size === 0) {
        const team = here.get(agent.tenantId);
        team?.delete(agent.id);
        if (team?.size === 0) here.delete(agent.tenantId);
        sockets.to(roomOfTenant(agent.tenantId)).emit('agent_presence', { agentId: agent.id, status: 'offline' });
      }
      if (look?.typingIn) await tellTyping(agent, look.typingIn, false);
    },
    async view(agent, socketId, conversationId) {
      if (conversationId !== null) await assigneeOf(agent, conversationId);
      const look = looksOf(agent)?.get(socketId);
      if (!look) return;
      if (conversationId !== null) tellViewers(agent, socketId, conversationId);
      if (look.viewing === conversationId) return;
      look.viewing = conversationId;
      await tellLook(agent, look);
    },
    async type(agent, socketId, conversationId, isTyping) {
      await tellTyping(agent, conversationId, isTyping);
      const look = looksOf(agent)?.get(socketId);
      if (look) look.typingIn = isTyping ? conversationId : null;
    },
    async customerTypes({ tenantId, ...typing }) {
      const [row] = await core.db
        .select({ assignedTo: conversations.assignedTo })
        .from(conversations)
        .where(and(eq(conversations.tenantId, tenantId), eq(conversations.id, typing.conversationId)));
      if (!row) return;
      sockets
        .to(roomsFor({ tenantId, assignees: [row.assignedTo] }))
        .volatile.emit('typing', { ...typing, senderType: 'prospect' });
    },
    tellDraft(agent, socketId, draft) {
      sockets.to(roomOfAgent(agent.tenantId, agent.id)).except(socketId).emit('draft_updated', draft);
    },
    statusOf: (tenantId, agentId) => (here.get(tenantId)?.has(agentId) ? 'online' : 'offline'),
    onAgentTyping(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
