/** What happened in a run, written down for the checker, which knows nothing of the product. */
import type { ChatMessage, Conversation } from '../../src/contract/index.js';

/** An agent wrote something. */
export interface Written {
  agentId: string;
  browser: number;
  tab: number;
  conversationId: string;
  text: string;
  /** What is in the file that goes with it. */
  file?: string;
  /** Order of writing in the whole run. */
  order: number;
  /** Set once the store said that it is kept and shown; undefined: the tab died before. */
  key?: string;
  /** Nothing survives this browser, and the agent was told so. */
  warned?: boolean;
  /** The agent took it back, or signed out. */
  withdrawn?: boolean;
  /** The agent was shown that it failed (it may succeed later). */
  failed?: boolean;
  /** The tab showed it as sent, delivered or read. */
  acknowledged?: boolean;
}

/** Something the server sent to an agent about a conversation, and whether they were allowed to see it at that time. */
export interface Leak {
  agentId: string;
  conversationId: string;
  event: string;
}

export interface MarkerSeen {
  tab: number;
  conversationId: string;
  /** Counts connections to a new history: markers of different ones cannot be compared. */
  epoch: number;
  readSeq: number;
}

export interface StatusSeen {
  tab: number;
  conversationId: string;
  key: string;
  epoch: number;
  attempt: number;
  delivery: string;
}

/** What a tab shows when everything is quiet. */
export interface ScreenThread {
  conversationId: string;
  /** Nothing above the first one is loaded; false: everything is. */
  hasOlder: boolean;
  messages: readonly ScreenMessage[];
}
export type ScreenMessage = ChatMessage & { key: string; delivery: string; local?: true };

export interface Screen {
  tab: number;
  agentId: string;
  conversations: readonly Conversation[];
  threads: readonly ScreenThread[];
  online: boolean;
}

export interface Final {
  stored: ReadonlyMap<string, readonly ChatMessage[]>;
  conversations: readonly Conversation[];
  sees(agentId: string, conversationId: string): boolean;
  /** By agent and conversation, as told to somebody who comes new. */
  freshMessages: ReadonlyMap<string, readonly ChatMessage[]>;
  freshConversations: ReadonlyMap<string, readonly Conversation[]>;
  screens: readonly Screen[];
  /** Texts still waiting in a browser's storage. */
  waiting: readonly string[];
  /** Keys of what failed, is still kept, and can be tried again or copied. */
  keptAsFailed: ReadonlySet<string>;
  /** What the server has of each file, by upload id. */
  files: ReadonlyMap<string, string>;
  /** What browsers keep of files, by message key. */
  keptFiles: ReadonlyMap<string, string>;
}

export interface History {
  written: Written[];
  /** What customers said, in order. */
  said: { conversationId: string; text: string }[];
  leaks: Leak[];
  markers: MarkerSeen[];
  statuses: StatusSeen[];
  /** Pages that began to send although another page of their browser had the lead. */
  secondSenders: string[];
  /** Payloads that a store refused: a healthy server never sends one. */
  problems: string[];
  /** Errors nobody caught. */
  uncaught: string[];
}

export const newHistory = (): History => ({
  written: [],
  said: [],
  leaks: [],
  markers: [],
  statuses: [],
  secondSenders: [],
  problems: [],
  uncaught: [],
});
