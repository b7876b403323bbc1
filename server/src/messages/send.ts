/**
 * What an agent sends. The key the client made is stored with the message in the same transaction, so that sending
 * again, however often and from wherever, finds the message instead of making another.
 */
import { and, eq, gt, ne, or } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { type MessageMetadata, type Reply, type SendMessage } from '../../../src/contract/index.js';
import { canSee, type Agent } from '../access.js';
import { at } from '../conversations/change.js';
import { replyWindowEnd } from '../conversations/reply-window.js';
import type { ConversationRow } from '../conversations/wire.js';
import type { Core, Tell } from '../core.js';
import { brokenConstraint, type Queries } from '../database/open.js';
import { conversations, messages, platformJobs } from '../database/schema.js';
import { bindUpload, claimUpload } from '../files/claim.js';
import { CONTENT_MAX, HTML_MAX, METADATA_MAX } from '../limits.js';
import { COUNTER_MAX } from '../moment.js';
import { templatesOf, wordsOf } from '../ready-words.js';
import { notFound, Refusal } from '../refusal.js';
import { canonical } from './canonical.js';
import { restartMessage, storeMessage } from './store.js';
import { messageToWire, type MessageRow } from './wire.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export async function sendMessage(core: Core, agent: Agent, ask: SendMessage): Promise<Reply<'send_message'>> {
  check(ask);
  const key = ask.clientMessageId ?? ask.metadata?.clientMessageId ?? ask.id ?? core.world.uuid();
  const send = () => core.write((tx, tell) => sendOnce(core, tx, tell, agent, ask, key));
  await settleUpload(core, agent, ask.metadata?.uploadId);
  try {
    return await send();
  } catch (error) {
    // The same key at the same moment in another conversation, or an id just taken: now it can be seen.
    if (brokenConstraint(error) === undefined) throw error;
    return send();
  }
}

/** The process may have ended after an upload's last byte and before anybody looked at it: then it is looked at now. */
async function settleUpload(core: Core, agent: Agent, uploadId: string | undefined): Promise<void> {
  const row = uploadId === undefined ? undefined : await core.files?.uploads.find(agent, uploadId);
  if (row) await core.files?.uploads.settle(row);
}

async function sendOnce(core: Core, tx: Queries, tell: Tell, agent: Agent, ask: SendMessage, key: string) {
  const hash = hashOf(ask);
  const { conversation, isNew } = await lockFor(tx, agent, ask, key);
  // Asked under the lock: whoever sends the same at the same moment has either stored it by now, or waits.
  const { stored, isTaken } = isNew ? { isTaken: false } : await findByKey(tx, agent, key);
  // What an agent has said stays theirs to ask about, even when the conversation went to somebody else meanwhile.
  if (stored && (stored.contentHash !== hash || !isRetry(stored, ask))) return repeated(core, stored, hash);
  if (!conversation || !canSee(agent, conversation)) throw notFound('conversation');
  if (stored) {
    return again(core, tx, tell, conversation, stored, ask);
  }
  const colleagues = await findColleagues(tx, agent, ask, key);
  if (colleagues) return againForColleague(core, tx, tell, conversation, colleagues, ask);

  const isNote = ask.visibility === 'internal';
  if (!isNote) {
    checkLength(core, ask.content, conversation.platform);
    checkWindow(core, conversation, ask);
    await checkUnanswered(tx, agent, ask, conversation.lastSeq);
  }
  const uploadId = ask.metadata?.uploadId;
  const { messageType, metadata } = await whatIsSent(core, tx, agent, ask, uploadId);
  // A note is the team's own: nothing of it ever leaves for the channel.
  const row = await storeMessage(
    core,
    tx,
    tell,
    conversation,
    {
      id: UUID.test(key) && !isTaken ? key : core.world.uuid(),
      senderId: agent.id,
      senderType: 'agent',
      senderName: agent.name,
      content: ask.content,
      messageType,
      status: 'sent',
      attempt: ask.attempt ?? 0,
      metadata: Object.keys(metadata).length ? metadata : null,
      replyTo: await existing(tx, agent, ask),
      visibility: isNote ? 'internal' : 'public',
      clientMessageId: key,
      agentId: agent.id,
      contentHash: hash,
    },
    { forPlatform: !isNote },
  );
  if (uploadId !== undefined) await bindUpload(tx, agent, uploadId, row.id);
  return { message: messageToWire(row, core) };
}

async function whatIsSent(core: Core, tx: Queries, agent: Agent, ask: SendMessage, uploadId: string | undefined) {
  if (uploadId !== undefined) {
    if (core.files) return claimUpload({ world: core.world, uploads: core.files.uploads }, tx, agent, ask, uploadId);
    throw new Refusal('BAD_PAYLOAD', 'This server takes no files.', { field: 'metadata.uploadId' });
  }
  const { clientMessageId: _key, ...metadata } = ask.metadata ?? {};
  return { messageType: ask.messageType, metadata };
}

/** A failed message once more. Free words need an open window also the second time. */
async function again(
  core: Core,
  tx: Queries,
  tell: Tell,
  conversation: ConversationRow,
  stored: MessageRow,
  ask: SendMessage,
): Promise<Reply<'send_message'>> {
  if (stored.visibility !== 'internal') checkWindow(core, conversation, ask);
  const row = await restartMessage(core, tx, tell, conversation, stored, ask.attempt!);
  // A note that failed, however that came about, is still the team's own.
  if (row.visibility !== 'internal') await queueForPlatform(core, tx, row);
  return { message: messageToWire(row, core) };
}

/**
 * A new attempt under a colleague's key: it is their message that is sent again, and it stays theirs. Nobody makes a
 * second one of it.
 */
async function findColleagues(
  tx: Queries,
  agent: Agent,
  ask: SendMessage,
  key: string,
): Promise<MessageRow | undefined> {
  if (!ask.attempt) return undefined;
  const [row] = await tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, agent.tenantId),
        eq(messages.conversationId, ask.conversationId),
        eq(messages.clientMessageId, key),
        ne(messages.agentId, agent.id),
      ),
    )
    .limit(1);
  return row;
}

async function againForColleague(
  core: Core,
  tx: Queries,
  tell: Tell,
  conversation: ConversationRow,
  stored: MessageRow,
  ask: SendMessage,
): Promise<Reply<'send_message'>> {
  if (stored.content !== ask.content)
    throw new Refusal('CONFLICT', 'Only the colleague who wrote this message can change it. Nothing was sent now.');
  if (!isRetry(stored, ask)) return { message: messageToWire(stored, core), duplicate: true };
  return again(core, tx, tell, conversation, stored, ask);
}

const isRetry = (stored: MessageRow, ask: SendMessage) =>
  stored.status === 'failed' && (ask.attempt ?? 0) > stored.attempt;

function repeated(core: Core, stored: MessageRow, hash: string): Reply<'send_message'> {
  if (stored.contentHash !== hash)
    throw new Refusal('CONFLICT', 'Something else was already sent under this key. Nothing was sent now.');
  return { message: messageToWire(stored, core), duplicate: true };
}

/**
 * Locks the conversation and sees in the same way whether the key is new: one question instead of two for nearly every
 * message. PostgreSQL shows a statement that waits for a lock the newest conversation, but the messages of before it
 * waited. So "new" may be wrong by then, and never stays so: the key is unique, storing runs into it, and `sendMessage`
 * asks once more. What was found may have changed, too: it is read again, under the lock.
 */
async function lockFor(tx: Queries, agent: Agent, ask: SendMessage, key: string) {
  const place = { tenantId: agent.tenantId, conversationId: ask.conversationId };
  const rows = await tx
    .select({ conversation: conversations, known: messages.id })
    .from(conversations)
    .leftJoin(messages, underKey(agent, key))
    .where(at(place))
    .for('update', { of: conversations });
  const [first] = rows;
  return { conversation: first?.conversation, isNew: first !== undefined && first.known === null };
}

/** Sent by this agent under this key, or of anybody with the key for its id. */
const underKey = (agent: Agent, key: string) =>
  and(
    eq(messages.tenantId, agent.tenantId),
    or(and(eq(messages.agentId, agent.id), eq(messages.clientMessageId, key)), eq(messages.id, key)),
  );

/** The message stored under this key, and whether the key is anybody's message id already: one question for both. */
async function findByKey(tx: Queries, agent: Agent, key: string): Promise<{ stored?: MessageRow; isTaken: boolean }> {
  const rows = await tx.select().from(messages).where(underKey(agent, key));
  const stored = rows.find((row) => row.agentId === agent.id && row.clientMessageId === key);
  return { ...(stored && { stored }), isTaken: rows.some(({ id }) => id === key) };
}

/** A message to be handed to the channel once more; in the same transaction, so that neither is ever without the other. */
async function queueForPlatform(core: Core, tx: Queries, row: MessageRow): Promise<void> {
  const now = core.world.now();
  await tx.insert(platformJobs).values({
    tenantId: row.tenantId,
    messageId: row.id,
    conversationId: row.conversationId,
    attempt: row.attempt,
    state: 'pending',
    createdAt: now,
    updatedAt: now,
  });
}

async function existing(tx: Queries, agent: Agent, ask: SendMessage): Promise<string | null> {
  const { replyTo, conversationId, visibility } = ask;
  if (replyTo === undefined) return null;
  const [row] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, agent.tenantId),
        eq(messages.id, replyTo),
        eq(messages.conversationId, conversationId),
        // A reply that the contact gets must not quote what is for the team alone.
        visibility === 'internal' ? undefined : eq(messages.visibility, 'public'),
      ),
    );
  if (!row) throw notFound('message');
  return row.id;
}

/** Somebody else has answered the contact after what this agent saw: asked under the row lock, so nobody slips through. */
async function checkUnanswered(
  tx: Queries,
  agent: Agent,
  { conversationId, seenSeq }: SendMessage,
  lastSeq: number,
): Promise<void> {
  if (seenSeq === undefined || seenSeq >= lastSeq) return;
  const [answer] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, agent.tenantId),
        eq(messages.conversationId, conversationId),
        gt(messages.seq, Math.min(seenSeq, COUNTER_MAX)),
        eq(messages.visibility, 'public'),
        or(eq(messages.senderType, 'bot'), and(eq(messages.senderType, 'agent'), ne(messages.senderId, agent.id))),
      ),
    )
    .limit(1);
  if (answer)
    throw new Refusal('CONFLICT', 'Somebody else has answered meanwhile. Nothing was sent.', { field: 'seenSeq' });
}

function hashOf({ conversationId, messageType, content, replyTo, metadata, visibility }: SendMessage): string {
  const { clientMessageId: _key, ...rest } = metadata ?? {};
  return createHash('sha256')
    .update(
      canonical([
        conversationId,
        messageType,
        content,
        replyTo ?? null,
        rest,
        ...(visibility === 'internal' ? [visibility] : []),
      ]),
    )
    .digest('hex');
}

function check(ask: SendMessage): void {
  const { html = '', ...beside } = ask.metadata ?? {};
  checkBytes(ask.content, CONTENT_MAX, 'content', 'The message is longer');
  checkBytes(html, HTML_MAX, 'metadata.html', 'The HTML of the e-mail is longer');
  checkBytes(JSON.stringify(beside), METADATA_MAX, 'metadata', 'What comes with the message is larger');
  if (ask.messageType === 'text' && ask.content.trim() === '')
    throw new Refusal('BAD_PAYLOAD', 'The message is empty.', { field: 'content' });
  for (const name of ['imageUrl', 'audioUrl', 'fileUrl'] as const) checkUrl(name, ask.metadata);
}

function checkBytes(text: string, most: number, field: string, words: string): void {
  if (Buffer.byteLength(text) > most) throw new Refusal('TOO_LARGE', `${words} than ${most / 1024} kB.`, { field });
}

/** Outside the window a channel takes nothing but what it has approved before, in the words it has approved. */
function checkWindow(core: Core, conversation: ConversationRow, { content, messageType, metadata }: SendMessage): void {
  const end = replyWindowEnd(conversation, core);
  if (!end || end > core.world.now()) return;
  const { tenantId, platform } = conversation;
  const { label, replyWindow } = core.channel(platform)!;
  const template = templatesOf(tenantId, platform).find(({ id }) => id === metadata?.templateId);
  const templated =
    replyWindow!.after === 'template' &&
    template !== undefined &&
    messageType === 'text' &&
    metadata?.uploadId === undefined &&
    wordsOf(template, metadata?.variables ?? {})?.trim() === content.trim();
  if (templated) return;
  const words = replyWindow!.after === 'template' ? 'only accepts approved templates now' : 'takes no replies now';
  throw new Refusal(
    'WINDOW_CLOSED',
    `The contact last wrote more than ${replyWindow!.hours} hours ago: ${label} ${words}. Nothing was sent.`,
  );
}

function checkLength(core: Core, content: string, platform: string): void {
  const sheet = core.channel(platform);
  if (sheet && content.length > sheet.maxLength)
    throw new Refusal('TOO_LARGE', `${sheet.label} carries at most ${sheet.maxLength} characters in one message.`, {
      field: 'content',
    });
}

/** A link that would run instead of being fetched never gets as far as a colleague's screen. */
function checkUrl(name: 'imageUrl' | 'audioUrl' | 'fileUrl', metadata: MessageMetadata | undefined): void {
  const url = metadata?.[name];
  if (url === undefined) return;
  const parsed = URL.canParse(url, 'https://here.invalid') ? new URL(url, 'https://here.invalid').protocol : '';
  if (parsed !== 'https:' && parsed !== 'http:')
    throw new Refusal('BAD_PAYLOAD', 'Only http and https addresses can be sent.', { field: `metadata.${name}` });
}
