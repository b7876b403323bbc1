import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ChannelSheet, Conversation } from '../../contract/index.js';
import type { Thread } from '../../store/state.js';
import { nextChange, replyWindow, type ReplyWindow } from './reply-window.js';

/** Where time comes from. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  /** Returns the way to call it off. */
  after(ms: number, act: () => void): () => void;
}

const THEIRS: Time = {
  now: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** A timer holds no more than some 24 days; a day is as good. */
const MOST_MS = 86_400_000;

/** Looks at the reply window again whenever its words change, so that it runs out under the agent's eyes. */
export class WindowClock implements ReactiveController {
  /** Tests let hours pass in it. */
  time = THEIRS;
  readonly #host: ReactiveControllerHost & Element;
  #callOff?: () => void;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#callOff?.();
  }

  /** What the channel still takes. The host is drawn again when that changes. */
  look(conversation: Conversation, sheet: ChannelSheet, thread: Thread): ReplyWindow | undefined {
    const left = replyWindow(conversation, sheet, thread, this.time.now());
    const wait = left && nextChange(left);
    this.#callOff?.();
    if (wait !== undefined && this.#host.isConnected)
      this.#callOff = this.time.after(Math.min(wait, MOST_MS), () => this.#host.requestUpdate());
    return left;
  }
}
