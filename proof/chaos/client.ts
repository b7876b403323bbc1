/** An agent's browser without a screen: the real store over a real socket, and storage that outlives the page. */
import { createChatStore } from '../../src/store/create-chat-store.js';
import type { ChatStore } from '../../src/store/chat-store.js';
import { browserWorld } from '../../src/store/browser-world.js';
import { inspectableVault } from '../../src/testing/inspectable-vault.js';
import { socketIoTransport } from '../../src/transport/socket-io.js';
import type { AgentPage, Sent, Shown } from './agent-page.js';

const FRESH_TOKEN_MS = 5 * 60_000;

export class ChaosClient implements AgentPage {
  store!: ChatStore;
  readonly sent: Sent[] = [];
  readonly problems: string[] = [];
  crashes = 0;
  readonly #vault = inspectableVault();
  #token: { text: string; at: number } | undefined;

  constructor(
    readonly agentId: string,
    /** Where to sign in, past the faults: the host's own server is another one. */
    readonly door: string,
    readonly url: string,
  ) {
    this.#open();
  }

  #open(): void {
    // A page that died answers nothing any more: what its storage is told afterwards must not count.
    const page = { dead: false };
    const vault = new Proxy(this.#vault, {
      get: (target, name) => {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          page.dead ? new Promise(() => undefined) : (member as (...all: unknown[]) => unknown).apply(target, args);
      },
    });
    const store = createChatStore({ world: browserWorld(), vault, agentId: this.agentId });
    store.onProtocolProblem(({ event, message }) => this.problems.push(`${event}: ${message}`));
    store.$inbox.listen(() => undefined);
    store.connect(
      socketIoTransport({ url: this.url, token: () => this.#signIn(), options: { reconnectionDelayMax: 2000 } }),
    );
    this.store = store;
    this.#died = new Promise((died) => {
      this.#kill = () => {
        page.dead = true;
        store.disconnectSocket();
        died(undefined);
      };
    });
  }

  #kill: () => void = () => undefined;
  #died: Promise<undefined> = Promise.resolve(undefined);

  /** The page dies with all it has in memory, and is opened again. */
  crash(): void {
    this.crashes++;
    this.#kill();
    this.#open();
  }

  close(): void {
    this.#kill();
  }

  async say(conversationId: string, text: string): Promise<void> {
    const { store } = this;
    const key = await Promise.race([store.sendMessage(conversationId, text), this.#died]);
    // A page that died in between has promised nothing.
    if (key !== undefined && store === this.store) this.sent.push({ key, conversationId, text });
  }

  look(conversationId: string): void {
    const { store } = this;
    const { messages, $first, $held } = store.thread(conversationId);
    messages.$ids.listen(() => undefined);
    $first.listen(() => undefined);
    // A colleague was faster: this agent says it all the same.
    $held.subscribe((held) => held && store.sendHeld(conversationId, held.key));
  }

  isQuiet(): boolean {
    return this.waiting() === 0 && this.store.$link.get().status === 'online';
  }

  waiting(): number {
    return [...this.#vault.rows.values()].filter(({ phase }) => phase !== 'failed').length;
  }

  failed(): string[] {
    return [...this.#vault.rows.values()]
      .filter((row) => row.kind === 'message' && row.phase === 'failed')
      .map(
        (row) => `${row.kind === 'message' ? row.message.content : ''}: ${row.failure?.code} ${row.failure?.message}`,
      );
  }

  shows(conversationId: string): Shown[] {
    const { messages } = this.store.thread(conversationId);
    return messages.$ids.get().map((key) => {
      const message = messages.get(key)!;
      return {
        key,
        text: message.content,
        delivery: message.delivery,
      };
    });
  }

  async #signIn(): Promise<string> {
    if (this.#token && Date.now() - this.#token.at < FRESH_TOKEN_MS) return this.#token.text;
    const answer = await fetch(`${this.door}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agentId: this.agentId }),
      signal: AbortSignal.timeout(5000),
    });
    if (!answer.ok) throw new Error(`sign-in answered ${answer.status}`);
    const { token } = (await answer.json()) as { token: string };
    this.#token = { text: token, at: Date.now() };
    return token;
  }
}
