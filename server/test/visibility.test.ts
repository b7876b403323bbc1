import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ask, ClientEventName } from '../../src/contract/index.js';
import { assignConversation, markRead } from '../src/conversations/change.js';
import { convertProspect, updateClient } from '../src/clients/change.js';
import { receiveMessage } from '../src/messages/receive.js';
import {
  addConversation,
  ANNA,
  BEN,
  OF_ANNA,
  OF_BEN,
  OF_NOBODY,
  OF_SOUTH,
  prospectOf,
  STRANGER,
  SUPERVISOR,
} from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let ben: Line;
let sam: Line;
let stranger: Line;
let clientOfBen: string;
before(async () => {
  server = await startServer();
  anna = await server.connect(ANNA);
  ben = await server.connect(BEN);
  sam = await server.connect(SUPERVISOR);
  stranger = await server.connect(STRANGER);
  const { client } = await ben.get('convert_prospect', {
    prospectId: prospectOf(OF_BEN),
    clientData: { firstName: 'Berta', lastName: 'Client', email: '', phone: '' },
  });
  clientOfBen = client!.id;
  const [{ note }, { quote }] = await Promise.all([
    ben.get('add_client_note', { clientId: clientOfBen, content: 'A note' }),
    ben.get('add_client_quote', { clientId: clientOfBen, quote: { title: 'Oak', amount: 5, currency: 'EUR' } }),
  ]);
  noteOfBen = note!.id;
  quoteOfBen = quote.id;
});
after(() => server.close());
let noteOfBen: string;
let quoteOfBen: string;
const core = () => server.app.core;

const seen = async (line: Line) => ({
  conversations: (await line.get('load_conversations')).conversations.map(({ id }) => id).sort(),
  prospects: (await line.get('load_prospects')).prospects.map(({ id }) => id).sort(),
  clients: (await line.get('load_clients')).clients.map(({ id }) => id).sort(),
});

test('each agent sees what is theirs and what is nobody’s; a supervisor the tenant; nobody another tenant', async () => {
  const lists = (...ids: string[]) => ({ conversations: ids.sort(), prospects: ids.map(prospectOf).sort() });
  assert.deepEqual(await seen(anna), { ...lists(OF_ANNA, OF_NOBODY), clients: [] });
  assert.deepEqual(await seen(ben), { ...lists(OF_BEN, OF_NOBODY), clients: [clientOfBen] });
  assert.deepEqual(await seen(sam), { ...lists(OF_ANNA, OF_BEN, OF_NOBODY), clients: [clientOfBen] });
  assert.deepEqual(await seen(stranger), { ...lists(OF_SOUTH), clients: [] });
});

/** Every event that names something: what it asks of a conversation, contact or client. */
const aimed: { [E in ClientEventName]?: (conversationId: string, clientId: string) => Ask<E> } = {
  load_messages: (conversationId) => ({ conversationId }),
  send_message: (conversationId) => ({ conversationId, content: 'x', messageType: 'text' }),
  mark_as_read: (conversationId) => ({ conversationId }),
  convert_prospect: (conversationId) => ({
    prospectId: prospectOf(conversationId),
    clientData: { firstName: 'X', lastName: '', email: '', phone: '' },
  }),
  update_chat_settings: (conversationId) => ({ conversationId, botEnabled: true }),
  typing: (conversationId) => ({ conversationId, isTyping: true }),
  view_conversation: (conversationId) => ({ conversationId }),
  add_client_note: (_c, clientId) => ({ clientId, content: 'x' }),
  update_client: (_c, clientId) => ({ clientId, patch: { firstName: 'X' } }),
  add_client_quote: (_c, clientId) => ({ clientId, quote: { title: 'x', amount: 1, currency: 'EUR' } }),
  update_client_quote: (_c, clientId) => ({ clientId, quoteId: quoteOfBen, patch: { title: 'x' } }),
  update_client_note: (_c, clientId) => ({ clientId, noteId: noteOfBen, content: 'x' }),
  delete_client_note: (_c, clientId) => ({ clientId, noteId: noteOfBen }),
};

test('what is not visible is refused in the very words of what does not exist, and nothing changes', async () => {
  const before = JSON.stringify(await seen(sam));
  for (const line of [anna, stranger])
    for (const [name, make] of Object.entries(aimed) as [ClientEventName, (c: string, k: string) => never][]) {
      const hidden = await line.ask(name, make(OF_BEN, clientOfBen));
      const absent = await line.ask(name, make('nothing-of-the-kind', 'nothing-of-the-kind'));
      assert.deepEqual(hidden, absent, name);
      assert.ok(!hidden.ok && hidden.error.code === 'NOT_FOUND', name);
    }
  assert.equal(JSON.stringify(await seen(sam)), before);
  const [stored] = (await ben.get('load_clients')).clients;
  assert.deepEqual([stored?.firstName, stored?.notes.length, stored?.quotes[0]?.title], ['Berta', 1, 'Oak']);
});

test('asking by ids tells nothing about what is hidden', async () => {
  const asked = await anna.get('load_conversations', { ids: [OF_ANNA, OF_BEN, OF_SOUTH, 'nowhere'] });
  assert.deepEqual(
    asked.conversations.map(({ id }) => id),
    [OF_ANNA],
  );
  assert.deepEqual(asked.removed, [OF_BEN, OF_SOUTH, 'nowhere']);
  const contacts = await anna.get('load_prospects', { ids: [prospectOf(OF_ANNA), prospectOf(OF_BEN), 'nowhere'] });
  assert.deepEqual(
    contacts.prospects.map(({ id }) => id),
    [prospectOf(OF_ANNA)],
  );
  const clients = await anna.get('load_clients', { ids: [clientOfBen, 'nowhere'] });
  assert.deepEqual([clients.clients, clients.removed], [[], [clientOfBen, 'nowhere']]);
  const found = await anna.get('load_conversations', { filter: { text: 'ben' } });
  assert.deepEqual(found.conversations, []);
});

test('events reach those who may see them, and nobody else', async () => {
  for (const line of [anna, ben, sam, stranger]) await line.settled();
  const marks = [anna, ben, sam, stranger].map((line) => line.heard.length);
  await receiveMessage(core(), { tenantId: 'north', conversationId: OF_BEN, content: 'For Ben' });
  await markRead(core(), BEN, OF_BEN, {});
  await updateClient(core(), BEN, { clientId: clientOfBen, patch: { lastName: 'Changed' } });
  await ben.raw('typing', { conversationId: OF_BEN, isTyping: true });
  for (const line of [anna, ben, sam, stranger]) await line.settled();
  const heard = (line: Line, i: number) => line.heard.slice(marks[i]).map(({ name }) => name);
  assert.deepEqual(heard(anna, 0), []);
  assert.deepEqual(heard(ben, 1), ['new_message', 'conversation_updated', 'client_updated']);
  assert.deepEqual(heard(sam, 2), ['new_message', 'conversation_updated', 'client_updated', 'typing']);
  assert.deepEqual(heard(stranger, 3), []);
});

test('ids may hold any character: two that only look alike when they are joined share no room', async () => {
  const pairs: [tenantId: string, id: string][] = [
    ['acme', 'eu:7'],
    ['acme:eu', '7'],
    ['acme', 'eu\n7'],
    ['acme\neu', '7'],
    ['acme', 'eu","7'],
    ['acme","eu', '7'],
    ['tenant:acme', 'x'],
    ['acme', 'x\\'],
  ];
  const lines: Line[] = [];
  for (const [at, [tenantId, id]] of pairs.entries()) {
    const place = { id: `odd-${at}`, tenantId, assignedTo: id, platform: 'whatsapp' };
    await addConversation(core().db, place);
    lines.push(await server.connect({ tenantId, id, name: id, role: 'agent' }));
  }
  for (const [at, [tenantId]] of pairs.entries())
    await receiveMessage(core(), { tenantId, conversationId: `odd-${at}`, content: `for ${at}` });
  for (const [at, line] of lines.entries()) {
    await line.settled();
    const heard = line.heard.filter(({ name }) => name === 'new_message').map(({ payload }) => payload['content']);
    assert.deepEqual(heard, [`for ${at}`]);
    const { agents } = await line.get('load_agents');
    const [tenantId] = pairs[at]!;
    const colleagues = pairs.filter(([other]) => other === tenantId).map(([, id]) => id);
    assert.deepEqual(agents.map(({ id }) => id).sort(), colleagues.sort());
  }
});

test('nobody’s conversation is heard by the whole tenant', async () => {
  await receiveMessage(core(), { tenantId: 'north', conversationId: OF_NOBODY, content: 'For all' });
  for (const line of [anna, ben, sam]) await line.next('new_message', ({ content }) => content === 'For all');
  await stranger.settled();
  assert.ok(stranger.heard.every(({ payload }) => payload.content !== 'For all'));
});

test('typing ends when the typist leaves', async () => {
  const second = await server.connect({ ...BEN, id: 'ben' });
  await second.raw('typing', { conversationId: OF_BEN, isTyping: true });
  await sam.next('typing', ({ isTyping }) => isTyping === true);
  second.socket.disconnect();
  const ended = await sam.next('typing', ({ isTyping }) => isTyping === false);
  assert.deepEqual([ended.senderId, ended.name, ended.senderType], ['ben', 'Ben Agent', 'agent']);
});

test('a conversation that is given to somebody else leaves the one and comes to the other, live and by asking', async () => {
  const id = 'given-away';
  await addConversation(core().db, { id, assignedTo: 'anna', platform: 'whatsapp' });
  await convertProspect(core(), ANNA, {
    prospectId: prospectOf(id),
    clientData: { firstName: 'Given', lastName: '', email: '', phone: '' },
  });
  const cursors = await Promise.all(
    [anna, ben].map(async (line) => {
      const lists = [
        await line.ask('load_conversations'),
        await line.ask('load_prospects'),
        await line.ask('load_clients'),
      ];
      return lists.map((answer) => answer.ok && answer.sync!) as { epoch: string; head: number }[];
    }),
  );
  await assignConversation(core(), { tenantId: 'north', conversationId: id }, 'ben');

  assert.deepEqual(await anna.next('conversation_removed'), { id });
  const come = await ben.next('conversation_updated', (p) => p.id === id);
  assert.equal(come.assignedTo, 'ben');
  assert.equal((come.lastMessage as { content: string }).content, `Message 3 of ${id}`);
  await sam.next('conversation_updated', (p) => p.id === id && p.assignedTo === 'ben');
  for (const line of [anna, ben, sam]) await line.settled();
  assert.ok(ben.heard.every(({ name }) => name !== 'conversation_removed'));
  assert.ok(sam.heard.every(({ name }) => name !== 'conversation_removed'));
  assert.ok(anna.heard.every(({ name, payload }) => name !== 'conversation_updated' || payload.assignedTo !== 'ben'));

  const since = (who: number, list: number) => ({
    since: { epoch: cursors[who]![list]!.epoch, head: cursors[who]![list]!.head },
  });
  assert.deepEqual((await anna.get('load_conversations', since(0, 0))).removed, [id]);
  assert.deepEqual((await anna.get('load_prospects', since(0, 1))).removed, [prospectOf(id)]);
  assert.equal((await anna.get('load_clients', since(0, 2))).removed?.length, 1);
  const gained = await ben.get('load_conversations', since(1, 0));
  assert.deepEqual([gained.conversations.map((c) => c.id), gained.removed], [[id], []]);
  assert.deepEqual(
    (await ben.get('load_prospects', since(1, 1))).prospects.map((p) => p.id),
    [prospectOf(id)],
  );
  assert.equal((await ben.get('load_clients', since(1, 2))).clients.length, 1);

  assert.equal(
    (await anna.refused('send_message', { conversationId: id, content: 'Late', messageType: 'text' })).code,
    'NOT_FOUND',
  );
});

test('what was sent before the conversation went to somebody else is still found by its key', async () => {
  const id = 'sent-then-given';
  await addConversation(core().db, { id, assignedTo: 'anna', platform: 'whatsapp' });
  const ask = { conversationId: id, content: 'Mine', messageType: 'text', id: 'before-giving' };
  const { message } = await anna.get('send_message', ask);
  await assignConversation(core(), { tenantId: 'north', conversationId: id }, 'ben');
  const again = await anna.get('send_message', ask);
  assert.deepEqual([again.duplicate, again.message?.id], [true, message?.id]);
});

test('an agent changes no general settings and no colleague’s note', async () => {
  assert.equal((await anna.refused('update_chat_settings', { botEnabled: true })).code, 'FORBIDDEN');
  const { settings } = await sam.get('update_chat_settings', { botEnabled: true });
  assert.equal(settings?.botEnabled, true);
  await sam.get('update_chat_settings', { botEnabled: false });
  const { note } = await sam.get('add_client_note', { clientId: clientOfBen, content: 'From Sam' });
  assert.equal(
    (await ben.refused('update_client_note', { clientId: clientOfBen, noteId: note!.id, content: 'x' })).code,
    'FORBIDDEN',
  );
  assert.equal(
    (await ben.refused('delete_client_note', { clientId: clientOfBen, noteId: note!.id })).code,
    'FORBIDDEN',
  );
  await sam.get('update_client_note', { clientId: clientOfBen, noteId: noteOfBen, content: 'Corrected' });
});

test('a supervisor who is an agent from now on loses, at the next resync, what colleagues have', async () => {
  const was = { ...SUPERVISOR, id: 'rosa', name: 'Rosa' };
  const before = await server.connect(was);
  const lists = ['load_conversations', 'load_prospects', 'load_clients'] as const;
  const cursors = new Map<string, { epoch: string; head: number }>();
  for (const name of lists) {
    const answer = await before.ask(name);
    if (answer.ok && answer.sync) cursors.set(name, { epoch: answer.sync.epoch, head: answer.sync.head });
  }
  before.socket.disconnect();
  const now = await server.connect({ ...was, role: 'agent' });
  const since = (name: string) => ({ since: cursors.get(name)! });
  const left = (await now.get('load_conversations')).conversations.map(({ id }) => id);
  const { removed = [] } = await now.get('load_conversations', since('load_conversations'));
  assert.ok(removed.includes(OF_BEN) && removed.includes(OF_ANNA));
  assert.ok(!removed.some((id) => left.includes(id)) && left.includes(OF_NOBODY));
  assert.ok((await now.get('load_prospects', since('load_prospects'))).removed?.includes(prospectOf(OF_BEN)));
  assert.ok((await now.get('load_clients', since('load_clients'))).removed?.includes(clientOfBen));
  // Signing in once more as the same takes nothing away twice.
  const answer = await now.ask('load_conversations');
  const again = await server.connect({ ...was, role: 'agent' });
  const cursor = answer.ok && answer.sync ? { epoch: answer.sync.epoch, head: answer.sync.head } : undefined;
  assert.deepEqual((await again.get('load_conversations', { since: cursor! })).removed, []);
});
