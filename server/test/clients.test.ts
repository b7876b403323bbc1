import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addConversation, ANNA, prospectOf, SUPERVISOR } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let anna: Line;
let sam: Line;
let places = 0;
before(async () => {
  server = await startServer();
  anna = await server.connect(ANNA);
  sam = await server.connect(SUPERVISOR);
});
after(() => server.close());

const DATA = {
  firstName: 'Camila',
  lastName: 'Ferreira',
  email: 'camila@example.com',
  phone: '+351 910 000 142',
  company: 'Oak & Co',
};

async function freshContact(): Promise<{ place: string; prospectId: string }> {
  const place = `contact-${++places}`;
  await addConversation(server.app.core.db, { id: place, assignedTo: 'anna', platform: 'whatsapp' });
  return { place, prospectId: prospectOf(place) };
}
async function freshClient(): Promise<string> {
  const { prospectId } = await freshContact();
  return (await anna.get('convert_prospect', { prospectId, clientData: DATA })).client!.id;
}
const clientNow = async (id: string) => (await sam.get('load_clients', { ids: [id] })).clients[0]!;

test('converting links the contact and all its conversations, one event for each', async () => {
  const { place, prospectId } = await freshContact();
  await addConversation(server.app.core.db, { id: `${place}-email`, assignedTo: null, platform: 'email', prospectId });
  const { client, prospect } = await anna.get('convert_prospect', { prospectId, clientData: DATA });
  assert.deepEqual(
    [client?.firstName, client?.company, client?.status, client?.tags],
    ['Camila', 'Oak & Co', 'active', ['Lead']],
  );
  assert.deepEqual([prospect?.isClient, prospect?.clientId], [true, client?.id]);
  for (const id of [place, `${place}-email`]) {
    const event = await sam.next('conversation_updated', (p) => p.id === id);
    assert.deepEqual([event.clientId, event.isClientConverted, event._sync?.r], [client?.id, true, 4]);
  }
  assert.equal((await sam.next('prospect_updated', (p) => p.id === prospectId)).isClient, true);
  assert.equal((await sam.next('client_updated', (p) => p.id === client?.id)).firstName, 'Camila');
  const listed = await anna.get('load_conversations', { filter: { clientId: client!.id } });
  assert.equal(listed.conversations.length, 2);
});

test('converting twice, one after the other or at once, is one client', async () => {
  const { prospectId } = await freshContact();
  const answers = await Promise.all(
    [anna, sam, anna].map((line) => line.get('convert_prospect', { prospectId, clientData: DATA })),
  );
  const again = await sam.get('convert_prospect', { prospectId, clientData: { ...DATA, firstName: 'Other' } });
  const ids = new Set([...answers, again].map(({ client }) => client!.id));
  assert.equal(ids.size, 1);
  assert.equal(again.client?.firstName, 'Camila');
});

test('part of the data, as servers in the field take it, is enough', async () => {
  const { prospectId } = await freshContact();
  const answer: { ok: boolean; data: { client: { email: string } } } = await anna.raw('convert_prospect', {
    prospectId,
    clientData: { firstName: 'Only' },
  });
  assert.deepEqual([answer.ok, answer.data.client.email], [true, '']);
});

test('what is wrong with a phone number or an address is said in words', async () => {
  const { prospectId } = await freshContact();
  const words = async (change: object) => {
    const { field, message } = await anna.refused('convert_prospect', {
      prospectId,
      clientData: { ...DATA, ...change },
    });
    return [field, message];
  };
  assert.deepEqual(await words({ phone: '12345' }), ['clientData.phone', 'At least six digits, you wrote 5.']);
  assert.deepEqual(await words({ phone: '1'.repeat(16) }), [
    'clientData.phone',
    'At most fifteen digits, you wrote 16.',
  ]);
  assert.deepEqual(await words({ email: 'camila' }), ['clientData.email', 'An e-mail address has an @ in it.']);
  assert.deepEqual(await words({ email: 'a b@c.d' }), [
    'clientData.email',
    'Write the whole address, such as name@example.com.',
  ]);
});

test('notes: added, changed, deleted, each heard by the others', async () => {
  const clientId = await freshClient();
  const { note } = await anna.get('add_client_note', { clientId, content: 'Prefers mornings' });
  assert.deepEqual([note?.authorId, note?.authorName], ['anna', 'Anna Agent']);
  const heard = await sam.next('client_updated', (p) => p.id === clientId && (p.notes as unknown[]).length === 1);
  assert.deepEqual(heard.notes, [note]);
  await anna.get('update_client_note', { clientId, noteId: note!.id, content: 'Prefers evenings' });
  assert.equal((await clientNow(clientId)).notes[0]?.content, 'Prefers evenings');
  await anna.get('delete_client_note', { clientId, noteId: note!.id });
  assert.deepEqual((await clientNow(clientId)).notes, []);
  assert.equal((await anna.refused('delete_client_note', { clientId, noteId: note!.id })).code, 'NOT_FOUND');
  const other = await freshClient();
  const { note: elsewhere } = await anna.get('add_client_note', { clientId: other, content: 'Elsewhere' });
  assert.equal(
    (await anna.refused('update_client_note', { clientId, noteId: elsewhere!.id, content: 'x' })).code,
    'NOT_FOUND',
  );
});

test('quotes: added, changed, and only the accepted ones count', async () => {
  const clientId = await freshClient();
  const { quote } = await anna.get('add_client_quote', {
    clientId,
    quote: { title: 'Oak kitchen', amount: 16240.5, currency: 'EUR', validUntil: '2026-12-24T00:00:00Z' },
  });
  assert.deepEqual([quote.status, quote.amount, quote.validUntil], ['draft', 16240.5, '2026-12-24T00:00:00.000Z']);
  assert.equal((await clientNow(clientId)).totalValue, 0);
  const accepted = await anna.get('update_client_quote', {
    clientId,
    quoteId: quote.id,
    patch: { status: 'accepted' },
  });
  assert.deepEqual([accepted.quote.status, accepted.quote.title], ['accepted', 'Oak kitchen']);
  assert.equal((await clientNow(clientId)).totalValue, 16240.5);
  const bad = (change: object) =>
    anna.refused('add_client_quote', { clientId, quote: { title: 'x', amount: 1, currency: 'EUR', ...change } });
  assert.equal((await bad({ amount: -1 })).field, 'quote.amount');
  assert.equal((await bad({ amount: 1e300 })).field, 'quote.amount');
  assert.equal((await bad({ url: 'javascript:alert(1)' })).field, 'quote.url');
  assert.equal((await bad({ validUntil: '+275760-09-13T00:00:00Z' })).field, 'quote.validUntil');
});

test('a change of a client based on an old state is a conflict', async () => {
  const clientId = await freshClient();
  const { client } = await anna.get('update_client', { clientId, patch: { lastName: 'Reis' }, ifRev: 1 });
  assert.deepEqual([client.rev, client.lastName, client.company], [2, 'Reis', 'Oak & Co']);
  assert.equal(
    (await anna.refused('update_client', { clientId, patch: { lastName: 'Lind' }, ifRev: 1 })).code,
    'CONFLICT',
  );
  assert.equal((await anna.get('update_client', { clientId, patch: { company: '' } })).client.company, undefined);
  assert.equal((await anna.refused('update_client', { clientId, patch: { email: 'nope' } })).field, 'patch.email');
});

test('the same operation again changes once and answers the same, also when asked ten times at once', async () => {
  const clientId = await freshClient();
  const ask = { clientId, content: 'Once', opId: 'op-1' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => anna.get('add_client_note', ask)));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal((await clientNow(clientId)).notes.length, 1);
  assert.equal((await anna.refused('add_client_note', { ...ask, content: 'Twice' })).code, 'CONFLICT');
  assert.equal((await anna.refused('update_client', { clientId, patch: {}, opId: 'op-1' })).code, 'CONFLICT');
  await sam.get('add_client_note', ask);
  assert.equal((await clientNow(clientId)).notes.length, 2);
});

test('an operation that was refused is not remembered: put right, it goes through', async () => {
  const clientId = await freshClient();
  await anna.refused('update_client', { clientId, patch: { email: 'nope' }, opId: 'op-2' });
  await anna.get('update_client', { clientId, patch: { email: 'yes@example.com' }, opId: 'op-2' });
});

test('the general settings are checked and merged', async () => {
  const hours = { enabled: true, start: '09:00', end: '18:00', timezone: 'Europe/Lisbon' };
  const { settings, rev } = await sam.get('update_chat_settings', { workingHours: hours });
  assert.deepEqual([settings?.workingHours, settings?.autoResponse], [hours, false]);
  assert.equal(
    (await sam.refused('update_chat_settings', { workingHours: { ...hours, start: '25:00' } })).field,
    'workingHours.start',
  );
  assert.equal(
    (await sam.refused('update_chat_settings', { workingHours: { ...hours, timezone: 'Mars' } })).field,
    'workingHours.timezone',
  );
  assert.equal((await sam.refused('update_chat_settings', { autoResponse: true, ifRev: rev! - 1 })).code, 'CONFLICT');
  assert.equal((await sam.get('load_conversations')).settings?.workingHours.timezone, 'Europe/Lisbon');
});
