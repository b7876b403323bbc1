/**
 * An agent comes back after hours: the real store over a real socket, to a server that has gone on without it. How long
 * until the agent can go on, how long until nothing is missing, and how many questions it took.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { browserWorld } from '../../src/store/browser-world.js';
import { createChatStore } from '../../src/store/create-chat-store.js';
import type { ChatStore } from '../../src/store/chat-store.js';
import { inspectableVault } from '../../src/testing/inspectable-vault.js';
import { socketIoTransport } from '../../src/transport/socket-io.js';
import type { Transport } from '../../src/transport/transport.js';
import { until } from '../chaos/until.js';

const CONVERSATIONS = 200;
/** So many of them the agent had open before. */
const VISITED = 40;

export interface Absence {
  database: string;
  missed: number;
  conversations: number;
  /** Milliseconds since the way to the server was free again. */
  usableMs: number;
  completeMs: number;
  /** Questions until then. */
  asks: number;
  /** And for a conversation of before that is looked at again. */
  anotherMs: number;
  faults: string[];
}

/** @param missed a multiple of the number of conversations, 200 */
export async function absence(missed: number): Promise<Absence> {
  const office = await Office.open();
  const { url, token, kind } = office;
  const counts = { asks: 0 };
  const wire = () => counting(socketIoTransport({ url, token }), counts);
  const store = createChatStore({ world: browserWorld(), vault: inspectableVault(), agentId: 'sam' });
  const problems: string[] = [];
  store.onProtocolProblem(({ event, message }) => problems.push(`${event}: ${message}`));
  store.$inbox.listen(() => undefined);
  store.connect(wire());
  try {
    await until(() => store.$inbox.get().ready && store.$link.get().upToDateAt !== undefined, 'the list is there');
    await until(() => {
      if (store.conversations.size < CONVERSATIONS) store.loadMoreConversations();
      return store.conversations.size === CONVERSATIONS;
    }, 'the whole list is there');
    const ids = [...store.conversations.$ids.get()].slice(0, VISITED);
    for (const id of ids) {
      store.setActiveConversation(id);
      await until(() => store.thread(id).messages.size > 0, 'a conversation is there');
    }
    const [open, another] = [ids.at(-1)!, ids[0]!];
    store.disconnectSocket();
    const unread = store.$unreadTotal.get();
    const lastSeq = await office.miss(missed);

    const isWhole = (id: string) => seqs(store, id).length === lastSeq && seqs(store, id).at(-1) === lastSeq;
    counts.asks = 0;
    const back = performance.now();
    const since = () => performance.now() - back;
    store.connect(wire());
    const isCaughtUp = () =>
      store.$link.get().status === 'online' && store.conversations.get(open)?.lastSeq === lastSeq;
    await soon(() => isCaughtUp() && isWhole(open), 'the agent can go on');
    const usableMs = since();
    const areRowsRight = () =>
      store.conversations.$ids.get().every((id) => store.conversations.get(id)?.lastSeq === lastSeq);
    await soon(() => areRowsRight() && store.$unreadTotal.get() === unread + missed, 'nothing is missing');
    const completeMs = since();
    const { asks } = counts;
    const looked = performance.now();
    store.setActiveConversation(another);
    await soon(() => isWhole(another), 'a conversation of before is whole');
    const anotherMs = performance.now() - looked;
    const faults = [
      ...problems,
      ...[open, another].filter((id) => seqs(store, id).some((seq, at) => seq !== at + 1)).map((id) => `${id}: a hole`),
      ...(store.conversations.size === CONVERSATIONS ? [] : [`${store.conversations.size} conversations`]),
    ];
    return { database: kind, missed, conversations: CONVERSATIONS, usableMs, completeMs, asks, anotherMs, faults };
  } finally {
    store.disconnectSocket();
    await office.close();
  }
}

const seqs = (store: ChatStore, id: string): number[] => {
  const { messages } = store.thread(id);
  return messages.$ids.get().map((key) => messages.get(key)?.seq ?? 0);
};

/** As `until`, but looks at every turn of the event loop: it is the time that is measured. */
async function soon(holds: () => boolean, what: string): Promise<void> {
  const limit = performance.now() + 120_000;
  while (!holds()) {
    if (performance.now() > limit) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

function counting(transport: Transport, counts: { asks: number }): Transport {
  return new Proxy(transport, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (name === 'request' || name === 'notify') counts.asks++;
        return (member as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

class Office {
  private constructor(
    readonly process: ChildProcess,
    readonly url: string,
    readonly token: string,
    readonly kind: string,
  ) {}

  static async open(): Promise<Office> {
    const file = fileURLToPath(new URL('./office.ts', import.meta.url));
    const env = { ...process.env, CONVERSATIONS: String(CONVERSATIONS) };
    const child = fork(file, [], { execArgv: ['--import', 'tsx'], env });
    const { url, token, kind } = await said<{ url: string; token: string; kind: string }>(child);
    return new Office(child, url, token, kind);
  }

  /** Customers write; answers the number of the last message that each conversation has then. */
  async miss(messages: number): Promise<number> {
    const told = said<{ lastSeq: number }>(this.process);
    this.process.send({ messages });
    return (await told).lastSeq;
  }

  async close(): Promise<void> {
    const gone = once(this.process, 'exit');
    this.process.send('end');
    const late = setTimeout(() => this.process.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(late);
  }
}

function said<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (words) => resolve(words as T));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}
