import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ReadableAtom } from 'nanostores';
import { localeFor } from '../../controllers/locale.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Message, Thread } from '../../store/state.js';
import { botAvatar, contactAvatar, teamAvatar } from '../bits/avatar.js';
import { icon, iconLock } from '../bits/icons.js';
import { clock, dayName } from '../bits/moments.js';
import { plainLabel } from '../bits/plain-label.js';
import { StorePart } from '../bits/store-part.js';
import type { AudioPlayer } from './audio-player.js';
import { messageBody, richText, transcriptOf, type BodyHost } from './message-body.js';
import { messageMeta } from './message-meta.js';
import { isEmojiOnly, sideOf, standing, type RowPlan } from './row-plan.js';

/** The contact as rows name them. */
export interface Contact {
  readonly id: string;
  readonly name: string;
  /** First name; the whole identifier when there is no name. */
  readonly first: string;
}

/** What all rows of one log share. */
export interface RowFrame {
  readonly store: ChatStore;
  readonly thread: Thread;
  readonly contact: Contact;
  readonly player: AudioPlayer;
  now(): number;
  retry(key: string): void;
  remove(key: string): void;
  /** Something that decides about the groups has changed. */
  regroup(): void;
  /** A message that was on its way has failed. */
  failed(message: Message): void;
}

/**
 * One message. It reads its own atom and renders alone.
 *
 * @internal
 * @tag crm-message-row
 */
export class MessageRow extends StorePart implements BodyHost {
  @property({ attribute: false })
  frame!: RowFrame;

  @property({ attribute: false })
  key = '';

  @property({ attribute: false })
  plan: RowPlan = { day: false, unread: 0, starts: true, ends: true };

  /** Came while we looked: fades in. */
  @property({ attribute: false })
  fresh = false;

  @state()
  private brokenPicture?: string;

  @state()
  private opened = false;

  @state()
  private whole = false;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  #standing = '';
  #delivery?: Message['delivery'];

  get player(): AudioPlayer {
    return this.frame.player;
  }

  get locale(): string | undefined {
    return localeFor(this, this.read(this.frame.store.$locale));
  }

  get broken(): boolean {
    return this.brokenPicture !== undefined && this.brokenPicture === pictureOf(this.#message);
  }

  get transcriptOpen(): boolean {
    return this.opened;
  }

  get transcriptToggle(): TemplateResult | typeof nothing {
    return this.plan.ends ? nothing : this.#fold();
  }

  override read<T>(atom: ReadableAtom<T>): T {
    return super.read(atom);
  }

  get allShown(): boolean {
    return this.whole;
  }

  showAll(): void {
    this.whole = true;
  }

  broke(): void {
    this.brokenPicture = pictureOf(this.#message);
  }

  /** Renders now instead of at the end of the task, so that the list can measure. */
  settle(): void {
    if (this.isUpdatePending) this.performUpdate();
  }

  get #message(): Message | undefined {
    return this.frame.thread.messages.get(this.key);
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const message = this.#message;
    this.classList.toggle('is-joined', !this.plan.starts);
    this.classList.toggle('is-new', this.fresh);
    if (!message) return;
    const now = standing(message);
    const known = this.#standing;
    this.#standing = now;
    if (known && known !== now) this.frame.regroup();
    const before = this.#delivery;
    this.#delivery = message.delivery;
    if (before && before !== 'failed' && message.delivery === 'failed') this.frame.failed(message);
  }

  protected override render(): TemplateResult | typeof nothing {
    const message = this.read(this.frame.thread.messages.at(this.key));
    if (!message) return nothing;
    const { day, unread } = this.plan;
    return html`${
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
    if (side === 'event') return this.#event(message);
    if (side === 'note') return this.#note(message);
    const { starts, ends } = this.plan;
    const body = messageBody(message, this);
    const look = isEmojiOnly(message) && !message.deletedAt ? 'emoji' : body.look;
    const waiting = message.delivery === 'queued' || message.delivery === 'sending';
    const kinds = [
      look === 'mail' ? 'mail' : 'bub',
      look && look !== 'mail' ? `bub--${look}` : '',
      message.delivery === 'failed' ? 'is-failed' : '',
      waiting ? 'is-sending' : '',
    ];
    const words = transcriptOf(message);
    return html`<div
      class="grp grp--${side === 'in' ? 'in' : 'out'} ${side === 'bot' ? 'grp--bot' : ''} ${starts ? 'is-first' : ''}"
      role="article"
      part="message message-${side === 'in' ? 'prospect' : side === 'bot' ? 'bot' : 'agent'}"
      aria-label=${this.#label(message)}
    >
      ${ends ? this.#avatar(message) : nothing}
      <div class="grp__b">
        <div class=${kinds.filter(Boolean).join(' ')} part="bubble">${this.#quote(message)}${body.content}</div>
        ${
          ends
            ? messageMeta(
                message,
                {
                  locale: this.locale,
                  speaker: side === 'in' ? '' : this.#speaker(message),
                  offline: waiting && this.read(this.frame.store.$link).status !== 'online',
                  sheet: this.frame.store.channel(message.platform),
                  ours: this.#isOurs(message),
                  retry: () => this.frame.retry(this.key),
                  remove: () => this.frame.remove(this.key),
                },
                words ? html`<span>${this.#fold()}</span>` : nothing,
              )
            : nothing
        }
      </div>
    </div>`;
  }

  #fold(): TemplateResult {
    return html`<button
      type="button"
      class="link fold"
      aria-expanded=${this.opened ? 'true' : 'false'}
      @click=${() => (this.opened = !this.opened)}
    >
      ${this.opened ? msg('Hide transcript') : msg('Show transcript')}
    </button>`;
  }

  #event(message: Message): TemplateResult {
    return html`<div class="event" part="event">
      <span><bdi>${message.content}</bdi> · <bdi>${clock(message.timestamp, this.locale)}</bdi></span>
    </div>`;
  }

  #note(message: Message): TemplateResult {
    const name = this.#speaker(message);
    return html`<div class="notecard" role="article" part="note" aria-label=${this.#label(message)}>
      ${teamAvatar(this.#fullName(message), 24)}
      <div class="notecard__b">
        <div class="notecard__h">
          ${icon(iconLock, 14)}<span>${msg(str`${name} left a note. Only your team sees it`)}</span>
          <time datetime=${message.timestamp}><bdi>${clock(message.timestamp, this.locale)}</bdi></time>
        </div>
        <p>${richText(message.content, this)}</p>
      </div>
    </div>`;
  }

  #quote(message: Message): TemplateResult | typeof nothing {
    const source = message.replyTo ? this.frame.thread.messages.get(message.replyTo) : undefined;
    if (!source) return nothing;
    const own = source.senderId === this.read(this.frame.store.$me);
    const name = sideOf(source) === 'in' ? this.frame.contact.first : own ? msg('You') : this.#speaker(source);
    return html`<span class="quote"><b>${name}</b><span dir="auto">${source.content.slice(0, 140)}</span></span>`;
  }

  #avatar(message: Message): TemplateResult {
    const side = sideOf(message);
    if (side === 'in') return contactAvatar(this.frame.contact, 24);
    return side === 'bot' ? botAvatar(24) : teamAvatar(this.#fullName(message), 24);
  }

  #fullName(message: Message): string {
    const known = this.read(this.frame.store.agents.at(message.senderId))?.name;
    return message.senderName || known || (this.#isMe(message) ? msg('You') : msg('Team'));
  }

  /** A colleague's words are theirs to send again. */
  #isOurs(message: Message): boolean {
    const me = this.frame.store.$me.get();
    return message.local === true || me === undefined || message.senderId === me;
  }

  #speaker(message: Message): string {
    return message.senderType === 'bot' ? msg('Bot') : firstName(this.#fullName(message));
  }

  #isMe(message: Message): boolean {
    return message.senderId === this.read(this.frame.store.$me) || OWN.has(message.delivery);
  }

  /** `Camila, 10:26, message` */
  #label(message: Message): string {
    const name = sideOf(message) === 'in' ? this.frame.contact.first : this.#speaker(message);
    const kinds: Readonly<Record<string, string>> = {
      image: msg('photo'),
      file: msg('file'),
      audio: msg('voice note'),
      email: msg('email'),
    };
    const kind = message.visibility === 'internal' ? msg('note') : (kinds[message.messageType] ?? msg('message'));
    return [name, clock(message.timestamp, this.locale), kind].join(', ');
  }
}

const OWN = new Set<Message['delivery']>(['queued', 'sending', 'uncertain']);
const pictureOf = (message: Message | undefined) => message && (message.metadata?.imageUrl ?? message.content);

/** The first word of a name; identifiers such as phone numbers stay whole. */
export function firstName(name: string): string {
  const whole = plainLabel(name).trim();
  const first = whole.split(/\s+/u)[0] ?? '';
  return /^\p{L}/u.test(first) ? first : whole;
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-message-row': MessageRow;
  }
}
