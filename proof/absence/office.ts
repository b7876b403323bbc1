/**
 * The real server as a process of its own, with an office of many conversations in which customers write while nobody is
 * there. It says where it is, who may come in, and at the end how everything stands.
 */
import { pino } from 'pino';
import { createApp } from '../../server/src/app.js';
import { issueToken } from '../../server/src/auth/tokens.js';
import { agents } from '../../server/src/database/schema.js';
import { receiveMessage } from '../../server/src/messages/receive.js';
import { LIMITS } from '../../server/src/realtime/gateway.js';
import { readSettings } from '../../server/src/settings.js';
import { realWorld } from '../../server/src/world.js';
import { freshDatabase } from '../../server/test/support/database.js';
import { addConversation, SUPERVISOR } from '../../server/test/support/office.js';

/** What the office is asked to do: as many messages as that, one after the other in each conversation. */
export interface Missed {
  messages: number;
}

const MESSAGES_BEFORE = 10;
const IN_PARALLEL = 8;

const count = Number(process.env.CONVERSATIONS);
const database = await freshDatabase();
await database.db.insert(agents).values([SUPERVISOR]);
const ids = Array.from({ length: count }, (_, at) => `conversation-${at}`);
for (const id of ids)
  await addConversation(database.db, { id, assignedTo: null, platform: 'telegram', messages: MESSAGES_BEFORE });
const world = realWorld();
const app = await createApp({
  settings: readSettings({ ...process.env, PORT: '0', NODE_ENV: 'test', SANDBOX: 'off', UPLOADS: 'off' }),
  database,
  world,
  log: pino({ level: 'silent' }),
  secret: 'a secret of this run alone, long enough',
  limits: LIMITS,
});
const port = await app.listen();
const token = await issueToken(app.rules, world, SUPERVISOR);
process.send!({ url: `http://127.0.0.1:${port}`, token, kind: database.kind });

process.on('message', (asked: Missed | 'end') => {
  if (asked === 'end') void app.close().then(() => process.exit(0));
  else void write(asked).then(() => process.send!({ lastSeq: MESSAGES_BEFORE + asked.messages / count }));
});

async function write({ messages }: Missed): Promise<void> {
  let next = 0;
  const writer = async () => {
    while (next < messages) {
      const at = next++;
      const conversationId = ids[at % ids.length]!;
      await receiveMessage(app.core, { tenantId: SUPERVISOR.tenantId, conversationId, content: `missed ${at}` });
    }
  };
  await Promise.all(Array.from({ length: IN_PARALLEL }, writer));
}
