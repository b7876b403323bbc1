/**
 * The real thing: the server as a process of its own that is killed again and again, agents' stores over real sockets
 * through a proxy that misbehaves, pages that die, and real browsers with the built inbox, killed too. At the end everything is healed, and the database is read by somebody
 * new: nothing lost, nothing doubled, in order, and every page shows what somebody new would see.
 */
import { DemoServer } from '../../e2e/demo-server.js';
import { Chance } from '../sim/chance.js';
import type { AgentPage } from './agent-page.js';
import { BrowserPage, killMoments } from './browser-page.js';
import { check, differences, isOurs, type Faults, type PageAtTheEnd, type Stored } from './checker.js';
import { ChaosClient } from './client.js';
import { FaultProxy } from './fault-proxy.js';
import { PageSite } from './page-site.js';
import { Reader } from './reader.js';
import { pause, until } from './until.js';

export interface ChaosOptions {
  seed: number;
  messages: number;
  /** PostgreSQL; absent: the embedded database. */
  databaseUrl?: string;
  /** About so many kills of the server and of pages. */
  serverKills: number;
  pageKills: number;
  /** Real browsers with the built inbox, and how often they are killed, all together. */
  browsers: number;
  browserKills: number;
  /** The folder with crm-chat.bundle.js. Default: dist/, which must be there. */
  built?: string;
  /** Nothing is wrong with the network but what a kill needs. */
  isCalm?: boolean;
  say?: (words: string) => void;
}

export interface ChaosReport extends Faults {
  database: 'embedded' | 'postgresql';
  messages: number;
  stored: number;
  serverKills: number;
  /** From starting it again to its first good answer, at the slowest. */
  slowestRestartMs: number;
  pageKills: number;
  browsers: number;
  browserKills: number;
  /** Of the kills of browsers, those of one that had no connection. */
  offlineKills: number;
  /** Of `messages`, those that were written in real browsers. */
  browserMessages: number;
  disconnects: number;
  seconds: number;
}

type Words = { conversationId: string; text: string };

const AGENTS = ['marta', 'tomas', 'ines', 'jonas', 'marta', 'tomas'];
const BROWSER_AGENTS = ['ines', 'marta'];
const PLACES = 3;
/** At most so many are written at once in a browser. */
const BURST = 6;
/** As much as a page keeps in hand before its agent waits: the outbox must work, not only grow. */
const IN_HAND = 40;

export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const started = performance.now();
  const chance = new Chance(options.seed);
  const say = options.say ?? (() => undefined);
  const env: Record<string, string> = { SANDBOX: 'off', LOG_LEVEL: 'error' };
  if (options.databaseUrl) env.DATABASE_URL = options.databaseUrl;
  const server = await DemoServer.launch(env);
  const everybody = [...AGENTS, ...BROWSER_AGENTS.slice(0, options.browsers)];
  const proxies = await Promise.all(everybody.map(() => FaultProxy.open(server, chance.fork())));
  const clients = AGENTS.map((agentId, at) => new ChaosClient(agentId, server.url, proxies[at]!.url));
  const site = await PageSite.open(server.url, options.built);
  const browsers: BrowserPage[] = [];
  try {
    await until(
      () => clients.every(({ store }) => store.$inbox.get().ready && store.conversations.size > 0),
      'all are there',
    );
    // Where a channel's reply window is closed, nothing could be sent however well it is delivered.
    const places = everybody.map((agentId, at) => {
      const { conversations } = clients.find((client) => client.agentId === agentId)!.store;
      const ids = conversations.$ids.get().filter((id) => isAlwaysOpen(conversations.get(id)));
      return Array.from({ length: PLACES }, (_, n) => ids[(at + n * 7) % ids.length]!);
    });
    for (const [n, agentId] of BROWSER_AGENTS.slice(0, options.browsers).entries()) {
      const at = AGENTS.length + n;
      const wires = { site: site.url, server: proxies[at]!.url };
      browsers.push(await BrowserPage.open({ agentId, mine: `${agentId} ${at}: `, ...wires, places: places[at]! }));
    }
    say(`all are there after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    const run = new Run(options, chance, server, proxies, clients, browsers, places, say);
    await run.storm();
    say(`all is written after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    await run.heal();
    say(`all is sent after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return { ...(await run.verdict()), seconds: (performance.now() - started) / 1000 };
  } finally {
    for (const client of clients) client.close();
    for (const browser of browsers) await browser.close();
    await site.close();
    for (const proxy of proxies) await proxy.close();
    await server.dispose();
  }
}

class Run {
  #serverKills = 0;
  #slowestRestartMs = 0;
  #pageKills = 0;
  #offlineKills = 0;
  /** All that write: first the stores without a screen, then the browsers. */
  readonly #pages: readonly AgentPage[];

  constructor(
    readonly options: ChaosOptions,
    readonly chance: Chance,
    readonly server: DemoServer,
    readonly proxies: FaultProxy[],
    readonly clients: ChaosClient[],
    readonly browsers: BrowserPage[],
    /** Where each of them writes. */
    readonly places: string[][],
    readonly say: (words: string) => void,
  ) {
    this.#pages = [...clients, ...browsers];
    clients.forEach((client, at) => places[at]!.forEach((id) => client.look(id)));
  }

  /** Everybody writes, while things break; ends when all is written. */
  async storm(): Promise<void> {
    const each = Math.ceil(this.options.messages / this.#pages.length);
    const total = each * this.#pages.length;
    let written = 0;
    const writers = [
      ...this.clients.map(async (client, at) => {
        for (let n = 1; n <= each; n++) {
          await client.say(this.places[at]![n % PLACES]!, `${client.agentId} ${at}: message ${n}`);
          written++;
          await until(() => client.waiting() < IN_HAND, 'a page gets rid of what it has');
          await pause(this.chance.below(30));
        }
      }),
      ...this.browsers.map((browser, n) => this.#writeInBrowser(browser, n, each, (count) => (written += count))),
    ];
    let over = false;
    const all = Promise.all(writers);
    void all.then(
      () => (over = true),
      () => (over = true),
    );
    // Kills are spread over what there is to write, so that a fast machine gets as many as a slow one.
    const due = (kills: number, done: number) => done < Math.ceil((written / total) * kills);
    while (!over) {
      await pause(50 + this.chance.below(150));
      if (due(this.options.pageKills, this.#pageKills)) this.#killPage();
      if (!this.options.isCalm) this.#disturb();
      if (due(this.options.serverKills, this.#serverKills)) await this.#killServer();
      if (this.chance.happens(0.02)) this.say(`${written} of ${total} written`);
    }
    await all;
    // All is written, and much of it still waits: a good moment for what was not broken yet.
    while (this.#pageKills < this.options.pageKills) this.#killPage();
    if (this.#serverKills < this.options.serverKills) await this.#killServer();
  }

  /** In bursts, and in some of them the browser dies: which, and how far it came, is the seed's choice. */
  async #writeInBrowser(browser: BrowserPage, nth: number, each: number, wrote: (n: number) => void): Promise<void> {
    const chance = new Chance(this.options.seed * 1000 + nth);
    const at = this.clients.length + nth;
    const bursts: Words[][] = [];
    for (let n = 1; n <= each;) {
      const size = Math.min(1 + chance.below(BURST), each - n + 1);
      bursts.push(
        Array.from({ length: size }, (_, k) => ({
          conversationId: this.places[at]![(n + k) % PLACES]!,
          text: `${browser.agentId} ${at}: message ${n + k}`,
        })),
      );
      n += size;
    }
    const share = Math.ceil((this.options.browserKills - nth) / this.browsers.length);
    const moments = killMoments(chance, bursts.length, share);
    for (const [index, burst] of bursts.entries()) {
      if (!moments.has(index)) await browser.write(burst);
      else if (browser.kills % 2 === 0) await this.#killOffline(browser, this.proxies[at]!, burst, chance);
      else await browser.write(burst, chance.below(burst.length + 1));
      wrote(burst.length);
      await until(async () => (await browser.waiting()) < IN_HAND, 'a browser gets rid of what it has');
    }
  }

  /** Every second kill meets a browser that has no connection: what it shows is in its own storage then, or nowhere. */
  async #killOffline(browser: BrowserPage, proxy: FaultProxy, burst: Words[], chance: Chance): Promise<void> {
    this.#offlineKills++;
    proxy.unplug();
    await until(async () => !(await browser.isOnline()), 'the browser notices that it is offline');
    await browser.write(burst, 1 + chance.below(burst.length));
    proxy.plugIn();
  }

  async #killServer(): Promise<void> {
    this.#serverKills++;
    await this.server.end('SIGKILL');
    const ended = performance.now();
    await this.server.start();
    this.#slowestRestartMs = Math.max(this.#slowestRestartMs, performance.now() - ended);
  }

  #killPage(): void {
    this.#pageKills++;
    const at = this.chance.below(this.clients.length);
    this.clients[at]!.crash();
    for (const id of this.places[at]!) this.clients[at]!.look(id);
  }

  #disturb(): void {
    const proxy = this.chance.pick(this.proxies);
    const faults: (() => void)[] = [
      () => proxy.reset(),
      () => proxy.set('both', { latencyMs: this.chance.below(200), jitterMs: this.chance.below(100) }),
      () => proxy.set(this.chance.pick(['up', 'down']), { bandwidth: 20_000 + this.chance.below(50_000) }),
      () => proxy.set(this.chance.pick(['up', 'down']), { slice: 1 + this.chance.below(60) }),
      () => {
        // A hole of a second or two; now and then one that both sides find out only by the missed heartbeat.
        proxy.set(this.chance.pick(['up', 'down', 'both']), { blackHole: true });
        setTimeout(
          () => {
            proxy.heal();
            proxy.reset();
          },
          500 + this.chance.below(this.chance.happens(0.1) ? 18_000 : 1500),
        ).unref();
      },
      () => proxy.heal(),
    ];
    this.chance.pick(faults)();
  }

  async heal(): Promise<void> {
    for (const proxy of this.proxies) {
      proxy.heal();
      proxy.reset();
    }
    let waiting = Infinity;
    let since = performance.now();
    // As long as it goes on, it may take its time; two minutes without a step is a failure.
    await until(
      async () => {
        const counts = await Promise.all(this.#pages.map((page) => page.waiting()));
        const now = counts.reduce((sum, count) => sum + count, 0);
        if (now < waiting) since = performance.now();
        waiting = Math.min(waiting, now);
        const quiet = await Promise.all(this.#pages.map((page) => page.isQuiet()));
        return quiet.every(Boolean) || performance.now() - since > 120_000;
      },
      'everything is sent',
      Infinity,
    );
    // Beyond the answers: the last events, and what the digest finds.
    for (const client of this.clients) client.store.loadMoreConversations();
  }

  async verdict(): Promise<Omit<ChaosReport, 'seconds'>> {
    const reader = await Reader.open(this.server.url);
    try {
      const stored: Stored = new Map(
        await Promise.all([...new Set(this.places.flat())].map(async (id) => [id, await reader.thread(id)] as const)),
      );
      const pages = await this.#pagesAtTheEnd(stored);
      const faults = check(pages, stored);
      const texts = new Map([...stored].map(([id, all]) => [id, all.map(({ content }) => content).filter(isOurs)]));
      for (const browser of this.browsers) faults.different.push(...(await browser.painting(texts)));
      return {
        ...faults,
        database: this.options.databaseUrl ? 'postgresql' : 'embedded',
        messages: this.#pages.reduce((sum, { sent }) => sum + sent.length, 0),
        stored: [...texts.values()].reduce((sum, { length }) => sum + length, 0),
        serverKills: this.#serverKills,
        slowestRestartMs: this.#slowestRestartMs,
        pageKills: this.#pageKills,
        browsers: this.browsers.length,
        browserKills: this.browsers.reduce((sum, { kills }) => sum + kills, 0),
        offlineKills: this.#offlineKills,
        browserMessages: this.browsers.reduce((sum, browser) => sum + browser.sent.length, 0),
        disconnects: this.proxies.reduce((sum, { connections }) => sum + connections, 0) - this.proxies.length,
      };
    } finally {
      reader.close();
    }
  }

  /** Each as it is when it shows what is stored: waited for, because the last news may still be on their way. */
  async #pagesAtTheEnd(stored: Stored): Promise<PageAtTheEnd[]> {
    const look = () =>
      Promise.all(
        this.#pages.map(async (page, at) => {
          const shown = this.places[at]!.map(async (id) => [id, await page.shows(id)] as const);
          return { name: `page ${at} of ${page.agentId}`, shows: new Map(await Promise.all(shown)) };
        }),
      );
    const isSame = async () => (await look()).every((page) => differences(page, stored).length === 0);
    await until(isSame, 'all pages are the same', 90_000).catch(() => undefined);
    const screens = await look();
    return Promise.all(
      this.#pages.map(async (page, at) => ({
        ...screens[at]!,
        sent: page.sent,
        failed: await page.failed(),
        waiting: await page.waiting(),
        problems: page.problems,
      })),
    );
  }
}

const isAlwaysOpen = (conversation: { replyWindowEndsAt?: string | undefined } | undefined) =>
  conversation !== undefined && conversation.replyWindowEndsAt === undefined;
