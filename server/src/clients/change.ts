/** Converting a contact into a client, and changing clients, their notes and their quotes. */
import { and, eq } from 'drizzle-orm';
import type { InferOutput } from 'valibot';
import type { Client, clientEvents, ClientEventName, Reply } from '../../../src/contract/index.js';
import { visibleClients, visibleProspects, type Agent } from '../access.js';
import { nextRevision, tellConversation } from '../conversations/change.js';
import { prospectToWire } from '../conversations/wire.js';
import type { Core, Tell } from '../core.js';
import { currentXid, type Queries } from '../database/open.js';
import { clientNotes, clientQuotes, clients, conversations, prospects } from '../database/schema.js';
import { readMoment } from '../moment.js';
import { once } from '../operations.js';
import { notFound, Refusal } from '../refusal.js';
import { checkClientData } from './check.js';
import { noteToWire, quoteToWire, withNotesAndQuotes, type ClientRow } from './read.js';

type Ask<E extends ClientEventName> = InferOutput<(typeof clientEvents)[E]['ask']>;

/** Makes the client and gives it everything the contact has. Converting again finds the same client. */
export function convertProspect(core: Core, agent: Agent, ask: Ask<'convert_prospect'>) {
  return once(core, agent, 'convert_prospect', ask, async (tx, tell): Promise<Reply<'convert_prospect'>> => {
    const { tenantId } = agent;
    const which = and(eq(prospects.tenantId, tenantId), eq(prospects.id, ask.prospectId));
    const [prospect] = await tx
      .select()
      .from(prospects)
      .where(and(which, visibleProspects(agent)))
      .for('update');
    if (!prospect) throw notFound('contact');
    if (prospect.clientId !== null) {
      const client = await readClient(tx, tenantId, prospect.clientId);
      return { client, prospect: prospectToWire(prospect) };
    }
    checkClientData(ask.clientData, 'clientData.');
    const now = core.world.now();
    const threads = await tx
      .select()
      .from(conversations)
      .where(and(eq(conversations.tenantId, tenantId), eq(conversations.prospectId, prospect.id)))
      .orderBy(conversations.id)
      .for('update');
    const { company, ...data } = ask.clientData;
    const clientId = core.world.uuid();
    await tx.insert(clients).values({
      ...data,
      tenantId,
      id: clientId,
      company: company || null,
      status: 'active',
      tags: [...new Set(threads.flatMap(({ tags }) => tags))],
      rev: 1,
      createdAt: now,
      updatedAt: now,
      changedXid: currentXid,
    });
    const [converted] = await tx
      .update(prospects)
      .set({ clientId, updatedAt: now, changedXid: currentXid })
      .where(which)
      .returning();
    const assignees = threads.map(({ assignedTo }) => assignedTo);
    for (const thread of threads) {
      const next = await nextRevision(core, tx, thread, { clientId });
      tellConversation(core, tell, next, { clientId, isClientConverted: true });
    }
    const client = await readClient(tx, tenantId, clientId);
    const audience = { tenantId, assignees };
    tell({ event: 'prospect_updated', audience, payload: prospectToWire(converted!) });
    tell({ event: 'client_updated', audience, payload: client });
    return { client, prospect: prospectToWire(converted!) };
  });
}

export function updateClient(core: Core, agent: Agent, ask: Ask<'update_client'>) {
  return once(core, agent, 'update_client', ask, async (tx, tell): Promise<Reply<'update_client'>> => {
    const stored = await lockClient(tx, agent, ask.clientId);
    if (ask.ifRev !== undefined && ask.ifRev !== stored.rev)
      throw new Refusal('CONFLICT', 'Somebody else has changed this client meanwhile. Look at it again.');
    checkClientData(ask.patch, 'patch.');
    const { company, ...rest } = ask.patch;
    const set: Partial<ClientRow> = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    if ('company' in ask.patch) set.company = company || null;
    return { client: await tellClient(core, tx, tell, stored, set) };
  });
}

export function addNote(core: Core, agent: Agent, ask: Ask<'add_client_note'>) {
  return once(core, agent, 'add_client_note', ask, async (tx, tell): Promise<Reply<'add_client_note'>> => {
    const stored = await lockClient(tx, agent, ask.clientId);
    checkNote(ask.content);
    const now = core.world.now();
    const [note] = await tx
      .insert(clientNotes)
      .values({
        tenantId: agent.tenantId,
        id: core.world.uuid(),
        clientId: stored.id,
        content: ask.content,
        authorId: agent.id,
        authorName: agent.name,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    await tellClient(core, tx, tell, stored);
    return { note: noteToWire(note!) };
  });
}

export function updateNote(core: Core, agent: Agent, ask: Ask<'update_client_note'>) {
  return once(core, agent, 'update_client_note', ask, async (tx, tell): Promise<Reply<'update_client_note'>> => {
    const stored = await lockClient(tx, agent, ask.clientId);
    checkNote(ask.content);
    await ownNote(tx, agent, ask);
    const [note] = await tx
      .update(clientNotes)
      .set({ content: ask.content, updatedAt: core.world.now() })
      .where(noteOf(agent, ask))
      .returning();
    await tellClient(core, tx, tell, stored);
    return { note: noteToWire(note!) };
  });
}

export function deleteNote(core: Core, agent: Agent, ask: Ask<'delete_client_note'>) {
  return once(core, agent, 'delete_client_note', ask, async (tx, tell) => {
    const stored = await lockClient(tx, agent, ask.clientId);
    await ownNote(tx, agent, ask);
    await tx.delete(clientNotes).where(noteOf(agent, ask));
    await tellClient(core, tx, tell, stored);
    return {};
  });
}

export function addQuote(core: Core, agent: Agent, ask: Ask<'add_client_quote'>) {
  return once(core, agent, 'add_client_quote', ask, async (tx, tell): Promise<Reply<'add_client_quote'>> => {
    const stored = await lockClient(tx, agent, ask.clientId);
    const { validUntil, ...quote } = ask.quote;
    checkQuote(quote, 'quote.');
    const now = core.world.now();
    const [row] = await tx
      .insert(clientQuotes)
      .values({
        ...quote,
        status: quote.status ?? 'draft',
        validUntil: validUntil === undefined ? null : readMoment(validUntil, 'quote.validUntil'),
        tenantId: agent.tenantId,
        id: core.world.uuid(),
        clientId: stored.id,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    await tellClient(core, tx, tell, stored);
    return { quote: quoteToWire(row!) };
  });
}

export function updateQuote(core: Core, agent: Agent, ask: Ask<'update_client_quote'>) {
  return once(core, agent, 'update_client_quote', ask, async (tx, tell): Promise<Reply<'update_client_quote'>> => {
    const stored = await lockClient(tx, agent, ask.clientId);
    const { validUntil, ...patch } = ask.patch;
    checkQuote(patch, 'patch.');
    const [row] = await tx
      .update(clientQuotes)
      .set({
        ...patch,
        ...(validUntil !== undefined && { validUntil: readMoment(validUntil, 'patch.validUntil') }),
        updatedAt: core.world.now(),
      })
      .where(
        and(
          eq(clientQuotes.tenantId, agent.tenantId),
          eq(clientQuotes.clientId, ask.clientId),
          eq(clientQuotes.id, ask.quoteId),
        ),
      )
      .returning();
    if (!row) throw notFound('quote');
    await tellClient(core, tx, tell, stored);
    return { quote: quoteToWire(row) };
  });
}

async function lockClient(tx: Queries, agent: Agent, clientId: string): Promise<ClientRow> {
  const [row] = await tx
    .select()
    .from(clients)
    .where(and(eq(clients.tenantId, agent.tenantId), eq(clients.id, clientId), visibleClients(agent)))
    .for('update');
  if (!row) throw notFound('client');
  return row;
}

/** The next revision of a locked client, told whole to everybody who can see one of its conversations. */
async function tellClient(
  core: Core,
  tx: Queries,
  tell: Tell,
  stored: ClientRow,
  set: Partial<ClientRow> = {},
): Promise<Client> {
  const { tenantId, id } = stored;
  await tx
    .update(clients)
    .set({ ...set, rev: stored.rev + 1, updatedAt: core.world.now(), changedXid: currentXid })
    .where(and(eq(clients.tenantId, tenantId), eq(clients.id, id)));
  const client = await readClient(tx, tenantId, id);
  const holders = await tx
    .selectDistinct({ assignedTo: conversations.assignedTo })
    .from(conversations)
    .where(and(eq(conversations.tenantId, tenantId), eq(conversations.clientId, id)));
  tell({
    event: 'client_updated',
    audience: { tenantId, assignees: holders.map(({ assignedTo }) => assignedTo) },
    payload: client,
  });
  return client;
}

async function readClient(tx: Queries, tenantId: string, id: string): Promise<Client> {
  const rows = await tx
    .select()
    .from(clients)
    .where(and(eq(clients.tenantId, tenantId), eq(clients.id, id)));
  const [client] = await withNotesAndQuotes(tx, tenantId, rows);
  return client!;
}

type NoteAsk = { clientId: string; noteId: string };
const noteOf = (agent: Agent, { clientId, noteId }: NoteAsk) =>
  and(eq(clientNotes.tenantId, agent.tenantId), eq(clientNotes.clientId, clientId), eq(clientNotes.id, noteId));

/** A note is changed by its author, or by a supervisor. */
async function ownNote(tx: Queries, agent: Agent, ask: NoteAsk): Promise<void> {
  const [note] = await tx.select({ authorId: clientNotes.authorId }).from(clientNotes).where(noteOf(agent, ask));
  if (!note) throw notFound('note');
  if (agent.role !== 'supervisor' && note.authorId !== agent.id)
    throw new Refusal('FORBIDDEN', 'Only its author or a supervisor can change a note.');
}

function checkNote(content: string): void {
  if (content.trim() === '') throw new Refusal('BAD_PAYLOAD', 'The note is empty.', { field: 'content' });
  if (Buffer.byteLength(content) > 64 * 1024)
    throw new Refusal('TOO_LARGE', 'The note is longer than 64 kB.', { field: 'content' });
}

function checkQuote(quote: { amount?: number | undefined; url?: string | undefined }, path: string): void {
  if (quote.amount !== undefined && !(quote.amount >= 0 && quote.amount <= 1e12))
    throw new Refusal('BAD_PAYLOAD', 'The amount must be between 0 and 1,000,000,000,000.', { field: `${path}amount` });
  if (quote.url !== undefined && !/^https?:\/\/\S+$/i.test(quote.url))
    throw new Refusal('BAD_PAYLOAD', 'The link must begin with http:// or https://.', { field: `${path}url` });
}
