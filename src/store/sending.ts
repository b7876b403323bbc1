/**
 * How what waits leaves: one page of the browser at a time (the leader), one row after the other in each lane, each
 * marked in the vault before it goes, under one key until the server has it (protocol.md §8). Files travel ahead of their
 * messages, one after the other beside the lane.
 */
import type { Ask, ClientEventName, WireError } from '../contract/index.js';
import type { Answered, Asking, AskError } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { OutboxQueue } from './outbox-queue.js';
import type { SafeKeeping } from './safe-keeping.js';
import type { Tabs } from './tabs.js';
import { anew, needsUpload, Uploads, type FileRow } from './uploading.js';
import type { Failure, MessageRow, OutboxRow, Phase } from './vault.js';
import type { Cancel } from './world.js';

/** Conversations that send at the same time; other changes have as many lanes of their own. */
const PARALLEL = 4;
/** Conversations whose files travel at the same time. */
const PARALLEL_FILES = 2;
const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MOST_MS = 30_000;
/** After a day nobody wants the answer sent any more without being asked. */
const HORIZON_MS = 24 * 3_600_000;
/** A seed server that kept the socket up for so long after the write has taken the message (protocol.md §10). */
const SEED_TRUST_MS = 10_000;
/** Where level 0 is a guess, a slow line looks the same: longer than any link stays up without a sign of life. */
const GUESS_TRUST_MS = 20_000;
/** A server that acks nothing is not waited for: what a change did comes back as an event. */
const SEED_PATIENCE_MS = 1500;
/** A page that slept for so long between marking a row and sending it asks again whether it still leads. */
const LEASE_MS = 1000;
/** Characters from which a message is suspected when the link breaks, and how often it may. */
const LARGE_CONTENT = 50_000;
const CUTS_MOST = 3;
/** Refusals of the connection, not of the row: it waits for a fresh token. */
const NOT_ADMITTED: ReadonlySet<string> = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED']);
const NO_ANSWER: ReadonlySet<string> = new Set(['TIMEOUT', 'OFFLINE']);

/** What one kind of row means to the rest of the store. */
export interface Carrier<R extends OutboxRow> {
  request(row: R): { event: ClientEventName; payload: object };
  /** Shows how it is doing, here and nowhere else. `retryAt`: the server asked to wait until then. */
  show(row: R, delivery: 'queued' | 'sending' | 'uncertain' | 'sent', retryAt?: number): void;
  settled(row: R, data: unknown): void;
  failed(row: R, failure: Failure): void;
  /** True: the row is held back until the agent decides, instead of having failed. */
  holds?(row: R, error: AskError): boolean;
  /** Somebody waits for this change to come through; it will take longer. */
  delayed?(row: R): void;
}
export interface Carriers {
  message: Carrier<MessageRow>;
  mutation: Carrier<Extract<OutboxRow, { kind: 'mutation' }>>;
}

export class Sending {
  carriers!: Carriers;
  readonly uploads: Uploads;
  /** The server does not take the token any more. */
  onNotAdmitted: (error: WireError) => void = () => {};
  readonly #state: ChatState;
  readonly #asking: Asking;
  readonly #safe: SafeKeeping;
  readonly #queue: OutboxQueue;
  readonly #tabs: Tabs;
  /** The row under way on each track: a lane has one for what is said, and one for files that travel ahead of their message. */
  readonly #busy = new Map<string, OutboxRow>();
  /** Tracks that wait before they try again, and the moment before which the server asked not to be. */
  readonly #waiting = new Map<string, { cancel: Cancel; notBefore: number }>();
  readonly #tries = new Map<string, number>();
  /** How often the link broke while a large message was on its way, by key. */
  readonly #cuts = new Map<string, number>();
  readonly #trusting = new Map<string, Cancel>();
  /** Messages whose file the server had lost, and which has been uploaded anew once. */
  readonly #renewed = new Set<string>();
  #open = false;
  #fence: number | undefined;
  /** Raised by `forget`: what was on its way before belongs to somebody who has signed out. */
  #generation = 0;

  constructor(state: ChatState, asking: Asking, safe: SafeKeeping, queue: OutboxQueue, tabs: Tabs) {
    this.#state = state;
    this.#asking = asking;
    this.#safe = safe;
    this.#queue = queue;
    this.#tabs = tabs;
    this.uploads = new Uploads(state.$uploads, tabs);
  }

  /** Is the link up and caught up. */
  get isOpen(): boolean {
    return this.#open;
  }

  get leads(): boolean {
    return this.#fence !== undefined;
  }

  get generation(): number {
    return this.#generation;
  }

  isUnderWay(key: string): boolean {
    return this.#trusting.has(key) || [...this.#busy.values()].some((row) => row.key === key);
  }

  /** The link is up and caught up: everything that waits may leave, unless the server named a later time. */
  open(): void {
    this.#open = true;
    for (const [lane, { cancel, notBefore }] of this.#waiting) {
      if (notBefore > this.#state.world.now()) continue;
      cancel();
      this.#waiting.delete(lane);
    }
    this.#tries.clear();
    this.seekLead();
    this.drain();
  }

  /** The link went: what a server without acks may or may not have is in doubt now. */
  close(): void {
    this.#open = false;
    this.#stopLeading();
    this.uploads.stop();
    for (const [key, cancel] of this.#trusting) {
      cancel();
      const row = this.#queue.get(key);
      if (row) this.#change({ ...row, phase: 'uncertain' }, 'uncertain');
    }
    this.#trusting.clear();
  }

  /** Stands in line for the lead; `steal` takes it from a page that seems to sleep. */
  seekLead(how: 'wait' | 'steal' = 'wait'): void {
    if (!this.#open) return;
    this.#fence = undefined;
    this.#tabs.lead({ granted: () => void this.#lead(), lost: () => this.#superseded() }, how);
  }

  async #lead(): Promise<void> {
    const generation = this.#generation;
    const before = this.#known();
    const led = await this.#safe.lead();
    if (!this.#open || generation !== this.#generation) return;
    this.#fence = led?.fence ?? 0;
    if (led) this.#adopt(led.outbox, before);
    this.#tabs.tell('here', { fence: this.#fence, order: this.#queue.newest });
    this.drain();
  }

  /** Looks for rows that were kept and never handed over, because their page died in between. */
  async readAgain(): Promise<void> {
    if (!this.leads) return;
    const generation = this.#generation;
    const before = this.#known();
    const { durable, outbox } = await this.#safe.open();
    if (!durable || !this.leads || generation !== this.#generation) return;
    this.#adopt(outbox, before);
    this.drain();
  }

  #known(): ReadonlySet<string> {
    return new Set([...this.#queue.rows()].map(({ key }) => key));
  }

  #stopLeading(): void {
    this.#fence = undefined;
    this.#tabs.stopLeading();
  }

  /** Another page leads now: this one goes to the end of the line. */
  #superseded(): void {
    this.#fence = undefined;
    if (this.#state.world.locks) this.seekLead();
  }

  /** The vault is the truth about all rows that are kept; what an earlier leader had on its way is open again. */
  #adopt(kept: readonly OutboxRow[], before: ReadonlySet<string>): void {
    const keys = new Set(kept.map(({ key }) => key));
    for (const key of before) {
      if (!keys.has(key) && !this.#safe.isUnkept(key) && !this.isUnderWay(key)) this.#queue.drop(key);
    }
    for (const row of kept) {
      if (this.isUnderWay(row.key) || this.skips(row)) continue;
      const known = this.#queue.get(row.key);
      const next = reopened(row);
      const isKnown = known && known.order === next.order && known.phase === next.phase;
      // How far its file came is in the vault alone.
      if (known && (known.order > next.order || (isKnown && !needsUpload(known)))) continue;
      this.#queue.put(next);
      if (next.phase === 'queued' || next.phase === 'uncertain') this.#show(next, next.phase);
    }
  }

  /** Rows that are being written at this moment, or that are settled already. Set by the outbox. */
  skips: (row: OutboxRow) => boolean = () => false;

  // ---- leaving

  drain(): void {
    if (!this.#open || this.#state.level === undefined) return;
    for (const rows of this.#queue.lanes()) {
      this.#depart(this.#next(rows));
      // Its message stays where it is in the lane, and what was written behind it does not wait for it.
      this.#depart(rows.find((row): row is FileRow => row.phase === 'queued' && needsUpload(row)));
    }
  }

  #depart(next: OutboxRow | undefined): void {
    if (!next) return;
    const track = trackOf(next);
    if (this.#busy.has(track) || this.#waiting.has(track)) return;
    if (!this.leads && !this.#safe.isUnkept(next.key)) return;
    const alike = [...this.#busy.values()].filter((row) => kindOf(row) === kindOf(next)).length;
    if (alike >= (needsUpload(next) ? PARALLEL_FILES : PARALLEL)) return;
    this.#busy.set(track, next);
    void this.#sendOne(next).finally(() => {
      this.#busy.delete(track);
      this.drain();
    });
  }

  /** The first row of a lane that may leave. What is held holds back what was written behind it; a file on its way does not. */
  #next(rows: readonly OutboxRow[]): OutboxRow | undefined {
    let isFileAhead = false;
    for (const row of rows) {
      if (row.phase === 'held') return undefined;
      if (needsUpload(row)) {
        isFileAhead ||= row.phase === 'queued';
        continue;
      }
      // Files keep their order among themselves, also behind one that the server has lost.
      if (isFileAhead && row.kind === 'message' && row.message.metadata?.uploadId !== undefined) continue;
      // Where level 0 is only a guess, nothing overtakes what is in doubt: it may be the server that settles it by its key.
      // And changes wait, because nobody would be told what came of them.
      if (this.#state.isLevelGuessed && (row.phase === 'uncertain' || row.kind === 'mutation')) return undefined;
      // A page that was closed while sending leaves doubt only where the server keeps no keys.
      if (row.phase === 'queued' || (row.phase === 'uncertain' && this.#state.level === 2)) return row;
    }
    return undefined;
  }

  async #sendOne(first: OutboxRow): Promise<void> {
    const { world } = this.#state;
    const generation = this.#generation;
    if (world.now() - first.writtenAt > HORIZON_MS) {
      return this.#fail(first, { code: 'EXPIRED', message: 'Not sent for a day.', retryable: true });
    }
    if (needsUpload(first)) return this.#upload(first);
    const row = await this.#take(first);
    if (!row || generation !== this.#generation) return;
    this.#show(row, 'sending');
    const { event, payload } = this.#carrier(row).request(row);
    const seed = this.#state.level === 0;
    const patience = seed && row.kind === 'mutation' ? SEED_PATIENCE_MS : undefined;
    const answered = this.#asking.ask(event, payload as Ask<ClientEventName>, patience);
    if (seed && row.kind === 'message') {
      void answered.then((answer) => {
        if (generation === this.#generation) this.#hearUnexpected(row, answer, first);
      });
      // No answer is to be expected, and the socket keeps the order: the next message need not wait, unless that is a guess.
      const trusted = this.#trust(row);
      return this.#state.isLevelGuessed ? trusted : undefined;
    }
    const answer = await answered;
    if (generation !== this.#generation) return;
    if (answer.ok) return this.settle(row, answer.data);
    if (!this.#queue.get(row.key)) return; // its echo was faster than its answer
    if (seed && answer.error.code === 'TIMEOUT' && this.#state.online) this.settle(row, {});
    else if (seed && answer.error.code === 'TIMEOUT') this.#fail(row, { ...answer.error, retryable: true });
    else this.#refused(row, answer.error);
  }

  /** The link went in the moment between marking it and sending it: its silence is no consent, and nothing is in doubt. */
  #neverLeft(row: OutboxRow, error: AskError): void {
    if (!this.#trusting.has(row.key)) return; // it had left, and the link is another one by now
    this.#stopTrusting(row.key);
    void this.#safe.keep({ ...row, phase: 'queued' });
    this.#refused(row, error);
  }

  /** A server that was taken for level 0 has answered after all, or the transport that it sent nothing. */
  #hearUnexpected(row: OutboxRow, answer: Answered<ClientEventName>, unsent: OutboxRow): void {
    if (answer.ok) this.settle(row, answer.data);
    else if (answer.error.code === 'OFFLINE') this.#neverLeft(unsent, answer.error);
    else if (!NO_ANSWER.has(answer.error.code) && this.#queue.get(row.key)?.order === row.order) {
      this.#stopTrusting(row.key);
      this.#refused(row, answer.error);
    }
  }

  #refused(row: OutboxRow, error: AskError): void {
    if (NOT_ADMITTED.has(error.code)) {
      this.#queue.put({ ...row, phase: 'queued' });
      this.#show(row, 'queued');
      this.#open = false; // until the next connection, with another token
      return this.onNotAdmitted(error as WireError);
    }
    if (this.#hasLostFile(row, error)) {
      this.#renewed.add(row.key);
      const again = anew({ ...row, phase: 'queued' });
      this.#queue.put(again);
      void this.#safe.rewrite(again);
      return;
    }
    if (!error.retryable) {
      if (!this.#carrier(row).holds?.(row, error))
        this.#fail(row, isLostFile(error) ? { ...error, code: 'FILE_LOST' } : error);
      return;
    }
    if (!this.#state.online && this.#isTooLarge(row)) {
      return this.#fail(row, { code: 'TOO_LARGE', message: 'Too long for this connection.', retryable: true });
    }
    this.#queue.put({ ...row, phase: 'queued' });
    const retryAt = this.#wait(trackOf(row), error);
    this.#show(row, 'queued', retryAt);
    this.#carrier(row).delayed?.(row);
  }

  /** Marks the row as on its way, in the vault and then here; undefined when it is not this page's to send. */
  async #take(row: OutboxRow): Promise<OutboxRow | undefined> {
    const { world } = this.#state;
    const generation = this.#generation;
    for (;;) {
      const asked = world.now();
      const seed = this.#state.level === 0;
      const marked: OutboxRow = {
        ...row,
        phase: 'inflight',
        fence: this.#fence ?? 0,
        ...(seed ? { emitted: true } : {}),
      };
      const verdict = await this.#safe.take(marked);
      if (generation !== this.#generation) return undefined;
      if (verdict === 'fenced') return void this.#superseded();
      if (verdict === 'gone') {
        if (this.#queue.get(row.key)?.order === row.order) this.#queue.drop(row.key);
        return void this.readAgain();
      }
      if (!this.#open || !this.#state.online) {
        // It did not leave after all: nothing is in doubt.
        if (seed && !row.emitted) void this.#safe.keep({ ...row, phase: 'queued' });
        return undefined;
      }
      if (world.now() - asked > LEASE_MS) continue;
      this.#queue.put(marked);
      return marked;
    }
  }

  /** Carries the file of a message ahead of it; the message itself leaves when its turn comes. */
  async #upload(row: FileRow): Promise<void> {
    const generation = this.#generation;
    const current = () => {
      const now = generation === this.#generation ? this.#queue.get(row.key) : undefined;
      return now && now.order === row.order && needsUpload(now) ? now : undefined; // else taken back
    };
    this.#show(row, 'sending');
    const came = await this.uploads.carry(row, (resume) => {
      const now = current();
      if (!now) return;
      const next = { ...now, attachment: { ...now.attachment, resume } };
      this.#queue.put(next);
      void this.#safe.rewrite(next);
    });
    const now = current();
    if (!now) return;
    if ('row' in came) {
      this.#tries.delete(trackOf(row));
      this.#queue.put(came.row);
      await this.#safe.rewrite(came.row); // a page that is closed now does not upload it again
      return;
    }
    if (came.refused) return this.#fail(anew(now), came.refused);
    this.#show(now, 'queued', this.#open ? this.#wait(trackOf(row), {}) : undefined);
  }

  /** What was uploaded is not there any more: orphans are thrown away after a while. */
  #hasLostFile(row: OutboxRow, error: AskError): row is MessageRow {
    return isLostFile(error) && row.kind === 'message' && row.attachment !== undefined && !this.#renewed.has(row.key);
  }

  /** Servers cut the socket of who sends too much: a large message that broke it again and again is the reason. */
  #isTooLarge(row: OutboxRow): boolean {
    if (row.kind !== 'message' || row.message.content.length < LARGE_CONTENT) return false;
    const cuts = (this.#cuts.get(row.key) ?? 0) + 1;
    this.#cuts.set(row.key, cuts);
    return cuts >= CUTS_MOST;
  }

  /** A seed server's silence, with the socket up, is taken for consent after a while; its echo settles it sooner. Resolves when nothing is in doubt any more, or the link is gone. */
  #trust(row: OutboxRow): Promise<void> {
    this.#stopTrusting(row.key);
    return new Promise((over) => {
      const isGuess = this.#state.isLevelGuessed;
      const { heard } = this.#asking;
      const cancel = this.#state.world.after(isGuess ? GUESS_TRUST_MS : SEED_TRUST_MS, () => {
        if (!isGuess || heard !== this.#asking.heard) return this.settle(row, undefined);
        // Not a word on the whole line: that is no consent.
        this.#stopTrusting(row.key);
        this.#change({ ...row, phase: 'uncertain' }, 'uncertain');
      });
      this.#trusting.set(row.key, () => {
        cancel();
        over();
      });
    });
  }

  #stopTrusting(key: string): void {
    this.#trusting.get(key)?.();
    this.#trusting.delete(key);
  }

  /** Longer each time, never all at once, and not before the server's own time. Tells when, if the server named one. */
  #wait(track: string, { retryAfterMs = 0 }: { retryAfterMs?: number | undefined }): number | undefined {
    const { world } = this.#state;
    const tries = this.#tries.get(track) ?? 0;
    this.#tries.set(track, tries + 1);
    const most = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** tries);
    const delay = Math.max(retryAfterMs, world.random() * most);
    const cancel = world.after(delay, () => {
      this.#waiting.delete(track);
      this.drain();
    });
    this.#waiting.set(track, { cancel, notBefore: world.now() + retryAfterMs });
    return retryAfterMs > 0 ? world.now() + delay : undefined;
  }

  // ---- what came of it

  /** The server has it: told by the ack, or by the echo of a server that does not ack. */
  settle(row: OutboxRow, data: unknown): void {
    this.#stopTrusting(row.key);
    this.#tries.delete(trackOf(row));
    this.#renewed.delete(row.key);
    const current = this.#queue.get(row.key);
    if (current && current.order !== row.order) return; // rewritten meanwhile: the newer words are still to be sent
    this.#queue.drop(row.key);
    this.#safe.settle(row);
    this.#carrier(row).settled(row, data);
    this.#tabs.tell('settled', { key: row.key, order: row.order, data });
  }

  #fail(row: OutboxRow, { code, message, retryable, field }: Failure | AskError): void {
    const failure: Failure = { code, message, retryable, ...(field === undefined ? {} : { field }) };
    const failed: OutboxRow = { ...row, phase: 'failed', failure };
    this.#queue.put(failed);
    this.#carrier(failed).failed(failed, failure);
    if (this.#queue.get(row.key) === failed) void this.#safe.keep(failed);
    this.#tabs.tell('failed', { key: row.key, order: row.order, failure });
  }

  #change(row: OutboxRow, delivery: 'queued' | 'uncertain'): void {
    this.#queue.put(row);
    this.#show(row, delivery);
  }

  #show(row: OutboxRow, delivery: 'queued' | 'sending' | 'uncertain' | 'sent', retryAt?: number): void {
    this.#carrier(row).show(row, delivery, retryAt);
    if (row.kind !== 'message') return;
    const { key, conversationId } = row;
    this.#tabs.tell('shown', { key, conversationId, delivery, ...(retryAt === undefined ? {} : { retryAt }) });
  }

  #carrier<R extends OutboxRow>(row: R): Carrier<R> {
    return this.carriers[row.kind] as Carrier<OutboxRow> as Carrier<R>;
  }

  /** The agent wants it now: a lane that waits need not, unless the server asked for it. */
  hurry(lane: string): void {
    for (const track of [lane, fileTrack(lane)]) {
      const waiting = this.#waiting.get(track);
      if (!waiting || waiting.notBefore > this.#state.world.now()) continue;
      waiting.cancel();
      this.#waiting.delete(track);
    }
  }

  /** Everything that is under way belongs to somebody who has signed out. */
  forget(): void {
    this.close();
    this.#generation++;
    for (const { cancel } of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#tries.clear();
    this.#cuts.clear();
    this.#renewed.clear();
    this.uploads.forget();
  }
}

const isLostFile = ({ code, field }: AskError) => code === 'NOT_FOUND' && field === 'metadata.uploadId';

const fileTrack = (lane: string) => `${lane}\nfile`;
const trackOf = (row: OutboxRow) => (needsUpload(row) ? fileTrack(row.lane) : row.lane);
const kindOf = (row: OutboxRow) => (needsUpload(row) ? 'file' : row.kind);

/** A row that is not on its way. */
export type Still<R extends OutboxRow = OutboxRow> = R & { readonly phase: Exclude<Phase, 'inflight'> };

const isStill = (row: OutboxRow): row is Still => row.phase !== 'inflight';

/** A row as it is for who did not send it: without an answer it is open again, or in doubt where no key protects it. */
export function reopened(row: OutboxRow): Still {
  return isStill(row) ? row : { ...row, phase: row.emitted ? 'uncertain' : 'queued' };
}
