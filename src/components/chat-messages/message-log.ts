import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { localeFor } from '../../controllers/locale.js';
import { VirtualRows, type KeptPlace, type ReadingPlace } from '../../controllers/virtual-rows.js';
import type { Gap, Link, Message, Target, UnreadLine } from '../../store/state.js';
import { icon } from '../bits/icons.js';
import { iconArrowDown } from '../bits/more-icons.js';
import { Patience } from '../bits/patience.js';
import { StorePart } from '../bits/store-part.js';
import { AudioPlayer } from './audio-player.js';
import { bodyStyles } from './body.styles.js';
import { FloatingDay } from './floating-day.js';
import { HistoryReach } from './history-reach.js';
import { historyStyles } from './history.styles.js';
import { LiveRegion } from './live-region.js';
import { frameOf } from './log-frame.js';
import { LogWalk, spotOf } from './log-walk.js';
import { logStyles } from './log.styles.js';
import { insteadOfMessages, notHere, olderNotLoaded } from './log-states.js';
import type { ChatRenderers, RendererName } from './renderers.js';
import { MessageRow, type Contact, type RowFrame } from './message-row.js';
import type { RowPlace } from './row-frame.js';
import { messageStyles } from './message.styles.js';
import { planRow, samePlan } from './row-plan.js';
import { Spotlight } from './spotlight.js';
import { targetNotice } from './target-notice.js';
import { TypingAloud, typingTail, typingWords } from './typing-tail.js';

/** The pill appears when the end is further away than this. */
const FAR = 120;
/** The unread line stands this far from the top when a conversation is opened. */
const UNREAD_AT = 0.2;
/** So many messages of one frame fade in; a flood only comes. */
const MOST_FADING = 3;
const FADING = 'is-new';
/** So many conversations keep their reading position. */
const KEPT = 50;

/**
 * The messages of one conversation: a window of rows, the typing bubble at the end, and the pill that leads back there.
 *
 * @internal
 * @tag crm-message-log
 */
export class MessageLog extends StorePart {
  static override styles = [bodyStyles, messageStyles, logStyles, historyStyles];

  static {
    // Whether the pill is needed can only be measured after rendering.
    this.disableWarning?.('change-in-update');
  }

  @property({ attribute: false })
  conversationId = '';

  @property({ attribute: false })
  contact: Contact = { id: '', name: '', first: '' };

  /** Renderers of the host. */
  @property({ attribute: false })
  renderers?: ChatRenderers | undefined;

  /** Told when one of them threw. */
  @property({ attribute: false })
  rendererFailed?: (renderer: RendererName, error: unknown) => void;

  /** Leads to the reply field. */
  @property({ attribute: false })
  compose?: () => void;

  /** Told whenever the reader or the window has moved. */
  @property({ attribute: false })
  moved?: () => void;

  @state()
  private far = false;

  /** Messages that came while the reader was further up. */
  @state()
  private news = 0;

  @query('.log')
  private box!: HTMLElement;

  @query('.rows')
  private holder!: HTMLElement;

  @query('.day--float')
  private floating!: HTMLElement;

  readonly #rows = new VirtualRows<MessageRow>({
    create: () => new MessageRow(),
    bind: (row, index, key) => this.#bind(row, index, key),
    settle: (row) => row.settle(),
    look: (row) => row.look(),
    held: (row) => spotOf(row),
    entering: (keys) => this.#live.entering(keys, this.box),
    scrolled: () => this.#scrolling(),
    moved: () => this.#moved(),
  });
  readonly #player = new AudioPlayer();
  readonly #walk = new LogWalk(this.#walkHost());
  readonly #spot = new Spotlight((key) => this.#rows.row(key));
  readonly #live = new LiveRegion(() => this.renderRoot);
  readonly #typing = new TypingAloud();
  readonly #day = new FloatingDay(this, () => this.floating);
  readonly #reach = new HistoryReach();
  readonly #patience = new Patience(this);
  /** What the agent has opened inside messages. */
  readonly #openParts = new Map<string, number>();
  readonly #kept = new Map<string, KeptPlace>();
  #frame?: RowFrame;
  #line: UnreadLine | null = null;
  #gaps: readonly Gap[] = [];
  /** The message that was asked for, once it has been led to. */
  #target: Target | null = null;
  #attached = false;
  /** The conversation whose rows are shown. */
  #shown?: string;
  #opened = false;
  /** Opened at the unread line, and the reader has not moved since. */
  #aimed = false;
  #regrouping = false;
  /** The connection was lost and has not come back. */
  #down = false;
  #dayTimer?: ReturnType<typeof setInterval>;
  #today = '';

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** The end of the conversation is seen. */
  get atEnd(): boolean {
    return this.#opened && this.#rows.pinned;
  }

  /** Puts keyboard focus on the messages. */
  focusLog(): void {
    this.box?.focus({ preventScroll: true });
  }

  /** Puts keyboard focus on a message without moving it; without one, on where it was last, if that is still near. */
  focusPlace(key: string | undefined): void {
    this.#walk.resume(key);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#today = new Date().toDateString();
    this.#dayTimer = setInterval(() => this.#turnDay(), 60_000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave();
    this.#rows.detach();
    this.#attached = false;
    // A move through the document is no end: only who is gone falls silent.
    queueMicrotask(() => this.isConnected || this.#player.stop());
    this.#spot.stop();
    clearInterval(this.#dayTimer);
    this.#day.stop();
    this.#live.stop();
  }

  // ---- rendering

  protected override render(): TemplateResult | typeof nothing {
    const { store } = this;
    if (!store) return nothing;
    const thread = store.thread(this.conversationId);
    const first = this.read(thread.$first);
    const older = this.read(thread.$older);
    const ids = this.read(thread.messages.$ids);
    const empty = ids.length === 0;
    this.read(thread.$unreadLine);
    this.read(thread.$gaps);
    const target = this.read(thread.$target);
    const typists = this.read(thread.$typing);
    const pending = first === 'idle' || first === 'loading';
    // Nothing of the history is here: nothing at all, or only what was written here and still waits.
    const bare = empty || thread.messages.get(ids[0] ?? '')?.local === true;
    const patient = this.#patience.over(pending && bare);
    const away = this.#isAway(this.read(store.$link).status) && patient;
    return html`<div
        class="log scroll"
        part="log"
        role="log"
        aria-label=${msg('Messages')}
        aria-live="polite"
        aria-relevant="additions"
        tabindex="0"
        @keydown=${(event: KeyboardEvent) => this.#walk.pressed(event)}
        @focusin=${(event: FocusEvent) => this.#walk.focused(event)}
        @focusout=${(event: FocusEvent) => this.#walk.left(event)}
      >
        ${empty ? insteadOfMessages(first, patient, away, () => store.loadThread(this.conversationId)) : nothing}
        <div class="log__in" ?hidden=${empty}>
          <div class="older">
            ${older === 'failed' ? olderNotLoaded(() => store.loadOlder(this.conversationId)) : nothing}
            ${away && !empty ? notHere() : nothing}
          </div>
          <div class="rows"></div>
          <div class="tail" aria-hidden="true">${typingTail(typists, this.contact, store)}</div>
        </div>
      </div>
      <div class="day day--float" aria-hidden="true" hidden><span></span></div>
      ${this.far && !empty ? this.#jump() : nothing}
      ${targetNotice(
        target,
        () => store.showMessage(this.conversationId, target?.messageId ?? null),
        () => {
          if (this.#hasFocus('.sought')) this.focusLog();
          store.showMessage(this.conversationId, null);
        },
      )}
      <div class="sr" role="status">${this.#typing.words}</div>
      <div class="sr" role="status" id="news"></div>
      <div class="sr" role="alert" id="alert"></div>`;
  }

  #jump(): TemplateResult {
    const words = this.news > 0 ? msg(str`${this.news} new`) : msg('Latest');
    return html`<div class="jump">
      <button type="button" part="jump" aria-label=${msg(str`${words}, go to the end`)} @click=${this.#toEnd}>
        ${icon(iconArrowDown, 16)}${words}
      </button>
    </div>`;
  }

  /** An attempt to connect changes nothing until it succeeds: else the words would come and go with each one. */
  #isAway(status: Link['status']): boolean {
    if (status === 'online') this.#down = false;
    else if (status !== 'connecting' && status !== 'idle') this.#down = true;
    return this.#down || status === 'idle';
  }

  readonly #toEnd = (): void => {
    this.#aimed = false;
    if (this.#hasFocus('.jump')) this.focusLog(); // the pill goes away
    this.#rows.glideToEnd();
  };

  /** Keyboard focus is on something in there that may be gone in a moment. */
  #hasFocus(within: string): boolean {
    const root = this.getRootNode();
    const focused = root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
    return focused !== null && this.contains(focused) && focused.closest(within) !== null;
  }

  // ---- rows

  protected override willUpdate(changed: PropertyValues<this>): void {
    if ((changed.has('conversationId') || changed.has('store')) && this.#shown !== undefined) {
      this.#leave();
      this.#player.stop();
    }
    for (const name of ['conversationId', 'store', 'contact', 'renderers'] as const)
      if (changed.has(name)) this.#frame = undefined;
    const { store, contact } = this;
    const [typist] = store?.thread(this.conversationId).$typing.get() ?? [];
    if (store) this.#typing.hear(typist, Date.now(), (who) => typingWords(who, contact, store));
  }

  protected override updated(): void {
    const thread = this.store?.thread(this.conversationId);
    if (!thread || !this.isConnected) return;
    if (!this.#attached) {
      this.#rows.attach(this.box, this.holder, [...this.renderRoot.querySelectorAll('.older, .tail')]);
      this.#attached = true;
    }
    const ids = thread.messages.$ids.get();
    const line = thread.$unreadLine.get();
    const gaps = thread.$gaps.get();
    const planMoved = line !== this.#line || gaps !== this.#gaps;
    this.#line = line;
    this.#gaps = gaps;
    if (this.#shown !== this.conversationId) this.#open(ids);
    else if (!this.#opened && ids.length > 0) this.#open(ids);
    else if (ids !== this.#rows.keys) this.#follow(ids, !this.#frame || planMoved);
    else if (!this.#frame || planMoved) this.#rows.update(ids);
    else this.#rows.sync();
    this.#leadTo(thread.$target.get());
  }

  #open(ids: readonly string[]): void {
    this.#shown = this.conversationId;
    this.news = 0;
    this.#walk.forget();
    this.#live.forget();
    const kept = this.#kept.get(this.conversationId);
    this.#opened = ids.length > 0;
    const place = this.#startingPlace(kept);
    this.#aimed = place !== 'end' && place !== kept?.place;
    this.#rows.open(ids, place, kept);
  }

  #startingPlace(kept: KeptPlace | undefined): ReadingPlace {
    if (kept && kept.place !== 'end') return kept.place;
    return this.#lineAt();
  }

  #lineAt(): ReadingPlace {
    return this.#line ? { key: this.#line.key, offset: this.box.clientHeight * UNREAD_AT } : 'end';
  }

  #leave(): void {
    const left = this.#shown;
    this.#shown = undefined;
    if (left === undefined || !this.#opened) return;
    this.#opened = false;
    this.#kept.delete(left);
    this.#kept.set(left, this.#rows.keep());
    for (const oldest of this.#kept.keys()) if (this.#kept.size > KEPT) this.#kept.delete(oldest);
  }

  /** Rows came, went or moved; `all`: and every row shows something else. */
  #follow(ids: readonly string[], all: boolean): void {
    const before = this.#rows.keys;
    const last = before.at(-1);
    const from = last === undefined ? 0 : ids.lastIndexOf(last) + 1;
    const appended = last !== undefined && from > 0 ? ids.slice(from).map((key) => this.#get(key)) : [];
    this.#live.fresh = new Set(appended.slice(-20).map((message) => message?.key ?? ''));
    const own = appended.some(
      (message) => message && (message.delivery === 'sending' || message.delivery === 'queued'),
    );
    const reading = !this.#rows.pinned && !own;
    const heard = appended.filter((message) => message && message.senderType !== 'system').length;
    this.#live.came(heard, own, !reading);
    const faded = [...this.holder.getElementsByClassName(FADING)];
    if (all) this.#rows.update(ids);
    else this.#rows.change(ids);
    // After all rows have been measured: before it, the browser would have to lay out twice.
    for (const row of faded) row.classList.remove(FADING);
    if (own) this.#rows.goTo('end');
    // Only now there is something to stand above the line.
    else if (this.#aimed && ids[0] !== before[0]) this.#rows.goTo(this.#lineAt());
    if (own) this.#aimed = false;
    if (reading) this.news += heard;
  }

  #get(key: string | undefined): Message | undefined {
    return key === undefined ? undefined : this.store?.thread(this.conversationId).messages.get(key);
  }

  /** Came while we looked. */
  #fades(key: string): boolean {
    const { fresh } = this.#live;
    return fresh.size <= MOST_FADING && fresh.has(key);
  }

  #bind(row: MessageRow, index: number, key: string): void {
    const message = this.#get(key);
    row.frame = this.#frame ??= this.#makeFrame();
    row.key = key;
    row.classList.toggle(FADING, this.#fades(key));
    this.#spot.bind(row, key);
    if (!message) return;
    const { keys } = this.#rows;
    const plan = planRow(this.#get(keys[index - 1]), message, this.#get(keys[index + 1]), this.#line, this.#gaps);
    if (!samePlan(row.plan, plan)) row.plan = plan;
  }

  #makeFrame(): RowFrame {
    const { store, conversationId, contact, renderers } = this;
    if (!store) throw new Error('The message log has rows without a store.');
    return frameOf({
      store,
      conversationId,
      contact,
      renderers,
      player: this.#player,
      opened: this.#openParts,
      element: this,
      hasFocus: (within) => this.#hasFocus(within),
      focusLog: () => this.focusLog(),
      compose: () => this.compose?.(),
      regroup: () => this.#regroup(),
      failed: (message) => void this.#live.failed(message, store.channel(message.platform).replyWindow?.after),
      rendererFailed: (renderer, error) => this.rendererFailed?.(renderer, error),
    });
  }

  /** To the message that was asked for, once it is here and in the list. */
  #leadTo(target: Target | null): void {
    if (target === this.#target) return;
    const key =
      target?.stage === 'here' ? this.store?.thread(this.conversationId).find(target.messageId)?.key : undefined;
    if (key !== undefined && !this.#rows.keys.includes(key)) return; // told with the next frame
    this.#target = target;
    if (key === undefined) return;
    this.#aimed = false;
    this.#rows.goTo({ key, offset: this.box.clientHeight * UNREAD_AT });
    this.#spot.on(key);
    if (this.#hasFocus('.log')) this.#walk.focus(key);
  }

  #walkHost() {
    const log = this; // eslint-disable-line @typescript-eslint/no-this-alias
    return {
      get rows() {
        return log.#rows;
      },
      get box() {
        return log.box;
      },
      placeOf: (key: string, index: number): RowPlace => {
        const { seq } = this.#get(key) ?? {};
        const last = this.store?.conversations.get(this.conversationId)?.lastSeq;
        const count = this.#rows.keys.length;
        // Numbers count the whole history, places only what is loaded.
        return seq !== undefined && last !== undefined && seq <= last
          ? { at: seq, of: last }
          : { at: index + 1, of: count };
      },
    };
  }

  #regroup(): void {
    if (this.#regrouping) return;
    this.#regrouping = true;
    queueMicrotask(() => {
      this.#regrouping = false;
      if (this.#opened) this.#rows.update(this.#rows.keys);
    });
  }

  #scrolling(): void {
    this.#aimed = false;
    this.#day.scrolled();
  }

  #moved(): void {
    this.far = this.#rows.belowView > FAR;
    if (this.#rows.pinned || !this.far) this.news = 0;
    const { store, conversationId } = this;
    const { keys, firstSeen } = this.#rows;
    const top = this.#day.isUp ? this.#get(keys[firstSeen]) : undefined;
    if (top) this.#day.show(top.timestamp, this.box, this.holder, localeFor(this, store?.$locale.get()));
    if (store && this.#opened) {
      if (this.#rows.aboveView < this.box.clientHeight * 1.5) this.#reach.older(store, conversationId);
      if (this.#gaps.length > 0) this.#reach.gap(store, conversationId, this.#gaps, this.#rows);
    }
    this.#walk.moved();
    this.moved?.();
  }

  #turnDay(): void {
    const today = new Date().toDateString();
    if (today === this.#today) return;
    this.#today = today;
    this.#frame = undefined;
    this.#rows.update(this.#rows.keys);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-message-log': MessageLog;
  }
}
