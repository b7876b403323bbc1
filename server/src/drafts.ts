/** What agents have begun to write: kept for them on whatever device, told to nobody else. */
import { and, eq } from 'drizzle-orm';
import type { Draft } from '../../src/contract/index.js';
import { visibleConversations, type Agent } from './access.js';
import type { Core } from './core.js';
import type { Queries } from './database/open.js';
import { conversations, drafts } from './database/schema.js';
import { CONTENT_MAX } from './limits.js';
import { notFound, Refusal } from './refusal.js';

export async function draftsOf(tx: Queries, agent: Agent): Promise<Draft[]> {
  const rows = await tx
    .select({ draft: drafts })
    .from(drafts)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, drafts.tenantId), eq(conversations.id, drafts.conversationId)),
    )
    .where(and(eq(drafts.tenantId, agent.tenantId), eq(drafts.agentId, agent.id), visibleConversations(agent)));
  return rows.map(({ draft: { conversationId, mode, content, updatedAt } }) => ({
    conversationId,
    mode,
    content,
    updatedAt: updatedAt.toISOString(),
  }));
}

/** Empty content: it was sent, or given up. */
export function saveDraft(
  core: Core,
  agent: Agent,
  { conversationId, mode, content }: Pick<Draft, 'conversationId' | 'mode' | 'content'>,
): Promise<Draft> {
  if (Buffer.byteLength(content) > CONTENT_MAX)
    throw new Refusal('TOO_LARGE', `The draft is longer than ${CONTENT_MAX / 1024} kB.`, { field: 'content' });
  const { tenantId } = agent;
  return core.write(async (tx) => {
    const [seen] = await tx
      .select({ id: conversations.id })
      .from(conversations)
      .where(and(eq(conversations.id, conversationId), visibleConversations(agent)));
    if (!seen) throw notFound('conversation');
    const updatedAt = core.world.now();
    const key = { tenantId, agentId: agent.id, conversationId, mode };
    if (content === '')
      await tx
        .delete(drafts)
        .where(
          and(
            eq(drafts.tenantId, tenantId),
            eq(drafts.agentId, agent.id),
            eq(drafts.conversationId, conversationId),
            eq(drafts.mode, mode),
          ),
        );
    else
      await tx
        .insert(drafts)
        .values({ ...key, content, updatedAt })
        .onConflictDoUpdate({
          target: [drafts.tenantId, drafts.agentId, drafts.conversationId, drafts.mode],
          set: { content, updatedAt },
        });
    return { conversationId, mode, content, updatedAt: updatedAt.toISOString() };
  });
}
