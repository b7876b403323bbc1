/**
 * How this browser and the server come to the same truth: every event passes here first. At level 2 revisions tell what
 * is old, what is next and what is missing; a gap is filled before anything behind it is shown (protocol.md §5, §9).
 */
import * as v from 'valibot';
import {
  serverEvents,
  type EventSync,
  type Reply,
  type ServerEventName,
  type ServerEvents,
} from '../contract/index.js';
import { describe, type Asking } from './asking.js';
import type { ChatState, ThreadState } from './chat-state.js';
import { takeListedDraft } from './drafts.js';
import { incoming, type IncomingNeeds } from './incoming.js';
import { forgetMessages, putConversation, putMessage, putProspect, removeConversation } from './writers.js';

/** More parked events than this, and the conversation is fetched anew instead. */
const PARKED_MOST = 256;
/** A server whose lists still lag behind its events after so many tries will not catch up. */
const LAGGARD_TRIES = 5;
/** Threads that are continued after an absence, besides those that are looked at. */
const FILLED_AT_ONCE = 4;
/** Finds a lost last event, which no later event would betray. */
export const DIGEST_EVERY_MS = 60_000;

type Parked = { name: ServerEventName; payload: never; revision: number };

export interface SyncNeeds extends IncomingNeeds {
  /** Loads the newest page of a thread whose history can no longer be continued. */
  reloadThread(thread: ThreadState): Promise<void>;
  /** The whole list is to be loaded anew (another epoch). */
  reload(): void;
  counts(counts: Reply<'load_conversations'>['counts']): void;
}

export class Sync {
  needs!: SyncNeeds;
  #position: { epoch: string; head: number } | undefined;
  readonly #state: ChatState;
  readonly #asking: Asking;
  readonly #parked = new Map<string, Parked[]>();
  readonly #filling = new Set<string>();
  /** Of those that are being filled: more was heard of since. */
  readonly #again = new Set<string>();
  /** Conversations of which something is known to be missing. */
  readonly #gaps = new Set<string>();

  constructor(state: ChatState, asking: Asking) {
    this.#state = state;
    this.#asking = asking;
  }

  /** Where the next digest continues; undefined before the first list and at levels 0 and 1. */
  get position(): { epoch: string; head: number } | undefined {
    return this.#position;
  }

  /** Takes one event off the wire. */
  receive(name: string, raw: unknown): void {
    if (this.#asking.offer(name, raw)) return;
    if (!Object.hasOwn(serverEvents, name)) return; // servers may say more than we know
    const event = name as ServerEventName;
    const parsed = v.safeParse(serverEvents[event] as v.GenericSchema, raw);
    if (!parsed.success) return this.#state.report(name, describe(parsed.issues));
    const payload = parsed.output as never;
    const { conversationId, id, _sync } = payload as { conversationId?: string; id: string; _sync?: EventSync };
    if (!_sync || event === 'prospect_updated') return this.#apply(event, payload);
    this.#admit(event, payload, conversationId ?? id, _sync);
  }

  #admit(name: ServerEventName, payload: never, conversationId: string, { e, r }: EventSync): void {
    if (this.#position && e !== this.#position.epoch) {
      this.#position = undefined;
      return this.needs.reload();
    }
    const known = this.#state.revisions.get(conversationId);
    if (known === undefined) return this.needs.conversation(conversationId);
    if (r <= known) return;
    if (r === known + 1 && !this.#filling.has(conversationId)) {
      this.#state.revisions.set(conversationId, r);
      return this.#apply(name, payload);
    }
    const parked = this.#parked.get(conversationId) ?? [];
    if (parked.length < PARKED_MOST) parked.push({ name, payload, revision: r });
    this.#parked.set(conversationId, parked);
    if (!this.#filling.has(conversationId)) this.#startFilling(conversationId);
  }

  #apply<E extends ServerEventName>(name: E, payload: ServerEvents[E]): void {
    incoming[name](this.#state, payload, this.needs);
  }

  /** Takes in conversations that were asked for: a page, a digest, single ones. */
  takeConversations(reply: Reply<'load_conversations'>): void {
    for (const prospect of reply.prospects ?? []) putProspect(this.#state, prospect);
    const behind: ThreadState[] = [];
    for (const conversation of reply.conversations) {
      const thread = this.#state.threads.get(conversation.id);
      const known = this.#state.revisions.get(conversation.id);
      putConversation(this.#state, conversation, true);
      if (!this.#state.prospects.has(conversation.prospectId)) this.needs.prospect(conversation.prospectId);
      if (conversation.rev === undefined) continue;
      if (thread?.loaded && (known === undefined || conversation.rev > known)) behind.push(thread);
      else if (!thread?.loaded) this.#state.revisions.set(conversation.id, Math.max(known ?? 0, conversation.rev));
    }
    this.#followUp(behind);
    for (const id of reply.removed ?? []) removeConversation(this.#state, id);
    if (reply.settings) this.#state.$settings.set(reply.settings);
    for (const draft of reply.drafts ?? []) takeListedDraft(this.#state, draft);
    this.needs.counts(reply.counts);
  }

  /** What is looked at is continued; of the rest so much that a long absence does not become a flood of questions. */
  #followUp(behind: ThreadState[]): void {
    const isLookedAt = ({ conversationId, $first }: ThreadState) =>
      conversationId === this.#state.$activeId.get() || $first.lc > 0;
    behind.sort((a, b) => Number(isLookedAt(b)) - Number(isLookedAt(a)));
    for (const [at, thread] of behind.entries()) {
      const { conversationId } = thread;
      if (at < FILLED_AT_ONCE || isLookedAt(thread) || this.#filling.has(conversationId)) this.fill(conversationId);
      else {
        // Loaded anew when somebody looks: the row is up to date, and the thread must not show a hole.
        forgetMessages(this.#state, thread);
        thread.$first.set('idle');
        this.#state.revisions.set(conversationId, this.#state.conversations.get(conversationId)!.rev!);
      }
    }
  }

  /** Remembers up to where everything is known; only for answers about the whole list. */
  notePosition(sync: { epoch: string; head: number } | undefined): void {
    this.#position = sync && { epoch: sync.epoch, head: sync.head };
  }

  /** A thread's page is as new as its `rev`; the conversation itself may already be further. */
  noteThreadRevision(conversationId: string, revision: number): void {
    const known = this.#state.revisions.get(conversationId);
    if (known === undefined || revision < known) {
      // Events between the page and what the row shows are asked for again; merging twice is harmless.
      this.#state.revisions.set(conversationId, revision);
      if (known !== undefined) this.fill(conversationId);
    } else if (revision > known) {
      // Changes of the row itself may lie in between: fetch it with the next gap or digest.
      this.fill(conversationId);
    }
  }

  /** Fetches what is missing of one conversation, then shows what was parked behind the gap. */
  fill(conversationId: string): void {
    // What is asked for already may have been answered before this became known: it is asked once more.
    if (this.#filling.has(conversationId)) this.#again.add(conversationId);
    else this.#startFilling(conversationId);
  }

  #startFilling(conversationId: string): void {
    this.#filling.add(conversationId);
    void this.#fillUntilWhole(conversationId).finally(() => this.#filling.delete(conversationId));
  }

  /** After a new connection: gaps that an earlier one left open. */
  fillOpenGaps(): void {
    for (const conversationId of this.#gaps) this.fill(conversationId);
  }

  async #fillUntilWhole(conversationId: string): Promise<void> {
    this.#gaps.add(conversationId);
    this.#again.delete(conversationId);
    for (let tries = 0; ; tries++) {
      if (!(await this.#fetch(conversationId))) return void this.#parked.delete(conversationId);
      this.#replay(conversationId, tries === LAGGARD_TRIES);
      if (this.#again.delete(conversationId)) {
        tries--;
        continue;
      }
      if (!this.#parked.has(conversationId)) break;
      // The server's lists lag behind its events (a read replica): asking in a loop would only slow it down.
      await this.#state.pause(tries);
      if (!this.#state.online) return void this.#parked.delete(conversationId);
    }
    this.#gaps.delete(conversationId);
  }

  /** False: there is no link any more, and the next connection begins here again. */
  async #fetch(conversationId: string): Promise<boolean> {
    const state = this.#state;
    const since = state.revisions.get(conversationId);
    const thread = state.threads.get(conversationId);
    const epoch = this.#position?.epoch;
    // Another history has begun, and is being loaded from its beginning.
    if (epoch === undefined) return false;
    const [rows, page] = await Promise.all([
      this.#asking.insist('load_conversations', { ids: [conversationId] }),
      thread?.loaded && since !== undefined
        ? this.#asking.insist('load_messages', {
            conversationId,
            sinceRev: since,
            epoch,
          })
        : undefined,
    ]);
    const isCut = page && !page.ok && page.error.retryable;
    if (!rows.ok || isCut || this.#position?.epoch !== epoch) return false;
    const row = rows.data.conversations.find(({ id }) => id === conversationId);
    for (const prospect of rows.data.prospects ?? []) putProspect(state, prospect);
    if (!row) {
      if (!rows.unreadable?.includes(conversationId)) removeConversation(state, conversationId);
      this.#parked.delete(conversationId);
      return true;
    }
    putConversation(state, row, true);
    // The thread was loaded while this was on its way: its page may be older than the row, and is continued from there.
    if (!page && state.threads.get(conversationId)?.loaded && state.revisions.has(conversationId))
      return this.#fetch(conversationId);
    let reached = row.rev ?? 0;
    if (page && thread) {
      // Refused for good, or unreadable: nobody can say what is missing here, and the thread must not show a hole.
      if (!page.ok || page.data.reset) {
        await this.needs.reloadThread(thread);
      } else {
        for (const message of page.data.messages) putMessage(state, message);
        reached = Math.min(reached, page.data.rev ?? reached);
      }
    }
    state.revisions.set(conversationId, Math.max(since ?? 0, reached));
    return true;
  }

  /** Applies what follows without a gap; with `anyway` everything, because waiting longer helps nobody. */
  #replay(conversationId: string, anyway: boolean): void {
    const parked = this.#parked.get(conversationId);
    if (!parked) return;
    this.#parked.delete(conversationId);
    parked.sort((a, b) => a.revision - b.revision);
    if (anyway) this.#state.report('load_messages', `changes of ${conversationId} are missing on the server`);
    let known = this.#state.revisions.get(conversationId)!; // it has just been fetched
    const behind = parked.filter(({ name, payload, revision }) => {
      if (revision <= known) return false;
      if (revision > known + 1 && !anyway) return true;
      if (revision > known + 1 && name === 'new_message') this.#leaveGap(conversationId, payload);
      known = revision;
      this.#state.revisions.set(conversationId, known);
      this.#apply(name, payload);
      return false;
    });
    if (behind.length > 0) this.#parked.set(conversationId, behind);
  }

  /** What lies before this message is missing, and is shown as missing. */
  #leaveGap(conversationId: string, { seq, _sync }: { seq?: number; _sync?: EventSync }): void {
    const number = seq ?? _sync?.s;
    const thread = this.#state.threads.get(conversationId);
    if (number === undefined || !thread?.loaded || number <= thread.numbers.newest) return;
    thread.numbers.add(number, number);
    thread.tellGaps();
  }

  /** Everything parked belongs to a connection that is gone. */
  forgetParked(): void {
    this.#parked.clear();
  }
}
