/** Who else of the team has a conversation open: told by the server where it announces `agents`. */
import type { Asking } from './asking.js';
import type { ChatState } from './chat-state.js';

export class Presence {
  readonly #state: ChatState;
  readonly #asking: Asking;
  /** Where each colleague is, by agent id. */
  readonly #viewing = new Map<string, string>();

  constructor(state: ChatState, asking: Asking) {
    this.#state = state;
    this.#asking = asking;
  }

  note(agentId: string, status: string, viewing: string | undefined): void {
    if (agentId === this.#state.$me.get()) return; // another tab of ours
    const before = this.#viewing.get(agentId);
    if (status === 'offline' || viewing === undefined) this.#viewing.delete(agentId);
    else this.#viewing.set(agentId, viewing);
    for (const conversationId of new Set([before, this.#viewing.get(agentId)])) {
      if (conversationId !== undefined) this.#tell(conversationId);
    }
  }

  #tell(conversationId: string): void {
    const here = [...this.#viewing].filter(([, at]) => at === conversationId).map(([agentId]) => agentId);
    this.#state.thread(conversationId).$viewers.set(here);
  }

  /** Tells the team what this agent has open. A loss is fine: the next one tells it again. */
  announce(conversationId: string | null): void {
    if (!this.#state.online || !this.#state.$features.get().agents) return;
    this.#asking.transport?.notify('view_conversation', { conversationId });
  }

  /** The link went: nobody knows who is where. */
  forget(): void {
    const places = new Set(this.#viewing.values());
    this.#viewing.clear();
    for (const conversationId of places) this.#tell(conversationId);
  }
}
