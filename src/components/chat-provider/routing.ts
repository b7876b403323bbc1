import { offerAddress } from '../../controllers/message-address.js';
import type { ChatStore } from '../../store/chat-store.js';

export type Routing = 'off' | 'path' | 'hash';

/**
 * Keeps the address and the open conversation together. Off unless the host asks: the address is the host's.
 * `path`: `<base>/<id>`; `hash`: `#<base>/<id>`. With a message's id behind it the address leads to that message.
 */
export class Route {
  readonly #store: ChatStore;
  readonly #mode: Exclude<Routing, 'off'>;
  readonly #base: string;
  readonly #stops: (() => void)[] = [];

  constructor(store: ChatStore, mode: Exclude<Routing, 'off'>, base: string, host?: HTMLElement) {
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
    this.#stops.push(offerAddress(store, (id, messageId) => this.#addressOf(id, messageId)));
    if (host) this.#openInTabs(host);
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

  /** The message named behind the conversation. */
  #message(): string | undefined {
    const where = this.#mode === 'path' ? location.pathname : location.hash.slice(1);
    const segment = where.slice(this.#base.length + 1).split('/')[1];
    try {
      return segment ? decodeURIComponent(segment) : undefined;
    } catch {
      return undefined;
    }
  }

  #follow(): void {
    const id = this.#read();
    if (id === undefined) return;
    const message = id === null ? undefined : this.#message();
    if (id !== null && message) this.#store.showMessage(id, message);
    else this.#store.setActiveConversation(id);
  }

  #addressOf(id: string | null, messageId?: string): string {
    const segments = [id, messageId].filter((one) => typeof one === 'string').map(encodeURIComponent);
    const where = [this.#base, ...segments].join('/') || '/';
    return this.#mode === 'path' ? where + location.search : `#${where}`;
  }

  /** Rows are options of a list and no links; with Ctrl, Cmd or the middle button they open in a tab like links all the same. */
  #openInTabs(host: HTMLElement): void {
    const open = (event: Event) => {
      const { ctrlKey, metaKey, button } = event as MouseEvent;
      if (button === 0 ? !ctrlKey && !metaKey : button !== 1) return;
      const row = event
        .composedPath()
        .find(
          (one): one is HTMLElement & { conversationId: string } =>
            one instanceof HTMLElement && one.matches('[role=option]') && 'conversationId' in one,
        );
      if (!row) return;
      event.preventDefault();
      event.stopPropagation();
      window.open(this.#addressOf(row.conversationId), '_blank', 'noopener');
    };
    for (const type of ['click', 'auxclick']) {
      host.addEventListener(type, open, { capture: true });
      this.#stops.push(() => host.removeEventListener(type, open, { capture: true }));
    }
  }

  #write(id: string | null): void {
    if (this.#read() === undefined || this.#read() === id) return;
    history.pushState(history.state, '', this.#addressOf(id));
  }
}
