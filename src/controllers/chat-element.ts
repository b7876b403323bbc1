import { LitElement } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ReadableAtom } from 'nanostores';
import type { ChatStore } from '../store/chat-store.js';
import { consumeChat } from './chat-context.js';
import { localeFor } from './locale.js';
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

  @state()
  private found?: ChatStore;

  readonly #reader = new StoreReader(this);

  constructor() {
    super();
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

  /** The language of dates, numbers and amounts. */
  protected get locale(): string | undefined {
    const store = this.chat;
    return localeFor(this, store && this.read(store.$locale));
  }
}

/** Properties that were set before an element was upgraded shadow its accessors: set them again through them. */
export function rescueEarlyProperties(element: LitElement): void {
  for (const name of (element.constructor as typeof LitElement).elementProperties.keys()) {
    if (!Object.hasOwn(element, name)) continue;
    const early: unknown = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, early);
  }
}

/** Registers an element once; a second copy of the library on the page leaves the first one in charge and says so. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const known = customElements.get(tag);
  if (!known) customElements.define(tag, element);
  else if (known !== element)
    console.warn(`<${tag}> is already defined by another copy of crm-chat-elements; that one is used.`);
}
