/** The demo's doors: a sign-in without a password. They do not exist in production. */
import { and, eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { issueToken, type TokenRules } from '../auth/tokens.js';
import type { Core } from '../core.js';
import { agents } from '../database/schema.js';
import { createBucket, type Bucket } from '../realtime/rate-limit.js';
import { listTeam } from '../team.js';
import { addMedia } from './media.js';
import { DEMO_TENANT } from './people.js';

const ROLES = { supervisor: 'Supervisor', agent: 'Agent' } as const;
const SIGN_INS = { perSecond: 2, burst: 60 };
const ADDRESSES = 1000;

export async function addDemo(http: FastifyInstance, core: Core, rules: TokenRules): Promise<void> {
  addMedia(http);
  const buckets = new Map<string, Bucket>();
  const bucketOf = (address: string): Bucket => {
    const known = buckets.get(address);
    if (known) return known;
    if (buckets.size >= ADDRESSES) buckets.delete(buckets.keys().next().value!);
    const bucket = createBucket(SIGN_INS, () => core.world.now().getTime());
    buckets.set(address, bucket);
    return bucket;
  };

  http.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
  });
  http.get('/api/demo/agents', async () => {
    const team = await listTeam(core.db, DEMO_TENANT);
    return { agents: team.map(({ id, name, role }) => ({ id, name, role: ROLES[role] })) };
  });
  http.post<{ Body: { agentId: string } }>(
    '/api/demo/sign-in',
    {
      schema: {
        body: {
          type: 'object',
          required: ['agentId'],
          properties: { agentId: { type: 'string', minLength: 1, maxLength: 200 } },
        },
      },
    },
    async (request, reply) => {
      const wait = bucketOf(request.ip).take();
      if (wait > 0) {
        void reply.code(429).header('retry-after', Math.ceil(wait / 1000));
        return {
          error: { code: 'RATE_LIMITED', message: 'Too many sign-ins at once. Wait a moment.', retryAfterMs: wait },
        };
      }
      const [row] = await core.db
        .select()
        .from(agents)
        .where(and(eq(agents.tenantId, DEMO_TENANT), eq(agents.id, request.body.agentId)));
      if (!row) {
        void reply.code(404);
        return { error: { code: 'NOT_FOUND', message: 'There is no such agent in the demo.' } };
      }
      const agent = { tenantId: row.tenantId, id: row.id, name: row.name, role: row.role };
      return {
        token: await issueToken(rules, core.world, agent),
        agent: { id: row.id, name: row.name, role: ROLES[row.role] },
      };
    },
  );
}
