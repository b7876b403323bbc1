/** How long a conversation's channel takes free replies: so many hours from the contact's last message. */
import type { Core } from '../core.js';
import type { conversations } from '../database/schema.js';

const HOUR = 60 * 60 * 1000;

/** Undefined: always. A contact who never wrote has never opened it. */
export function replyWindowEnd(
  {
    platform,
    lastInboundAt,
    createdAt,
  }: Pick<typeof conversations.$inferSelect, 'platform' | 'lastInboundAt' | 'createdAt'>,
  core: Pick<Core, 'channel'>,
): Date | undefined {
  const window = core.channel(platform)?.replyWindow;
  if (!window) return undefined;
  return lastInboundAt ? new Date(lastInboundAt.getTime() + window.hours * HOUR) : createdAt;
}
