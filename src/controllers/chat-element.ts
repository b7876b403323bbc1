import { LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ReadableAtom } from 'nanostores';
import type { ChatStore } from '../store/chat-store.js';
import { consumeChat } from './chat-context.js';
import { FramePace } from './frame-pace.js';
import { fetchAhead } from './later.js';
import { isReady, loadLanguage } from '../locales/languages.js';
import { goodLocale, warnOfUnknown } from './bad-input.js';
import type { Voice } from '../locales/voice.js';
import { startVoice, panelVoice, Speaker } from './locale.js';
import { StoreReader } from './store-reader.js';

/** What the three panels share: a store that is found, atoms that are read, events that are sent. */
export abstract class ChatElement extends LitElement {
  /** The store to show. Default: the nearest provider's, else the page's, else none (a quiet empty state). */
  @property({ attribute: false })
  store?: ChatStore | undefined;

  /** `light` or `dark`; without it the system, or an outer element, decides. */
  @property({ reflect: true })
  theme?: 'light' | 'dark' | undefined;

  /** `comfortable` (default) or `compact`. */
  @property({ reflect: true })
  density?: 'comfortable' | 'compact' | undefined;

  /** `more`: stronger lines and text. Without it the system's wish (`prefers-contrast`), or an outer element, decides. */
  @property({ reflect: true })
  contrast?: 'more' | undefined;

  /** IANA name of the time zone that times are shown in, e.g. `Europe/Lisbon`. Default: an outer element's, else the browser's. */
  @property({ attribute: 'time-zone' })
  timeZone?: string | undefined;

  @state()
  private found?: ChatStore;

  readonly #reader = new StoreReader(this);
  readonly #speaker = new Speaker(this, () => this.#voice());
  readonly #pace = new FramePace();
  #chosenLocale: string | undefined;

  constructor() {
    super();
    // What a gesture makes this element say is in its own language, whatever another inbox on the page said last.
    for (const gesture of GESTURES) this.addEventListener(gesture, this.#speaker.speak, { capture: true });
    consumeChat(this, (store) => (this.found = store));
  }

  override connectedCallback(): void {
    rescueEarlyProperties(this);
    super.connectedCallback();
  }

  /** The store in use now. */
  protected get chat(): ChatStore | undefined {
    return this.store ?? this.found;
  }

  /** Reads an atom; when it changes, this element renders again. Call it while rendering. */
  protected read<T>(atom: ReadableAtom<T>): T {
    return this.#reader.read(atom);
  }

  /** Sends one public event. False when a host took the act over. */
  protected emit(event: Event): boolean {
    return this.dispatchEvent(event);
  }

  /**
   * BCP 47 language of texts, dates, numbers and amounts, e.g. `pt-BR`. Reading it tells the one in use: the one set here,
   * else an outer element's, else the store's, else the nearest `lang`.
   */
  @property({ noAccessor: true })
  get locale(): string | undefined {
    return this.#voice().locale;
  }

  set locale(chosen: string | undefined) {
    this.#chosenLocale = goodLocale(chosen);
    this.requestUpdate();
  }

  #voice(): Voice {
    const store = this.chat;
    const own = { locale: this.#chosenLocale, timeZone: this.timeZone };
    return panelVoice(this, own, store && this.read(store.$locale));
  }

  /** The words come first: nobody should see English turn into something else. Later, one drawing a frame is enough. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    const wait = this.hasUpdated ? this.turnToDraw() : this.#words(this.locale);
    return wait ? wait.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  /** Resolves when this element may be drawn again; undefined: now. */
  protected turnToDraw(): Promise<void> | undefined {
    return this.#pace.turn();
  }

  #words(locale: string | undefined): Promise<void> | undefined {
    return locale && !isReady(locale) ? loadLanguage(locale) : undefined;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void fetchAhead();
  }

  protected override update(changed: PropertyValues): void {
    warnOfUnknown(this, changed);
    const voice = this.#voice();
    void this.#words(voice.locale);
    startVoice(this, voice);
    super.update(changed);
    // So that it is read aloud as what it is, also in a page of another language.
    // Written only when it differs: even the same word again makes the browser style everything inside anew.
    const { locale } = voice;
    if (locale)
      for (const part of this.renderRoot.children)
        if (part.getAttribute('lang') !== locale) part.setAttribute('lang', locale);
  }
}

const GESTURES = ['pointerdown', 'click', 'keydown', 'input', 'change', 'submit'];

/** Properties that were set before an element was upgraded shadow its accessors: set them again through them. */
export function rescueEarlyProperties(element: LitElement): void {
  for (const name of (element.constructor as typeof LitElement).elementProperties.keys()) {
    if (!Object.hasOwn(element, name)) continue;
    const early: unknown = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, early);
  }
}

let isSecondCopy = false;

/**
 * Registers an element once; a second copy of the library on the page leaves the first one in charge and says so once.
 * Without a page nothing is registered: in Node, Lit brings a registry of its own.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof document === 'undefined') return;
  const known = customElements.get(tag);
  if (!known) customElements.define(tag, element);
  else if (known !== element && !isSecondCopy) {
    isSecondCopy = true;
    console.warn(
      `<${tag}> is already defined by another copy of crm-chat-elements; the elements of that one are used. Load one.`,
    );
  }
}
