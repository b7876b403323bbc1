/** A big tenant, written by the database itself: a million messages take it seconds. */
import { sql } from 'drizzle-orm';
import type { Database } from '../src/database/open.js';

const CONVERSATIONS = 2000;

/** Conversation `c-0` holds half of all messages; the rest is spread evenly. Every tenth belongs to each of ten agents. */
export async function seed(db: Database, messages: number): Promise<void> {
  const [{ there } = { there: 0 }] = await rowsOf<{ there: number }>(
    db.execute(sql`select count(*)::int as there from tenants where id = 'bench'`),
  );
  if (there > 0) return;
  await db.execute(sql`insert into tenants (id, name) values ('bench', 'Bench')`);
  await db.execute(sql`
    insert into prospects (tenant_id, id, identifier, identifier_type, name, platform, created_at, updated_at, changed_xid)
    select 'bench', 'p-' || n, '+351' || n, 'phone', 'Contact ' || n, 'telegram', now(), now(), 1
    from generate_series(0, ${CONVERSATIONS - 1}::int) n`);
  const spread = Math.floor(messages / 2 / (CONVERSATIONS - 1));
  const size = sql`case when n = 0 then ${Math.floor(messages / 2)}::int else ${spread}::int end`;
  await db.execute(sql`
    insert into conversations (tenant_id, id, prospect_id, platform, status, assigned_to, tags, last_activity, last_seq,
      rev, read_seq, unread_count, created_at, updated_at, changed_xid)
    select 'bench', 'c-' || n, 'p-' || n, 'telegram', 'active', 'agent-' || (n % 10), '{}',
      now() - n * interval '1 minute', ${size}, ${size}, ${size}, 0, now(), now(), 1
    from generate_series(0, ${CONVERSATIONS - 1}::int) n`);
  await db.execute(sql`
    insert into messages (tenant_id, id, conversation_id, seq, rev, sender_id, sender_type, content, message_type, platform,
      status, attempt, "timestamp")
    select 'bench', 'c-' || n || '-' || s, 'c-' || n, s, s, 'p-' || n, 'prospect',
      'Message ' || s || ' about the oak worktop and the delivery on Thursday', 'text', 'telegram', 'read', 0,
      now() - n * interval '1 minute' - s * interval '1 second'
    from generate_series(0, ${CONVERSATIONS - 1}::int) n, lateral generate_series(1, ${size}) s`);
  await db.execute(sql`analyze`);
}

async function rowsOf<T>(result: Promise<unknown>): Promise<T[]> {
  const found = await result;
  return (Array.isArray(found) ? found : (found as { rows: T[] }).rows) as T[];
}
