/** How long a channel takes free replies, and what it takes afterwards. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Template } from '../../src/contract/index.js';
import { tenants, agents } from '../src/database/schema.js';
import type { Agent } from '../src/access.js';
import { DEMO_TENANT } from '../src/demo/people.js';
import { DEMO_TEMPLATES } from '../src/demo/ready-words.js';
import { wordsOf } from '../src/ready-words.js';
import { receiveMessage } from '../src/messages/receive.js';
import { reportStatus } from '../src/messages/store.js';
import { addConversation, storedMessages } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

const HOUR = 3_600_000;
const MARTA: Agent = { tenantId: DEMO_TENANT, id: 'marta', name: 'Marta', role: 'supervisor' };

let server: TestServer;
let marta: Line;
let places = 0;
before(async () => {
  server = await startServer();
  await server.app.core.db.insert(tenants).values({ id: DEMO_TENANT, name: 'Studio' });
  await server.app.core.db.insert(agents).values(MARTA);
  marta = await server.connect(MARTA);
});
after(() => server.close());

const ago = (ms: number) => new Date(server.world.now().getTime() - ms);

async function place(platform: string, lastInboundAt: Date | null): Promise<string> {
  const id = `window-${++places}`;
  await addConversation(server.app.core.db, { id, assignedTo: null, platform, tenantId: DEMO_TENANT, lastInboundAt });
  return id;
}
const text = (conversationId: string, more: object = {}) => ({
  conversationId,
  content: 'Good morning',
  messageType: 'text',
  ...more,
});
/** As the panels send it. */
const templated = (conversationId: string, template: Template, variables: Record<string, string>) =>
  text(conversationId, {
    content: [template.header, template.body, template.footer]
      .filter((part) => part !== undefined)
      .map((part) => part.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => variables[name] ?? whole))
      .join('\n\n'),
    metadata: { templateId: template.id, variables },
  });
const endOf = async (id: string) => {
  const { conversations } = await marta.get('load_conversations', { ids: [id] });
  return conversations[0]?.replyWindowEndsAt;
};

test('the end is told where the channel has one, and nowhere else', async () => {
  const at = ago(20 * HOUR);
  assert.equal(await endOf(await place('whatsapp', at)), new Date(at.getTime() + 24 * HOUR).toISOString());
  assert.equal(await endOf(await place('telegram', at)), undefined);
  assert.ok(Date.parse((await endOf(await place('whatsapp', null)))!) < server.world.now().getTime());
});

test('free words are taken until the last moment, and refused from it on, with nothing stored', async () => {
  const id = await place('whatsapp', ago(24 * HOUR - 1));
  await marta.get('send_message', text(id));
  server.world.advance(1);
  const refused = await marta.refused('send_message', text(id));
  assert.deepEqual([refused.code, refused.retryable], ['WINDOW_CLOSED', false]);
  assert.match(refused.message, /24 hours.*WhatsApp only accepts approved templates/);
  assert.equal((await storedMessages(server.app.core.db, id, DEMO_TENANT)).length, 4);
});

test('outside it a known template goes out, and a note is written; a template of nobody’s does not', async () => {
  const id = await place('whatsapp', ago(30 * HOUR));
  const { templates } = await marta.get('load_templates', { platform: 'whatsapp' });
  const template = templates.find(({ variables }) => variables.includes('subject'))!;
  const values = { name: 'Rosa', subject: 'the oak $& table' };
  const { message } = await marta.get('send_message', templated(id, template, values));
  assert.equal(message?.metadata?.templateId, template.id);
  await marta.get('send_message', text(id, { visibility: 'internal' }));
  const made = await marta.refused('send_message', text(id, { metadata: { templateId: 'made-up' } }));
  assert.equal(made.code, 'WINDOW_CLOSED');
});

test('under a template’s name nothing else goes out: neither free words, nor one half filled in, nor a file', async () => {
  const id = await place('whatsapp', ago(30 * HOUR));
  const template = DEMO_TEMPLATES.find(({ platform }) => platform === 'whatsapp')!;
  const values = Object.fromEntries(template.variables.map((name) => [name, `my ${name}`]));
  const whole = templated(id, template, values);
  const metadata = { templateId: template.id, variables: values };
  const cases: object[] = [
    { ...whole, content: 'BUY NOW' },
    { ...whole, content: `${whole.content} BUY NOW` },
    { ...whole, content: template.body, metadata: { templateId: template.id } },
    { ...whole, metadata: { templateId: template.id, variables: { ...values, name: 'Another' } } },
    templated(id, template, { ...values, name: ' ' }),
    templated(id, template, { subject: 'x' }),
    { ...whole, messageType: 'file', metadata: { ...metadata, uploadId: 'a'.repeat(32) } },
    { ...whole, messageType: 'image', metadata: { ...metadata, imageUrl: 'https://example.com/a.png' } },
  ];
  for (const [at, ask] of cases.entries())
    assert.equal((await marta.refused('send_message', ask as never)).code, 'WINDOW_CLOSED', `case ${at}`);
  assert.equal((await storedMessages(server.app.core.db, id, DEMO_TENANT)).length, 3);
  await marta.get('send_message', whole);
});

test('what the panels make of a template is what the server holds it against', () => {
  const template = { header: 'Hi {{ name }}', body: '{{name}}: {{order.no}} {{}} {{a b}}', footer: 'Bye' };
  assert.equal(
    wordsOf(template, { name: ' Rosa ', 'order.no': '{{name}}' }),
    'Hi Rosa\n\nRosa: {{name}} {{}} {{a b}}\n\nBye',
  );
  assert.equal(wordsOf(template, { name: 'Rosa' }), undefined);
  assert.equal(wordsOf({ body: '{{constructor}}' }, {}), undefined);
});

test('where nothing comes after the window, a template does not help', async () => {
  const id = await place('instagram', ago(25 * HOUR));
  const refused = await marta.refused('send_message', text(id, { metadata: { templateId: DEMO_TEMPLATES[0]!.id } }));
  assert.deepEqual([refused.code, /takes no replies now/.test(refused.message)], ['WINDOW_CLOSED', true]);
});

test('the contact writes, and it is open again', async () => {
  const id = await place('facebook', ago(48 * HOUR));
  await marta.refused('send_message', text(id));
  await receiveMessage(server.app.core, { tenantId: DEMO_TENANT, conversationId: id, content: 'Still there?' });
  assert.equal(await endOf(id), new Date(server.world.now().getTime() + 24 * HOUR).toISOString());
  await marta.get('send_message', text(id));
});

test('a failed message is not sent again outside it, and one that is there is still answered for', async () => {
  const id = await place('whatsapp', ago(HOUR));
  const ask = text(id, { clientMessageId: 'key-of-window' });
  const { message } = await marta.get('send_message', ask);
  server.world.advance(30 * HOUR);
  // The token has run out meanwhile.
  marta = await server.connect(MARTA);
  assert.equal((await marta.get('send_message', ask)).duplicate, true);
  await reportStatus(server.app.core, DEMO_TENANT, { messageId: message!.id, attempt: 0, status: 'failed' });
  assert.equal((await marta.refused('send_message', { ...ask, attempt: 1 })).code, 'WINDOW_CLOSED');
});
