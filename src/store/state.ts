/** The shapes of what the store knows, as panels read them. */
import type { ReadableAtom } from 'nanostores';
import type {
  ChatMessage,
  ConversationCounts,
  ConversationFilter,
  MessageMetadata,
  MessageType,
  WireError,
} from '../contract/index.js';

/** Where a message stands: the last four come from the server, the others are this browser's own. */
export type Delivery = 'queued' | 'sending' | 'uncertain' | 'sent' | 'delivered' | 'read' | 'failed';

/** A message as the panels see it. */
export interface Message extends ChatMessage {
  /** One key for life: the sender's key, else the id. The bubble that was sending and the confirmed one are the same. */
  readonly key: string;
  readonly delivery: Delivery;
  /** Why it failed, in words. */
  readonly failure?: { readonly code: string; readonly message: string; readonly retryable: boolean };
  /** Written here and not yet confirmed by the server's own copy. */
  readonly local?: true;
  /** The server asked to wait until then (milliseconds): it is sent again by itself. */
  readonly retryAt?: number;
  /** Orders a message without `seq`: behind the newest one that was known when it was written. */
  readonly place?: number;
}

/** Whether and how we are connected. */
export interface Link {
  readonly status: 'idle' | 'connecting' | 'online' | 'offline' | 'refused' | 'closed';
  /** 2 sync, 1 ack, 0 seed; undefined until the first answer after connecting. See protocol.md §3. */
  readonly level?: 0 | 1 | 2;
  /** Why it is refused. */
  readonly error?: { code: string; message: string };
  /** When we last knew to have everything (milliseconds). */
  readonly upToDateAt?: number;
}

/** Where loading a list stands. `end`: there is nothing more to load. */
export type Loading = 'idle' | 'loading' | 'more' | 'end' | 'failed';

export interface InboxFilter {
  readonly view: NonNullable<ConversationFilter['view']>;
  readonly text: string;
}

/** The conversations that the filter lets through, newest first. */
export interface Inbox {
  readonly ids: readonly string[];
  readonly loading: Loading;
  /** The first page has been seen: an empty `ids` now means that there is nothing. */
  readonly ready: boolean;
}

export interface Typist {
  readonly senderId?: string;
  readonly name?: string;
  readonly senderType?: string;
}

/** Where the unread line stands and how many it announces. */
export interface UnreadLine {
  readonly key: string;
  readonly count: number;
}

/** Items by id, an order, and one atom for each item that somebody looks at. */
export interface Keyed<T> {
  /** Changes only with membership or order; bursts are told once per frame. */
  readonly $ids: ReadableAtom<readonly string[]>;
  /** One item, watched. The same atom for the same id as long as somebody listens. */
  at(id: string): ReadableAtom<T | undefined>;
  /** One item, now. */
  get(id: string): T | undefined;
  readonly size: number;
}

/** How the agent likes to write, kept in this browser. What is absent was never chosen. */
export interface Preferences {
  /** What sends: Enter alone, or with Ctrl (Cmd on a Mac), so that Enter breaks the line. */
  readonly sendKey?: 'enter' | 'mod-enter' | undefined;
  /** 0: none, 1 (light) to 5 (dark). */
  readonly skinTone?: number | undefined;
  /** The newest first. */
  readonly recentEmoji?: readonly string[] | undefined;
}

/** What stands on an e-mail that is being written, besides its words. Absent: never touched. */
export interface Envelope {
  readonly subject?: string | undefined;
  /** Addresses, as they were typed. */
  readonly cc?: string | undefined;
}

/** A reply that was not sent because somebody answered meanwhile: its author decides. */
export interface Held {
  readonly key: string;
  readonly content: string;
  readonly messageType: MessageType;
  readonly metadata?: MessageMetadata;
  /** Id of the message that it quotes. */
  readonly replyTo?: string;
  /** Of a reply that is a file. */
  readonly fileName?: string;
  readonly visibility?: 'public' | 'internal';
  /** Its words can go back into the field: it is no file and no template. */
  readonly canEdit: boolean;
  /** What colleagues or the bot answered that its author had not seen. */
  readonly answers: readonly Message[];
}

/** A note, a conversion, an edit or a setting that the server has not confirmed. */
export interface Change {
  readonly key: string;
  /** Name of the wire event. */
  readonly event: string;
  /** Its payload, without the key. */
  readonly ask: object;
  readonly state: 'waiting' | 'failed';
  /** Why it failed, in words. */
  readonly failure?: { readonly code: string; readonly message: string; readonly retryable: boolean };
}

/**
 * A stretch of history that is not here, between two loaded messages: after a jump far back, or where the server could
 * not say what happened. `missing`: it was asked for in vain.
 */
export interface Gap {
  /** Number of the last message above it. */
  readonly after: number;
  /** Number of the first message below it. */
  readonly before: number;
  readonly stage: 'more' | 'loading' | 'failed' | 'missing';
}

/** The message that was asked for by its id. `missing`: the server has no such message. */
export interface Target {
  readonly messageId: string;
  readonly stage: 'loading' | 'here' | 'missing' | 'failed';
}

/** One conversation's messages, oldest first. Looking at it loads it. */
export interface Thread {
  readonly conversationId: string;
  readonly messages: Keyed<Message>;
  /** A loaded message by the server's id, which differs from its key when it was written here. */
  find(id: string): Message | undefined;
  /** The first page: `idle` until somebody looks, then `loading`, then `end` (there) or `failed`. */
  readonly $first: ReadableAtom<Loading>;
  /** What lies above the oldest loaded message. */
  readonly $older: ReadableAtom<Loading>;
  /** What is not here between loaded messages, oldest first; usually nothing. */
  readonly $gaps: ReadableAtom<readonly Gap[]>;
  /** What `showMessage` leads to; a new object for each call. */
  readonly $target: ReadableAtom<Target | null>;
  readonly $typing: ReadableAtom<readonly Typist[]>;
  /** The reply that is being written. */
  readonly $draft: ReadableAtom<string>;
  /** The note for the team that is being written. */
  readonly $noteDraft: ReadableAtom<string>;
  /** Subject and cc of the e-mail that is being written; null: as they come. */
  readonly $envelope: ReadableAtom<Envelope | null>;
  /** Id of the message that the next reply quotes; null for none. */
  readonly $replyTarget: ReadableAtom<string | null>;
  readonly $unreadLine: ReadableAtom<UnreadLine | null>;
  /** A reply that waits for its author's decision. */
  readonly $held: ReadableAtom<Held | null>;
  /** Ids of the colleagues who have this conversation open. */
  readonly $viewers: ReadableAtom<readonly string[]>;
}

/** What came of an action that the server must agree to. */
export type Outcome<T = undefined> =
  | {
      ok: true;
      data: T;
      /** It is kept, and goes out by itself when that is possible; see `$changes`. */
      waiting?: true;
    }
  | {
      ok: false;
      error:
        | Pick<WireError, 'code' | 'message' | 'field'>
        | { code: 'OFFLINE' | 'TIMEOUT' | 'EXPIRED' | 'REFUSED'; message: string; field?: string | undefined };
    };

/** A payload that did not fit its schema: nothing was changed by it. */
export interface ProtocolProblem {
  readonly event: string;
  readonly message: string;
}

export type Counts = ConversationCounts;
