/**
 * Everything an agent asks of the server that is not a message goes through the same outbox: kept before it is sent, under
 * one key, in order, and again after every kind of fault. Who asked waits for the answer as long as there is a
 * connection, and is told that it waits otherwise.
 */
import type { Ask, ClientEventName, Reply } from '../contract/index.js';
import type { ChatState } from './chat-state.js';
import type { OutboxQueue } from './outbox-queue.js';
import { ofOwner } from './owner.js';
import type { SafeKeeping } from './safe-keeping.js';
import type { Carrier, Sending } from './sending.js';
import type { Change, Outcome } from './state.js';
import type { Tabs } from './tabs.js';
import type { Failure, MutationRow, OutboxRow } from './vault.js';

/** What a page that does not send itself waits for the one that does. */
const OTHER_PAGE_MS = 9000;

/** What an event means to the store. */
export interface Meaning<E extends ClientEventName> {
  /** Changes of one lane leave one after the other. */
  lane(ask: Plain<E>): string;
  /** What the server is asked, where that depends on what it is. */
  payload?(ask: Plain<E>): object;
  settled(ask: Plain<E>, data: Reply<E>): void;
  /** Puts back what was shown before. */
  refused?(ask: Plain<E>, before: unknown): void;
  /** It is not told of in `$changes`: nothing would be lost if it is refused. */
  quiet?: true;
}
/** An ask without its key. */
export type Plain<E extends ClientEventName> = Omit<Ask<E>, 'opId'>;
export type Meanings = { [E in ClientEventName]?: Meaning<E> };
type AnyMeaning = Meaning<ClientEventName>;

/** What came of it; `waiting`: it is kept and goes out later. */
export type Came<E extends ClientEventName> =
  { ok: true; data: Reply<E> } | { ok: true; waiting: true } | Extract<Outcome, { ok: false }>;

export interface ChangesParts {
  readonly state: ChatState;
  readonly safe: SafeKeeping;
  readonly queue: OutboxQueue;
  readonly sending: Sending;
  readonly tabs: Tabs;
}

export class Changes implements Carrier<MutationRow> {
  meanings: Meanings = {};
  /** Hands a row to the page that sends. */
  handOver: (row: OutboxRow) => void = () => {};
  readonly #parts: ChangesParts;
  readonly #waiters = new Map<string, ((came: Came<never>) => void)[]>();

  constructor(parts: ChangesParts) {
    this.#parts = parts;
  }

  /** Keeps a change and sends it; the same one again, while the first waits, is the same one. */
  async ask<E extends ClientEventName>(event: E, ask: Plain<E>, before?: unknown): Promise<Came<E>> {
    const known = [...this.#parts.queue.rows()].find((row) => isSame(row, event, ask));
    if (known && known.phase === 'failed') this.retry(known.key);
    const came = new Promise<Came<E>>((resolve) => {
      const key = known?.key ?? this.#parts.state.world.uuid();
      const waiters = this.#waiters.get(key) ?? [];
      this.#waiters.set(key, [...waiters, resolve as (came: Came<never>) => void]);
      if (known) this.#watch(known);
      else void this.post(event, ask, { key, before }).then((row) => row && this.#watch(row));
    });
    return came;
  }

  /** Keeps a change and sends it, without waiting for what comes of it. A row of the same key is replaced. */
  async post<E extends ClientEventName>(
    event: E,
    ask: Plain<E>,
    { key, before }: { key: string; before?: unknown },
  ): Promise<MutationRow | undefined> {
    const { state, safe, queue, sending, tabs } = this.#parts;
    const meaning = this.meanings[event] as unknown as Meaning<E>;
    const row: MutationRow = {
      kind: 'mutation',
      key,
      lane: meaning.lane(ask),
      order: queue.nextOrder(state.world.now()),
      writtenAt: state.world.now(),
      phase: 'queued',
      ...ofOwner(state),
      event,
      ask,
      ...(before === undefined ? {} : { before }),
    };
    const { generation } = sending;
    tabs.tell('writing', { key });
    await safe.keep(row);
    if (generation !== sending.generation) {
      safe.forget(key);
      this.#answer(key, { ok: false, error: { code: 'OFFLINE', message: 'Signed out.' } });
      return undefined;
    }
    queue.put(row);
    this.#tell();
    this.handOver(row);
    return row;
  }

  /** Who asked need not wait for a connection. */
  #watch(row: MutationRow | OutboxRow): void {
    const { state, sending } = this.#parts;
    const answer = () => void this.#answer(row.key, { ok: true, waiting: true });
    if (!sending.isOpen || state.isLevelGuessed) answer();
    else if (!sending.leads) state.world.after(OTHER_PAGE_MS, answer);
  }

  retry(key: string): void {
    const { state, safe, queue, sending } = this.#parts;
    const row = queue.get(key);
    if (row?.kind !== 'mutation' || row.phase !== 'failed') return;
    const { failure: _failure, ...rest } = row;
    const next: MutationRow = { ...rest, phase: 'queued', writtenAt: state.world.now() };
    queue.put(next);
    this.#tell();
    void safe.keep(next).then(() => {
      sending.hurry(row.lane);
      this.handOver(next);
    });
  }

  /** Gives up a change that waits or failed. Of those that `$changes` tells nothing is shown before the server has said so. */
  discard(key: string): void {
    const { safe, queue, sending, tabs } = this.#parts;
    const row = queue.get(key);
    if (row?.kind !== 'mutation' || sending.isUnderWay(key)) return;
    queue.drop(key);
    safe.forget(key);
    tabs.tell('removed', { key, order: row.order });
    this.#tell();
  }

  /** Takes back older changes of the same lane that this one makes needless, unless they are on their way. */
  supersede(row: MutationRow, isNeedless: (older: MutationRow) => boolean): void {
    const { safe, queue, sending, tabs } = this.#parts;
    for (const older of [...queue.rows()]) {
      if (older.kind !== 'mutation' || older.lane !== row.lane || older.key === row.key) continue;
      if (sending.isUnderWay(older.key) || !isNeedless(older)) continue;
      queue.drop(older.key);
      safe.settle(older);
      tabs.tell('removed', { key: older.key, order: older.order });
    }
  }

  // ---- the carrier

  request(row: MutationRow): { event: ClientEventName; payload: object } {
    const { level } = this.#parts.state;
    const payload = this.#meaning(row).payload?.(row.ask as never) ?? row.ask;
    // The key is for servers that know it; the payload of the given events stays as it was for the others.
    const keyed = level === 2 && row.event !== 'mark_as_read';
    return { event: row.event, payload: keyed ? { ...payload, opId: row.key } : payload };
  }

  show(): void {
    this.#tell();
  }

  settled(row: MutationRow, data: unknown): void {
    this.#meaning(row).settled(row.ask as never, data as never);
    this.#answer(row.key, { ok: true, data: data as never });
    this.#tell();
  }

  failed(row: MutationRow, failure: Failure): void {
    const { safe, queue } = this.#parts;
    const meaning = this.#meaning(row);
    // Written anew meanwhile, it is another change that waits under the same key, with a verdict of its own to come.
    if (queue.get(row.key)!.order > row.order) return;
    meaning.refused?.(row.ask as never, row.before);
    const { code, message, field } = failure;
    const asked = this.#answer(row.key, {
      ok: false,
      error: { code, message, ...(field === undefined ? {} : { field }) } as never,
    });
    if (asked || meaning.quiet) {
      // Who asked still has the words in front of them. In the vault a newer one may be written already: that one stays.
      queue.drop(row.key);
      safe.settle(row);
    }
    this.#tell();
  }

  delayed(row: MutationRow): void {
    this.#answer(row.key, { ok: true, waiting: true });
  }

  #answer(key: string, came: Came<never>): boolean {
    const waiters = this.#waiters.get(key);
    this.#waiters.delete(key);
    for (const answer of waiters ?? []) answer(came);
    return waiters !== undefined;
  }

  #meaning(row: MutationRow): AnyMeaning {
    return this.meanings[row.event] as unknown as AnyMeaning;
  }

  /** Tells what waits and what failed. */
  #tell(): void {
    const changes: Change[] = [];
    for (const row of this.#parts.queue.rows()) {
      if (row.kind !== 'mutation' || this.#meaning(row)?.quiet) continue;
      const { key, event, ask, failure } = row;
      changes.push({ key, event, ask, state: failure ? 'failed' : 'waiting', ...(failure ? { failure } : {}) });
    }
    const { $changes } = this.#parts.state;
    if (changes.length > 0 || $changes.get().length > 0) $changes.set(changes);
  }

  forget(): void {
    for (const key of [...this.#waiters.keys()]) {
      this.#answer(key, { ok: false, error: { code: 'OFFLINE', message: 'Signed out.' } });
    }
    this.#tell();
  }
}

function isSame(row: OutboxRow, event: string, ask: object): row is MutationRow {
  return row.kind === 'mutation' && row.event === event && JSON.stringify(row.ask) === JSON.stringify(ask);
}
