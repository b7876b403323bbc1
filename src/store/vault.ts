/**
 * What is kept when the page goes, and for whom. All pages of one agent in one browser share one vault: any of them may
 * write a row, one of them at a time (the leader) sends it.
 */
import type { ClientEventName, MessageMetadata } from '../contract/index.js';
import type { Message } from './state.js';

export { UploadRefused } from '../transport/upload.js';

/**
 * `queued`: may leave. `inflight`: it left, under the fence in the row, and no answer came yet. `uncertain`: a server
 * without acks may or may not have it. `held`: a colleague answered meanwhile, and the agent decides. `failed`: refused.
 */
export type Phase = 'queued' | 'inflight' | 'uncertain' | 'held' | 'failed';

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** Path of the field that was refused. */
  readonly field?: string;
}

interface KeptRow {
  /** The idempotency key, for life. */
  readonly key: string;
  /** What must stay in order: rows of one lane leave one after the other. */
  readonly lane: string;
  /** Order of writing, over all pages; also tells a rewritten row from the one that was sent. */
  readonly order: number;
  /** Milliseconds since 1970; a retry counts anew. */
  readonly writtenAt: number;
  readonly phase: Phase;
  /** The fence under which it left; a leader with another one knows nothing of its answer. */
  readonly fence?: number;
  /** It left for a server that keeps no keys: sending it again would be a second message. */
  readonly emitted?: boolean;
  readonly failure?: Failure;
  /** What the agent who wrote it was known by, to the host and to the server. Absent: nobody had said. */
  readonly owner?: readonly string[];
}

/** A file that is uploaded before its message leaves. */
export interface AttachedFile {
  readonly blob: Blob;
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  /** Where an unfinished upload stands, in the uploader's own words: the next attempt goes on from there. */
  readonly resume?: string;
  /** It is at the server, and the message's metadata says as what. The file stays here until the message is there too. */
  readonly uploaded?: boolean;
}

/** A message the agent wrote that the server has not confirmed. */
export interface MessageRow extends KeptRow {
  readonly kind: 'message';
  readonly conversationId: string;
  readonly message: Message;
  /** Uploaded before the message leaves. */
  readonly attachment?: AttachedFile;
  /** The newest message of the thread that the agent had in front of them when this was written. */
  readonly seenSeq?: number;
}

/** Everything else the agent asked for: a note, a conversion, a setting, a read mark. */
export interface MutationRow extends KeptRow {
  readonly kind: 'mutation';
  readonly event: ClientEventName;
  /** The payload without its key. */
  readonly ask: object;
  /** What was shown before it was asked for, to be put back if it is refused. */
  readonly before?: unknown;
}

export type OutboxRow = MessageRow | MutationRow;

/** Uploads a row's attachment and tells what the message is to carry. A refusal for good is an `UploadRefused`. */
export type Upload = (
  row: MessageRow & { readonly attachment: AttachedFile },
  /** 0 to 1. */
  onProgress: (part: number) => void,
  /** Aborted when the row is taken back, or the link goes. */
  signal: AbortSignal,
  /** Remembers where this upload stands; handed to the next attempt as `attachment.resume`, also after a reload. */
  keep: (resume: string) => void,
) => Promise<MessageMetadata>;

/** The draft whose words a row is made of: removed in the same transaction, unless it says something else by now. */
export interface SpentDraft {
  readonly key: string;
  readonly text: string;
}

/** What a row becomes: another row, `null` (removed), or `undefined` (left as it is). */
export type RowChange = (kept: OutboxRow | undefined, fence: number) => OutboxRow | null | undefined;

export interface VaultContent {
  /** False: nothing survives the page, and the store says so in `$storage`. */
  readonly durable: boolean;
  readonly outbox: OutboxRow[];
  /** By conversation id (a note's draft has a key of its own). */
  readonly drafts: Record<string, string>;
  /** Shared by all pages of this agent; locks and channels are called after it. Absent: this page is alone. */
  readonly name?: string;
  /** Settles when there is a better place than memory after all: then it is opened again. */
  readonly later?: Promise<void>;
}

/** Where unsent words, and what was last known, are kept. Every write is on disk when its promise resolves. */
export interface Vault {
  /** Opens, and tells what is there. Never rejects: without storage it answers with `durable: false`. */
  open(): Promise<VaultContent>;
  putRow(row: OutboxRow, spent?: SpentDraft): Promise<void>;
  removeRow(key: string): Promise<void>;
  /** One transaction: reads a row and the fence, and writes what `change` makes of them. `change` may not wait. */
  changeRow(key: string, change: RowChange): Promise<void>;
  /** One transaction: raises the fence, so that earlier leaders change nothing any more, and reads all rows. */
  lead(): Promise<{ fence: number; outbox: OutboxRow[] }>;
  putDraft(key: string, text: string): Promise<void>;
  /** What was last known of the server's truth, by name; absent where a vault keeps none. */
  readCache?(): Promise<Map<string, unknown>>;
  /** `undefined` forgets a name. */
  putCache?(entries: ReadonlyMap<string, unknown>): Promise<void>;
  /** Forgets everything (sign-out). Rejects where something stays. */
  wipe(): Promise<void>;
  close(): void;
}
