import type { ChatStore } from '../../store/chat-store.js';

export type Routing = 'off' | 'path' | 'hash';

/**
 * Keeps the address and the open conversation together. Off unless the host asks: the address is the host's.
 * `path`: `<base>/<id>`; `hash`: `#<base>/<id>`.
 */
export class Route {
  readonly #store: ChatStore;
  readonly #mode: Exclude<Routing, 'off'>;
  readonly #base: string;
  readonly #stops: (() => void)[] = [];

  constructor(store: ChatStore, mode: Exclude<Routing, 'off'>, base: string) {
    this.#store = store;
    this.#mode = mode;
    this.#base = `/${base}`.replace(/\/+/g, '/').replace(/\/$/, '');
    const follow = () => this.#follow();
    addEventListener('popstate', follow);
    addEventListener('hashchange', follow);
    this.#stops.push(
      () => removeEventListener('popstate', follow),
      () => removeEventListener('hashchange', follow),
    );
    this.#follow();
    this.#stops.push(store.$activeId.listen((id) => this.#write(id)));
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  /** The id in the address; `undefined` when the address is not under our base and so none of our business. */
  #read(): string | null | undefined {
    const where = this.#mode === 'path' ? location.pathname : location.hash.slice(1);
    if (where === '' || where === this.#base || where === `${this.#base}/`) return null;
    if (!where.startsWith(`${this.#base}/`)) return this.#mode === 'hash' ? null : undefined;
    const segment = where.slice(this.#base.length + 1).split('/')[0] ?? '';
    try {
      return decodeURIComponent(segment) || null;
    } catch {
      return null; // a broken escape in the address is no conversation
    }
  }

  #follow(): void {
    const id = this.#read();
    if (id !== undefined) this.#store.setActiveConversation(id);
  }

  #write(id: string | null): void {
    if (this.#read() === undefined || this.#read() === id) return;
    const where = id === null ? this.#base || '/' : `${this.#base}/${encodeURIComponent(id)}`;
    history.pushState(history.state, '', this.#mode === 'path' ? where + location.search : `#${where}`);
  }
}
