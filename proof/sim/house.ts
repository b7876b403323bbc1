/** The server's side of the network: who is connected, the crashes, and what is written down about what was told. */
import type { Backend, BackendLink, CrashPoint, Said } from './backend.js';
import type { Clock } from './clock.js';
import type { History } from './history.js';

interface Member {
  link: BackendLink;
  say: (said: Said) => void;
  cut: () => void;
}

export class House {
  up = true;
  /** The next ask that changes something dies there. */
  crashNext: CrashPoint;
  crashes = 0;
  /** Set to hear every packet (TRACE=1). */
  trace: ((words: string) => void) | undefined;
  asks = 0;
  readonly #members = new Map<number, Member>();
  #connections = 0;

  constructor(
    readonly clock: Clock,
    readonly backend: Backend,
    readonly history: History,
  ) {}

  nextConnection(): number {
    return ++this.#connections;
  }

  join(link: BackendLink, say: Member['say'], cut: Member['cut']): void {
    this.#members.set(link.connection, { link, say, cut });
    this.backend.join(link);
  }

  leave(link: BackendLink): void {
    this.#members.delete(link.connection);
    this.backend.leave(link);
  }

  /** One ask arrives. */
  async hear(link: BackendLink, name: string, payload: unknown, ack: (answer: unknown) => void): Promise<void> {
    if (!this.up) return;
    this.asks++;
    const crash = CHANGES.has(name) ? this.crashNext : undefined;
    if (crash) this.crashNext = undefined;
    this.#tell(await this.backend.ask(link, name, payload, crash), link, ack);
    if (crash) await this.crash(false, 1500);
  }

  /** Something happens on the server by itself. */
  async act(work: Promise<Said[]>): Promise<void> {
    this.#tell(await work);
  }

  /** The process dies, and is back after a while. */
  async crash(otherEpoch: boolean, downMs: number): Promise<void> {
    if (!this.up) return;
    this.up = false;
    this.crashes++;
    for (const { cut } of [...this.#members.values()]) cut();
    this.#members.clear();
    await this.backend.restart(otherEpoch);
    this.clock.after(downMs, () => {
      this.up = true;
    });
  }

  #tell(said: Said[], asker?: BackendLink, ack?: (answer: unknown) => void): void {
    for (const one of said) {
      if (one.event === undefined) {
        if (asker && ack && one.to.connection === asker.connection) ack(one.payload);
        continue;
      }
      this.#watch(one);
      this.#members.get(one.to.connection)?.say(one);
    }
  }

  /** Was it theirs to hear, at the moment it was said. */
  #watch({ to: { agentId }, event, payload }: Said): void {
    if (event === 'conversation_removed' || typeof payload !== 'object' || payload === null) return;
    const { conversationId, id } = payload as { conversationId?: string; id?: string };
    const about = conversationId ?? (event === 'conversation_updated' ? id : undefined);
    if (about !== undefined && !this.backend.sees(agentId, about))
      this.history.leaks.push({ agentId, conversationId: about, event: event! });
  }
}

const CHANGES = new Set(['send_message', 'mark_as_read']);
