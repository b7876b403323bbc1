import { msg, str } from '@lit/localize';
import type { Message } from '../../store/state.js';
import type { WindowAfter } from '../bits/refusal-words.js';
import { sayWhyNot } from '../bits/refusal.js';
import { Announcements } from './announcements.js';

const LIVE_AGAIN_MS = 300;

/** What of the log is read out: news in measure, failures at once, history never. */
export class LiveRegion {
  /** Keys of what came last. */
  fresh: ReadonlySet<string> = new Set();
  readonly #root: () => ParentNode;
  readonly #announcements = new Announcements(
    { now: () => performance.now(), after: (ms, act) => void setTimeout(act, ms) },
    (count) => this.#say('#news', count === 1 ? msg('1 new message') : msg(str`${count} new messages`)),
  );
  /** What came last may be read out. */
  #aloud = true;
  #timer?: ReturnType<typeof setTimeout>;

  constructor(root: () => ParentNode) {
    this.#root = root;
  }

  /** Another conversation is shown. */
  forget(): void {
    this.fresh = new Set();
    this.#announcements.forget();
  }

  /** `heard`: how many came that are to be read out; `own`: one of them was written here; `seen`: their rows come in. */
  came(heard: number, own: boolean, seen: boolean): void {
    this.#aloud = own || heard === 0 || this.#announcements.admit(heard, seen);
  }

  /** Only news is announced: history and rows that scroll into the window come in with the live region off. */
  entering(keys: readonly string[], box: HTMLElement): void {
    clearTimeout(this.#timer);
    const news = this.#aloud && keys.every((key) => this.fresh.has(key));
    box.ariaLive = news ? 'polite' : 'off';
    if (!news) this.#timer = setTimeout(() => (box.ariaLive = 'polite'), LIVE_AGAIN_MS);
  }

  async failed(message: Message, after: WindowAfter): Promise<void> {
    const reason = (await sayWhyNot(message.failure, after)) || msg('Not sent');
    // The words may end as a sentence does.
    this.#say('#alert', `${reason.replace(/[\s.:!…。]+$/u, '')}: ${message.content.slice(0, 80)}`);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #say(region: string, words: string): void {
    const element = this.#root().querySelector(region);
    if (element) element.textContent = words;
  }
}
