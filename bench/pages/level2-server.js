/** A back end at level 2 inside the page: as fast as an answer can be, so that what is measured is the library. */
const EPOCH = 'bench';

export class Level2Server {
  conversations = [];
  prospects = [];
  /** Conversation id → its messages, oldest first, and how many of the newest a first page brings. */
  histories = new Map();
  /** Does not remember what is said from now on: for runs that weigh the page. */
  forgetful = false;
  #sink;
  #held;
  #state = 'closed';

  constructor() {
    this.transport = {
      open: (sink) => {
        this.#sink = sink;
        this.#state = 'open';
        queueMicrotask(() => sink.status({ state: 'open' }));
      },
      request: async (name, payload) => {
        const answer = this.#answer(name, payload ?? {});
        if (name === 'load_messages' && payload.before !== undefined && this.#held) await this.#held;
        return {
          ok: true,
          // As it would come off a wire: objects of its own, texts in one piece.
          data: structuredClone(answer),
          sync: { v: 1, epoch: EPOCH, head: 1, features: { agents: { me: 'agent-1' } } },
        };
      },
      notify() {},
      close: () => (this.#state = 'closed'),
    };
  }

  /** Older pages wait until the returned function is called. */
  hold() {
    let release;
    this.#held = new Promise((resolve) => (release = resolve));
    return () => {
      this.#held = undefined;
      release();
    };
  }

  say(message) {
    const history = this.histories.get(message.conversationId);
    if (!this.forgetful) history?.messages.push(message);
    this.#sink.event('new_message', { ...message, _sync: { e: EPOCH, r: message.rev, s: message.seq } });
  }

  cut() {
    this.#sink.status({ state: 'down' });
  }

  back() {
    this.#sink.status({ state: 'open' });
  }

  tell(name, payload) {
    this.#sink.event(name, payload);
  }

  #answer(name, ask) {
    if (name === 'load_conversations') {
      if (ask.since) return { conversations: [], removed: [], hasMore: false };
      return { conversations: this.conversations, prospects: this.prospects, hasMore: false };
    }
    if (name === 'load_messages') return this.#page(ask);
    if (name === 'load_prospects') return { prospects: this.prospects, hasMore: false };
    if (name === 'load_clients') return { clients: [], hasMore: false };
    if (name === 'load_agents') return { agents: [{ id: 'agent-1', name: 'Marta Reis', status: 'online' }] };
    return {};
  }

  #page(ask) {
    const history = this.histories.get(ask.conversationId) ?? { messages: [], first: 50 };
    const all = history.messages;
    if (ask.sinceRev !== undefined) {
      const messages = all.filter((message) => message.rev > ask.sinceRev);
      return { messages, rev: all.length, lastSeq: all.at(-1)?.seq ?? 0, hasMore: false };
    }
    const end = ask.before === undefined ? all.length : all.findIndex((message) => message.seq >= ask.before);
    const start = Math.max(0, end - (ask.before === undefined ? history.first : 50));
    return {
      messages: all.slice(start, end),
      rev: all.at(-1)?.rev ?? 0,
      lastSeq: all.at(-1)?.seq ?? 0,
      hasMore: start > 0,
    };
  }
}
