/** What contacts do with what was said before, as the team hears it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { receiveDeletion, receiveEdit, receiveReaction } from '../src/messages/contact-changes.js';
import { receiveMessage } from '../src/messages/receive.js';
import { addConversation, ANNA, BEN, prospectOf, storedConversation, storedMessages } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let ben: Line;
let places = 0;
before(async () => {
  server = await startServer();
  [anna, ben] = [await server.connect(ANNA), await server.connect(BEN)];
});
after(() => server.close());

async function said(content = 'Four metres') {
  const conversationId = `changed-${++places}`;
  await addConversation(server.app.core.db, { id: conversationId, assignedTo: 'anna', platform: 'whatsapp' });
  const place = { tenantId: 'north', conversationId };
  const row = await receiveMessage(server.app.core, { ...place, content });
  await anna.next('new_message', ({ id }) => id === row.id);
  return { ...place, messageId: row.id };
}
const told = (messageId: string) => anna.next('new_message', ({ id }) => id === messageId);

test('a correction is one revision and one event, with the new words and when they came', async () => {
  const which = await said();
  server.world.advance(5000);
  await receiveEdit(server.app.core, { ...which, content: 'Five metres' });
  const event = await told(which.messageId);
  assert.deepEqual([event.content, event.editedAt], ['Five metres', server.world.now().toISOString()]);
  assert.deepEqual([event._sync?.r, event._sync?.s, event.rev], [5, 4, 5]);
  const stored = await storedConversation(server.app.core.db, which.conversationId);
  assert.deepEqual([stored.rev, stored.lastSeq, stored.unreadCount], [5, 4, 3]);
  await receiveEdit(server.app.core, { ...which, content: 'Five metres' });
  assert.equal((await storedConversation(server.app.core.db, which.conversationId)).rev, 5);
});

test('of what is taken back nothing is kept, and a late correction does not bring it back', async () => {
  const which = await said('My card number');
  await receiveDeletion(server.app.core, which);
  const event = await told(which.messageId);
  assert.deepEqual([event.content, typeof event.deletedAt], ['', 'string']);
  await receiveEdit(server.app.core, { ...which, content: 'My card number again' });
  await receiveReaction(server.app.core, { ...which, emoji: '👍' });
  const [, , , row] = await storedMessages(server.app.core.db, which.conversationId);
  assert.deepEqual([row?.content, row?.rev, row?.reactions], ['', 5, null]);
});

test('a contact has one sign for a message, changes it, and takes it away', async () => {
  const which = await said();
  const { message } = await anna.get('send_message', {
    conversationId: which.conversationId,
    content: 'We come on Friday',
    messageType: 'text',
  });
  const of = { ...which, messageId: message!.id };
  await told(message!.id);
  const by = prospectOf(which.conversationId);
  await receiveReaction(server.app.core, { ...of, emoji: '👍' });
  assert.deepEqual((await told(message!.id)).reactions, [{ emoji: '👍', by }]);
  await receiveReaction(server.app.core, { ...of, emoji: '❤️' });
  assert.deepEqual((await told(message!.id)).reactions, [{ emoji: '❤️', by }]);
  await receiveReaction(server.app.core, { ...of, emoji: null });
  assert.equal((await told(message!.id)).reactions, undefined);
});

test('who was away finds the changes by revision; who may not see them hears nothing', async () => {
  const which = await said();
  const { rev } = await anna.get('load_messages', { conversationId: which.conversationId });
  await receiveEdit(server.app.core, { ...which, content: 'Six metres' });
  const { messages } = await anna.get('load_messages', { conversationId: which.conversationId, sinceRev: rev! });
  assert.deepEqual(
    messages.map(({ id, content }) => [id, content]),
    [[which.messageId, 'Six metres']],
  );
  await ben.settled();
  assert.ok(ben.heard.every(({ payload }) => payload.conversationId !== which.conversationId));
});

test('only their own messages can be corrected or taken back, and notes do not exist for them', async () => {
  const which = await said();
  const send = (more: object) =>
    anna.get('send_message', { conversationId: which.conversationId, content: 'Ours', messageType: 'text', ...more });
  const ours = { ...which, messageId: (await send({})).message!.id };
  const note = { ...which, messageId: (await send({ visibility: 'internal' })).message!.id };
  const refused = { message: /There is no such message/ };
  await assert.rejects(receiveEdit(server.app.core, { ...ours, content: 'Theirs' }), refused);
  await assert.rejects(receiveDeletion(server.app.core, ours), refused);
  await assert.rejects(receiveReaction(server.app.core, { ...note, emoji: '👍' }), refused);
  await assert.rejects(receiveEdit(server.app.core, { ...which, conversationId: 'changed-1', content: 'x' }), refused);
});
