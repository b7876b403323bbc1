import { msg, str } from '@lit/localize';
import { html, nothing, type CSSResult, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ReadableAtom } from 'nanostores';
import type { ChannelSheet } from '../../contract/index.js';
import { localeFor } from '../../controllers/locale.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Message, Outcome } from '../../store/state.js';
import { adoptStyles } from '../bits/adopt-styles.js';
import { botAvatar, contactAvatar, teamAvatar } from '../bits/avatar.js';
import { icon } from '../bits/icons.js';
import { iconMore } from '../bits/more-icons.js';
import { dayName } from '../bits/moments.js';
import { firstName } from '../bits/first-name.js';
import { whyNot } from '../bits/refusal.js';
import { StorePart } from '../bits/store-part.js';
import type { AudioPlayer } from './audio-player.js';
import type { BodyHost } from './body-host.js';
import { eventLine } from './event-line.js';
import { gapLine } from './gap-line.js';
import { listenForMenu } from './menu-gestures.js';
import { messageBody } from './message-body.js';
import { messageLabel } from './message-label.js';
import { messageMeta } from './message-meta.js';
import { noteCard } from './note-card.js';
import { quotedSource } from './quoted-source.js';
import { reactions } from './reactions.js';
import { hosted, type MessageContext } from './renderers.js';
import { FOLD_AT } from './rich-text.js';
import type { Contact, RowFrame, RowPlace } from './row-frame.js';
import { transcriptOf, transcriptToggle } from './transcript.js';
import { isEmojiOnly, sideOf, standing, type RowPlan } from './row-plan.js';

export type { Contact, RowFrame };

/** Above this a text is worth measuring: shorter ones stay below the fold at any width. */
const MAYBE_TALL = { letters: 400, lines: 12 };
/** Pixels that are not worth a fold. */
const FOLD_SLACK = 60;

/**
 * One message. It reads its own atom and renders alone.
 *
 * @internal
 * @tag crm-message-row
 */
export class MessageRow extends StorePart implements BodyHost {
  static {
    // Whether a text is tall can only be measured after rendering.
    this.disableWarning?.('change-in-update');
  }

  @property({ attribute: false })
  frame!: RowFrame;

  @property({ attribute: false })
  key = '';

  @property({ attribute: false })
  plan: RowPlan = { day: false, unread: 0, starts: true, ends: true };

  /** Where it stands in its conversation; only of the one that the keyboard has come to. */
  @property({ attribute: false })
  place?: RowPlace | undefined;

  /** Its words are higher than the fold. */
  @state()
  private tall = false;

  readonly #broken = new Set<string>();
  #standing = '';
  #delivery?: Message['delivery'];
  #measured = '';
  /** The list draws it now, and looks itself. */
  #listed = false;

  constructor() {
    super();
    listenForMenu(this, (spot) => {
      const message = this.#message;
      if (message && message.senderType !== 'system') void this.frame.acts.menu(message, spot);
    });
  }

  // ---- what bodies need

  get chat(): ChatStore {
    return this.frame.store;
  }

  get player(): AudioPlayer {
    return this.frame.player;
  }

  get locale(): string | undefined {
    return localeFor(this, this.read(this.frame.store.$locale));
  }

  get markup(): ChannelSheet['markup'] {
    const { store } = this.frame;
    return store.channel(this.#message?.platform ?? '').markup;
  }

  override read<T>(atom: ReadableAtom<T>): T {
    return super.read(atom);
  }

  isBroken(url: string): boolean {
    return this.#broken.has(url);
  }

  broke(url: string): void {
    this.#broken.add(url);
    this.requestUpdate();
  }

  async reload(): Promise<Outcome> {
    const { store, thread, player } = this.frame;
    const outcome = await store.reloadMessage(thread.conversationId, this.#message?.id ?? this.key);
    if (!outcome.ok) return outcome;
    this.#broken.clear();
    if (player.$now.get()?.key === this.key) player.stop();
    this.requestUpdate();
    return outcome;
  }

  isOpen(what: string): boolean {
    return (this.frame.opened.get(`${this.key} ${what}`) ?? 0) > 0;
  }

  toggle(what: string): void {
    const { opened } = this.frame;
    if (!opened.delete(`${this.key} ${what}`)) opened.set(`${this.key} ${what}`, 1);
    this.requestUpdate();
  }

  adopt(styles: CSSResult): void {
    const root = this.getRootNode();
    // A row that is out of the document is drawn again when it comes back.
    if (root instanceof ShadowRoot || root instanceof Document) adoptStyles(root, styles);
  }

  get hasMeta(): boolean {
    return this.plan.ends;
  }

  view(at: number, from: HTMLElement): void {
    const message = this.#message;
    if (message) void this.frame.acts.view(message, at, from);
  }

  get reply(): (() => void) | undefined {
    const message = this.#message;
    const { acts } = this.frame;
    return message && acts.canReply(message) ? () => acts.reply(message) : undefined;
  }

  get leaving(): BodyHost['leaving'] {
    const { store, acts } = this.frame;
    if (!this.#message?.local || !store.attachedFile(this.key)) return undefined;
    return { part: this.read(store.$uploads)[this.key] ?? 0, cancel: () => acts.cancelUpload(this.key) };
  }

  // ---- long words

  get steps(): number {
    return this.frame.opened.get(`${this.key} words`) ?? 0;
  }

  get folded(): boolean {
    return this.tall && this.steps === 0;
  }

  unfold(): void {
    this.#setSteps(this.steps + 1);
  }

  fold(): void {
    this.#setSteps(0);
  }

  #setSteps(steps: number): void {
    const { opened } = this.frame;
    if (steps > 0) opened.set(`${this.key} words`, steps);
    else opened.delete(`${this.key} words`);
    this.requestUpdate();
  }

  /** Measures what may be tall, once for each text. */
  look(): void {
    const message = this.#message;
    if (!message) return;
    const text = message.content.length > 0 ? message.content : (message.metadata?.transcript ?? '');
    if (text === this.#measured || !this.isConnected) return;
    this.#measured = text;
    const maybe = text.length > MAYBE_TALL.letters || text.split('\n', MAYBE_TALL.lines + 1).length > MAYBE_TALL.lines;
    // What was cut for the fold is known to be tall.
    const words = maybe && !this.folded ? this.querySelector<HTMLElement>('.txt:not(.is-folded)') : null;
    if (!words && maybe) return;
    this.tall = (words?.offsetHeight ?? 0) > FOLD_AT + FOLD_SLACK;
  }

  // ---- life

  /** Renders now instead of at the end of the task, so that the list can measure. */
  settle(): void {
    this.#listed = true;
    if (this.isUpdatePending) this.performUpdate();
    this.#listed = false;
  }

  get #message(): Message | undefined {
    return this.frame.thread.messages.get(this.key);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const message = this.#message;
    this.classList.toggle('is-joined', !this.plan.starts);
    if (!message) return;
    // In the list all rows are drawn before the first one is looked at.
    if (!this.#listed) this.look();
    const now = standing(message);
    const known = this.#standing;
    this.#standing = now;
    if (known && known !== now) this.frame.regroup();
    const before = this.#delivery;
    this.#delivery = message.delivery;
    if (before && before !== 'failed' && message.delivery === 'failed') this.frame.failed(message);
  }

  // ---- rendering

  protected override render(): TemplateResult | typeof nothing {
    const message = this.read(this.frame.thread.messages.at(this.key));
    if (!message) return nothing;
    const { day, unread, gap } = this.plan;
    return html`${gap ? gapLine(gap, () => this.frame.fill(gap)) : nothing}${
      day
        ? html`<div class="day"><span>${dayName(message.timestamp, this.frame.now(), this.locale)}</span></div>`
        : nothing
    }${
      unread > 0
        ? html`<div class="newline" role="separator" part="unread">
            <span>${unread === 1 ? msg('1 new message') : msg(str`${unread} new messages`)}</span>
          </div>`
        : nothing
    }${this.#said(message)}`;
  }

  #said(message: Message): TemplateResult {
    const side = sideOf(message);
    if (side === 'event') return eventLine(message, this.locale, (id) => this.#agentName(id), this.place);
    if (side === 'note') return this.#note(message);
    const { starts, ends } = this.plan;
    const body = messageBody(message, this);
    const look = isEmojiOnly(message) && !message.deletedAt && !message.replyTo ? 'emoji' : body.look;
    const waiting = message.delivery === 'queued' || message.delivery === 'sending';
    const kinds = [
      look === 'mail' ? 'mail' : 'bub',
      look && look !== 'mail' ? `bub--${look}` : '',
      message.delivery === 'failed' ? 'is-failed' : '',
      waiting ? 'is-sending' : '',
    ];
    return html`<div
      class="grp grp--${side === 'in' ? 'in' : 'out'} ${side === 'bot' ? 'grp--bot' : ''} ${starts ? 'is-first' : ''}"
      role="article"
      part="message message-${side === 'in' ? 'prospect' : side === 'bot' ? 'bot' : 'agent'}"
      aria-label=${this.#label(message)}
    >
      ${ends ? this.#avatar(message) : nothing}
      <div class="grp__b">
        <div class="say">
          <div class=${kinds.filter(Boolean).join(' ')} part="bubble">
            ${this.#quote(message)}${this.#hosted('messageBody', message, () => body.content)}${
              message.editedAt && !message.deletedAt && !ends
                ? html`<small class="edited">${msg('edited')}</small>`
                : nothing
            }
          </div>
          ${this.#more(message)}
        </div>
        ${reactions(message, (id) => this.#personName(id))}
        ${ends ? this.#hosted('messageMeta', message, () => this.#meta(message)) : nothing}
      </div>
    </div>`;
  }

  #meta(message: Message): TemplateResult {
    const { acts, store } = this.frame;
    const waiting = message.delivery === 'queued' || message.delivery === 'sending';
    const sheet = store.channel(message.platform);
    return messageMeta(
      message,
      {
        locale: this.locale,
        speaker: sideOf(message) === 'in' ? '' : this.#speaker(message),
        offline: waiting && this.read(store.$link).status !== 'online',
        sheet,
        why: message.delivery === 'failed' ? whyNot(message.failure, this, sheet.replyWindow?.after) : '',
        ours: acts.isOurs(message),
        retry: () => acts.retry(this.key),
        remove: () => acts.remove(this.key),
      },
      transcriptOf(message) ? html`<span>${transcriptToggle(this)}</span>` : nothing,
    );
  }

  #note(message: Message): TemplateResult {
    // A note that arrived needs no more than its heading; one that did not says so, with the way on.
    const stuck = message.local === true || message.delivery === 'failed';
    return noteCard(
      message,
      this,
      {
        full: this.#fullName(message),
        short: this.#speaker(message),
        colleague: (id) => this.#agentName(id),
      },
      this.#label(message),
      this.#more(message),
      stuck ? this.#meta(message) : nothing,
    );
  }

  /** Seen when the pointer or the focus is in the row, so that it is no tab stop of every message. */
  #more(message: Message): TemplateResult {
    const { acts } = this.frame;
    return html`<button
      type="button"
      class="ib more"
      part="more"
      aria-haspopup="menu"
      aria-label=${acts.menuLabel}
      title=${acts.menuLabel}
      @click=${(event: MouseEvent) => void acts.menu(message, { beside: event.currentTarget as HTMLElement })}
    >
      ${icon(iconMore)}
    </button>`;
  }

  /** What the host draws, else what we do. */
  #hosted(name: 'messageBody' | 'messageMeta', message: Message, builtIn: () => TemplateResult): unknown {
    const { renderers, store, contact, thread } = this.frame;
    const renderer = renderers?.[name];
    if (!renderer) return builtIn();
    const side = sideOf(message);
    const context: MessageContext = {
      store,
      conversationId: thread.conversationId,
      locale: this.locale,
      key: this.key,
      contactName: contact.name,
      side: side === 'event' ? 'out' : side,
      builtIn,
    };
    return hosted(
      renderer,
      () => renderer(message, context),
      builtIn,
      (error) => this.frame.rendererFailed(name, error),
    );
  }

  #quote(message: Message): TemplateResult | typeof nothing {
    const { replyTo } = message;
    if (!replyTo || message.deletedAt) return nothing;
    const { thread, contact } = this.frame;
    const known = thread.find(replyTo);
    const source = known && this.read(thread.messages.at(known.key));
    const name = !source ? '' : sideOf(source) === 'in' ? contact.first : this.#quotedName(source);
    return quotedSource(source, name, this.markup, () => this.frame.jump(replyTo));
  }

  #avatar(message: Message): TemplateResult {
    const side = sideOf(message);
    if (side === 'in') return contactAvatar(this.frame.contact, 24);
    return side === 'bot' ? botAvatar(24) : teamAvatar(this.#fullName(message), 24);
  }

  #fullName(message: Message): string {
    const known = this.#agentName(message.senderId);
    return message.senderName || known || (this.#isMe(message) ? msg('You') : msg('Team'));
  }

  #quotedName(source: Message): string {
    return source.senderId === this.read(this.frame.store.$me) ? msg('You') : this.#speaker(source);
  }

  #agentName(id: string): string | undefined {
    return this.read(this.frame.store.agents.at(id))?.name;
  }

  /** Reactions name people by id or by name. */
  #personName(id: string): string {
    return id === this.frame.contact.id ? this.frame.contact.first : (this.#agentName(id) ?? id);
  }

  #speaker(message: Message): string {
    return message.senderType === 'bot' ? msg('Bot') : firstName(this.#fullName(message));
  }

  #isMe(message: Message): boolean {
    return message.senderId === this.read(this.frame.store.$me) || OWN.has(message.delivery);
  }

  #label(message: Message): string {
    const name = sideOf(message) === 'in' ? this.frame.contact.first : this.#speaker(message);
    return messageLabel(message, name, this.locale, this.place);
  }
}

const OWN = new Set<Message['delivery']>(['queued', 'sending', 'uncertain']);

declare global {
  interface HTMLElementTagNameMap {
    'crm-message-row': MessageRow;
  }
}
