/**
 * How it is said: every event of the wire, once. `clientEvents` are asked by the library and answered by an ack,
 * `serverEvents` arrive unasked. A wire name appears here and in the one place that handles it.
 */
import * as v from 'valibot';
import {
  Agent,
  ChatMessage,
  ChatSettings,
  ChatSettingsPatch,
  Client,
  ClientData,
  ClientDataPatch,
  ClientNote,
  ClientPatch,
  ClientQuote,
  Conversation,
  ConversationPatch,
  Count,
  Id,
  Label,
  maybe,
  MessageMetadata,
  MessageStatus,
  MessageTypeName,
  Moment,
  PlatformId,
  Prospect,
  ProspectPatch,
  QuoteStatus,
  Text,
} from './models.js';
import { ChannelSheet } from './channels.js';

/** What an error ack may say. `retryable` beside it tells whether the same request may be repeated as it is. */
export const ERROR_CODES = [
  'BAD_PAYLOAD',
  'TOO_LARGE',
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'PLATFORM_REJECTED',
  'WINDOW_CLOSED',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const WireError = v.object({
  code: v.picklist(ERROR_CODES),
  message: v.string(),
  retryable: v.boolean(),
  /** Milliseconds to wait at least. */
  retryAfterMs: v.optional(v.number()),
  /** Path of the field that was refused. */
  field: v.optional(v.string()),
});
export type WireError = v.InferOutput<typeof WireError>;

/** Extensions a server may announce; what is absent is hidden in the UI. */
export const Features = v.looseObject({
  typing: v.optional(v.boolean()),
  conversations: v.optional(v.boolean()),
  /** `me` is the signed-in agent's id. */
  agents: v.optional(v.looseObject({ me: v.optional(Id) })),
  search: v.optional(v.boolean()),
  clients: v.optional(v.boolean()),
  uploads: v.optional(
    v.looseObject({
      endpoint: v.string(),
      maxBytes: v.number(),
      types: v.array(v.string()),
      /** What is never taken, whatever the channel carries: programs. MIME types, and endings of names without the dot. */
      forbidden: v.optional(v.looseObject({ types: v.array(v.string()), endings: v.array(v.string()) })),
    }),
  ),
  channels: v.optional(v.array(ChannelSheet)),
  templates: v.optional(v.boolean()),
  quick_replies: v.optional(v.boolean()),
  internal_notes: v.optional(v.boolean()),
  drafts: v.optional(v.boolean()),
  push: v.optional(v.looseObject({ publicKey: v.string() })),
});
export type Features = v.InferOutput<typeof Features>;

/** In acks of a level 2 server. `epoch` changes when history can no longer be trusted; `head` is the newest change. */
export const Sync = v.looseObject({
  v: v.pipe(v.number(), v.minValue(1)),
  epoch: v.string(),
  head: Count,
  features: v.optional(Features),
});
export type Sync = v.InferOutput<typeof Sync>;

/** In events of a level 2 server: epoch, conversation revision, message seq. */
export const EventSync = v.object({ e: v.string(), r: Count, s: v.optional(Count) });
export type EventSync = v.InferOutput<typeof EventSync>;
const _sync = v.optional(EventSync);

export type Ack<T> = { ok: true; data: T; sync?: Sync } | { ok: false; error: WireError; sync?: Sync };

const Since = v.object({ epoch: v.string(), head: Count });
const Limit = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500));
const Ids = v.pipe(v.array(Id), v.maxLength(500));

/** Which conversations a list is about; all members must hold. */
export const ConversationFilter = v.object({
  view: v.optional(v.picklist(['all', 'mine', 'unassigned', 'bot'])),
  /** Found in the contact's name or identifier, or in the newest message. */
  text: v.optional(v.pipe(v.string(), v.maxLength(200))),
  prospectId: v.optional(Id),
  clientId: v.optional(Id),
});
export type ConversationFilter = v.InferOutput<typeof ConversationFilter>;
export const ConversationCounts = v.object({ all: Count, mine: Count, unassigned: Count, bot: Count });
export type ConversationCounts = v.InferOutput<typeof ConversationCounts>;

const listReply = {
  removed: v.optional(v.array(Id)),
  hasMore: v.optional(v.boolean()),
  reset: v.optional(v.boolean()),
};
const pageAsk = { since: v.optional(Since), ids: v.optional(Ids), limit: v.optional(Limit) };

/** What an agent may say in `send_message`: everything else (sender, time, status) is the server's to set. */
export const SendMessage = v.object({
  conversationId: Id,
  content: Text,
  messageType: MessageTypeName,
  /** The three spellings of the idempotency key: servers in the field look at different ones. */
  id: v.optional(Id),
  clientMessageId: v.optional(Id),
  metadata: v.optional(MessageMetadata),
  attempt: v.optional(Count),
  replyTo: v.optional(Id),
  /** The newest seq the agent had seen: lets the server hold a reply that crosses a colleague's. */
  seenSeq: v.optional(Count),
  visibility: v.optional(v.picklist(['public', 'internal'])),
  // sent for servers that store the message as it comes; a level 2 server sets its own
  senderType: v.optional(v.literal('agent')),
  senderId: v.optional(v.string()),
  platform: v.optional(PlatformId),
  timestamp: v.optional(Moment),
  status: v.optional(MessageStatus),
});
export type SendMessage = v.InferOutput<typeof SendMessage>;

const opId = v.optional(Id);

/** What an agent has begun to write: a reply to the contact, or a note that only the team will see. */
export const DraftMode = v.picklist(['reply', 'note']);
export type DraftMode = v.InferOutput<typeof DraftMode>;
export const Draft = v.looseObject({
  conversationId: Id,
  mode: DraftMode,
  /** Empty: it was sent, or given up. */
  content: Text,
  updatedAt: Moment,
});
export type Draft = v.InferOutput<typeof Draft>;

/** Words that the team keeps ready. `{{contact.firstName}}` and the like are filled in before sending. */
export const QuickReply = v.looseObject({
  id: Id,
  /** What an agent types after `/`. */
  shortcut: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  title: Label,
  content: Text,
});
export type QuickReply = v.InferOutput<typeof QuickReply>;

/** A message that the channel has approved beforehand: the only thing it accepts when the reply window is closed. */
export const Template = v.looseObject({
  id: Id,
  name: Label,
  platform: PlatformId,
  /** BCP 47. */
  language: maybe(Label),
  category: maybe(Label),
  header: maybe(Text),
  /** With `{{name}}` where a variable goes. */
  body: Text,
  footer: maybe(Text),
  /** Names of the variables, in the order in which they are asked for. */
  variables: v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(50)),
});
export type Template = v.InferOutput<typeof Template>;

const NewQuote = v.object({
  title: v.pipe(Label, v.minLength(1)),
  amount: v.pipe(v.number(), v.finite()),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  status: v.optional(QuoteStatus),
  validUntil: v.optional(Moment),
  url: v.optional(Text),
});

/** A message that was found; `ranges`: where in its content, in code units. */
export const SearchHit = v.looseObject({ message: ChatMessage, ranges: v.array(v.tuple([Count, Count])) });
export type SearchHit = v.InferOutput<typeof SearchHit>;

/** Client → server. `ask` is the payload, `reply` the `data` of a good ack. */
export const clientEvents = {
  load_conversations: {
    ask: v.object({
      ...pageAsk,
      /** Only conversations after this one in the list's order. */
      before: v.optional(v.object({ lastActivity: Moment, id: Id })),
      filter: v.optional(ConversationFilter),
    }),
    reply: v.looseObject({
      ...listReply,
      conversations: v.array(Conversation),
      /** The contacts of these conversations, so that no name arrives late. */
      prospects: v.optional(v.array(Prospect)),
      counts: v.optional(ConversationCounts),
      settings: v.optional(ChatSettings),
      /** What this agent has begun to write, on whatever device. */
      drafts: v.optional(v.array(Draft)),
    }),
  },
  load_prospects: {
    ask: v.object({ ...pageAsk, before: v.optional(Id) }),
    reply: v.looseObject({ ...listReply, prospects: v.array(Prospect) }),
  },
  load_clients: {
    ask: v.object({ ...pageAsk, before: v.optional(Id) }),
    reply: v.looseObject({ ...listReply, clients: v.array(Client) }),
  },
  load_messages: {
    ask: v.object({
      conversationId: Id,
      limit: v.optional(Limit),
      before: v.optional(Count),
      after: v.optional(Count),
      around: v.optional(Id),
      sinceRev: v.optional(Count),
      epoch: v.optional(v.string()),
    }),
    reply: v.looseObject({
      messages: v.array(ChatMessage),
      rev: v.optional(Count),
      lastSeq: v.optional(Count),
      hasMore: v.optional(v.boolean()),
      hasMoreAfter: v.optional(v.boolean()),
      reset: v.optional(v.boolean()),
    }),
  },
  send_message: {
    ask: SendMessage,
    reply: v.looseObject({ message: v.optional(ChatMessage), duplicate: v.optional(v.boolean()) }),
  },
  mark_as_read: {
    ask: v.object({
      conversationId: Id,
      upTo: v.optional(v.object({ seq: v.optional(Count), messageId: v.optional(Id) })),
      opId,
    }),
    reply: v.looseObject({ readSeq: v.optional(Count), unreadCount: v.optional(Count), rev: v.optional(Count) }),
  },
  convert_prospect: {
    ask: v.object({ prospectId: Id, clientData: ClientData, opId }),
    reply: v.looseObject({ client: v.optional(Client), prospect: v.optional(Prospect) }),
  },
  add_client_note: {
    ask: v.object({ clientId: Id, content: v.pipe(Text, v.minLength(1)), opId }),
    reply: v.looseObject({ note: v.optional(ClientNote) }),
  },
  update_chat_settings: {
    ask: v.object({ ...ChatSettingsPatch.entries, conversationId: v.optional(Id), opId, ifRev: v.optional(Count) }),
    reply: v.looseObject({ settings: v.optional(ChatSettingsPatch), rev: v.optional(Count) }),
  },
  // extensions
  typing: { ask: v.object({ conversationId: Id, isTyping: v.boolean() }), reply: v.unknown() },
  load_agents: { ask: v.object({}), reply: v.looseObject({ agents: v.array(Agent) }) },
  view_conversation: { ask: v.object({ conversationId: v.nullable(Id) }), reply: v.unknown() },
  update_client: {
    ask: v.object({ clientId: Id, patch: ClientDataPatch, opId, ifRev: v.optional(Count) }),
    reply: v.looseObject({ client: Client }),
  },
  add_client_quote: {
    ask: v.object({ clientId: Id, quote: NewQuote, opId }),
    reply: v.looseObject({ quote: ClientQuote }),
  },
  update_client_quote: {
    ask: v.object({ clientId: Id, quoteId: Id, patch: v.partial(NewQuote), opId }),
    reply: v.looseObject({ quote: ClientQuote }),
  },
  update_client_note: {
    ask: v.object({ clientId: Id, noteId: Id, content: v.pipe(Text, v.minLength(1)), opId }),
    reply: v.looseObject({ note: ClientNote }),
  },
  delete_client_note: {
    ask: v.object({ clientId: Id, noteId: Id, opId }),
    reply: v.unknown(),
  },
  /** Words said in conversations, newest first. */
  search_messages: {
    ask: v.object({
      query: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      filter: v.optional(v.object({ conversationId: v.optional(Id) })),
      limit: v.optional(Limit),
      cursor: v.optional(v.string()),
    }),
    reply: v.looseObject({
      hits: v.array(SearchHit),
      next: v.optional(v.string()),
      /** How many there are in all, where the server counts them. */
      total: v.optional(Count),
    }),
  },
  load_templates: { ask: v.object({ platform: PlatformId }), reply: v.looseObject({ templates: v.array(Template) }) },
  load_quick_replies: { ask: v.object({}), reply: v.looseObject({ quickReplies: v.array(QuickReply) }) },
  save_draft: {
    ask: v.object({ conversationId: Id, mode: DraftMode, content: Text, opId }),
    reply: v.unknown(),
  },
} as const;

/** Server → client. */
export const serverEvents = {
  new_message: v.looseObject({ ...ChatMessage.entries, _sync }),
  conversation_updated: v.looseObject({ ...ConversationPatch.entries, _sync }),
  prospect_updated: v.looseObject({ ...ProspectPatch.entries, _sync }),
  typing: v.looseObject({
    conversationId: Id,
    isTyping: v.boolean(),
    senderId: maybe(Label),
    name: maybe(Label),
    senderType: maybe(Label),
  }),
  // extensions
  conversation_removed: v.looseObject({ id: Id }),
  client_updated: v.looseObject({ ...ClientPatch.entries }),
  /** To the other sockets of the same agent. */
  draft_updated: Draft,
  agent_presence: v.looseObject({
    agentId: Id,
    status: v.picklist(['online', 'away', 'offline']),
    viewing: maybe(Id),
    typingIn: maybe(Id),
  }),
} as const;

export type ClientEventName = keyof typeof clientEvents;
export type ServerEventName = keyof typeof serverEvents;
export type Ask<E extends ClientEventName> = v.InferInput<(typeof clientEvents)[E]['ask']>;
export type Reply<E extends ClientEventName> = v.InferOutput<(typeof clientEvents)[E]['reply']>;
export type ServerEvent<E extends ServerEventName> = v.InferOutput<(typeof serverEvents)[E]>;
export type ServerEvents = { [E in ServerEventName]: ServerEvent<E> };
