import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { define } from '../../controllers/chat-element.js';
import { localeFor } from '../../controllers/locale.js';
import type { Shortcut } from '../../controllers/shortcuts.js';
import type { ChatStore } from '../../store/chat-store.js';
import { isApple } from './apple-keys.js';
import { dialogStyles } from './dialog.styles.js';
import { icon, iconX } from './icons.js';
import { sheetStyles } from './shortcut-sheet.styles.js';
import { StorePart } from './store-part.js';

/** An element that shortcuts act in. */
type Keyed = HTMLElement & { readonly shortcutList: readonly Shortcut[] };
const isKeyed = (element: Element | null | undefined): element is Keyed => !!element && 'shortcutList' in element;

/** What the keys of a binding are called on this keyboard. */
function keyCaps(binding: string): string[] {
  const names: Readonly<Record<string, string>> = {
    ctrl: msg('Ctrl'),
    shift: msg('Shift'),
    meta: isApple() ? '⌘' : 'Meta',
    enter: msg('Enter'),
  };
  const name = (one: string) => names[one.toLowerCase()] ?? (one.length === 1 ? one.toUpperCase() : one);
  return (binding.match(/[^+]+|\+$/g) ?? []).map(name);
}

/** Where the focus is, in whichever shadow root. */
function focused(): HTMLElement | undefined {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement ? at : undefined;
}

/**
 * The shortcuts that act where the focus was, with their keys. It comes with its first use and leaves when it is closed.
 *
 * @internal
 * @tag crm-shortcut-sheet
 */
export class ShortcutSheet extends StorePart {
  static override styles = [dialogStyles, sheetStyles];

  /** The panel, or the inbox with all its panels. */
  host?: Keyed;

  @query('dialog')
  private readonly dialog!: HTMLDialogElement;

  readonly #before = focused();

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.remove(); // a dialog that comes back with its panel would not be a modal one any more
  }

  protected override render(): TemplateResult {
    const title = msg('Keyboard shortcuts');
    return html`<dialog
      class="dialog keys"
      part="help"
      aria-label=${title}
      lang=${localeFor(this, undefined) ?? nothing}
      @keydown=${(event: Event) => event.stopPropagation() /* the panels' own keys */}
      @click=${(event: Event) => event.target === this.dialog && this.dialog.close()}
      @close=${this.#close}
    >
      <div class="keys__h">
        <h2>${title}</h2>
        <button
          class="ib"
          type="button"
          aria-label=${msg('Close')}
          title=${msg('Close')}
          @click=${() => this.dialog.close()}
        >
          ${icon(iconX, 18)}
        </button>
      </div>
      <dl>
        ${this.#rows().map(
          ([label, binding]) =>
            html`<div>
              <dt>${label}</dt>
              <dd dir="ltr">${keyCaps(binding).map((cap) => html`<kbd class="kbd">${cap}</kbd>`)}</dd>
            </div>`,
        )}
      </dl>
    </dialog>`;
  }

  #rows(): [label: string, binding: string][] {
    const { host, store } = this;
    if (!host) return [];
    const panels = [...(host.shadowRoot?.querySelectorAll('*') ?? [])].filter(isKeyed);
    const features = store && this.read(store.$features);
    const rows = new Map<string, [string, string]>();
    for (const { action, key, label } of (panels.length > 0 ? panels : [host]).flatMap((one) => one.shortcutList))
      if (action !== 'note' || features?.internal_notes) rows.set(action, [label, key]);
    const finds = [host, ...panels].some((one) => one.localName === 'crm-chat-messages');
    if (finds && features?.search)
      rows.set('find', [msg('Find in this conversation'), isApple() ? 'Meta+f' : 'Ctrl+f']);
    const help = rows.get('help');
    rows.delete('help');
    return [...rows.values(), ...(help ? [help] : [])];
  }

  #close = (): void => {
    this.remove();
    (this.#before?.isConnected ? this.#before : this.host)?.focus({ preventScroll: true });
  };
}

/** Opens it in a panel, or over the whole inbox that the panel is a part of. */
export function openShortcutSheet(panel: HTMLElement, store: ChatStore | undefined): void {
  define('crm-shortcut-sheet', ShortcutSheet);
  const root = panel.getRootNode();
  const outer = root instanceof ShadowRoot ? root.host : undefined;
  const host = isKeyed(outer) ? outer : panel;
  if (!isKeyed(host) || !host.isConnected || host.shadowRoot?.querySelector('crm-shortcut-sheet')) return;
  const sheet = new ShortcutSheet();
  sheet.host = host;
  if (store) sheet.store = store;
  host.shadowRoot?.append(sheet);
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-shortcut-sheet': ShortcutSheet;
  }
}
