/** A store in front of a wire that says whatever it is told to say, and one look at everything the store knows. */
import { createChatStore } from '../../src/store/create-chat-store.js';
import type { ChatStore } from '../../src/store/chat-store.js';
import { offerEngine } from '../../src/store/engine-code.js';
import { Engine } from '../../src/store/engine.js';
import type { Sink, Transport } from '../../src/transport/transport.js';
import { Clock } from '../sim/clock.js';
import type { Chance } from '../sim/chance.js';

const AT = '2026-11-22T10:00:00.000Z';
const dated = { createdAt: AT, updatedAt: AT };

export const goodConversations = () =>
  ['c1', 'c2'].map((id, index) => ({
    id,
    prospectId: `p${index + 1}`,
    platform: 'whatsapp',
    status: 'active',
    lastActivity: AT,
    unreadCount: 0,
    tags: [],
    isClientConverted: false,
    rev: 3,
    lastSeq: 3,
    readSeq: 3,
    ...dated,
  }));
export const goodMessages = (conversationId: string) =>
  ['m1', 'm2', 'm3'].map((id, index) => ({
    id: conversationId === 'c1' ? id : `${conversationId}-${id}`,
    conversationId,
    senderId: 'p1',
    senderType: 'prospect',
    content: `text ${index}`,
    messageType: 'text',
    platform: 'whatsapp',
    timestamp: AT,
    status: 'delivered',
    seq: index + 1,
    rev: index + 1,
  }));
const sync = { v: 1, epoch: 'e1', head: 10, features: { typing: true, clients: true, agents: { me: 'anna' } } };

/** What a healthy server answers. */
const GOOD: Readonly<Record<string, (payload: { conversationId?: string; ids?: string[] }) => unknown>> = {
  load_conversations: ({ ids }) => ({
    conversations: goodConversations().filter(({ id }) => !ids || ids.includes(id)),
    hasMore: false,
  }),
  load_messages: ({ conversationId = 'c1' }) => ({
    messages: goodMessages(conversationId),
    rev: 3,
    lastSeq: 3,
    hasMore: false,
  }),
  load_prospects: () => ({ prospects: [] }),
  load_clients: () => ({ clients: [] }),
  load_agents: () => ({ agents: [] }),
};

export class FuzzStage {
  readonly clock = new Clock(Date.parse(AT));
  readonly store: ChatStore;
  readonly problems: string[] = [];
  /** The next answer to an ask of this name, instead of the good one. */
  readonly next = new Map<string, unknown>();
  sink!: Sink;

  constructor(chance: Chance) {
    const { clock } = this;
    let keys = 0;
    const transport: Transport = {
      open: (sink) => {
        this.sink = sink;
        sink.status({ state: 'open' });
      },
      request: (name, payload) => {
        const has = this.next.has(name);
        const answer = this.next.get(name);
        this.next.delete(name);
        const good = GOOD[name]?.((payload ?? {}) as never) ?? {};
        return Promise.resolve(has ? answer : { ok: true, data: good, ...(name.startsWith('load_') ? { sync } : {}) });
      },
      notify: () => undefined,
      close: () => undefined,
    };
    offerEngine(Engine); // no code comes by a network here
    this.store = createChatStore({
      transport,
      agentId: 'anna',
      world: {
        now: () => clock.now,
        random: chance.next,
        uuid: () => `00000000-0000-7000-8000-${String(++keys).padStart(12, '0')}`,
        after: (ms, run) => clock.after(ms, run),
        // At once: what a bad payload does must show without the clock, whose timers belong to others.
        frame: (run) => {
          void Promise.resolve().then(run);
          return () => undefined;
        },
        onWake: () => () => undefined,
      },
    });
    this.store.onProtocolProblem(({ event, message }) => this.problems.push(`${event}: ${message}`));
    this.store.$inbox.listen(() => undefined);
  }

  async open(): Promise<void> {
    await this.clock.advance(10);
    this.store.setActiveConversation('c1');
    // Looked at all the time, so that a look of ours is not what makes something load.
    for (const id of ['c1', 'c2']) {
      const { messages, $first } = this.store.thread(id);
      messages.$ids.listen(() => undefined);
      $first.listen(() => undefined);
    }
    await this.clock.advance(10);
  }

  /** Everything that can be known, as text. */
  look(): string {
    const { store } = this;
    const list = (keyed: { $ids: { get(): readonly string[] }; get(id: string): unknown }) =>
      keyed.$ids.get().map((id) => keyed.get(id));
    return JSON.stringify([
      list(store.conversations),
      list(store.prospects),
      list(store.clients),
      list(store.agents),
      ['c1', 'c2'].map((id) => {
        const { messages, $first, $older, $typing } = store.thread(id);
        return [list(messages), $first.get(), $older.get(), $typing.get()];
      }),
      store.$settings.get() ?? null,
      store.$features.get(),
      store.$unreadTotal.get(),
      store.$activeId.get(),
      store.$link.get().level ?? null,
    ]);
  }
}
