import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { localeFor } from '../../controllers/locale.js';
import { VirtualRows, type KeptPlace, type ReadingPlace } from '../../controllers/virtual-rows.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Gap, Link, Message, Target, Typist, UnreadLine } from '../../store/state.js';
import { contactAvatar } from '../bits/avatar.js';
import { firstName } from '../bits/first-name.js';
import { icon } from '../bits/icons.js';
import { iconArrowDown } from '../bits/more-icons.js';
import { dayName } from '../bits/moments.js';
import { Patience } from '../bits/patience.js';
import { sayWhyNot } from '../bits/refusal.js';
import { StorePart } from '../bits/store-part.js';
import { Announcements } from './announcements.js';
import { AudioPlayer } from './audio-player.js';
import { bodyStyles } from './body.styles.js';
import { historyStyles } from './history.styles.js';
import { LogWalk, spotOf } from './log-walk.js';
import { logStyles } from './log.styles.js';
import { insteadOfMessages, notHere, olderNotLoaded } from './log-states.js';
import { MessageActs } from './message-acts.js';
import type { ChatRenderers, RendererName } from './renderers.js';
import { MessageRow, type Contact, type RowFrame } from './message-row.js';
import type { RowPlace } from './row-frame.js';
import { planRow, samePlan } from './row-plan.js';
import { targetNotice } from './target-notice.js';

/** The pill appears when the end is further away than this. */
const FAR = 120;
/** The unread line stands this far from the top when a conversation is opened. */
const UNREAD_AT = 0.2;
/** A message that was led to is held in colour for so long. */
const LIT_MS = 1200;
const SCROLLING_MS = 1200;
const LIVE_AGAIN_MS = 300;
const TYPING_AGAIN_MS = 30_000;
/** So many messages of one frame fade in; a flood only comes. */
const MOST_FADING = 3;
/** So many conversations keep their reading position. */
const KEPT = 50;

/**
 * The messages of one conversation: a window of rows, the typing bubble at the end, and the pill that leads back there.
 *
 * @internal
 * @tag crm-message-log
 */
export class MessageLog extends StorePart {
  static override styles = [bodyStyles, logStyles, historyStyles];

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
    entering: (keys) => this.#entering(keys),
    scrolled: () => this.#scrolling(),
    moved: () => this.#moved(),
  });
  readonly #player = new AudioPlayer();
  readonly #walk = new LogWalk(this.#walkHost());
  readonly #announcements = new Announcements(
    { now: () => performance.now(), after: (ms, act) => void setTimeout(act, ms) },
    (count) => this.#tellNews(count),
  );
  readonly #patience = new Patience(this);
  /** What the agent has opened inside messages. */
  readonly #openParts = new Map<string, number>();
  readonly #kept = new Map<string, KeptPlace>();
  #frame?: RowFrame;
  #line: UnreadLine | null = null;
  #gaps: readonly Gap[] = [];
  /** The message that was asked for, once it has been led to. */
  #target: Target | null = null;
  /** Held in colour for a moment. */
  #lit: string | undefined;
  #litTimer?: ReturnType<typeof setTimeout>;
  /** What came last may be read out. */
  #aloud = true;
  #fresh: ReadonlySet<string> = new Set();
  #attached = false;
  /** The conversation whose rows are shown. */
  #shown?: string;
  #opened = false;
  /** Opened at the unread line, and the reader has not moved since. */
  #aimed = false;
  #regrouping = false;
  /** The connection was lost and has not come back. */
  #down = false;
  #askedFor?: readonly string[];
  #scrollTimer?: ReturnType<typeof setTimeout>;
  #liveTimer?: ReturnType<typeof setTimeout>;
  #dayTimer?: ReturnType<typeof setInterval>;
  #today = '';
  #typingToldAt = -Infinity;
  #typingTold = '';

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
    clearTimeout(this.#litTimer);
    clearInterval(this.#dayTimer);
    clearTimeout(this.#scrollTimer);
    clearTimeout(this.#liveTimer);
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
          <div class="tail" aria-hidden="true">${this.#typing(typists)}</div>
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
      <div class="sr" role="status">${this.#typingTold}</div>
      <div class="sr" role="status" id="news"></div>
      <div class="sr" role="alert" id="alert"></div>`;
  }

  #typing(typists: readonly Typist[]): TemplateResult | typeof nothing {
    const contact = typists.find((typist) => (typist.senderType ?? 'prospect') === 'prospect');
    const agents = typists.filter((typist) => typist.senderType === 'agent');
    if (!contact && agents.length === 0) return nothing;
    return html`${
      contact
        ? html`<div class="grp grp--in is-first" part="typing">
            ${contactAvatar(this.contact, 24)}
            <div class="grp__b">
              <div class="bub">
                <span class="typing"><i></i><i></i><i></i></span>
              </div>
              <div class="meta"><span>${this.#typingWords(contact)}</span></div>
            </div>
          </div>`
        : nothing
    }${agents.map((agent) => html`<div class="event" part="typing"><span>${this.#typingWords(agent)}</span></div>`)}`;
  }

  #typingWords(typist: Typist): string {
    if (typist.senderType !== 'agent') return msg(str`${this.contact.first || firstName(typist.name ?? '')} is typing`);
    const known = typist.name ?? (typist.senderId ? this.store?.agents.get(typist.senderId)?.name : undefined);
    return known ? msg(str`${firstName(known)} is replying…`) : msg('A colleague is replying…');
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
    const typists = this.store?.thread(this.conversationId).$typing.get() ?? [];
    const typist = typists[0];
    if (typist && Date.now() - this.#typingToldAt >= TYPING_AGAIN_MS) {
      this.#typingToldAt = Date.now();
      this.#typingTold = this.#typingWords(typist);
    } else if (!typist) this.#typingTold = '';
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
    else if (ids !== this.#rows.keys) this.#follow(ids);
    else if (!this.#frame || planMoved) this.#rows.update(ids);
    else this.#rows.sync();
    this.#leadTo(thread.$target.get());
  }

  #open(ids: readonly string[]): void {
    this.#shown = this.conversationId;
    this.news = 0;
    this.#fresh = new Set();
    this.#walk.forget();
    this.#announcements.forget();
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

  /** Rows came, went or moved. */
  #follow(ids: readonly string[]): void {
    const before = this.#rows.keys;
    const last = before.at(-1);
    const from = last === undefined ? 0 : ids.lastIndexOf(last) + 1;
    const appended = last !== undefined && from > 0 ? ids.slice(from).map((key) => this.#get(key)) : [];
    this.#fresh = new Set(appended.slice(-20).map((message) => message?.key ?? ''));
    const own = appended.some(
      (message) => message && (message.delivery === 'sending' || message.delivery === 'queued'),
    );
    const reading = !this.#rows.pinned && !own;
    const heard = appended.filter((message) => message && message.senderType !== 'system').length;
    this.#aloud = own || heard === 0 || this.#announcements.admit(heard, !reading);
    this.#rows.update(ids);
    if (own) this.#rows.goTo('end');
    // Only now there is something to stand above the line.
    else if (this.#aimed && ids[0] !== before[0]) this.#rows.goTo(this.#lineAt());
    if (own) this.#aimed = false;
    if (reading) this.news += heard;
  }

  #get(key: string | undefined): Message | undefined {
    return key === undefined ? undefined : this.store?.thread(this.conversationId).messages.get(key);
  }

  #bind(row: MessageRow, index: number, key: string): void {
    const message = this.#get(key);
    row.frame = this.#frame ??= this.#makeFrame();
    row.key = key;
    row.fresh = this.#fresh.size <= MOST_FADING && this.#fresh.has(key);
    row.classList.toggle('is-target', key === this.#lit);
    if (!message) return;
    const { keys } = this.#rows;
    const plan = planRow(this.#get(keys[index - 1]), message, this.#get(keys[index + 1]), this.#line, this.#gaps);
    if (!samePlan(row.plan, plan)) row.plan = plan;
  }

  #makeFrame(): RowFrame {
    const { store, conversationId } = this;
    if (!store) throw new Error('The message log has rows without a store.');
    return {
      store,
      thread: store.thread(conversationId),
      contact: this.contact,
      player: this.#player,
      now: () => Date.now(),
      acts: this.#makeActs(store, conversationId),
      opened: this.#openParts,
      renderers: this.renderers,
      jump: (messageId) => store.showMessage(conversationId, messageId),
      fill: (gap) => store.fillGap(conversationId, gap),
      rendererFailed: (renderer, error) => this.rendererFailed?.(renderer, error),
      regroup: () => this.#regroup(),
      failed: (message) => void this.#tellFailure(message),
    };
  }

  #makeActs(store: ChatStore, conversationId: string): MessageActs {
    return new MessageActs({
      store,
      conversationId,
      root: this.getRootNode() as ShadowRoot | Document,
      emit: (event) => this.dispatchEvent(event),
      keepFocus: (within) => {
        if (this.#hasFocus(within)) this.focusLog();
      },
      compose: () => this.compose?.(),
      focusLog: () => this.focusLog(),
      nameOf: (message) =>
        message.senderType === 'prospect' ? this.contact.name : message.senderName || msg('Your team'),
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
    this.#light(key);
    if (this.#hasFocus('.log')) this.#walk.focus(key);
  }

  #light(key: string | undefined): void {
    clearTimeout(this.#litTimer);
    this.#rows.row(this.#lit ?? '')?.classList.remove('is-target');
    this.#lit = key;
    if (key === undefined) return;
    this.#rows.row(key)?.classList.add('is-target');
    this.#litTimer = setTimeout(() => this.#light(undefined), LIT_MS);
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

  async #tellFailure(message: Message): Promise<void> {
    const reason = (await sayWhyNot(message.failure)) || msg('Not sent');
    const region = this.renderRoot.querySelector('#alert');
    // The words may end as a sentence does.
    if (region) region.textContent = `${reason.replace(/[\s.:!…。]+$/u, '')}: ${message.content.slice(0, 80)}`;
  }

  #tellNews(count: number): void {
    const region = this.renderRoot.querySelector('#news');
    if (region) region.textContent = count === 1 ? msg('1 new message') : msg(str`${count} new messages`);
  }

  /** Only news is announced: history and rows that scroll into the window come in with the live region off. */
  #entering(keys: readonly string[]): void {
    clearTimeout(this.#liveTimer);
    const news = this.#aloud && keys.every((key) => this.#fresh.has(key));
    this.box.ariaLive = news ? 'polite' : 'off';
    if (!news) this.#liveTimer = setTimeout(() => (this.box.ariaLive = 'polite'), LIVE_AGAIN_MS);
  }

  #scrolling(): void {
    this.#aimed = false;
    this.classList.add('is-scrolling');
    clearTimeout(this.#scrollTimer);
    this.#scrollTimer = setTimeout(() => {
      this.classList.remove('is-scrolling');
      this.floating.hidden = true;
    }, SCROLLING_MS);
  }

  #moved(): void {
    this.far = this.#rows.belowView > FAR;
    if (this.#rows.pinned || !this.far) this.news = 0;
    this.#floatDay();
    if (this.#opened && this.#rows.aboveView < this.box.clientHeight * 1.5) this.#wantOlder();
    if (this.#opened) this.#wantGap();
    this.#walk.moved();
    this.moved?.();
  }

  /** The next page of history; once for each state of the list, because a page is told before its rows are there. */
  #wantOlder(): void {
    const thread = this.store?.thread(this.conversationId);
    const ids = thread?.messages.$ids.get();
    if (thread?.$older.get() !== 'more' || ids === this.#askedFor) return;
    this.#askedFor = ids;
    this.store?.loadOlder(this.conversationId);
  }

  /** A gap that comes near is filled from the side the reader comes from. */
  #wantGap(): void {
    if (this.#gaps.length === 0) return;
    const { rows, keys, firstSeen } = this.#rows;
    const row = rows.find(({ plan }) => plan.gap?.stage === 'more');
    const gap = row?.plan.gap;
    if (
      !row ||
      !gap ||
      !this.#gaps.includes(gap) ||
      keys !== this.store?.thread(this.conversationId).messages.$ids.get()
    )
      return;
    this.store.fillGap(
      this.conversationId,
      gap,
      this.#get(keys[firstSeen])?.key !== row.key && firstSeen < keys.lastIndexOf(row.key),
    );
  }

  /** While the reader scrolls, the day of what he sees stands at the top. */
  #floatDay(): void {
    const first = this.#get(this.#rows.keys[this.#rows.firstSeen]);
    const label = this.floating.firstElementChild;
    if (!first || !label || !this.classList.contains('is-scrolling')) return;
    const top = this.box.getBoundingClientRect().top;
    // A day's own pill near the top says it already.
    const own = [...this.holder.querySelectorAll('.day')].some((pill) => {
      const at = pill.getBoundingClientRect().top - top;
      return at > -24 && at < 40;
    });
    label.textContent = dayName(first.timestamp, Date.now(), localeFor(this, this.store?.$locale.get()));
    this.floating.hidden = own;
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
