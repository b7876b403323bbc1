/**
 * What is said: the things a CRM chat is about. These schemas are the one source of the types, of the run-time checks on
 * both sides of the wire, and of the JSON Schemas in `dist/schemas`.
 *
 * The fields of `protocol.md` part 1 are required as given there. Everything marked "extra" is optional: a server that
 * knows nothing of it drives the whole inbox all the same. Objects are loose, so that fields of the host's own survive.
 */
import * as v from 'valibot';

const LABEL_MAX = 500;
/** Ids, names of channels, names of tags: short by nature, so a longer one is a mistake or an attack. */
const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
/** Names and the like: shown on one line, so the rest of a longer one is cut off rather than the whole thing refused. */
const Label = v.pipe(
  v.string(),
  v.transform((text) => (text.length > LABEL_MAX ? text.slice(0, LABEL_MAX) : text)),
);
const Text = v.pipe(v.string(), v.maxLength(2_000_000));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
/** ISO 8601, checked by what the browser can read. */
const Moment = v.pipe(
  v.string(),
  v.maxLength(64),
  v.check((text) => !Number.isNaN(Date.parse(text)), 'not a date'),
);
/** Many servers write `null` where they mean "not there"; both are read as "not there". */
const maybe = <S extends v.GenericSchema>(schema: S) => v.optional(v.pipe(v.nullable(schema), v.transform(dropNull)));
function dropNull<T>(value: T | null): T | undefined {
  return value ?? undefined;
}

/** The six channels of the contract. Hosts may add their own: see `ChannelSheet`. */
export const PLATFORMS = ['whatsapp', 'instagram', 'facebook', 'telegram', 'email', 'sms'] as const;
export type Platform = (typeof PLATFORMS)[number] | (string & {});
const PlatformId = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(40),
  v.transform((name): Platform => name),
);

export const SenderType = v.picklist(['prospect', 'agent', 'bot', 'system']);
export type SenderType = v.InferOutput<typeof SenderType>;
export const MessageStatus = v.picklist(['sent', 'delivered', 'read', 'failed']);
export type MessageStatus = v.InferOutput<typeof MessageStatus>;
/** `text`, `image`, `file`, `audio` are given; `location`, `contact`, `email` are extras; anything else falls back to a card. */
export type MessageType = 'text' | 'image' | 'file' | 'audio' | 'location' | 'contact' | 'email' | (string & {});
const MessageTypeName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(40),
  v.transform((name): MessageType => name),
);

/** What the team did, told as a line in the thread; `senderType` is then `system`. Unknown kinds show the message's words. */
export const SystemEvent = v.looseObject({
  kind: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  /** Who did it, and to whom: agent ids or names. */
  by: maybe(Label),
  to: maybe(Label),
});
export type SystemEvent = v.InferOutput<typeof SystemEvent>;

/** A file that comes with a message: of an e-mail, or one picture of a gallery. */
export const Attachment = v.looseObject({
  name: Label,
  /** Bytes. */
  size: maybe(Count),
  /** MIME type. */
  type: maybe(Label),
  url: maybe(Text),
  /** Of a picture inside an e-mail's text, which names it as `cid:…`; without angle brackets. */
  contentId: maybe(Label),
  /** Pixels. */
  width: maybe(Count),
  height: maybe(Count),
});
export type Attachment = v.InferOutput<typeof Attachment>;

/** Somebody's card, as channels send it (`messageType: 'contact'`). */
export const ContactCard = v.looseObject({
  name: Label,
  phones: maybe(v.pipe(v.array(Label), v.maxLength(20))),
  emails: maybe(v.pipe(v.array(Label), v.maxLength(20))),
  organization: maybe(Label),
});
export type ContactCard = v.InferOutput<typeof ContactCard>;

export const MessageMetadata = v.looseObject({
  fileName: maybe(Label),
  /** Bytes. */
  fileSize: maybe(Count),
  /** MIME type. */
  fileType: maybe(Label),
  imageUrl: maybe(Text),
  audioUrl: maybe(Text),
  // extras
  fileUrl: maybe(Text),
  /** Pixels: lets the box be reserved before the picture is there. */
  width: maybe(Count),
  height: maybe(Count),
  /** Seconds. */
  duration: maybe(v.pipe(v.number(), v.minValue(0))),
  /** Loudness per bar, 0 to 1. */
  waveform: maybe(v.array(v.number())),
  transcript: maybe(Text),
  /** The key the sender made; see `send_message`. */
  clientMessageId: maybe(Id),
  uploadId: maybe(Id),
  // e-mail
  subject: maybe(Text),
  from: maybe(Text),
  to: maybe(Text),
  cc: maybe(Text),
  html: maybe(Text),
  /** Files of an e-mail, or the pictures of a gallery (`messageType: 'image'`, two or more). */
  attachments: maybe(v.pipe(v.array(Attachment), v.maxLength(100))),
  // location
  latitude: maybe(v.pipe(v.number(), v.minValue(-90), v.maxValue(90))),
  longitude: maybe(v.pipe(v.number(), v.minValue(-180), v.maxValue(180))),
  placeName: maybe(Label),
  address: maybe(Text),
  // contact cards
  contacts: maybe(v.pipe(v.array(ContactCard), v.maxLength(50))),
  /** The template this message was made from, and what its variables were filled with. */
  templateId: maybe(Id),
  variables: maybe(v.record(v.pipe(v.string(), v.maxLength(100)), Text)),
  /** Ids of the colleagues whom a note names. */
  mentions: maybe(v.pipe(v.array(Id), v.maxLength(100))),
  /** What happened, of a system line. */
  event: maybe(SystemEvent),
});
export type MessageMetadata = v.InferOutput<typeof MessageMetadata>;

/** Why a message did not go out, in plain words for the agent. */
export const MessageError = v.object({ code: Label, message: Label });

const messageEntries = {
  id: Id,
  conversationId: Id,
  senderId: v.pipe(v.string(), v.maxLength(200)),
  senderType: SenderType,
  content: Text,
  messageType: MessageTypeName,
  platform: PlatformId,
  timestamp: Moment,
  status: MessageStatus,
  metadata: maybe(MessageMetadata),
  // extras
  /** The sender's idempotency key; stays the message's key for life in the store. */
  clientMessageId: maybe(Id),
  /** 1, 2, 3 … without holes inside the conversation; display order. */
  seq: maybe(Count),
  /** The conversation's revision in which this message last changed. */
  rev: maybe(Count),
  /** Counts deliberate re-sends after a failure; newer attempts win over older statuses. */
  attempt: maybe(Count),
  senderName: maybe(Label),
  /** Id of the message this one answers. */
  replyTo: maybe(Id),
  visibility: maybe(v.picklist(['public', 'internal'])),
  editedAt: maybe(Moment),
  deletedAt: maybe(Moment),
  reactions: maybe(v.array(v.object({ emoji: Label, by: Label }))),
  error: maybe(MessageError),
  /** When the status last changed; shown in the tick's tooltip. */
  statusAt: maybe(Moment),
};
export const ChatMessage = v.looseObject(messageEntries);
export type ChatMessage = v.InferOutput<typeof ChatMessage>;

export const ConversationStatus = v.picklist(['active', 'closed', 'archived']);
const conversationEntries = {
  id: Id,
  prospectId: Id,
  clientId: maybe(Id),
  platform: PlatformId,
  status: ConversationStatus,
  lastMessage: maybe(ChatMessage),
  lastActivity: Moment,
  unreadCount: Count,
  /** Agent id; absent when nobody has it. */
  assignedTo: maybe(Id),
  tags: v.array(Label),
  isClientConverted: v.boolean(),
  createdAt: Moment,
  updatedAt: Moment,
  // extras
  rev: maybe(Count),
  lastSeq: maybe(Count),
  /** Everything up to this `seq` has been read by the team. */
  readSeq: maybe(Count),
  /** Does the bot answer here; absent means the general `ChatSettings.botEnabled` decides. */
  botEnabled: maybe(v.boolean()),
  /** Free replies are accepted until then (channels with a reply window). */
  replyWindowEndsAt: maybe(Moment),
  subject: maybe(Text),
};
export const Conversation = v.looseObject(conversationEntries);
export type Conversation = v.InferOutput<typeof Conversation>;

const prospectEntries = {
  id: Id,
  identifier: Label,
  identifierType: v.picklist(['phone', 'email', 'social']),
  name: maybe(Label),
  avatar: maybe(Text),
  platform: PlatformId,
  isClient: v.boolean(),
  clientId: maybe(Id),
  lastSeen: maybe(Moment),
  createdAt: Moment,
  updatedAt: Moment,
  // extras, shown in the panel when present
  email: maybe(Label),
  phone: maybe(Label),
  location: maybe(Label),
  language: maybe(Label),
  /** IANA time zone, for the contact's local time. */
  timezone: maybe(Label),
  source: maybe(Label),
};
export const Prospect = v.looseObject(prospectEntries);
export type Prospect = v.InferOutput<typeof Prospect>;

export const ClientNote = v.looseObject({
  id: Id,
  clientId: Id,
  content: Text,
  authorId: Id,
  authorName: maybe(Label),
  createdAt: Moment,
  updatedAt: Moment,
});
export type ClientNote = v.InferOutput<typeof ClientNote>;

export const QuoteStatus = v.picklist(['draft', 'sent', 'accepted', 'rejected', 'expired']);
export const ClientQuote = v.looseObject({
  id: Id,
  clientId: Id,
  title: Label,
  amount: v.pipe(v.number(), v.finite()),
  /** ISO 4217. */
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  status: QuoteStatus,
  validUntil: maybe(Moment),
  url: maybe(Text),
  createdAt: Moment,
  updatedAt: Moment,
  /** The number printed on the quote, e.g. `Q-2041`. */
  number: maybe(Label),
});
export type ClientQuote = v.InferOutput<typeof ClientQuote>;

const clientEntries = {
  id: Id,
  firstName: Label,
  lastName: Label,
  email: Label,
  phone: Label,
  company: maybe(Label),
  avatar: maybe(Text),
  status: v.picklist(['active', 'inactive']),
  tags: v.array(Label),
  notes: v.array(ClientNote),
  quotes: v.array(ClientQuote),
  totalValue: v.pipe(v.number(), v.finite()),
  createdAt: Moment,
  updatedAt: Moment,
  rev: maybe(Count),
};
export const Client = v.looseObject(clientEntries);
export type Client = v.InferOutput<typeof Client>;

const settingsEntries = {
  botEnabled: v.boolean(),
  autoResponse: v.boolean(),
  /** `start` and `end` as `HH:MM` in `timezone` (IANA). */
  workingHours: v.object({ enabled: v.boolean(), start: Label, end: Label, timezone: Label }),
  notifications: v.object({ sound: v.boolean(), desktop: v.boolean(), email: v.boolean() }),
};
export const ChatSettings = v.object(settingsEntries);
export type ChatSettings = v.InferOutput<typeof ChatSettings>;
export const ChatSettingsPatch = v.partial(ChatSettings);

/** A member of the team (extension `agents`). */
export const Agent = v.looseObject({
  id: Id,
  name: Label,
  avatar: maybe(Text),
  status: v.picklist(['online', 'away', 'offline']),
});
export type Agent = v.InferOutput<typeof Agent>;

/** Updates may name only what changed; the id says what of. */
export const ConversationPatch = v.looseObject({ ...v.partial(v.object(conversationEntries)).entries, id: Id });
export type ConversationPatch = v.InferOutput<typeof ConversationPatch>;
export const ProspectPatch = v.looseObject({ ...v.partial(v.object(prospectEntries)).entries, id: Id });
export type ProspectPatch = v.InferOutput<typeof ProspectPatch>;
export const ClientPatch = v.looseObject({ ...v.partial(v.object(clientEntries)).entries, id: Id });
export type ClientPatch = v.InferOutput<typeof ClientPatch>;

/** What the agent fills in when a prospect becomes a client, and edits later. Unknown fields are dropped. */
export const ClientData = v.object({
  firstName: v.pipe(Label, v.trim(), v.minLength(1)),
  lastName: v.pipe(Label, v.trim()),
  email: v.pipe(Label, v.trim()),
  phone: v.pipe(Label, v.trim()),
  company: maybe(v.pipe(Label, v.trim())),
});
export type ClientData = v.InferOutput<typeof ClientData>;
export const ClientDataPatch = v.partial(ClientData);

export { Count, Id, Label, Moment, PlatformId, Text, MessageTypeName, maybe };
