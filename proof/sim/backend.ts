/** What a run needs of a server: asks in transactions, with a place to die before and after each commit. */
import type { ChatMessage, Conversation, MessageStatus } from '../../src/contract/index.js';
import type { Shelf } from './files.js';

/** One thing that the server says to one connection. */
export interface Said {
  to: BackendLink;
  /** Of an ack: nothing. */
  event?: string;
  payload: unknown;
}

export interface BackendLink {
  readonly agentId: string;
  /** Unique among all connections that ever were. */
  readonly connection: number;
}

/**
 * - `before`: the transaction is rolled back, nobody hears of it.
 * - `after`: it is committed, and only the beginning of what was to be said gets out.
 */
export type CrashPoint = 'before' | 'after' | undefined;

export interface Truth {
  conversations: Conversation[];
  /** By conversation, in the order of the database. */
  messages: Map<string, ChatMessage[]>;
}

export interface Backend {
  readonly agents: readonly string[];
  readonly conversationIds: readonly string[];
  /** Where its files are; absent: it takes none. */
  readonly files?: Shelf;
  /** Throws away the files that no message names. */
  sweep?(): void;
  /** May this agent see the conversation now. */
  sees(agentId: string, conversationId: string): boolean;
  join(link: BackendLink): void;
  leave(link: BackendLink): void;
  /** Does one ask, and answers everything that is to be said because of it, in order. */
  ask(link: BackendLink, name: string, payload: unknown, crash: CrashPoint): Promise<Said[]>;
  customerSays(conversationId: string, text: string): Promise<Said[]>;
  /** The channel tells how far the newest messages of agents got. */
  report(conversationId: string, which: number, status: MessageStatus): Promise<Said[]>;
  assign(conversationId: string, agentId: string | undefined): Promise<Said[]>;
  /** Starts again after a crash; with another epoch when the history can no longer be compared. */
  restart(otherEpoch: boolean): Promise<void>;
  /** What is in the database, read past all the code that answers asks. */
  truth(): Promise<Truth>;
  /** What somebody who comes new would be told: the whole of a conversation. */
  freshMessages(agentId: string, conversationId: string): Promise<ChatMessage[]>;
  freshConversations(agentId: string): Promise<Conversation[]>;
  close(): Promise<void>;
}
