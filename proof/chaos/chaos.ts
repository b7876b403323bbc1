/**
 * The real thing: the server as a process of its own that is killed again and again, agents' stores over real sockets
 * through a proxy that misbehaves, pages that die. At the end everything is healed, and the database is read by somebody
 * new: nothing lost, nothing doubled, in order, and every page shows what somebody new would see.
 */
import type { ChatMessage } from '../../src/contract/index.js';
import { DemoServer } from '../../e2e/demo-server.js';
import { Line } from '../../src/conformance/line.js';
import { socketIoTransport } from '../../src/transport/socket-io.js';
import { Chance } from '../sim/chance.js';
import { ChaosClient } from './client.js';
import { FaultProxy } from './fault-proxy.js';

export interface ChaosOptions {
  seed: number;
  messages: number;
  /** PostgreSQL; absent: the embedded database. */
  databaseUrl?: string;
  /** About so many kills of the server and of pages. */
  serverKills: number;
  pageKills: number;
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
  disconnects: number;
  seconds: number;
}

const AGENTS = ['marta', 'tomas', 'ines', 'jonas', 'marta', 'tomas'];
const PLACES = 3;

export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const started = performance.now();
  const chance = new Chance(options.seed);
  const say = options.say ?? (() => undefined);
  const env: Record<string, string> = { SANDBOX: 'off', LOG_LEVEL: 'error' };
  if (options.databaseUrl) env.DATABASE_URL = options.databaseUrl;
  const server = await DemoServer.launch(env);
  const proxies = await Promise.all(AGENTS.map(() => FaultProxy.open(server, chance.fork())));
  const clients = AGENTS.map((agentId, at) => new ChaosClient(agentId, server.url, proxies[at]!.url));
  try {
    await until(
      () => clients.every(({ store }) => store.$inbox.get().ready && store.conversations.size > 0),
      'all are there',
    );
    const run = new Run(options, chance, server, proxies, clients, say);
    await run.storm();
    say(`all is written after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    await run.heal();
    say(`all is sent after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return { ...(await run.verdict()), seconds: (performance.now() - started) / 1000 };
  } finally {
    for (const client of clients) client.close();
    for (const proxy of proxies) await proxy.close();
    await server.dispose();
  }
}

class Run {
  #serverKills = 0;
  #pageKills = 0;
  readonly #places: string[][];

  constructor(
    readonly options: ChaosOptions,
    readonly chance: Chance,
    readonly server: DemoServer,
    readonly proxies: FaultProxy[],
    readonly clients: ChaosClient[],
    readonly say: (words: string) => void,
  ) {
    this.#places = clients.map(({ store }, at) => {
      // Where a channel's reply window is closed, nothing could be sent however well it is delivered.
      const ids = store.conversations.$ids.get().filter((id) => isAlwaysOpen(store.conversations.get(id)));
      return Array.from({ length: PLACES }, (_, n) => ids[(at + n * 7) % ids.length]!);
    });
    clients.forEach((client, at) => this.#places[at]!.forEach((id) => client.look(id)));
  }

  /** Everybody writes, while things break; ends when all is written. */
  async storm(): Promise<void> {
    const { messages } = this.options;
    const each = Math.ceil(messages / this.clients.length);
    const total = each * this.clients.length;
    let written = 0;
    const writers = this.clients.map(async (client, at) => {
      for (let n = 1; n <= each; n++) {
        await client.say(this.#places[at]![n % PLACES]!, `${client.agentId} ${at}: message ${n}`);
        written++;
        // As much as a page keeps in hand before its agent waits: the outbox must work, not only grow.
        await until(() => client.waiting < 40, 'a page gets rid of what it has');
        await pause(this.chance.below(30));
      }
    });
    let over = false;
    void Promise.all(writers).finally(() => (over = true));
    // Kills are spread over what there is to write, so that a fast machine gets as many as a slow one.
    const due = (kills: number, done: number) => done < Math.ceil((written / total) * kills);
    while (!over) {
      await pause(50 + this.chance.below(150));
      if (due(this.options.pageKills, this.#pageKills)) this.#killPage();
      this.#disturb();
      if (due(this.options.serverKills, this.#serverKills)) await this.#killServer();
      if (this.chance.happens(0.02)) this.say(`${written} of ${total} written`);
    }
    await Promise.all(writers);
    // All is written, and much of it still waits: a good moment for what was not broken yet.
    while (this.#pageKills < this.options.pageKills) this.#killPage();
    if (this.#serverKills < this.options.serverKills) await this.#killServer();
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
    for (const id of this.#places[at]!) this.clients[at]!.look(id);
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
      () => {
        const now = this.clients.reduce((sum, client) => sum + client.waiting, 0);
        if (now < waiting) since = performance.now();
        waiting = Math.min(waiting, now);
        return this.clients.every((client) => client.isQuiet) || performance.now() - since > 120_000;
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
      for (const id of new Set(this.#places.flat())) stored.set(id, await wholeThread(reader, id));
      const different = await this.#differences(stored);
      const sent = this.clients.flatMap((client) => client.sent);
      const all = [...stored.values()].flat();
      const times = new Map<string, number>();
      for (const { content } of all) times.set(content, (times.get(content) ?? 0) + 1);
      return {
        database: this.options.databaseUrl ? 'postgresql' : 'embedded',
        messages: sent.length,
        stored: all.filter(({ content }) => /: message \d+$/.test(content)).length,
        lost: sent.filter(({ text }) => !times.has(text)).map(({ text }) => text),
        doubled: [...times].filter(([text, count]) => count > 1 && /: message \d+$/.test(text)).map(([text]) => text),
        disordered: this.clients.flatMap((client, at) => this.#disorder(client, at, stored)),
        different,
        failed: this.clients.flatMap((client) => client.failed),
        problems: this.clients.flatMap((client) => client.problems),
        serverKills: this.#serverKills,
        pageKills: this.#pageKills,
        disconnects: this.proxies.reduce((sum, { connections }) => sum + connections, 0) - this.proxies.length,
      };
    } finally {
      reader.close();
    }
  }

  #disorder(client: ChaosClient, at: number, stored: Map<string, ChatMessage[]>): string[] {
    return this.#places[at]!.flatMap((id) => {
      const wanted = client.sent.filter(({ conversationId }) => conversationId === id).map(({ text }) => text);
      const mine = new Set(wanted);
      const got = stored
        .get(id)!
        .map(({ content }) => content)
        .filter((text) => mine.has(text));
      const wrong = got.findIndex((text, index) => text !== wanted[index]);
      return wrong < 0 || got.length !== wanted.length
        ? []
        : [`${client.agentId} ${at}: ${got[wrong]} stands where ${wanted[wrong]} belongs`];
    });
  }

  /** Every page shows what is stored: waited for, because the last news may still be on its way. */
  async #differences(stored: Map<string, ChatMessage[]>): Promise<string[]> {
    const difference = () =>
      this.clients.flatMap((client, at) =>
        this.#places[at]!.flatMap((id) => {
          const shown = client.shows(id);
          const all = stored
            .get(id)!
            .map(({ clientMessageId, id: messageId, status }) => ({ key: clientMessageId ?? messageId, status }));
          const fresh = all.slice(Math.max(0, all.length - shown.length));
          const same =
            shown.length > 0 &&
            shown.every(({ key, delivery }, index) => key === fresh[index]?.key && delivery === fresh[index].status);
          if (same) return [];
          const place = shown.findIndex(
            ({ key, delivery }, index) => key !== fresh[index]?.key || delivery !== fresh[index].status,
          );
          const wrong = shown[place]
            ? `"${shown[place].text}" (${shown[place].delivery}) in place ${place}`
            : 'nothing';
          return [`page ${at} of ${client.agentId} shows ${shown.length} of ${all.length} in ${id}: ${wrong}`];
        }),
      );
    await until(() => difference().length === 0, 'all pages are the same', 90_000).catch(() => undefined);
    return difference();
  }
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

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean, what: string, withinMs = 180_000): Promise<void> {
  const limit = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`waited in vain until ${what}`);
    await pause(20);
  }
}
