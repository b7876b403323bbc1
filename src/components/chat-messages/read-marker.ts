import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { afterFrame } from '../../controllers/after-frame.js';

/** Anything the marker has to ask before it says "read". */
export interface Reading {
  readonly conversationId: string | null | undefined;
  readonly unread: number;
  /** Id of the newest message, so that each news is marked once. */
  readonly newest: string | undefined;
  readonly atEnd: boolean;
  mark(conversationId: string): void;
  /** The newest message is in front of the agent. */
  see(conversationId: string): void;
}

/**
 * A conversation is read when somebody can see its end: the page is in front, the panel is on the screen, and the log
 * stands at its end. Told once for each news, however often the panel renders.
 */
export class ReadMarker implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #ask: () => Reading;
  readonly #sight = new IntersectionObserver((entries) => {
    this.#onScreen = entries.at(-1)?.isIntersecting ?? false;
    this.check();
  });
  #onScreen = false;
  #marked = '';
  #frame = 0;

  constructor(host: ReactiveControllerHost & HTMLElement, ask: () => Reading) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  hostConnected(): void {
    this.#sight.observe(this.#host);
    document.addEventListener('visibilitychange', this.check);
    this.#host.addEventListener('pointerenter', this.check);
    this.#host.addEventListener('focusin', this.check);
  }

  hostDisconnected(): void {
    this.#sight.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#onScreen = false;
    document.removeEventListener('visibilitychange', this.check);
    this.#host.removeEventListener('pointerenter', this.check);
    this.#host.removeEventListener('focusin', this.check);
  }

  /**
   * Checks behind the next frame, once however often it is asked: then all panels have rendered, and the browser knows what
   * is visible without working it out again.
   */
  readonly checkSoon = (): void => {
    this.#frame ||= requestAnimationFrame(() =>
      afterFrame(() => {
        if (this.#frame === 0) return; // gone meanwhile
        this.#frame = 0;
        this.check();
      }),
    );
  };

  readonly check = (): void => {
    const { conversationId, unread, newest, atEnd, mark, see } = this.#ask();
    if (!conversationId || !atEnd) return;
    if (document.visibilityState !== 'visible' || !this.#onScreen || !this.#shown()) return;
    see(conversationId);
    if (unread === 0) return;
    const news = `${conversationId} ${newest ?? ''} ${unread}`;
    if (news === this.#marked) return;
    this.#marked = news;
    mark(conversationId);
  };

  /** Panels that are stacked away keep their place on the screen but are not visible. */
  #shown(): boolean {
    const host = this.#host;
    return host.checkVisibility ? host.checkVisibility({ visibilityProperty: true }) : host.offsetParent !== null;
  }
}
