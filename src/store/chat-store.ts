import type { ReadableAtom } from 'nanostores';
import type {
  Agent,
  ChannelSheet,
  ChatSettings,
  Client,
  ClientData,
  ClientNote,
  Conversation,
  DraftMode,
  Features,
  MessageMetadata,
  MessageType,
  Prospect,
  Reply,
  QuickReply,
  Template,
} from '../contract/index.js';
import type { Transport } from '../transport/index.js';
import type { SocketIoSettings } from '../transport/socket-io.js';
import type {
  Change,
  Counts,
  Envelope,
  Gap,
  Inbox,
  InboxFilter,
  Keyed,
  Link,
  Outcome,
  Preferences,
  ProtocolProblem,
  Thread,
} from './state.js';
import type { AttachedFile, Upload, Vault } from './vault.js';
import type { World } from './world.js';

export interface ChatStoreOptions {
  /** Opened at once when given; else call `connect` or `connectSocket`. */
  transport?: Transport;
  /**
   * The signed-in agent's id, for servers that do not tell it (levels 0 and 1). Drives "Mine" and "You". After `reset()`
   * it counts again from the next connection on.
   */
  agentId?: string;
  /** Shown with the agent's own messages until the server says better. */
  agentName?: string;
  /** BCP 47; default: the document's language, then the browser's. */
  locale?: string;
  /** Overrides of, or additions to, the six channel sheets, by channel id. */
  channels?: Record<string, ChannelSheet>;
  /** Where unsent messages and drafts are kept; default: memory only. `browserVault(name)` keeps them in IndexedDB. */
  vault?: Vault;
  world?: World;
  /**
   * `on` (default): the list and the newest messages of recent threads are kept in the vault, so that a reload shows them
   * at once. `off`: nothing of what customers wrote stays behind in this browser.
   */
  cache?: 'on' | 'off';
  /**
   * Carries attachments to where the server takes them, before their message is sent. Default: over tus, to the endpoint
   * that the server announces, when connected with `connectSocket`. Buttons for files are shown where the server
   * announces `uploads`.
   */
  upload?: Upload;
  /**
   * Of a server that acknowledges nothing (level 0): what becomes of a message whose connection broke within ten seconds,
   * and which the server's newest page does not show after the next connect. `never` (default): the agent is asked.
   * `ifAbsent`: it is sent again, at the risk of a second one where the server was only slow to store the first.
   */
  l0AutoRetry?: 'never' | 'ifAbsent';
  /**
   * Messages in memory, all conversations together. Above it old pages of conversations that nobody looks at are let go,
   * then what is far from what is drawn of an open one (more than 200 messages, or a quarter of the budget, away), and
   * loaded again when somebody looks there; what is not sent yet always stays, and so does everything of a server below
   * level 2, which cannot be asked for it again. A host that reads an open conversation's list by itself, without watching
   * single messages (`thread.messages.at`), keeps all of it. Default: 20 000.
   */
  messageBudget?: number;
}

/** Adds to `sendMessage`. */
export interface SendExtra {
  replyTo?: string;
  metadata?: MessageMetadata;
  /** `internal`: a note that only the team sees; only where the server announces `internal_notes`. */
  visibility?: 'public' | 'internal';
  /**
   * Uploaded before the message leaves, and kept until the server has both. Texts written behind it do not wait for it;
   * other files of the conversation do.
   */
  attachment?: AttachedFile;
}

/**
 * What is true, and what can be done about it. Atoms are read-only: they change through the actions and through what the
 * server says. Every action returns at once; what it did shows in the atoms.
 */
export interface ChatStore {
  // ---- knowing
  readonly $link: ReadableAtom<Link>;
  /** The signed-in agent's id, once known; undefined again after `reset()`. */
  readonly $me: ReadableAtom<string | undefined>;
  /**
   * Where `connectSocket` leads, as a web address: its pictures and files are the server's own, also those whose address
   * begins with `/`. Undefined: to the page's own server, or it is another transport that knows.
   */
  readonly $server: ReadableAtom<string | undefined>;
  readonly $locale: ReadableAtom<string | undefined>;
  readonly $features: ReadableAtom<Features>;
  readonly $settings: ReadableAtom<ChatSettings | undefined>;
  /** How this agent likes to write, kept in this browser. */
  readonly $preferences: ReadableAtom<Preferences>;
  /** `memory`: unsent words would not survive closing the page. */
  readonly $storage: ReadableAtom<'durable' | 'memory'>;
  readonly $activeId: ReadableAtom<string | null>;
  /** The id that was to be opened and is not there, or not ours to see; null again when a conversation opens. */
  readonly $missing: ReadableAtom<string | null>;
  readonly $filter: ReadableAtom<InboxFilter>;
  /** Looking at it loads the first page of the list. */
  readonly $inbox: ReadableAtom<Inbox>;
  /** Undefined where neither the server nor a complete list can tell. */
  readonly $counts: ReadableAtom<Counts | undefined>;
  readonly $unreadTotal: ReadableAtom<number>;
  readonly conversations: Keyed<Conversation>;
  readonly prospects: Keyed<Prospect>;
  /** Looking at one (`at(id)`) loads it. */
  readonly clients: Keyed<Client>;
  readonly agents: Keyed<Agent>;
  thread(conversationId: string): Thread;
  /** The channel's sheet: the host's, else the server's, else the built-in one, else a modest default for unknown ids. */
  channel(id: string): ChannelSheet;
  /** Does the bot answer in this conversation. */
  botEnabled(conversationId: string): boolean;
  /** Other conversations of the same contact, newest first; loads them where the server can tell. */
  previousConversations(conversationId: string): ReadableAtom<readonly string[]>;
  /** Notes, conversions, edits and settings that wait for the server, or that it refused while nobody waited. */
  readonly $changes: ReadableAtom<readonly Change[]>;
  /** How far the uploads are that are under way, by message key; 0 to 1. */
  readonly $uploads: ReadableAtom<Readonly<Record<string, number>>>;
  /** The file of a message that is not at the server yet. */
  attachedFile(key: string): AttachedFile | undefined;
  /**
   * True on one page of this browser only, for each name; what was claimed once is claimed for good. For what must happen
   * once however many tabs are open: `if (await store.claim('sound:' + message.id)) play()`.
   */
  claim(name: string): Promise<boolean>;
  /** Called for each payload that was dropped. Returns the way to stop. */
  onProtocolProblem(listener: (problem: ProtocolProblem) => void): () => void;

  // ---- connecting
  /** Opens a transport; an earlier one is closed first. What is known stays. */
  connect(transport: Transport): void;
  /**
   * Loads the Socket.IO transport and connects. `token` may be a function that fetches a fresh one at every connect;
   * `options` go to socket.io-client as they are.
   */
  connectSocket(settings: SocketIoSettings): Promise<void>;
  /** Disconnects. What is written is kept, and another page of this agent sends it. */
  disconnectSocket(): void;
  /**
   * Disconnects, and leaves nothing open in the page: for a store that is thrown away. Unsent words stay in the vault,
   * which its owner closes. Connecting again brings it back.
   */
  dispose(): void;
  setLocale(locale: string | undefined): void;

  // ---- looking
  setActiveConversation(conversationId: string | null): void;
  setFilter(patch: Partial<InboxFilter>): void;
  /** The next page of the conversation list; also the way on after `failed`. */
  loadMoreConversations(): void;
  /** The page above the oldest loaded message; also the way on after `failed`. */
  loadOlder(conversationId: string): void;
  /** Loads a page into a gap of the history, below what is above it, or with `down` false above what is below it. */
  fillGap(conversationId: string, gap: Gap, down?: boolean): void;
  /**
   * Opens the conversation and leads to one of its messages, loading it where it is not loaded yet. What came of it shows
   * in the thread's `$target`; `null` takes the wish back.
   */
  showMessage(conversationId: string, messageId: string | null): void;
  /**
   * Asks the server for messages with these words (1 to 200 characters), newest first. Only where it announces `search`.
   * `cursor`: `next` of the page before.
   */
  searchMessages(
    query: string,
    where?: { conversationId?: string; cursor?: string },
  ): Promise<Outcome<Reply<'search_messages'>>>;
  /**
   * Asks the server for a loaded message anew, for links in it that hold again (they may be signed and short-lived). What
   * came shows in the message. `NOT_FOUND`: it did not come; servers below level 2 give their newest messages alone.
   */
  reloadMessage(conversationId: string, messageId: string): Promise<Outcome>;
  /** Loads the first page of a thread again after `$first` was `failed`. */
  loadThread(conversationId: string): void;
  markAsRead(conversationId: string): void;

  // ---- writing
  /** Resolves with the message's key as soon as it is kept safe and shown; sending goes on by itself. */
  sendMessage(conversationId: string, content: string, messageType?: MessageType, extra?: SendExtra): Promise<string>;
  retryMessage(conversationId: string, key: string): void;
  /** Takes back a message that failed or was never sent. */
  deleteMessage(conversationId: string, key: string): void;
  /** The agent has the newest message in front of them: a reply from now on takes it into account (see `$held`). */
  noteSeen(conversationId: string): void;
  /** Sends a held reply although somebody answered meanwhile. */
  sendHeld(conversationId: string, key: string): void;
  /** Drops a held reply. */
  discardHeld(conversationId: string, key: string): void;
  /**
   * Takes a held reply back: its words stand in the reply's draft, in front of what is there, and it quotes what it quoted.
   * Files and templates stay held.
   */
  editHeld(conversationId: string, key: string): void;
  /** Keeps a held reply as a note for the team; only where the server announces `internal_notes`. */
  keepHeldAsNote(conversationId: string, key: string): void;
  /** `mode`: the reply, or the note for the team. Default: `reply`. */
  setDraft(conversationId: string, text: string, mode?: DraftMode): void;
  /** Subject and cc of the e-mail that is being written; `null`: as they come. Kept with the draft, and gone when it is sent. */
  setEnvelope(conversationId: string, envelope: Envelope | null): void;
  /** Changes what is given. */
  setPreferences(patch: Preferences): void;
  /** The team's quick replies; asked for once in each connection. None where the server announces no `quick_replies`. */
  loadQuickReplies(): Promise<Outcome<readonly QuickReply[]>>;
  /** Approved messages of one channel. None where the server announces no `templates`. */
  loadTemplates(platform: string): Promise<Outcome<readonly Template[]>>;
  /** Chooses the message that the next reply quotes; `null` takes the choice back. A reply that quotes it takes it back too. */
  setReplyTarget(conversationId: string, messageId: string | null): void;
  /** Tells the others; repeated calls are thinned out to one in 3 s. */
  setTyping(conversationId: string, isTyping: boolean): void;

  // ---- the contact
  convertProspectToClient(prospectId: string, clientData: ClientData): Promise<Outcome<Client | undefined>>;
  addClientNote(clientId: string, content: string): Promise<Outcome<ClientNote | undefined>>;
  /** Only where the server announces `clients`. */
  updateClient(clientId: string, patch: Partial<ClientData>): Promise<Outcome<Client | undefined>>;

  /** Tries a failed change again, under the same key. */
  retryChange(key: string): void;
  /** Gives up a change that waits or failed; a setting goes back to what it was. */
  discardChange(key: string): void;

  // ---- settings
  updateSettings(patch: Partial<ChatSettings>, conversationId?: string): Promise<Outcome>;
  /** Without an id: the active conversation, else the general setting. */
  toggleBot(conversationId?: string): Promise<Outcome>;

  /**
   * Forgets everything known and kept, and closes the transport (sign-out). Rejects when the browser's storage could not
   * be emptied, after three tries: this page has forgotten all of it and sends nothing of it, but it is still in the
   * browser. Say so, and call it again.
   */
  reset(): Promise<void>;
}
