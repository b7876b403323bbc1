/** Who is typing: what others say of themselves, and what we say of this agent. */
import type { Asking } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { Typist } from './state.js';

/** A "typing" that is never taken back (the other side crashed) ends by itself. */
export const TYPING_LASTS_MS = 6000;
/** An agent who types is announced at most so often. */
const ANNOUNCED_EVERY_MS = 3000;

export class Typing {
  readonly #state: ChatState;
  readonly #asking: Asking;
  /** Ways to call off what ends by itself, by conversation and typist. */
  readonly #ends = new Map<string, () => void>();
  /** When it was last told of a conversation that this agent types there; also after that was taken back. */
  readonly #toldAt = new Map<string, number>();
  /** Where the others believe this agent to be typing. */
  #typingIn = '';

  constructor(state: ChatState, asking: Asking) {
    this.#state = state;
    this.#asking = asking;
  }

  note(conversationId: string, typist: Typist, isTyping: boolean): void {
    const state = this.#state;
    const thread = isTyping ? state.thread(conversationId) : state.threads.get(conversationId);
    if (!thread || (typist.senderId !== undefined && typist.senderId === state.$me.get())) return;
    const isSame = (other: Typist) =>
      typist.senderId === undefined || other.senderId === undefined || other.senderId === typist.senderId;
    const known = thread.$typing.get();
    const others = known.filter((other) => !isSame(other));
    if (isTyping) thread.$typing.set([...others, typist]);
    else if (others.length !== known.length) thread.$typing.set(others);
    const key = `${conversationId}|${typist.senderId ?? ''}`;
    this.#ends.get(key)?.();
    this.#ends.delete(key);
    if (!isTyping) return;
    this.#ends.set(
      key,
      state.world.after(TYPING_LASTS_MS, () => this.note(conversationId, typist, false)),
    );
  }

  /** The link went: who was typing may have stopped long ago. */
  forget(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
    for (const thread of this.#state.threads.values()) if (thread.$typing.get().length > 0) thread.$typing.set([]);
  }

  /** Tells the others about this agent, where the server carries it. */
  announce(conversationId: string, isTyping: boolean): void {
    const state = this.#state;
    if (!state.online || !state.$features.get().typing) return;
    if (isTyping) {
      const now = state.world.now();
      for (const [id, at] of this.#toldAt) if (now - at >= ANNOUNCED_EVERY_MS) this.#toldAt.delete(id);
      if (this.#toldAt.has(conversationId)) return;
      this.#toldAt.set(conversationId, now);
    } else if (this.#typingIn !== conversationId) return;
    this.#typingIn = isTyping ? conversationId : '';
    this.#asking.transport?.notify('typing', { conversationId, isTyping });
  }
}
