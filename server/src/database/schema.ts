/**
 * The tables. Every one carries the tenant, and every key and index begins with it, so that no query can be fast
 * without naming whose rows it wants.
 *
 * `changedXid` is the transaction that last changed a row. Together with the oldest transaction still running when a
 * list was read it answers "what changed since?" without a global counter to queue on: see `lists since` in core.ts.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { ChatSettings, MessageMetadata, WireError } from '../../../src/contract/index.js';

/** Milliseconds, because that is what JavaScript can hold: a finer clock would make keyset pages skip rows. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const tenantId = () => text('tenant_id').notNull();
const changedXid = () => bigint('changed_xid', { mode: 'number' }).notNull();
const created = () => moment('created_at').notNull();
const updated = () => moment('updated_at').notNull();

export const meta = pgTable('meta', { key: text('key').primaryKey(), value: text('value').notNull() });

export const tenants = pgTable('tenants', { id: text('id').primaryKey(), name: text('name').notNull() });

export const agents = pgTable(
  'agents',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['supervisor', 'agent'] }).notNull(),
    avatar: text('avatar'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] })],
);

export const chatSettings = pgTable('chat_settings', {
  tenantId: text('tenant_id').primaryKey(),
  value: jsonb('value').$type<ChatSettings>().notNull(),
  rev: integer('rev').notNull(),
});

export const clients = pgTable(
  'clients',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    email: text('email').notNull(),
    phone: text('phone').notNull(),
    company: text('company'),
    avatar: text('avatar'),
    status: text('status', { enum: ['active', 'inactive'] }).notNull(),
    tags: text('tags').array().notNull(),
    rev: integer('rev').notNull(),
    createdAt: created(),
    updatedAt: updated(),
    changedXid: changedXid(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), index('clients_changed').on(t.tenantId, t.changedXid)],
);

export const clientNotes = pgTable(
  'client_notes',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    clientId: text('client_id').notNull(),
    content: text('content').notNull(),
    authorId: text('author_id').notNull(),
    authorName: text('author_name'),
    createdAt: created(),
    updatedAt: updated(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.clientId], foreignColumns: [clients.tenantId, clients.id] }),
    index('client_notes_of').on(t.tenantId, t.clientId, t.createdAt),
  ],
);

export const clientQuotes = pgTable(
  'client_quotes',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    clientId: text('client_id').notNull(),
    title: text('title').notNull(),
    amount: numeric('amount', { precision: 18, scale: 3, mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    status: text('status', { enum: ['draft', 'sent', 'accepted', 'rejected', 'expired'] }).notNull(),
    validUntil: moment('valid_until'),
    url: text('url'),
    number: text('number'),
    createdAt: created(),
    updatedAt: updated(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.clientId], foreignColumns: [clients.tenantId, clients.id] }),
    index('client_quotes_of').on(t.tenantId, t.clientId, t.createdAt),
  ],
);

export const prospects = pgTable(
  'prospects',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    identifier: text('identifier').notNull(),
    identifierType: text('identifier_type', { enum: ['phone', 'email', 'social'] }).notNull(),
    name: text('name'),
    avatar: text('avatar'),
    platform: text('platform').notNull(),
    clientId: text('client_id'),
    lastSeen: moment('last_seen'),
    email: text('email'),
    phone: text('phone'),
    location: text('location'),
    language: text('language'),
    timezone: text('timezone'),
    source: text('source'),
    createdAt: created(),
    updatedAt: updated(),
    changedXid: changedXid(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('prospects_changed').on(t.tenantId, t.changedXid),
    foreignKey({ columns: [t.tenantId, t.clientId], foreignColumns: [clients.tenantId, clients.id] }),
  ],
);

export const conversations = pgTable(
  'conversations',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    prospectId: text('prospect_id').notNull(),
    clientId: text('client_id'),
    platform: text('platform').notNull(),
    status: text('status', { enum: ['active', 'closed', 'archived'] }).notNull(),
    assignedTo: text('assigned_to'),
    tags: text('tags').array().notNull(),
    subject: text('subject'),
    /** Null: the general switch decides. */
    botEnabled: boolean('bot_enabled'),
    lastActivity: moment('last_activity').notNull(),
    /** When the contact last wrote: their channel may count how long it takes replies from then on. */
    lastInboundAt: moment('last_inbound_at'),
    lastSeq: integer('last_seq').notNull(),
    rev: integer('rev').notNull(),
    readSeq: integer('read_seq').notNull(),
    unreadCount: integer('unread_count').notNull(),
    createdAt: created(),
    updatedAt: updated(),
    changedXid: changedXid(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.prospectId], foreignColumns: [prospects.tenantId, prospects.id] }),
    foreignKey({ columns: [t.tenantId, t.clientId], foreignColumns: [clients.tenantId, clients.id] }),
    index('conversations_newest').on(t.tenantId, t.lastActivity.desc(), t.id.desc()),
    index('conversations_assigned').on(t.tenantId, t.assignedTo, t.lastActivity.desc(), t.id.desc()),
    index('conversations_prospect').on(t.tenantId, t.prospectId),
    index('conversations_client').on(t.tenantId, t.clientId),
    index('conversations_changed').on(t.tenantId, t.changedXid),
  ],
);

/** Who lost sight of a conversation and when; null: it was nobody's, so everybody could see it. */
export const departures = pgTable(
  'departures',
  {
    tenantId: tenantId(),
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    conversationId: text('conversation_id').notNull(),
    agentId: text('agent_id'),
    xid: bigint('xid', { mode: 'number' }).notNull(),
    createdAt: created().defaultNow(),
  },
  (t) => [index('departures_since').on(t.tenantId, t.xid)],
);

export const messages = pgTable(
  'messages',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    conversationId: text('conversation_id').notNull(),
    seq: integer('seq').notNull(),
    /** The conversation's revision in which this message last changed. */
    rev: integer('rev').notNull(),
    senderId: text('sender_id').notNull(),
    senderType: text('sender_type', { enum: ['prospect', 'agent', 'bot', 'system'] }).notNull(),
    senderName: text('sender_name'),
    content: text('content').notNull(),
    messageType: text('message_type').notNull(),
    platform: text('platform').notNull(),
    status: text('status', { enum: ['sent', 'delivered', 'read', 'failed'] }).notNull(),
    statusAt: moment('status_at'),
    attempt: integer('attempt').notNull().default(0),
    error: jsonb('error').$type<{ code: string; message: string }>(),
    metadata: jsonb('metadata').$type<MessageMetadata>(),
    replyTo: text('reply_to'),
    /** Internal: a note that only the team sees. */
    visibility: text('visibility', { enum: ['public', 'internal'] })
      .notNull()
      .default('public'),
    /** The sender's idempotency key, whose it is, and what was said under it. */
    clientMessageId: text('client_message_id'),
    agentId: text('agent_id'),
    contentHash: text('content_hash'),
    timestamp: moment('timestamp').notNull(),
    /** By its author, on the channel. Of a deleted message nothing is kept but that it was there. */
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
    reactions: jsonb('reactions').$type<{ emoji: string; by: string }[]>(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.conversationId], foreignColumns: [conversations.tenantId, conversations.id] }),
    unique('messages_seq').on(t.tenantId, t.conversationId, t.seq),
    unique('messages_key').on(t.tenantId, t.agentId, t.clientMessageId),
    index('messages_rev').on(t.tenantId, t.conversationId, t.rev),
  ],
);

/** Files on their way, and those of messages. The bytes are in the file storage, under the upload's id. */
export const uploads = pgTable(
  'uploads',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    agentId: text('agent_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    /** As the sender's machine calls it: shown and offered for saving, never used as a path. */
    fileName: text('file_name').notNull(),
    declaredType: text('declared_type').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    state: text('state', { enum: ['receiving', 'ready', 'refused'] }).notNull(),
    refusal: jsonb('refusal').$type<WireError>(),
    /** From here on: what the bytes themselves say. */
    kind: text('kind', { enum: ['image', 'audio', 'file'] }),
    fileType: text('file_type'),
    width: integer('width'),
    height: integer('height'),
    duration: doublePrecision('duration'),
    /** Null: nobody has sent it yet. */
    messageId: text('message_id'),
    createdAt: created(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.conversationId], foreignColumns: [conversations.tenantId, conversations.id] }),
    foreignKey({ columns: [t.tenantId, t.messageId], foreignColumns: [messages.tenantId, messages.id] }),
    // A signed link names the file alone.
    unique('uploads_id').on(t.id),
    index('uploads_of').on(t.tenantId, t.agentId),
    index('uploads_unsent')
      .on(t.createdAt)
      .where(sql`message_id is null`),
  ],
);

/** What an agent has begun to write and not sent. */
export const drafts = pgTable(
  'drafts',
  {
    tenantId: tenantId(),
    agentId: text('agent_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    mode: text('mode', { enum: ['reply', 'note'] }).notNull(),
    content: text('content').notNull(),
    updatedAt: updated(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.agentId, t.conversationId, t.mode] }),
    foreignKey({ columns: [t.tenantId, t.conversationId], foreignColumns: [conversations.tenantId, conversations.id] }),
  ],
);

export const platformJobs = pgTable(
  'platform_jobs',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tenantId: tenantId(),
    messageId: text('message_id').notNull(),
    conversationId: text('conversation_id').notNull(),
    attempt: integer('attempt').notNull(),
    /** `unknown`: the process ended between handing over and hearing back; never repeated by itself. */
    state: text('state', { enum: ['pending', 'dispatching', 'accepted', 'rejected', 'unknown'] }).notNull(),
    platformId: text('platform_id'),
    createdAt: created(),
    updatedAt: updated(),
  },
  (t) => [
    unique('platform_jobs_once').on(t.tenantId, t.messageId, t.attempt),
    index('platform_jobs_state').on(t.state, t.id),
  ],
);

/** The answers already given under an `opId`, so that asking twice changes once. */
export const operations = pgTable(
  'operations',
  {
    tenantId: tenantId(),
    agentId: text('agent_id').notNull(),
    opId: text('op_id').notNull(),
    event: text('event').notNull(),
    hash: text('hash').notNull(),
    reply: jsonb('reply'),
    createdAt: created(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.agentId, t.opId] })],
);
