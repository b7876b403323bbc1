/** One run: a plan played through in virtual time, then everything healed, then the checker. */
import type { ChatMessage, MessageStatus } from '../../src/contract/index.js';
import type { Backend } from './backend.js';
import { Browser } from './browser.js';
import { Chance } from './chance.js';
import { check, type Violation } from './checker.js';
import { Clock } from './clock.js';
import { DeskBackend } from './desk-backend.js';
import { fileText, textOf } from './files.js';
import { newHistory, type Final, type History } from './history.js';
import { House } from './house.js';
import type { Deed, Step } from './plan.js';
import { Tab } from './tab.js';

const START = Date.UTC(2026, 10, 22, 10);
/** Longer than any back-off and the digest together: whatever can come right by itself has come right by then. */
const QUIET_MS = 150_000;
const MOST_TABS = 6;
const STATUSES: readonly MessageStatus[] = ['delivered', 'read', 'failed', 'sent'];

export interface RunResult {
  violations: Violation[];
  /** Of what happened, so that a run that did nothing is seen. */
  counts: { messages: number; asks: number; crashes: number; events: number; tabs: number };
  history: History;
}

export type MakeBackend = (clock: Clock, chance: Chance) => Promise<Backend> | Backend;

export const deskBackend: MakeBackend = (clock, chance) =>
  new DeskBackend({
    now: () => clock.now,
    agents: ['supervisor', 'anna', 'ben'],
    conversations: 4,
    below: (limit) => chance.below(limit),
  });

export interface RunOptions {
  makeBackend?: MakeBackend;
  /** Hears every packet. */
  trace?: (words: string) => void;
}

export async function run(seed: number, plan: readonly Step[], options: RunOptions = {}): Promise<RunResult> {
  const stage = await Stage.set(seed, options);
  try {
    for (const step of plan) await stage.play(step);
    return await stage.finish();
  } finally {
    stage.end();
    await stage.backend.close();
  }
}

class Stage {
  readonly history = newHistory();
  readonly house: House;
  readonly tabs: Tab[] = [];
  readonly #browsers: { agentId: string; home: Browser }[] = [];
  readonly #noteUncaught = (error: unknown) =>
    this.history.uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error));

  private constructor(
    readonly clock: Clock,
    readonly chance: Chance,
    readonly backend: Backend,
  ) {
    this.house = new House(clock, backend, this.history);
    process.on('unhandledRejection', this.#noteUncaught);
  }

  static async set(seed: number, { makeBackend = deskBackend, trace }: RunOptions): Promise<Stage> {
    const clock = new Clock(START, makeBackend === deskBackend);
    const chance = new Chance(seed ^ 0x5bd1e995);
    const stage = new Stage(clock, chance, await makeBackend(clock, chance.fork()));
    if (trace) stage.house.trace = (words) => trace(`${(clock.now - START).toFixed(0)} ${words}`);
    // Two browsers of one agent, and one of each of the others.
    for (const agentId of [...stage.backend.agents, stage.backend.agents[1]!])
      stage.#browsers.push({ agentId, home: new Browser(clock, chance.fork()) });
    stage.#browsers.forEach((_home, browser) => stage.#openTab(browser));
    stage.#openTab(1);
    await clock.advance(50);
    return stage;
  }

  async play(step: Step): Promise<void> {
    // A step left out must not change the chances of those that stay.
    for (const tab of this.tabs) tab.reseed(step.c);
    await this.#deeds[step.do](step);
    await this.clock.advance(step.wait);
  }

  async finish(): Promise<RunResult> {
    this.house.crashNext = undefined;
    for (const { home } of this.#browsers) home.disk.full = false;
    for (const tab of this.#living()) {
      tab.vault.crashNext = undefined;
      tab.wire.heal();
    }
    await this.clock.advance(3000);
    // What a tab left behind is taken over by the next one of the same browser.
    this.#browsers.forEach((_home, browser) => {
      if (!this.#living().some((tab) => tab.browser === browser)) this.#openTab(browser);
    });
    await this.clock.advance(20_000);
    for (const tab of this.#living()) tab.loadFailedAgain();
    await this.clock.advance(QUIET_MS);
    await this.clock.turn();
    const final = await this.#final();
    return {
      violations: check(this.history, final),
      counts: {
        messages: [...final.stored.values()].reduce((sum, { length }) => sum + length, 0),
        asks: this.house.asks,
        crashes: this.house.crashes,
        events: this.clock.ran,
        tabs: this.tabs.length,
      },
      history: this.history,
    };
  }

  end(): void {
    for (const tab of this.#living()) tab.die();
    process.off('unhandledRejection', this.#noteUncaught);
  }

  readonly #deeds: Readonly<Record<Deed, (step: Step) => unknown>> = {
    write: ({ a, b, c }) => {
      const text = `agent text ${this.history.written.length + 1}`;
      const file = this.backend.files && c % 8 === 0 ? fileText(`file of ${text}`, c >> 3) : undefined;
      void this.#tab(a)?.write(this.#place(b), text, file);
    },
    'customer writes': async ({ a }) => {
      if (!this.house.up) return;
      const conversationId = this.#place(a);
      const text = `customer text ${this.history.said.length + 1}`;
      this.history.said.push({ conversationId, text });
      await this.house.act(this.backend.customerSays(conversationId, text));
    },
    open: ({ a, b }) => this.#tab(a)?.open(this.#place(b)),
    read: ({ a, b }) => this.#tab(a)?.read(this.#place(b)),
    report: async ({ a, b, c }) => {
      if (!this.house.up) return;
      const status = c % 10 < 9 ? STATUSES[c % 2]! : STATUSES[2 + ((c >> 8) % 2)]!;
      await this.house.act(this.backend.report(this.#place(a), b % 4, status));
    },
    retry: ({ a, b }) => this.#tab(a)?.retryFailed(this.#place(b)),
    assign: async ({ a, b }) => {
      if (!this.house.up) return;
      const agent = b % 3 === 0 ? undefined : this.backend.agents[b % this.backend.agents.length];
      await this.house.act(this.backend.assign(this.#place(a), agent));
    },
    cut: ({ a }) => this.#tab(a)?.wire.cut(),
    silence: ({ a, b }) => this.#tab(a)?.wire.goSilent(b % 3 !== 0, b % 3 !== 1),
    unplug: ({ a, b }) => {
      const tab = this.#tab(a);
      if (!tab) return;
      tab.wire.unplugged = true;
      tab.wire.cut();
      tab.wake('offline');
      this.clock.after(b % 40_000, () => {
        tab.wire.unplugged = false;
        if (tab.alive) tab.wake('online');
      });
    },
    weather: ({ a, b, c }) => {
      const tab = this.#tab(a);
      if (!tab) return;
      const share = (value: number, most: number) => ((value % 100) / 100) * most;
      tab.wire.weather = {
        lose: b % 2 ? share(b >> 8, 0.3) : 0,
        double: b % 3 ? share(b >> 16, 0.5) : 0,
        mix: c % 2 ? share(c >> 8, 0.5) : 0,
        delayMs: c % 4 ? (c >> 8) % 300 : (c >> 8) % 6000,
      };
    },
    wake: ({ a, b }) => this.#tab(a)?.wake(b % 2 ? 'visible' : 'online'),
    'server dies': async ({ a, b }) => {
      await this.house.crash(false, 200 + (a % 5000));
      if (b % 3 === 0) this.backend.sweep?.();
    },
    'server dies at a write': ({ a }) => {
      this.house.crashNext = a % 2 ? 'before' : 'after';
    },
    'other epoch': ({ a }) => this.house.crash(true, 200 + (a % 3000)),
    'tab dies': ({ a }) => this.#tab(a)?.die(),
    'tab dies at a write': ({ a, b }) => {
      const tab = this.#tab(a);
      if (tab) tab.vault.crashNext = b % 2 ? 'before' : 'after';
    },
    'new tab': ({ a }) => {
      if (this.#living().length < MOST_TABS) this.#openTab(a % this.#browsers.length);
    },
    'clock jumps': ({ a, b }) => {
      const tab = this.#tab(a);
      if (tab) tab.skewMs += (b % 7_200_000) - 3_600_000;
    },
    'disk full': ({ a, b }) => {
      const { disk } = this.#browsers[a % this.#browsers.length]!.home;
      disk.full = true;
      this.clock.after(b % 5000, () => (disk.full = false));
    },
    'wait long': ({ a }) => this.clock.advance(a % 70_000),
  };

  #living(): Tab[] {
    return this.tabs.filter(({ alive }) => alive);
  }

  #tab(choice: number): Tab | undefined {
    const living = this.#living();
    return living[choice % Math.max(1, living.length)];
  }

  #place(choice: number): string {
    const { conversationIds } = this.backend;
    return conversationIds[choice % conversationIds.length]!;
  }

  #openTab(browser: number): void {
    const { agentId, home } = this.#browsers[browser]!;
    this.tabs.push(
      new Tab({
        house: this.house,
        chance: new Chance(browser * 7919 + this.tabs.length),
        agentId,
        browser,
        number: this.tabs.length + 1,
        home,
        skewMs: 0,
      }),
    );
  }

  async #final(): Promise<Final> {
    const { backend } = this;
    const truth = await backend.truth();
    const kept = this.#browsers.flatMap(({ home }) => home.disk.rows());
    const rows = kept.filter((row) => row.kind === 'message');
    // In a conversation that is not theirs any more nobody decides about a held reply; what is behind it waits with it.
    const held = new Set(rows.filter(({ phase }) => phase === 'held').map(({ lane }) => lane));
    // A full disk may still say "queued" of what every screen shows as failed.
    const failed = new Set(
      rows.filter(({ phase, lane }) => phase === 'failed' || held.has(lane)).map(({ key }) => key),
    );
    for (const { conversationId, key } of rows)
      if (this.#living().some((tab) => tab.showsFailed(conversationId, key))) failed.add(key);
    const freshMessages = new Map<string, ChatMessage[]>();
    const freshConversations = new Map<string, Awaited<ReturnType<Backend['freshConversations']>>>();
    for (const agentId of backend.agents) {
      freshConversations.set(agentId, await backend.freshConversations(agentId));
      for (const id of backend.conversationIds)
        if (backend.sees(agentId, id)) freshMessages.set(`${agentId} ${id}`, await backend.freshMessages(agentId, id));
    }
    return {
      stored: truth.messages,
      conversations: truth.conversations,
      sees: (agentId, conversationId) => backend.sees(agentId, conversationId),
      freshMessages,
      freshConversations,
      screens: this.#living().map((tab) => tab.screen()),
      waiting: rows.filter(({ key }) => !failed.has(key)).map(({ message }) => message.content),
      keptAsFailed: failed,
      files: backend.files?.arrived ?? new Map(),
      keptFiles: new Map(rows.flatMap(({ key, attachment }) => (attachment ? [[key, textOf(attachment.blob)]] : []))),
    };
  }
}
