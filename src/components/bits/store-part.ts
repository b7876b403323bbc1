import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { ReadableAtom } from 'nanostores';
import { Speaker } from '../../controllers/locale.js';
import { StoreReader } from '../../controllers/store-reader.js';
import type { ChatStore } from '../../store/chat-store.js';
import { adoptStyles } from './adopt-styles.js';

/**
 * An inner element of a panel. It reads its own atoms, so that it renders alone, and draws straight into the panel's
 * shadow root: one root less for each row, and the panel's style sheets. What comes late brings its `styles` along.
 */
export abstract class StorePart extends LitElement {
  @property({ attribute: false })
  store?: ChatStore;

  readonly #reader = new StoreReader(this);

  constructor() {
    super();
    new Speaker(this);
  }

  override connectedCallback(): void {
    const root = this.getRootNode();
    for (const styles of (this.constructor as typeof LitElement).elementStyles)
      if (root instanceof ShadowRoot) adoptStyles(root, styles);
    super.connectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Reads an atom; when it changes, this element renders again. Call it while rendering. */
  protected read<T>(atom: ReadableAtom<T>): T {
    return this.#reader.read(atom);
  }

  /** Sends one event. False when a host took the act over. */
  protected emit(event: Event): boolean {
    return this.dispatchEvent(event);
  }
}
