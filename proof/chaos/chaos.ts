/**
 * The real thing: the server as a process of its own that is killed again and again, agents' stores over real sockets
 * through a proxy that misbehaves, pages that die, and real browsers with the built inbox, killed too. At the end everything is healed, and the database is read by somebody
 * new: nothing lost, nothing doubled, in order, and every page shows what somebody new would see.
 */
import type { ChatMessage } from '../../src/contract/index.js';
import { DemoServer } from '../../e2e/demo-server.js';
import { Line } from '../../src/conformance/line.js';
import { socketIoTransport } from '../../src/transport/socket-io.js';
import { Chance } from '../sim/chance.js';
import type { AgentPage, Shown } from './agent-page.js';
import { BrowserPage, killMoments } from './browser-page.js';
import { ChaosClient } from './client.js';
import { FaultProxy } from './fault-proxy.js';
import { PageSite } from './page-site.js';
import { pause, until } from './until.js';

export interface ChaosOptions {
  seed: number;
  messages: number;
  /** PostgreSQL; absent: the embedded database. */
  databaseUrl?: string;
  /** About so many kills of the server and of pages. */
  serverKills: number;
  pageKills: number;
  /** Real browsers with the built inbox (dist/ must be there), and how often they are killed, all together. */
  browsers: number;
  browserKills: number;
  say?: (words: string) => void;
}

export interface ChaosReport {
  database: 'embedded' | 'postgresql';
  messages: number;
  stored: number;
  lost: string[];
  doubled: string[];
  disordered: string[];
  different: string[];
  failed: string[];
  problems: string[];
  serverKills: number;
  pageKills: number;
  browsers: number;
  browserKills: number;
  /** Of `messages`, those that were written in real browsers. */
  browserMessages: number;
  disconnects: number;
  seconds: number;
}

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
  const site = await PageSite.open(server.url);
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
  #pageKills = 0;
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
      this.#disturb();
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
    const bursts: { conversationId: string; text: string }[][] = [];
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
      await browser.write(burst, moments.has(index) ? chance.below(burst.length + 1) : undefined);
      wrote(burst.length);
      await until(async () => (await browser.waiting()) < IN_HAND, 'a browser gets rid of what it has');
    }
  }

  async #killServer(): Promise<void> {
    this.#serverKills++;
    await this.server.end('SIGKILL');
    await this.server.start();
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
    const reader = await openReader(this.server);
    const stored = new Map<string, ChatMessage[]>();
    try {
      for (const id of new Set(this.places.flat())) stored.set(id, await wholeThread(reader, id));
      const different = await this.#differences(stored);
      const texts = new Map([...stored].map(([id, all]) => [id, all.map(({ content }) => content).filter(isOurs)]));
      for (const browser of this.browsers) different.push(...(await browser.painting(texts)));
      const failed = (await Promise.all(this.#pages.map((page) => page.failed()))).flat();
      const sent = this.#pages.flatMap((page) => page.sent);
      const all = [...stored.values()].flat();
      const times = new Map<string, number>();
      for (const { content } of all) times.set(content, (times.get(content) ?? 0) + 1);
      return {
        database: this.options.databaseUrl ? 'postgresql' : 'embedded',
        messages: sent.length,
        stored: all.filter(({ content }) => isOurs(content)).length,
        lost: sent.filter(({ text }) => !times.has(text)).map(({ text }) => text),
        doubled: [...times].filter(([text, count]) => count > 1 && isOurs(text)).map(([text]) => text),
        disordered: this.#pages.flatMap((page, at) => this.#disorder(page, at, stored)),
        different,
        failed,
        problems: this.#pages.flatMap((page) => page.problems),
        serverKills: this.#serverKills,
        pageKills: this.#pageKills,
        browsers: this.browsers.length,
        browserKills: this.browsers.reduce((sum, { kills }) => sum + kills, 0),
        browserMessages: this.browsers.reduce((sum, browser) => sum + browser.sent.length, 0),
        disconnects: this.proxies.reduce((sum, { connections }) => sum + connections, 0) - this.proxies.length,
      };
    } finally {
      reader.close();
    }
  }

  #disorder(page: AgentPage, at: number, stored: Map<string, ChatMessage[]>): string[] {
    return this.places[at]!.flatMap((id) => {
      const wanted = page.sent.filter(({ conversationId }) => conversationId === id).map(({ text }) => text);
      const mine = new Set(wanted);
      const got = stored
        .get(id)!
        .map(({ content }) => content)
        .filter((text) => mine.has(text));
      const wrong = got.findIndex((text, index) => text !== wanted[index]);
      return wrong < 0 || got.length !== wanted.length
        ? []
        : [`${page.agentId} ${at}: ${got[wrong]} stands where ${wanted[wrong]} belongs`];
    });
  }

  /** Every page shows what is stored: waited for, because the last news may still be on its way. */
  async #differences(stored: Map<string, ChatMessage[]>): Promise<string[]> {
    const look = async () => {
      const found = this.#pages.map(async (page, at) => {
        const shown = this.places[at]!.map(async (id) => difference(await page.shows(id), stored.get(id)!, id));
        return (await Promise.all(shown)).flatMap((words) => (words ? [`page ${at} of ${page.agentId} ${words}`] : []));
      });
      return (await Promise.all(found)).flat();
    };
    await until(async () => (await look()).length === 0, 'all pages are the same', 90_000).catch(() => undefined);
    return look();
  }
}

const isOurs = (text: string) => /: message \d+$/.test(text);

/** What a page shows of a conversation must be the end of what is stored of it. */
function difference(shown: Shown[], stored: ChatMessage[], id: string): string | undefined {
  const fresh = stored.slice(Math.max(0, stored.length - shown.length));
  const isSame = ({ key, delivery }: Shown, at: number) =>
    key === (fresh[at]?.clientMessageId ?? fresh[at]?.id) && delivery === fresh[at]?.status;
  if (shown.length > 0 && shown.every(isSame)) return undefined;
  const place = shown.findIndex((one, at) => !isSame(one, at));
  const wrong = shown[place] ? `"${shown[place].text}" (${shown[place].delivery}) in place ${place}` : 'nothing';
  return `shows ${shown.length} of ${stored.length} in ${id}: ${wrong}`;
}

const isAlwaysOpen = (conversation: { replyWindowEndsAt?: string | undefined } | undefined) =>
  conversation !== undefined && conversation.replyWindowEndsAt === undefined;

/** All of a conversation, page by page, asked over a bare connection: past everything that is under test. */
async function wholeThread(reader: Line, conversationId: string): Promise<ChatMessage[]> {
  const found: ChatMessage[] = [];
  for (let before: number | undefined; ; before = found[0]!.seq) {
    const { ok, data, error } = await reader.ask('load_messages', {
      conversationId,
      limit: 200,
      ...(before === undefined ? {} : { before }),
    });
    if (!ok) throw new Error(`the reader was refused: ${error?.message}`);
    found.unshift(...(data.messages as ChatMessage[]));
    if (!data.hasMore) return found;
  }
}

async function openReader(server: DemoServer): Promise<Line> {
  const answer = await fetch(`${server.url}/api/demo/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ agentId: 'marta' }),
  });
  const { token } = (await answer.json()) as { token: string };
  const line = new Line(socketIoTransport({ url: server.url, token }), {
    ackMs: 30_000,
    connectMs: 30_000,
    eventMs: 30_000,
  });
  const { ok, reason } = await line.connected();
  if (!ok) throw new Error(`the reader was not let in: ${reason}`);
  return line;
}
