/** Notes, drafts, crossed answers and words kept ready: who hears of them, and who must not. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { platformJobs } from '../src/database/schema.js';
import { reportStatus } from '../src/messages/store.js';
import { DEMO_TENANT } from '../src/demo/people.js';
import { ANNA, BEN, OF_ANNA, OF_BEN, OF_NOBODY, SUPERVISOR, storedMessages } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let ben: Line;
let sam: Line;
before(async () => {
  server = await startServer();
  [anna, ben, sam] = [await server.connect(ANNA), await server.connect(BEN), await server.connect(SUPERVISOR)];
});
after(() => server.close());

const text = (conversationId: string, content: string, more: object = {}) => ({
  conversationId,
  content,
  messageType: 'text',
  ...more,
});

test('a note reaches the team that may see it, and neither the channel nor a colleague elsewhere', async () => {
  const { message } = await anna.get('send_message', text(OF_ANNA, 'Only for us', { visibility: 'internal' }));
  assert.equal(message?.visibility, 'internal');
  assert.equal((await sam.next('new_message', ({ id }) => id === message?.id)).visibility, 'internal');
  await ben.settled();
  assert.ok(ben.heard.every(({ payload }) => payload?.content !== 'Only for us'));
  const jobs = await server.app.core.db.select().from(platformJobs).where(eq(platformJobs.messageId, message!.id));
  assert.equal(jobs.length, 0);
});

test('a reply does not quote what is for the team alone, a note may', async () => {
  const { message: note } = await anna.get('send_message', text(OF_ANNA, 'For us', { visibility: 'internal' }));
  const before = (await storedMessages(server.app.core.db, OF_ANNA)).length;
  const refused = await anna.refused('send_message', text(OF_ANNA, 'As we said', { replyTo: note!.id }));
  assert.equal(refused.code, 'NOT_FOUND');
  assert.equal((await storedMessages(server.app.core.db, OF_ANNA)).length, before);
  const more = text(OF_ANNA, 'And more', { replyTo: note!.id, visibility: 'internal' });
  assert.equal((await anna.get('send_message', more)).message?.replyTo, note!.id);
});

test('a note that failed and is sent again stays with the team', async () => {
  const ask = text(OF_ANNA, 'Try me', { id: 'failed-note', visibility: 'internal' });
  const { message } = await anna.get('send_message', ask);
  await reportStatus(server.app.core, 'north', { messageId: message!.id, attempt: 0, status: 'failed' });
  const again = await anna.get('send_message', { ...ask, attempt: 1 });
  assert.deepEqual([again.message?.id, again.message?.attempt], [message!.id, 1]);
  const jobs = await server.app.core.db.select().from(platformJobs).where(eq(platformJobs.messageId, message!.id));
  assert.deepEqual(jobs, []);
});

test('a key used for a note is not taken for a reply', async () => {
  await anna.get('send_message', text(OF_ANNA, 'Same', { id: 'note-or-reply', visibility: 'internal' }));
  assert.equal((await anna.refused('send_message', text(OF_ANNA, 'Same', { id: 'note-or-reply' }))).code, 'CONFLICT');
});

test('an answer that crosses a colleague’s is refused once, and goes out when sent on purpose', async () => {
  const seenSeq = (await anna.get('load_messages', { conversationId: OF_NOBODY })).lastSeq!;
  await sam.get('send_message', text(OF_NOBODY, 'A note changes nothing', { visibility: 'internal' }));
  await anna.get('send_message', text(OF_NOBODY, 'My own neither', { seenSeq }));
  await ben.get('send_message', text(OF_NOBODY, 'I answered'));
  const before = (await storedMessages(server.app.core.db, OF_NOBODY)).length;
  const refused = await anna.refused('send_message', text(OF_NOBODY, 'Late', { id: 'late', seenSeq }));
  assert.deepEqual([refused.code, refused.field, refused.retryable], ['CONFLICT', 'seenSeq', false]);
  assert.equal((await storedMessages(server.app.core.db, OF_NOBODY)).length, before);
  await anna.get('send_message', text(OF_NOBODY, 'A note all the same', { visibility: 'internal', seenSeq }));
  const { message } = await anna.get('send_message', text(OF_NOBODY, 'Late', { id: 'late' }));
  assert.equal(message?.content, 'Late');
});

test('a draft is the agent’s own: told to their other sockets, found again, gone when empty', async () => {
  const other = await server.connect(ANNA);
  const draft = { conversationId: OF_ANNA, mode: 'reply' as const, content: 'Half a sent' };
  await anna.get('save_draft', draft);
  assert.equal((await other.next('draft_updated')).content, 'Half a sent');
  await Promise.all([anna.settled(), sam.settled(), ben.settled()]);
  for (const line of [anna, sam, ben]) assert.ok(line.heard.every(({ name }) => name !== 'draft_updated'));
  assert.equal((await anna.get('load_conversations')).drafts?.[0]?.content, 'Half a sent');
  assert.deepEqual((await sam.get('load_conversations')).drafts, []);
  await other.get('save_draft', { ...draft, content: '' });
  assert.deepEqual((await anna.get('load_conversations')).drafts, []);
});

test('a note’s draft stands beside the reply’s: told to the same agent’s other sockets, replaced and emptied alone', async () => {
  const other = await server.connect(ANNA);
  const reply = { conversationId: OF_ANNA, mode: 'reply' as const, content: 'Dear' };
  const note = { conversationId: OF_ANNA, mode: 'note' as const, content: 'ask Sam' };
  const drafts = async (line: Line) => {
    const kept = (await line.get('load_conversations')).drafts ?? [];
    return Object.fromEntries(kept.map(({ mode, content }) => [mode, content]));
  };
  await anna.get('save_draft', reply);
  await other.next('draft_updated', ({ mode }) => mode === 'reply');
  await anna.get('save_draft', note);
  const told = await other.next('draft_updated', ({ mode }) => mode === 'note');
  assert.deepEqual([told.conversationId, told.content], [OF_ANNA, 'ask Sam']);
  await other.get('save_draft', { ...note, content: 'ask Sam tomorrow' });
  assert.equal((await anna.next('draft_updated', ({ mode }) => mode === 'note')).content, 'ask Sam tomorrow');
  assert.deepEqual(await drafts(anna), { reply: 'Dear', note: 'ask Sam tomorrow' });
  await Promise.all([sam.settled(), ben.settled()]);
  for (const line of [sam, ben]) assert.ok(line.heard.every(({ name }) => name !== 'draft_updated'));
  assert.deepEqual(await drafts(sam), {});
  await anna.get('save_draft', { ...note, content: '' });
  assert.equal((await other.next('draft_updated', ({ content }) => content === '')).mode, 'note');
  assert.deepEqual(await drafts(anna), { reply: 'Dear' });
  await anna.get('save_draft', { ...reply, content: '' });
});

test('nobody drafts in a conversation they cannot see', async () => {
  const draft = { conversationId: OF_BEN, mode: 'note' as const, content: 'x' };
  assert.equal((await anna.refused('save_draft', draft)).code, 'NOT_FOUND');
});

test('words kept ready are announced and told to the studio they belong to, and to nobody else', async () => {
  const marta = await server.connect({ ...SUPERVISOR, tenantId: DEMO_TENANT, id: 'marta' });
  const features = async (line: Line) => {
    const answer = await line.ask('load_conversations');
    assert.ok(answer.ok);
    return answer.sync?.features ?? {};
  };
  assert.deepEqual([(await features(marta)).templates, (await features(anna)).templates], [true, undefined]);
  assert.ok((await marta.get('load_quick_replies')).quickReplies.length > 0);
  const { templates } = await marta.get('load_templates', { platform: 'whatsapp' });
  for (const { body, variables } of templates)
    assert.deepEqual(
      [...body.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name),
      variables,
    );
  assert.deepEqual((await marta.get('load_templates', { platform: 'sms' })).templates, []);
  assert.deepEqual((await anna.get('load_quick_replies')).quickReplies, []);
});
