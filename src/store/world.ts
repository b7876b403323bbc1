/**
 * Everything the store takes from outside itself: time, randomness, frames, storage. Given from outside, so that tests
 * and simulations can replay a day of faults in a second. `browserWorld()` is the real one.
 */
import type { Message } from './state.js';

export type Cancel = () => void;

export type WakeEvent = 'online' | 'offline' | 'visible';

export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** 0 (included) to 1 (excluded). */
  random(): number;
  /** A new key that sorts by time (UUIDv7). */
  uuid(): string;
  after(ms: number, run: () => void): Cancel;
  /** Once, before the next paint, or soon when nothing is painted. Bursts of changes are shown together there. */
  frame(run: () => void): Cancel;
  /** Tells when the browser says that the network went or came, or that the page is looked at again. */
  onWake(listener: (event: WakeEvent) => void): Cancel;
}

/** A message the agent wrote that the server has not confirmed. It is kept until it is. */
export interface OutboxRow {
  key: string;
  conversationId: string;
  message: Message;
  /** It left this browser at least once: a server without idempotency may have it. */
  emitted?: boolean;
  /** Order of writing; FIFO inside a conversation. */
  order: number;
}

/**
 * Where the agent's unsent words are kept. `durable` says whether they survive the page; when they do not, the store
 * says so in `$storage`.
 */
export interface Vault {
  /** Opens, and tells what was left by an earlier page. Never rejects: without storage it answers with `durable: false`. */
  open(): Promise<{ durable: boolean; outbox: OutboxRow[]; drafts: Record<string, string> }>;
  putRow(row: OutboxRow): Promise<void>;
  removeRow(key: string): Promise<void>;
  putDraft(conversationId: string, text: string): Promise<void>;
  /** Forgets everything (sign-out). */
  wipe(): Promise<void>;
  close(): void;
}
