/**
 * Takes the jobs to the platform: `pending → dispatching` is committed before the call, so that a crash in the middle
 * is known afterwards. Such a job becomes `unknown` and is not repeated: the customer may have the message already.
 */
import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { Core } from '../core.js';
import { messages, platformJobs } from '../database/schema.js';
import { reportStatus } from '../messages/store.js';
import type { Timers } from './timers.js';

type Job = typeof platformJobs.$inferSelect;
const BATCH = 20;
/** How long after taking a message the platform still reports on it, in milliseconds. */
const REPORTING = 10 * 60_000;

export interface Dispatcher {
  /** After a start: what the last process left in the middle. */
  recover(): Promise<void>;
  wake(): void;
}

export function createDispatcher(core: Core, timers: Timers): Dispatcher {
  let working = false;
  let again = false;

  function wake(): void {
    again = true;
    if (working) return;
    working = true;
    timers.now(async () => {
      try {
        while (again && !timers.stopped) {
          again = false;
          for (const job of await claim(core)) await dispatch(core, timers, job);
        }
      } finally {
        working = false;
      }
    });
  }

  return {
    wake,
    async recover() {
      await core.db
        .update(platformJobs)
        .set({ state: 'unknown', updatedAt: core.world.now() })
        .where(eq(platformJobs.state, 'dispatching'));
      // The platform goes on reporting what it took before the crash.
      const since = new Date(core.world.now().getTime() - REPORTING);
      const taken = await core.db
        .select({ job: platformJobs, platform: messages.platform })
        .from(platformJobs)
        .innerJoin(messages, and(eq(messages.tenantId, platformJobs.tenantId), eq(messages.id, platformJobs.messageId)))
        .where(
          and(
            eq(platformJobs.state, 'accepted'),
            gte(platformJobs.updatedAt, since),
            inArray(messages.status, ['sent', 'delivered']),
          ),
        );
      for (const { job, platform } of taken) reportReceipts(core, timers, job, platform);
    },
  };

  async function claim(core: Core): Promise<Job[]> {
    const claimed = await core.write(async (tx) => {
      const next = await tx
        .select({ id: platformJobs.id })
        .from(platformJobs)
        .where(eq(platformJobs.state, 'pending'))
        .orderBy(asc(platformJobs.id))
        .limit(BATCH)
        .for('update', { skipLocked: true });
      if (!next.length) return [];
      const ids = next.map(({ id }) => id);
      return tx
        .update(platformJobs)
        .set({ state: 'dispatching', updatedAt: core.world.now() })
        .where(inArray(platformJobs.id, ids))
        .returning();
    });
    if (claimed.length === BATCH) again = true;
    return claimed.sort((a, b) => a.id - b.id);
  }
}

/** "fail" in a message shows a person what failing looks like. Trying again goes through. */
async function isRefused(core: Core, job: Job, content: string): Promise<boolean> {
  if (!/fail/i.test(content)) return false;
  const [earlier] = await core.db
    .select({ id: platformJobs.id })
    .from(platformJobs)
    .where(
      and(
        eq(platformJobs.tenantId, job.tenantId),
        eq(platformJobs.messageId, job.messageId),
        eq(platformJobs.state, 'rejected'),
      ),
    )
    .limit(1);
  return !earlier;
}

async function dispatch(core: Core, timers: Timers, job: Job): Promise<void> {
  const [message] = await core.db
    .select({ content: messages.content, platform: messages.platform })
    .from(messages)
    .where(and(eq(messages.tenantId, job.tenantId), eq(messages.id, job.messageId)));
  if (!message) return settle(core, job, 'rejected', null);
  if (await isRefused(core, job, message.content)) {
    await settle(core, job, 'rejected', null);
    const error = {
      code: 'PLATFORM_REJECTED',
      message: 'The recipient could not be reached.',
    };
    timers.soon(600, 1400, () => report(core, job, 'failed', error));
    return;
  }
  await settle(core, job, 'accepted', core.world.uuid());
  reportReceipts(core, timers, job, message.platform);
}

/** Only what the channel can really report, in its order. */
function reportReceipts(core: Core, timers: Timers, job: Job, platform: string): void {
  const receipts = core.channel(platform)?.receipts ?? [];
  const read = () => {
    if (receipts.includes('read')) timers.soon(1500, 6000, () => report(core, job, 'read'));
  };
  if (!receipts.includes('delivered')) return read();
  timers.soon(400, 1500, async () => {
    await report(core, job, 'delivered');
    read();
  });
}

const report = (
  core: Core,
  job: Job,
  status: 'delivered' | 'read' | 'failed',
  error?: { code: string; message: string },
) =>
  reportStatus(core, job.tenantId, { messageId: job.messageId, attempt: job.attempt, status, ...(error && { error }) });

async function settle(core: Core, job: Job, state: 'accepted' | 'rejected', platformId: string | null): Promise<void> {
  await core.db
    .update(platformJobs)
    .set({ state, platformId, updatedAt: core.world.now() })
    .where(eq(platformJobs.id, job.id));
}
