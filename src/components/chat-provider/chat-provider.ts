import { ContextProvider } from '@lit/context';
import { css, html, LitElement, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ChannelSheet } from '../../contract/index.js';
import { goodLocale, warnOfUnknown, warnOnce } from '../../controllers/bad-input.js';
import { chatContext, rootContext } from '../../controllers/chat-context.js';
import { define, rescueEarlyProperties } from '../../controllers/chat-element.js';
import { giveVoice } from '../../controllers/locale.js';
import { shortcutsFor, shortcutsNow, type Shortcut, type Shortcuts } from '../../controllers/shortcuts.js';
import { createChatStore, type ChatStore } from '../../store/index.js';
import type { Token } from '../../transport/socket-io.js';
import type { Transport } from '../../transport/index.js';
import { CrmLinkChangeEvent, CrmProtocolErrorEvent, CrmTokenRefusedEvent } from '../events.js';
import { Drawer, tokenClaims } from './identity.js';
import type { NotifyWish } from './notifications.js';
import { Route, type Routing } from './routing.js';

const WISHES: readonly NotifyWish[] = ['title', 'badge', 'sound', 'desktop'];
const isWish = (name: string): name is NotifyWish => (WISHES as readonly string[]).includes(name);

/** `"title sound"` → both; what is no way to notify is left out with a warning. */
function notifyWishes(text: string | undefined): ReadonlySet<NotifyWish> {
  const names = (text ?? '').split(/[\s,]+/).filter(Boolean);
  const unknown = names.filter((name) => !isWish(name));
  if (unknown.length > 0)
    warnOnce(`crm-chat notify: there is no "${unknown.join(' ')}"; there are ${WISHES.join(', ')}.`);
  return new Set(names.filter(isWish));
}

function goodBudget(messageBudget: number | null | undefined): { messageBudget?: number } {
  if (messageBudget === null || messageBudget === undefined) return {};
  if (messageBudget > 0) return { messageBudget };
  warnOnce('crm-chat message-budget: it is a number of messages, 1 at least; the default is used.');
  return {};
}

/**
 * Gives a chat store to every panel inside it, in whatever layout the host likes. It makes the store and the connection
 * from its attributes, or passes on a `store` of the host's own.
 *
 * @tag crm-chat-provider
 * @slot - The panels, anywhere inside.
 * @fires {CrmLinkChangeEvent} crm-link-change - The connection changed.
 * @fires {CrmTokenRefusedEvent} crm-token-refused - The server refused the token; set a fresh one.
 * @fires {CrmNotifyEvent} crm-notify - Before a new message is told by sound or on the desktop; once over all tabs.
 * @fires {CrmSoundBlockedEvent} crm-sound-blocked - A sound was due before the browser allows any.
 * @fires {CrmProtocolErrorEvent} crm-protocol-error - A payload did not fit the contract and was dropped.
 */
export class CrmChatProvider extends LitElement {
  static override styles: CSSResultGroup = css`
    :host {
      display: contents;
    }
    /* inherited by the panels inside: see tokens.styles.ts */
    :host([theme='light']) {
      --_scheme: light;
    }
    :host([theme='dark']) {
      --_scheme: dark;
    }
    :host([density='compact']) {
      --_density: 0;
    }
    :host([density='comfortable']) {
      --_density: 1;
    }
    :host([contrast='more']) {
      --_contrast: 1;
    }
  `;

  /** Where the Socket.IO server is, e.g. `https://chat.example`. Empty (`server-url=""`): the page's own origin. */
  @property({ attribute: 'server-url' })
  serverUrl?: string | undefined;

  /**
   * What the server knows the agent by: a string, or (as a property) a function that returns a fresh one, asked at every
   * connect. Another function only replaces the one that is asked next, so it may be made at every render; to sign in as
   * somebody else, change `agent-id` with it. When the token is refused for good, `crm-token-refused` is sent; setting
   * another value connects again.
   */
  @property()
  token?: Token | undefined;

  /** The signed-in agent's id, for servers that do not tell it. */
  @property({ attribute: 'agent-id' })
  agentId?: string | undefined;

  /** `off` (default), `path` or `hash`: whether the address names the open conversation. */
  @property()
  routing: Routing = 'off';

  /** The part of the address before the conversation's id, with `routing`. Default: none. */
  @property()
  base = '';

  /**
   * How new messages are told outside the panels: any of `title` (count in the page's title), `badge` (of an installed
   * app), `sound` and `desktop`, e.g. `title sound`. Default: not at all. Desktop notifications need
   * `askForNotifications()` once, from a button.
   */
  @property()
  notify?: string | undefined;

  /** `light` or `dark`; without it the system decides. */
  @property({ reflect: true })
  theme?: 'light' | 'dark' | undefined;

  /** `comfortable` (default) or `compact`. */
  @property({ reflect: true })
  density?: 'comfortable' | 'compact' | undefined;

  /** `more`: stronger lines and text. Without it the system's wish (`prefers-contrast`) decides. */
  @property({ reflect: true })
  contrast?: 'more' | undefined;

  /** BCP 47 language of texts, dates, numbers and amounts, e.g. `pt-BR`. Default: the nearest `lang`. */
  @property()
  locale?: string | undefined;

  /** IANA name of the time zone that times are shown in, e.g. `Europe/Lisbon`. Default: the browser's. */
  @property({ attribute: 'time-zone' })
  timeZone?: string | undefined;

  /** `on` (default) or `off`: whether what was last known is kept in this browser, for a quick start after a reload. */
  @property()
  cache: 'on' | 'off' = 'on';

  /**
   * Of a server that acknowledges nothing: what becomes of a message that may or may not have been stored when the
   * connection broke. `never` (default): the agent is asked. `ifAbsent`: it is sent again when the server's newest page
   * does not show it. Read when the store is made, not for a `store` of the host's own.
   */
  @property({ attribute: 'l0-auto-retry' })
  l0AutoRetry?: 'never' | 'ifAbsent' | undefined;

  /**
   * Channels of the host's own, and overrides of what the server or this library says of one, by channel id: names, icons,
   * colours, lengths, files, receipts. Default: none. Read when the store is made, not for a `store` of the host's own.
   */
  @property({ attribute: false })
  channels?: Record<string, ChannelSheet> | undefined;

  /**
   * Messages kept in memory, all conversations together; above it old pages that nobody looks at are let go, then what is
   * far from what is seen of the open conversation, and loaded again when somebody looks there. Default: 20000. Read when the store is made, not for a `store` of the host's own.
   */
  @property({ type: Number, attribute: 'message-budget' })
  messageBudget?: number | undefined;

  /**
   * Keys of the host's own for every panel inside that has none of its own, or `false` (or `off`) for none.
   * They act only while the focus is inside a panel. Default: an outer element's, else J and K go from conversation to
   * conversation, / to the search field, R to the reply, N to a team note, ? lists them.
   */
  @property()
  shortcuts?: Shortcuts | undefined;

  /** A store of the host's own: then nothing is connected here. */
  @property({ attribute: false })
  store?: ChatStore | undefined;

  /** A transport of the host's own, instead of `server-url`. */
  @property({ attribute: false })
  transport?: Transport | undefined;

  readonly #context = new ContextProvider(this, { context: chatContext });
  #own: { store: ChatStore; drawer: Drawer } | undefined;
  #route: Route | undefined;
  #stopNotifying: (() => void) | undefined;
  /** Counts changes of what to connect to: only the last one connects. */
  #turn = 0;
  #stops: (() => void)[] = [];

  constructor() {
    super();
    rootContext();
  }

  /** The store in use: the host's, or the one made here. */
  get chat(): ChatStore | undefined {
    return this.#context.value;
  }

  /** The shortcuts that act now: what a host's help page lists. */
  get shortcutList(): readonly Shortcut[] {
    return shortcutsNow(shortcutsFor(this));
  }

  override connectedCallback(): void {
    rescueEarlyProperties(this);
    super.connectedCallback();
    if (this.hasUpdated && !this.#own) this.#furnish();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Remove and append is a move: only who is still away after this turn has left.
    queueMicrotask(() => {
      if (!this.isConnected) this.#clear();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    warnOfUnknown(this, changed);
    const source = ['store', 'transport', 'serverUrl', 'token', 'agentId'] as const;
    const news = source.filter(
      (name) => changed.has(name) && !(name === 'token' && this.#isOnlyAnotherFunction(changed.get(name))),
    );
    if (!this.hasUpdated || news.length > 0) this.#furnish();
    else if (changed.has('routing') || changed.has('base')) this.#followRoute();
    if (changed.has('notify')) void this.#startNotifying();
    // A list shows the key of its search field.
    if (changed.has('shortcuts'))
      for (const root of [this, this.renderRoot])
        for (const list of root.querySelectorAll<LitElement>('crm-conversation-list')) list.requestUpdate?.();
    if (changed.has('locale') && (this.hasUpdated || this.locale !== undefined))
      this.chat?.setLocale(goodLocale(this.locale));
    if (this.locale || this.timeZone || this.hasUpdated)
      giveVoice(this, { locale: goodLocale(this.locale), timeZone: this.timeZone || undefined });
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  /** Frameworks make a new function at every render: it is asked at the next connect, and nothing else changes. */
  #isOnlyAnotherFunction(before: unknown): boolean {
    const settled = this.#own !== undefined && this.chat?.$link.get().status !== 'refused';
    return settled && typeof before === 'function' && typeof this.token === 'function';
  }

  #furnish(): void {
    if (this.store) {
      this.#dropOwn();
      return this.#use(this.store);
    }
    if (!this.transport && this.serverUrl === undefined) {
      this.#dropOwn();
      return this.#use(undefined);
    }
    void this.#connectOwn();
  }

  async #connectOwn(): Promise<void> {
    const { transport, token, agentId, serverUrl = '' } = this;
    // The first token serves twice: it names the drawer for unsent words, and it opens the connection.
    const ask = async (asked?: { fresh: boolean }) =>
      typeof this.token === 'function' ? this.token(asked) : this.token;
    let first: Promise<string | undefined> | undefined = ask();
    let drawer = new Drawer(serverUrl, agentId, first);
    const nextToken = async (asked?: { fresh: boolean }) => {
      const given = (asked?.fresh ? undefined : first) ?? ask(asked);
      first = undefined;
      const text = await given;
      drawer.learn(text);
      return text ?? '';
    };
    const turn = ++this.#turn;
    const known = this.#own;
    if (known) await Promise.all([known.drawer.soon, drawer.soon]);
    const another = known && known.drawer.place !== drawer.place;
    if (!this.isConnected || turn !== this.#turn) return; // changed again meanwhile
    if (another) this.#dropOwn();
    if (!this.#own) {
      const identity = agentId ?? (typeof token === 'string' ? tokenClaims(token).sub : undefined);
      const store = createChatStore({
        vault: drawer.vault,
        cache: this.cache === 'off' ? 'off' : 'on',
        ...(this.l0AutoRetry === 'ifAbsent' ? { l0AutoRetry: 'ifAbsent' } : {}),
        ...(this.channels ? { channels: this.channels } : {}),
        ...goodBudget(this.messageBudget),
        ...(identity ? { agentId: identity } : {}),
        ...(goodLocale(this.locale) ? { locale: this.locale } : {}),
      });
      this.#own = { store, drawer };
    }
    drawer = this.#own.drawer;
    const { store } = this.#own;
    this.#use(store);
    if (transport) return store.connect(transport);
    // When its code cannot be fetched the link says so.
    await store
      .connectSocket({ url: serverUrl, ...(token === undefined ? {} : { token: nextToken }) })
      .catch(() => undefined);
    if (this.#own?.store !== store) store.dispose(); // removed while Socket.IO was loading
  }

  #use(store: ChatStore | undefined): void {
    if (this.#context.value === store && store !== undefined) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#context.setValue(store);
    this.requestUpdate();
    if (store) {
      if (this.locale !== undefined) store.setLocale(goodLocale(this.locale));
      this.#stops = [
        store.$link.listen((link) => {
          this.dispatchEvent(new CrmLinkChangeEvent(link));
          if (link.status === 'refused' && link.error) this.dispatchEvent(new CrmTokenRefusedEvent(link.error));
        }),
        store.onProtocolProblem((problem) => this.dispatchEvent(new CrmProtocolErrorEvent(problem))),
      ];
    }
    this.#followRoute();
    void this.#startNotifying();
  }

  /**
   * Asks the browser whether desktop notifications may be shown. Call it from a button's handler: browsers ask only then.
   * @returns What the agent answered; `denied` where there are none.
   */
  async askForNotifications(): Promise<NotificationPermission> {
    return typeof Notification === 'undefined' ? 'denied' : Notification.requestPermission();
  }

  async #startNotifying(): Promise<void> {
    this.#stopNotifying?.();
    this.#stopNotifying = undefined;
    const store = this.chat;
    const wishes = notifyWishes(this.notify);
    if (!store || wishes.size === 0) return;
    const { startNotifications } = await import('./notifications.js');
    if (this.chat !== store || !this.isConnected || this.#stopNotifying) return; // changed meanwhile
    this.#stopNotifying = startNotifications(store, this, wishes);
  }

  #followRoute(): void {
    this.#route?.stop();
    this.#route = undefined;
    const store = this.chat;
    if (store && (this.routing === 'path' || this.routing === 'hash'))
      this.#route = new Route(store, this.routing, this.base, this);
  }

  #dropOwn(): void {
    this.#turn++;
    this.#own?.store.dispose();
    this.#own?.drawer.vault.close();
    this.#own = undefined;
  }

  #clear(): void {
    this.#route?.stop();
    this.#route = undefined;
    this.#stopNotifying?.();
    this.#stopNotifying = undefined;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#dropOwn();
    this.#context.setValue(undefined);
  }
}

define('crm-chat-provider', CrmChatProvider);

declare global {
  interface HTMLElementTagNameMap {
    'crm-chat-provider': CrmChatProvider;
  }
}
