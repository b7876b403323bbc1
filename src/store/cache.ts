/**
 * What was last known, kept beside the outbox: after a reload the agent sees it at once, and the connection brings what
 * changed since. Bounded in size and age; never believed further than its schema and its revision.
 */
import * as v from 'valibot';
import { ChatMessage, ChatSettings, Conversation, Prospect } from '../contract/index.js';
import type { ChatState, ThreadState } from './chat-state.js';
import type { Message } from './state.js';
import type { Sync } from './sync.js';
import type { Vault } from './vault.js';
import type { Cancel } from './world.js';
import { putConversation, putPage, putProspect } from './writers.js';

const VERSION = 1;
const LIST = 'list';
const THREAD = 'thread:';
/** Kept at most: rows of the list, threads, messages of each, and for how long. */
const CONVERSATIONS_MOST = 200;
const THREADS_MOST = 30;
const MESSAGES_MOST = 50;
const AGE_MOST_MS = 7 * 24 * 3_600_000;
/** Changes of so many milliseconds are written together. */
const WRITTEN_EVERY_MS = 3000;

const KeptList = v.object({
  version: v.literal(VERSION),
  savedAt: v.number(),
  position: v.object({ epoch: v.string(), head: v.number() }),
  me: v.optional(v.string()),
  settings: v.optional(ChatSettings),
  conversations: v.array(v.object({ conversation: Conversation, revision: v.number() })),
  prospects: v.array(Prospect),
});
const KeptThread = v.object({
  /** Epoch and revision: numbers of another history mean nothing. */
  stand: v.string(),
  hasOlder: v.boolean(),
  messages: v.array(ChatMessage),
});

export class Cache {
  /** Is what is shown now the server's word, and no hope of ours. Set by the composition. */
  mayWrite: () => boolean = () => true;
  readonly #state: ChatState;
  readonly #sync: Sync;
  readonly #vault: Vault;
  readonly #isOn: boolean;
  /** Epoch and revision at which each thread was written last, the longest unchanged first. */
  readonly #written = new Map<string, string>();
  #planned: Cancel | undefined;
  /** Raised when the agent signs out: what was being read or written then is nobody's. */
  #generation = 0;

  constructor(state: ChatState, sync: Sync, vault: Vault, mode: 'on' | 'off') {
    this.#state = state;
    this.#sync = sync;
    this.#vault = vault;
    this.#isOn = mode === 'on' && vault.readCache !== undefined && vault.putCache !== undefined;
    if (mode === 'off') this.clear();
  }

  /** Shows what was last known, unless the server was faster. Never rejects. */
  async restore(): Promise<void> {
    if (!this.#isOn) return;
    const generation = this.#generation;
    const kept = await this.#vault.readCache!().catch(() => new Map<string, unknown>());
    const list = v.safeParse(KeptList, kept.get(LIST));
    const isFresh = list.success && this.#state.world.now() - list.output.savedAt < AGE_MOST_MS;
    if (generation !== this.#generation || this.#state.conversations.size > 0) return;
    if (!isFresh) return void (kept.size > 0 && this.#clear());
    const { position, me, settings, conversations, prospects } = list.output;
    if (me !== undefined && this.#state.$me.get() === undefined) this.#state.$me.set(me);
    if (settings) this.#state.$settings.set(settings);
    for (const prospect of prospects) putProspect(this.#state, prospect);
    for (const { conversation, revision } of conversations) {
      putConversation(this.#state, conversation);
      this.#state.revisions.set(conversation.id, revision);
      this.#restoreThread(conversation.id, stand(position.epoch, revision), kept.get(THREAD + conversation.id));
    }
    this.#sync.notePosition(position);
    const orphans = [...kept.keys()].filter(
      (name) => name.startsWith(THREAD) && !this.#written.has(name.slice(THREAD.length)),
    );
    if (orphans.length > 0) {
      await this.#vault.putCache!(new Map(orphans.map((name) => [name, undefined]))).catch(() => undefined);
    }
  }

  #restoreThread(conversationId: string, at: string, raw: unknown): void {
    const kept = v.safeParse(KeptThread, raw);
    // Another page may have written one of the two later: then it is loaded as if it had never been here.
    if (!kept.success || kept.output.stand !== at) return;
    const thread = this.#state.thread(conversationId);
    putPage(this.#state, thread, kept.output.messages);
    thread.$older.set(kept.output.hasOlder ? 'more' : 'end');
    thread.$first.set('end');
    this.#written.set(conversationId, at);
  }

  /** Something has changed: it is written soon, together with what follows. */
  touch(): void {
    if (!this.#isOn || this.#planned) return;
    this.#planned = this.#state.world.after(WRITTEN_EVERY_MS, () => void this.flush());
  }

  /** Writes what changed since the last time (a page that is left may have no later). */
  async flush(): Promise<void> {
    this.#planned?.();
    this.#planned = undefined;
    const { position } = this.#sync;
    if (!this.#isOn || !position) return; // without revisions nobody could continue from here
    // An earlier moment is kept then, with its own position: what came since is told again.
    if (!this.mayWrite()) return;
    const entries = new Map<string, unknown>([[LIST, this.#list(position)]]);
    for (const thread of this.#state.threads.values()) this.#noteThread(thread, position.epoch, entries);
    for (const id of [...this.#written.keys()]) {
      if (this.#state.conversations.has(id)) continue;
      // Taken from this agent: nothing of it stays.
      this.#written.delete(id);
      entries.set(THREAD + id, undefined);
    }
    for (const id of this.#written.keys()) {
      if (this.#written.size <= THREADS_MOST) break;
      this.#written.delete(id);
      entries.set(THREAD + id, undefined);
    }
    await this.#vault.putCache!(entries).catch(() => undefined); // a full disk: the server still knows everything
  }

  #list(position: { epoch: string; head: number }): v.InferInput<typeof KeptList> {
    const { world, conversations, prospects, revisions, $me, $settings } = this.#state;
    const rows = conversations.order.slice(0, CONVERSATIONS_MOST).map((id) => conversations.get(id)!);
    const contacts = new Set(rows.map(({ prospectId }) => prospectId));
    const me = $me.get();
    const settings = $settings.get();
    return {
      version: VERSION,
      savedAt: world.now(),
      position,
      ...(me === undefined ? {} : { me }),
      ...(settings ? { settings } : {}),
      conversations: rows.map((row) => ({ conversation: withoutOurs(row), revision: revisions.get(row.id) ?? 0 })),
      prospects: [...contacts].map((id) => prospects.get(id)).filter((one) => one !== undefined),
    };
  }

  #noteThread(thread: ThreadState, epoch: string, entries: Map<string, unknown>): void {
    const { conversationId, messages } = thread;
    const revision = this.#state.revisions.get(conversationId);
    if (!thread.loaded || revision === undefined) return;
    const at = stand(epoch, revision);
    if (this.#written.get(conversationId) === at) return;
    this.#written.delete(conversationId);
    this.#written.set(conversationId, at);
    const all = unbroken(messages.order.map((key) => messages.get(key)!).filter(isTold));
    const { lastSeq } = this.#state.conversations.get(conversationId) ?? {};
    if (all.at(-1)?.seq !== lastSeq) return void entries.set(THREAD + conversationId, undefined); // a window on the past
    const kept: v.InferInput<typeof KeptThread> = {
      stand: at,
      hasOlder: (all[Math.max(0, all.length - MESSAGES_MOST)]?.seq ?? 1) > 1,
      messages: all.slice(-MESSAGES_MOST).map(({ key: _key, delivery: _delivery, failure: _failure, ...raw }) => raw),
    };
    entries.set(THREAD + conversationId, kept);
  }

  /** Takes away what is kept; the server knows it all. */
  clear(): void {
    void this.#clear();
  }

  async #clear(): Promise<void> {
    const kept = await this.#vault.readCache?.().catch(() => undefined);
    if (!kept || kept.size === 0) return;
    await this.#vault.putCache?.(new Map([...kept.keys()].map((name) => [name, undefined]))).catch(() => undefined);
  }

  /** The agent has signed out: the vault is wiped with the outbox. */
  forget(): void {
    this.#generation++;
    this.#planned?.();
    this.#planned = undefined;
    this.#written.clear();
  }
}

const stand = (epoch: string, revision: number) => `${epoch} ${revision}`;

/** The newest messages down to the first hole: what lies above one is loaded when somebody looks. */
function unbroken(all: Message[]): Message[] {
  let first = all.length - 1;
  while (first > 0 && all[first - 1]!.seq === all[first]!.seq! - 1) first--;
  return all.slice(Math.max(first, 0));
}

/** The server's word: not what waits, or failed, to be sent, for the first time or once more. */
const isTold = ({ local, delivery, status }: Message) => !local && delivery === status;

/** A message of ours that the server has not confirmed is kept by the outbox, not here. */
function withoutOurs(row: Conversation): Conversation {
  if (!row.lastMessage || !('delivery' in row.lastMessage)) return row;
  const { lastMessage: _ours, ...rest } = row;
  return rest;
}
