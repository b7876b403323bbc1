import { msg, str } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ChatElement, define } from '../../controllers/chat-element.js';
import { Later } from '../../controllers/later.js';
import { shortcutOf, shortcutsFor, shortcutsNow, type Shortcut, type Shortcuts } from '../../controllers/shortcuts.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Inbox } from '../../store/state.js';
import { adoptStyles } from '../bits/adopt-styles.js';
import { base } from '../bits/base.styles.js';
import { didNotCome } from '../bits/did-not-come.js';
import { icon, iconSend } from '../bits/icons.js';
import { Midnight } from '../bits/midnight.js';
import { Patience } from '../bits/patience.js';
import { whyNot } from '../bits/refusal.js';
import { showHelp } from '../bits/shortcut-help.js';
import { tokens } from '../bits/tokens.styles.js';
import { CrmConversationSelectEvent } from '../events.js';
import { conversationListStyles } from './conversation-list.styles.js';
import type { CrmConversationRow } from './conversation-row.js';
import { HeldOrder } from './held-order.js';
import { QuickFilter } from './quick-filter.js';
import { isPlain, isTyping, movedTo } from './list-keys.js';
import { Press } from './press.js';
import { RowGeometry } from './row-geometry.js';
import { rowWindow } from './row-window.js';
import { searchField } from './search-field.js';
import { skeletonRows } from './skeleton-rows.js';
import type { TypeAhead } from './type-ahead.js';
import { viewTabs } from './view-tabs.js';

/** The rows, and what stands in their place. Asked for by the first list that is drawn, beside the connection. */
const partsCode = new Later(async () => {
  const parts = await import('./list-parts.js');
  parts.defineRows();
  return parts;
});

/** Rows from the end at which the next page is asked for. */
const NEAR_END = 10;
/** Milliseconds in which what comes after a change of filter is its answer, not news. */
const ANSWER_WITHIN = 400;
const isRow = (node: unknown): node is CrmConversationRow =>
  node instanceof Element && node.localName === 'crm-conversation-row';
/** What a shortcut does among the rows. */
const STEPS = { next: 'ArrowDown', previous: 'ArrowUp' } as const;

/**
 * The conversations of all channels, newest first: quick filter, views, and one row for each conversation. Drawn only
 * near what is seen, so that ten thousand weigh no more than a screenful. New arrivals never move rows that are pointed
 * at, focused or scrolled to: they wait behind a small "3 new" button.
 *
 * Keys, while the focus is inside and not in a text field: J or down, K or up, Home, End, Page up and down, Enter opens,
 * a name's first letters go to it, / goes to the search field.
 *
 * @summary The conversation list of the inbox.
 * @tag crm-conversation-list
 * @slot header - At the end of the header, after the search field.
 * @slot empty - Shown instead of "All caught up" when a view holds no conversation.
 * @fires {CrmConversationSelectEvent} crm-conversation-select - Before a conversation is opened; cancelable.
 * @csspart header - The header with the search field.
 * @csspart search - The search field's box.
 * @csspart tabs - The strip of views.
 * @csspart list - The listbox.
 * @csspart row - One conversation.
 * @csspart fresh - The button that shows new arrivals.
 * @csspart skeleton - The rows that stand for rows while loading.
 * @csspart empty - What is shown when there is nothing.
 * @csspart error - What is shown when loading failed or the server refused.
 * @csspart help - The list of keyboard shortcuts.
 * @cssproperty [--crm-accent=#2f5fd0] - Selection, unread, focus.
 * @cssproperty [--crm-surface=#ffffff] - Ground; the panel's own is mixed from it.
 * @cssproperty [--crm-text=#1a1d23] - Ink.
 * @cssproperty [--crm-radius=8px] - Corners of controls and rows.
 * @cssproperty [--crm-unit=4px] - The grid.
 * @cssproperty [--crm-density=1] - 1 comfortable, 0 compact.
 */
export class CrmConversationList extends ChatElement {
  static override styles = [tokens, base, conversationListStyles];

  /** Keys of the host's own, or `false` (or `off`) for none. Default: an outer element's, else J, K, / and ?. */
  @property()
  shortcuts?: Shortcuts | undefined;

  @query('input')
  private readonly field!: HTMLInputElement | null;
  @query('.scroll')
  private readonly scroller!: HTMLElement | null;
  @query('[role=listbox]')
  private readonly listbox!: HTMLElement | null;

  readonly #order = new HeldOrder();
  readonly #patience = new Patience(this);
  readonly #filter = new QuickFilter(this, (text) => this.chat?.setFilter({ text }));
  readonly #geometry = new RowGeometry(this);
  readonly #midnight = new Midnight(this);
  readonly #press = new Press(this);

  #typeAhead: TypeAhead | undefined;
  #window = { start: 0, end: 0 };
  #hovered = false;
  #focused = false;
  #drawing = false;
  /** The one row that Tab reaches. */
  #stopId: string | undefined;
  /** What the list is about now. Until the answer to a new filter had time to come, nothing is held. */
  #subject: { store?: ChatStore; scope: string; settledAt: number; answered?: true } = { scope: '', settledAt: 0 };

  /** The shortcuts that act now. */
  get shortcutList(): readonly Shortcut[] {
    return shortcutsNow(shortcutsFor(this), ['next', 'previous', 'search', 'help']);
  }

  get #keyOfSearch(): string | undefined {
    return shortcutsNow(shortcutsFor(this), ['search'])[0]?.key;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.#onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#onKey);
    this.#hovered = this.#focused = false;
  }

  /** Puts keyboard focus on the row that Tab reaches, else into the search field. */
  override focus(): void {
    if (this.#order.shown.length > 0) void this.#focusRow(this.#stopIndex());
    else this.focusSearch();
  }

  /** Puts keyboard focus into the search field. */
  focusSearch(): void {
    this.field?.focus();
  }

  /** What is pressed stays where it is until it is clicked. */
  protected override turnToDraw(): Promise<void> | undefined {
    const turn = super.turnToDraw();
    return turn || this.#press.over ? Promise.resolve(turn).then(() => this.#press.over) : undefined;
  }

  protected override update(changed: PropertyValues<this>): void {
    const focused = this.shadowRoot?.activeElement;
    this.#drawing = true;
    super.update(changed);
    this.#drawing = false;
    // A row that went away while it had the focus hands it on, or the agent would be thrown out of the list.
    if (isRow(focused) && !focused.isConnected) void this.#handFocusOn();
  }

  protected override updated(): void {
    // Through CSSOM, because strict hosts forbid style attributes.
    this.listbox?.style.setProperty('block-size', `${this.#order.shown.length * this.#geometry.pitch}px`);
    this.#loadNearEnd();
  }

  protected override render(): TemplateResult {
    const store = this.chat;
    const filter = store ? this.read(store.$filter) : { view: 'all' as const, text: '' };
    this.#filter.follow(filter.text);
    return html`<div class="panel">
      <div class="panel__head" part="header">
        ${searchField(this.#filter.text, this.#searching, this.#keyOfSearch)}<slot name="header"></slot>
      </div>
      ${
        store
          ? viewTabs(filter.view, this.read(store.$counts), this.read(store.$me) !== undefined, (view) =>
              store.setFilter({ view }),
            )
          : nothing
      }
      <div
        class="body"
        role=${store ? 'tabpanel' : 'none'}
        id="view"
        aria-labelledby=${store ? `tab-${filter.view}` : nothing}
        @pointerenter=${this.#onPointer}
        @pointerleave=${this.#onPointer}
        @focusin=${this.#onFocus}
        @focusout=${this.#onFocus}
      >
        ${store ? this.#list(store) : this.#patience.over(true) ? (this.#parts()?.notConnected() ?? nothing) : nothing}
      </div>
    </div>`;
  }

  #list(store: ChatStore): TemplateResult {
    const inbox = this.read(store.$inbox);
    const filter = this.read(store.$filter);
    const link = this.read(store.$link);
    const activeId = this.read(store.$activeId);
    const scope = `${filter.view} ${filter.text}`;
    if (store !== this.#subject.store || scope !== this.#subject.scope) this.#turnTo(store, scope);
    this.#order.update(inbox.ids, {
      hold: this.#holds(inbox),
      scope: this.#subject,
      still: Math.ceil((this.#geometry.scrollTop + this.#geometry.height) / this.#geometry.pitch),
      exists: (id) => store.conversations.get(id) !== undefined,
      counts: (id) => id !== activeId,
      lastActivity: (id) => store.conversations.get(id)?.lastActivity,
    });
    const { shown, fresh } = this.#order;
    const parts = this.#parts();
    const waiting = !parts || (shown.length === 0 && !inbox.ready && inbox.loading !== 'failed');
    const late = this.#patience.over(waiting);
    const retry = () => store.loadMoreConversations();
    const isRefused = link.status === 'refused';
    const why = isRefused ? whyNot(link.error, this) : '';

    return html`
      ${isRefused && shown.length > 0 ? parts?.refusedBanner(why) : nothing}
      ${
        fresh > 0
          ? html`<div class="fresh">
              <button type="button" part="fresh" @click=${this.#showFresh}>
                ${icon(iconSend, 16)}${msg(str`${fresh} new`)}
              </button>
            </div>`
          : nothing
      }
      <div class="scroll" tabindex="-1" @scroll=${this.#onScroll}>
        <div class="probe" aria-hidden="true"></div>
        ${
          !parts
            ? this.#withoutParts(late)
            : shown.length > 0
              ? this.#rows(store, shown, activeId, inbox)
              : parts.insteadOfRows({
                  inbox,
                  filter,
                  link,
                  why,
                  waiting,
                  late,
                  compact: this.#geometry.compact,
                  retry,
                  clear: this.#searching.clear,
                })
        }
        ${inbox.loading === 'failed' && shown.length > 0 ? parts?.moreFailed(retry) : nothing}
      </div>
      <div class="sr" role="status">
        ${filter.text && inbox.ready && shown.length ? parts?.foundWords(shown.length) : nothing}
      </div>
    `;
  }

  #parts(): typeof partsCode.now {
    const parts = partsCode.want(this);
    if (parts) for (const styles of parts.partStyles) adoptStyles(this.renderRoot as ShadowRoot, styles);
    return parts;
  }

  #withoutParts(late: boolean): TemplateResult | typeof nothing {
    if (partsCode.failed) return didNotCome(partsCode, this);
    if (!late) return nothing;
    return html`<div class=${this.#geometry.compact ? 'is-compact' : ''} aria-busy="true">${skeletonRows()}</div>`;
  }

  #rows(store: ChatStore, shown: readonly string[], activeId: string | null, inbox: Inbox): TemplateResult {
    const filter = this.read(store.$filter);
    const counts = this.read(store.$counts);
    this.#window = rowWindow(shown.length, this.#geometry.pitch, this.#geometry.scrollTop, this.#geometry.height);
    const { start, end } = this.#window;
    const stop = this.#stopIndex();
    // The row that Tab reaches, or that has the focus, is drawn wherever it is.
    const drawn = Array.from({ length: end - start }, (_, step) => start + step);
    if (stop >= 0 && stop < start) drawn.unshift(stop);
    else if (stop >= end) drawn.push(stop);
    const total = filter.text ? shown.length : Math.max(shown.length, counts?.[filter.view] ?? 0);
    const locale = this.locale;
    const day = this.#midnight.today;

    return html`<div
      class="cards ${this.#geometry.compact ? 'is-compact' : ''}"
      part="list"
      role="listbox"
      aria-label=${msg('Conversations')}
      aria-busy=${inbox.loading === 'loading'}
      @pointerdown=${this.#press.begin}
      @click=${this.#onClick}
    >
      ${repeat(
        drawn,
        (index) => shown[index],
        (index) =>
          html`<crm-conversation-row
            class="card"
            part="row"
            role="option"
            tabindex=${index === stop ? 0 : -1}
            aria-selected=${shown[index] === activeId}
            aria-setsize=${total}
            aria-posinset=${index + 1}
            .store=${store}
            .conversationId=${shown[index] ?? ''}
            .open=${shown[index] === activeId}
            .locale=${locale}
            .day=${day}
            .top=${index * this.#geometry.pitch}
          ></crm-conversation-row>`,
      )}
    </div>`;
  }

  // ---- searching

  #clearSearch(): void {
    this.#filter.clear();
    // What was typed since the last drawing is not known to the template.
    if (this.field) this.field.value = '';
  }

  readonly #searching = {
    type: (text: string) => this.#filter.type(text),
    clear: () => {
      this.#clearSearch();
      this.field?.focus();
    },
    key: (event: KeyboardEvent) => {
      if (event.isComposing) return;
      if (event.key === 'Escape' && this.#filter.text) {
        // One layer at a time: the same key would close a drawer around us.
        event.stopPropagation();
        event.preventDefault();
        this.#clearSearch();
      } else if (event.key === 'Enter') this.#filter.flush();
      else if (event.key === 'ArrowDown' && this.#order.shown.length > 0) {
        event.preventDefault();
        void this.#focusRow(this.#stopIndex());
      }
    },
  };

  // ---- moving

  #onKey = (event: KeyboardEvent): void => {
    const action = shortcutOf(event, shortcutsFor(this));
    if (action === 'search' || action === 'help') {
      event.preventDefault();
      if (action === 'help') showHelp(this, this.chat);
      else this.field?.focus();
      return;
    }
    const isMove = action === 'next' || action === 'previous';
    if (!isMove && (!isPlain(event) || isTyping(event))) return;
    const { shown } = this.#order;
    const inRows = isRow(this.shadowRoot?.activeElement);
    if (shown.length === 0 || !(inRows || isMove)) return;
    const at = this.#stopIndex();
    if (inRows && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      this.#open(shown[at]);
      return;
    }
    const spelling = inRows && event.key.length === 1 && isPlain(event) && this.#typeAhead?.active(event.timeStamp);
    const key = isMove ? STEPS[action] : event.key;
    const page = Math.max(1, Math.floor(this.#geometry.height / this.#geometry.pitch) - 1);
    // From a tab or a button, a letter first leads into the list.
    const to = spelling ? undefined : inRows ? movedTo(key, at, shown.length, page) : at;
    if (to !== undefined) {
      event.preventDefault();
      void this.#focusRow(to);
    } else if (inRows && event.key.length === 1 && event.key !== ' ') {
      const found = this.#spell(event, at);
      if (found < 0) return;
      event.preventDefault();
      void this.#focusRow(found);
    }
  };

  /** The row whose name begins as what is being typed does. */
  #spell({ key, timeStamp }: KeyboardEvent, at: number): number {
    const parts = partsCode.now;
    if (!parts) return -1;
    const { shown } = this.#order;
    const nameAt = (index: number) => {
      const conversation = this.chat?.conversations.get(shown[index] ?? '');
      if (!conversation) return '';
      const prospect = this.chat?.prospects.get(conversation.prospectId);
      return parts.contactName(prospect, this.chat?.clients.get(parts.clientIdOf(conversation, prospect) ?? ''));
    };
    this.#typeAhead ??= new parts.TypeAhead();
    return this.#typeAhead.press(key, timeStamp, shown.length, nameAt, at);
  }

  /** The row with the one tab stop: where the focus was last, else the open conversation, else the first. */
  #stopIndex(): number {
    const { shown } = this.#order;
    const last = this.#stopId === undefined ? -1 : shown.indexOf(this.#stopId);
    if (last >= 0 || shown.length === 0) return last;
    return Math.max(0, shown.indexOf(this.chat?.$activeId.get() ?? ''));
  }

  async #focusRow(index: number): Promise<void> {
    const id = this.#order.shown[index];
    if (id === undefined) return;
    this.#stopId = id;
    this.#geometry.reveal(index);
    this.requestUpdate();
    await this.updateComplete;
    const rows = this.listbox?.querySelectorAll('crm-conversation-row') ?? [];
    [...rows].find(({ conversationId }) => conversationId === id)?.focus({ preventScroll: true });
  }

  async #handFocusOn(): Promise<void> {
    await this.updateComplete;
    if (!this.shadowRoot?.activeElement) await this.#focusRow(this.#stopIndex());
  }

  // ---- opening

  #onClick = (event: MouseEvent): void => {
    const row = event.composedPath().find(isRow);
    if (!row) return;
    this.#stopId = row.conversationId;
    this.#open(row.conversationId);
    this.requestUpdate();
  };

  #open(conversationId: string | undefined): void {
    if (conversationId === undefined) return;
    if (this.emit(new CrmConversationSelectEvent({ conversationId }))) this.chat?.setActiveConversation(conversationId);
  }

  // ---- holding still

  #onPointer = (event: PointerEvent): void => {
    // A finger that has left the glass points at nothing.
    this.#hovered = event.type === 'pointerenter' && event.pointerType !== 'touch';
    this.requestUpdate();
  };

  #onFocus = (event: FocusEvent): void => {
    if (this.#drawing) return; // a focused row is being taken away; the focus is handed on afterwards
    this.#focused = event.type === 'focusin';
    if (isRow(event.target) && this.#focused) this.#stopId = event.target.conversationId;
    this.requestUpdate();
  };

  #holds({ loading }: Inbox): boolean {
    if (performance.now() < this.#subject.settledAt) return false;
    // Only the first page of a filter is its answer: the pages below it must not move what is seen.
    if (loading !== 'idle' && loading !== 'loading') this.#subject.answered = true;
    if (!this.#subject.answered) return false;
    return this.#hovered || this.#focused || this.#geometry.scrollTop > this.#geometry.pitch;
  }

  /** Another filter or another store: another list, seen from its top. */
  #turnTo(store: ChatStore, scope: string): void {
    const first = this.#subject.store === undefined;
    this.#subject = { store, scope, settledAt: first ? 0 : performance.now() + ANSWER_WITHIN };
    this.#stopId = undefined;
    if (this.scroller) this.scroller.scrollTop = 0;
  }

  #showFresh = (): void => {
    this.#hovered = this.#focused = false;
    if (this.scroller) this.scroller.scrollTop = 0;
    this.#stopId = undefined;
    this.requestUpdate();
    void this.updateComplete.then(() => this.#focusRow(0));
  };

  // ---- scrolling

  #onScroll = (): void => {
    const { shown } = this.#order;
    const top = this.#geometry.scrollTop;
    const { start, end } = rowWindow(shown.length, this.#geometry.pitch, top, this.#geometry.height);
    const moved = start !== this.#window.start || end !== this.#window.end;
    if (moved || (this.#order.fresh > 0 && top <= this.#geometry.pitch)) this.requestUpdate();
    else this.#loadNearEnd();
  };

  #loadNearEnd(): void {
    const store = this.chat;
    if (!store || store.$inbox.get().loading !== 'more') return;
    const seen = (this.#geometry.scrollTop + this.#geometry.height) / this.#geometry.pitch;
    if (seen > this.#order.shown.length - NEAR_END) store.loadMoreConversations();
  }
}

define('crm-conversation-list', CrmConversationList);

declare global {
  interface HTMLElementTagNameMap {
    'crm-conversation-list': CrmConversationList;
  }
}
