import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../../controllers/chat-element.js';
import { Speaker } from '../../controllers/locale.js';
import { isTextField } from '../../controllers/plain-keys.js';
import { shortcutOf, shortcutsFor } from '../../controllers/shortcuts.js';
import { StoreReader } from '../../controllers/store-reader.js';
import { base } from '../bits/base.styles.js';
import { controls } from '../bits/controls.styles.js';
import { showHelp } from '../bits/shortcut-help.js';
import { tokens } from '../bits/tokens.styles.js';
import '../chat-messages/chat-messages.js';
import type { CrmChatMessages } from '../chat-messages/chat-messages.js';
import { CrmChatProvider } from '../chat-provider/chat-provider.js';
import '../client-panel/client-panel.js';
import type { CrmClientPanel } from '../client-panel/client-panel.js';
import '../conversation-list/conversation-list.js';
import type { CrmConversationList } from '../conversation-list/conversation-list.js';
import { type CrmContactToggleEvent, CrmConversationSelectEvent, type CrmPanelBackEvent } from '../events.js';
import { chatStyles } from './chat.styles.js';
import { panelOnTop, panelOrder, type PanelName } from './panel-order.js';
import {
  recallWidths,
  rememberWidths,
  trackOf,
  widthHandle,
  type PanelWidths,
  type SidePanel,
} from './panel-widths.js';

/** Widths of the container, in pixels, as the design has them. */
const TWO_PANELS = 720;
const THREE_PANELS = 1040;
type Layout = 'stack' | 'drawer' | 'columns';

/**
 * The whole inbox in one tag: conversation list, messages and contact panel, and the provider that connects them.
 * Give it a height; it fills its container and shows three, two or one panel by its own width.
 *
 * @tag crm-chat
 * @fires {CrmConversationSelectEvent} crm-conversation-select - Before a conversation is opened or left.
 * @csspart list - The conversation list.
 * @csspart messages - The messages panel.
 * @csspart contact - The contact panel.
 * @csspart help - The list of keyboard shortcuts.
 * @csspart scrim - What lies under the open contact drawer.
 * @csspart handle - The edge of a side panel that makes it wider or narrower.
 * @cssproperty [--crm-accent=#2f5fd0] - Brand colour, any colour at all.
 * @cssproperty [--crm-surface=light-dark(#ffffff, #17191d)] - Background of the place it sits in.
 * @cssproperty [--crm-text=light-dark(#1a1d23, #e4e7ec)] - Main text colour.
 * @cssproperty [--crm-font=system UI] - Font stack.
 * @cssproperty [--crm-font-size=14px] - Body size; everything scales from it.
 * @cssproperty [--crm-radius=8px] - Corner of controls and rows.
 * @cssproperty [--crm-unit=4px] - Spacing unit.
 * @cssproperty [--crm-density=1] - 1 comfortable to 0 compact.
 * @cssproperty [--crm-color-scheme=light dark] - `light`, `dark` or both.
 * @cssproperty [--crm-positive=#1f8a4c] - Hue of what went well.
 * @cssproperty [--crm-warning=#b87a00] - Hue of time limits and being offline.
 * @cssproperty [--crm-critical=#d12f3a] - Hue of failure and deletion.
 * @cssproperty [--crm-note=#e3b100] - Hue of what only the team sees.
 */
export class CrmChat extends CrmChatProvider {
  static override styles: CSSResultGroup = [tokens, base, controls, chatStyles];

  /**
   * Which panels there are, and in which order: any of `list`, `messages` and `client`, e.g. `messages client`.
   * Default: all three in this order. Side panels can be resized; their widths are kept in this browser for each agent.
   */
  @property()
  panels?: string | undefined;

  @state() private widths: PanelWidths = {};
  @state() private inboxWidth = THREE_PANELS;
  @state() private layout: Layout = 'columns';
  @state() private drawerOpen = false;
  @state() private contactShown = true;
  @state() private contactOnTop = false;

  @query('crm-conversation-list') private list?: CrmConversationList;
  @query('crm-chat-messages') private messages?: CrmChatMessages;
  @query('crm-client-panel') private contact?: CrmClientPanel;

  readonly #reader = new StoreReader(this);
  #agent: string | undefined;
  #slides = false;
  #resize: ResizeObserver | undefined;
  /** How the agent acted last: it decides where the focus goes when a conversation opens. */
  #byKeyboard = false;
  #focusAfterOpening = false;

  constructor() {
    super();
    new Speaker(this);
    this.addEventListener('keydown', () => (this.#byKeyboard = true), { capture: true });
    this.addEventListener('pointerdown', () => (this.#byKeyboard = false), { capture: true });
    this.addEventListener('keydown', (event) => this.#onKey(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(([entry]) => {
      const width = entry?.contentBoxSize[0]?.inlineSize ?? 0;
      if (width === 0) return; // hidden by the host: keep the layout it comes back to
      this.inboxWidth = width;
    });
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const width = this.inboxWidth;
    const few = panelOrder(this.panels).length < 3;
    const before = this.layout;
    this.layout = width < TWO_PANELS ? 'stack' : width < THREE_PANELS && !few ? 'drawer' : 'columns';
    // Another layout is there at once; only a drawer that the agent opens and closes slides.
    this.#slides = this.layout === before && (this.#slides || this.drawerOpen);
  }

  override render(): TemplateResult {
    const store = this.chat;
    const active = store ? this.#reader.read(store.$activeId) : null;
    this.#recall(store && this.#reader.read(store.$me));
    const order = panelOrder(this.panels);
    const drawer = this.layout === 'drawer' && this.drawerOpen;
    return html`<div
      class="grid"
      data-layout=${this.layout}
      data-view=${panelOnTop(order, active, this.contactOnTop)}
      ?data-drawer=${drawer}
      ?data-slides=${this.#slides}
      @crm-conversation-select=${this.#onSelect}
      @crm-contact-toggle=${this.#onContactToggle}
      @crm-panel-back=${this.#onBack}
    >
      ${repeat(
        order,
        (name) => name,
        (name) => this.#panel(name, drawer),
      )}
      ${drawer ? html`<div class="scrim" part="scrim" @click=${() => this.#closeDrawer()}></div>` : nothing}
      ${this.#columns.map((name) => (name === 'messages' ? nothing : this.#handle(name)))}
    </div>`;
  }

  #panel(name: PanelName, drawer: boolean): TemplateResult {
    if (name === 'list')
      return html`<crm-conversation-list class="list" part="list" ?inert=${drawer}></crm-conversation-list>`;
    if (name === 'client')
      return html`<crm-client-panel
        class="contact ${this.layout === 'columns' && !this.contactShown ? 'is-closed' : ''}"
        part="contact"
      ></crm-client-panel>`;
    return html`<crm-chat-messages
      class="messages"
      part="messages"
      ?inert=${drawer}
      ?contact-open=${this.layout === 'columns' ? this.contactShown : drawer}
    ></crm-chat-messages>`;
  }

  /** The panels that stand side by side now. */
  get #columns(): readonly PanelName[] {
    const order = panelOrder(this.panels);
    const withContact = this.layout === 'columns' && (this.contactShown || order.length === 1);
    return this.layout === 'stack' ? [] : order.filter((name) => name !== 'client' || withContact);
  }

  #handle(name: SidePanel): TemplateResult | typeof nothing {
    const columns = this.#columns;
    if (columns.length < 2 || !columns.includes('messages')) return nothing;
    const host = {
      name,
      before: columns.indexOf(name) < columns.indexOf('messages'),
      panel: () => this.renderRoot.querySelector<HTMLElement>(name === 'list' ? '.list' : '.contact'),
      resize: (width: number | undefined, done: boolean) => {
        const { [name]: _old, ...others } = this.widths;
        this.widths = width === undefined ? others : { ...others, [name]: width };
        if (done && this.#agent) rememberWidths(this.#agent, this.widths);
      },
    };
    const shown = this.widths[name] ?? Math.min(328, Math.max(288, this.inboxWidth * 0.23));
    return widthHandle(host, shown);
  }

  #recall(agent: string | undefined): void {
    if (agent === this.#agent) return;
    this.#agent = agent;
    this.widths = agent ? recallWidths(agent) : {};
  }

  /** Tracks and places through CSSOM: strict hosts forbid style attributes. */
  #layOut(): void {
    const grid = this.renderRoot.querySelector<HTMLElement>('.grid');
    if (!grid) return;
    const columns = this.#columns;
    const tracks = columns.map((name) =>
      columns.includes('messages') ? trackOf(name, this.widths) : 'minmax(0, 1fr)',
    );
    grid.style.gridTemplateColumns = tracks.join(' ');
    const place = (element: HTMLElement | null | undefined, name: PanelName) => {
      const column = columns.indexOf(name) + 1;
      if (element) element.style.gridColumn = column > 0 ? `${column}` : '';
    };
    place(this.list, 'list');
    place(this.messages, 'messages');
    place(this.contact, 'client');
    for (const handle of grid.querySelectorAll<HTMLElement>('.handle'))
      place(handle, handle.dataset['for'] as SidePanel);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#layOut();
    if (!this.#focusAfterOpening) return;
    this.#focusAfterOpening = false;
    void this.messages?.updateComplete.then(() => {
      if (this.#byKeyboard) this.messages?.focusLog();
      // A finger would only get a keyboard over what it came to read.
      else if (matchMedia('(pointer: fine)').matches) this.messages?.focusComposer();
    });
  }

  #onSelect(event: CrmConversationSelectEvent): void {
    this.contactOnTop = false;
    this.drawerOpen = false;
    this.#focusAfterOpening = event.detail.conversationId !== null;
    this.requestUpdate();
  }

  #onContactToggle(event: CrmContactToggleEvent): void {
    if (event.defaultPrevented) return;
    const { open } = event.detail;
    if (this.layout === 'columns') {
      this.contactShown = open ?? !this.contactShown;
      if (!this.contactShown) void this.updateComplete.then(() => this.messages?.focusContactButton());
    } else if (this.layout === 'stack') {
      this.contactOnTop = open ?? !this.contactOnTop;
      void this.#focusWhenShown(this.contactOnTop ? this.contact : this.messages);
    } else if (open ?? !this.drawerOpen) {
      this.drawerOpen = true;
      void this.#focusWhenShown(this.contact);
    } else {
      this.#closeDrawer();
    }
  }

  #closeDrawer(): void {
    this.drawerOpen = false;
    void this.updateComplete.then(() => this.messages?.focusContactButton());
  }

  #onBack(event: CrmPanelBackEvent): void {
    if (!event.defaultPrevented) this.#back(event.detail.from);
  }

  #back(from: 'messages' | 'contact'): void {
    if (from === 'contact') {
      this.contactOnTop = false;
      void this.updateComplete.then(() => this.messages?.focusContactButton());
    } else if (this.dispatchEvent(new CrmConversationSelectEvent({ conversationId: null }))) {
      this.chat?.setActiveConversation(null);
      void this.#focusWhenShown(this.list);
    }
  }

  async #focusWhenShown(panel: HTMLElement | undefined): Promise<void> {
    await this.updateComplete;
    panel?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') {
      if (this.layout === 'drawer' && this.drawerOpen) this.#closeDrawer();
      else if (this.layout === 'stack' && this.contactOnTop) this.#back('contact');
      else if (this.layout === 'stack' && this.chat?.$activeId.get() && !isTextField(event)) this.#back('messages');
      else return;
      event.preventDefault();
      return;
    }
    const action = this.drawerOpen ? undefined : shortcutOf(event, shortcutsFor(this));
    if (action === 'help') showHelp(this, this.chat);
    else if (action === 'search') this.list?.focusSearch();
    else if (action === 'reply') this.messages?.focusComposer();
    else if (action) this.list?.focus();
    else return;
    event.preventDefault();
  }
}

define('crm-chat', CrmChat);

declare global {
  interface HTMLElementTagNameMap {
    'crm-chat': CrmChat;
  }
}
