/**
 * The pages of one agent in one browser: what they tell each other, and who of them sends. The leader holds a Web Lock,
 * which dies with its page, and a number (the fence) in the vault: a page that slept through a change of leadership finds
 * another number there and sends nothing (protocol.md §8).
 */
import type { MessageMetadata } from '../contract/index.js';
import type { Message } from './state.js';
import type { Failure, OutboxRow } from './vault.js';
import type { Cancel, Channel, World } from './world.js';

/** What pages tell each other. `v` is the version of this table: pages of another release are not listened to. */
export interface TabMessages {
  /** A row is about to be written: a page that dies right after cannot hand it over any more. */
  writing: { key: string };
  /** A row was written or changed. */
  row: { row: OutboxRow };
  /** How a message of the outbox is doing. */
  shown: { key: string; conversationId: string; delivery: Message['delivery']; retryAt?: number };
  /** The server has it: `data` is its answer. */
  settled: { key: string; order: number; data?: unknown };
  /** The server refused it for good: this writing of it, not one that has taken its key since. */
  failed: { key: string; order: number; failure: Failure };
  removed: { key: string; order: number };
  /** The leader has heard of a row. `order`: the newest it knows, which a page whose clock is behind must not go below. */
  here: { fence: number; order?: number };
  /** A page has opened and wants to know how the rows are doing. */
  hello: Record<string, never>;
  read: { conversationId: string; seq?: number; messageId?: string };
  draft: { key: string; text: string };
  claimed: { name: string };
  /** How far an upload is. */
  upload: { key: string; part: number; metadata?: MessageMetadata };
  /** The agent has signed out. */
  wiped: Record<string, never>;
}
type Name = keyof TabMessages;
export type TabListeners = { [N in Name]?: (told: TabMessages[N]) => void };

const VERSION = 1;
/** Signs of life of the page that sends. */
const FROM_LEADER: ReadonlySet<Name> = new Set(['shown', 'settled', 'failed', 'here', 'upload']);
/** A leader that says nothing to a new row for so long is asleep, and the lock is taken from it. */
const LEADER_ANSWERS_MS = 1500;
/** How long a claim is held against pages that see the same thing a moment later. */
const CLAIM_HELD_MS = 5000;
const CLAIMS_REMEMBERED = 1000;

export class Tabs {
  readonly #world: World;
  readonly #listeners: TabListeners = {};
  readonly #claims = new Set<string>();
  #name: string | undefined;
  #channel: Channel | undefined;
  #release: Cancel | undefined;
  #impatience: Cancel | undefined;
  #isAway = false;
  /** Counts grants, so that a late one of an earlier request changes nothing. */
  #request = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** From here on this page is one of several. Without a name it stays alone. */
  join(name: string | undefined): void {
    this.#hangUp();
    this.#name = name;
    if (name === undefined || this.#isAway) return;
    this.#channel = this.#world.channel?.(`crm-chat:${name}`, (message) => this.#hear(message));
    this.tell('hello', {});
  }

  /** Nothing is heard or said until it comes back: an inbox that was removed leaves no open channel behind. */
  leave(): void {
    this.#isAway = true;
    this.#hangUp();
  }

  comeBack(): void {
    if (!this.#isAway) return;
    this.#isAway = false;
    this.join(this.#name);
  }

  #hangUp(): void {
    this.stopLeading();
    this.#channel?.close();
    this.#channel = undefined;
  }

  on(listeners: TabListeners): void {
    Object.assign(this.#listeners, listeners);
  }

  tell<N extends Name>(name: N, told: TabMessages[N]): void {
    this.#channel?.post({ v: VERSION, name, told });
  }

  #hear(message: unknown): void {
    const { v, name, told } = (message ?? {}) as { v?: unknown; name?: Name; told?: never };
    if (v !== VERSION || name === undefined) return;
    if (FROM_LEADER.has(name)) this.#calm();
    if (name === 'claimed') this.#remember((told as unknown as TabMessages['claimed']).name);
    this.#listeners[name]?.(told as never);
  }

  // ---- who sends

  /**
   * Stands in line for the lead. `granted` when it is ours, `lost` when another page took it because this one seemed to
   * sleep. Where pages cannot lock, each one leads, and the fence alone decides.
   */
  lead(told: { granted: () => void; lost: () => void }, how: 'wait' | 'steal' = 'wait'): void {
    this.stopLeading();
    const request = ++this.#request;
    const mine = (run: () => void) => () => {
      if (request === this.#request) run();
    };
    const { locks } = this.#world;
    if (!locks || this.#name === undefined) return told.granted();
    this.#release = locks.hold(`crm-chat:${this.#name}:send`, how, {
      granted: mine(told.granted),
      lost: mine(told.lost),
    });
  }

  stopLeading(): void {
    this.#request++;
    this.#calm();
    this.#release?.();
    this.#release = undefined;
  }

  /** A row was handed to the leader: when it does not show a sign of life, `overdue` runs. */
  expectAnswer(overdue: () => void): void {
    this.#impatience ??= this.#world.after(LEADER_ANSWERS_MS, () => {
      this.#impatience = undefined;
      overdue();
    });
  }

  #calm(): void {
    this.#impatience?.();
    this.#impatience = undefined;
  }

  // ---- one for all

  /**
   * True on one page of this browser only, for each name: who claims `sound:<message id>` plays it. The others, and every
   * later claim of the same name, get false.
   */
  claim(name: string): Promise<boolean> {
    if (this.#claims.has(name)) return Promise.resolve(false);
    const { locks } = this.#world;
    const win = () => {
      this.#remember(name);
      this.tell('claimed', { name });
      return true;
    };
    if (!locks || this.#name === undefined) return Promise.resolve(win());
    return new Promise((resolve) => {
      const release = locks.hold(`crm-chat:${this.#name}:claim:${name}`, 'ifFree', {
        granted: () => {
          this.#world.after(CLAIM_HELD_MS, () => release());
          resolve(this.#claims.has(name) ? false : win());
        },
        refused: () => resolve(false),
        lost: () => undefined,
      });
    });
  }

  #remember(name: string): void {
    this.#claims.add(name);
    if (this.#claims.size <= CLAIMS_REMEMBERED) return;
    const [oldest] = this.#claims;
    this.#claims.delete(oldest!);
  }
}
