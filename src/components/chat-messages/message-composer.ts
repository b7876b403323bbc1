import { msg, str, updateWhenLocaleChanges } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ChannelSheet, Conversation, Prospect } from '../../contract/index.js';
import { channelBadge } from '../bits/avatar.js';
import { icon, iconAlert, iconBot, iconReply, iconSend, iconX } from '../bits/icons.js';
import { plainLabel } from '../bits/plain-label.js';
import { previewOf } from '../bits/preview.js';
import { StorePart } from '../bits/store-part.js';
import { CrmBotToggleEvent, CrmMessageSendEvent } from '../events.js';

/** The counter appears when so much of the channel's length is used. */
const NEARLY = 0.9;
const UNDO_MS = 6000;
/** Tallest the field grows by itself, in pixels; more scrolls. */
const TALLEST = 200;

/**
 * The reply field. It renders apart from the log, so that typing never waits for messages and messages never for typing.
 * The text stays in the field until the store has taken it.
 *
 * @internal
 * @tag crm-message-composer
 */
export class MessageComposer extends StorePart {
  static {
    // What the field holds is known only after it is there.
    this.disableWarning?.('change-in-update');
  }

  @property({ attribute: false })
  conversationId = '';

  /** Whether there is anything to send, or too much of it: the only things of the text that are rendered. */
  @state()
  private filled = false;

  @state()
  private length = 0;

  @state()
  private problem = '';

  /** The bot was paused by typing: Undo is offered. */
  @state()
  private paused = false;

  @query('textarea')
  private field!: HTMLTextAreaElement;

  #draft = '';
  #sending = false;
  #pausedOnce = false;
  #undoTimer?: ReturnType<typeof setTimeout>;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  focusComposer(): void {
    this.field?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTyping();
    clearTimeout(this.#undoTimer);
    this.paused = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { store, conversationId } = this;
    if (!store) return nothing;
    const conversation = this.read(store.conversations.at(conversationId));
    const prospect = conversation && this.read(store.prospects.at(conversation.prospectId));
    const sheet = conversation && store.channel(conversation.platform);
    this.read(store.thread(conversationId).$draft);
    const over = sheet ? this.length - sheet.maxLength : 0;
    const blocked = !this.filled || over > 0;
    return html`<div class="composer" part="composer">
      <div class="box">
        ${this.#replyStrip(prospect)}${this.#strip()}
        <textarea
          class="input"
          part="input"
          rows="1"
          dir="auto"
          aria-label=${msg('Reply')}
          aria-describedby=${over > 0 ? 'count' : nothing}
          aria-invalid=${over > 0 ? 'true' : nothing}
          placeholder=${msg('Write a reply')}
          autocomplete="off"
          @input=${this.#typed}
          @keydown=${this.#pressed}
          @blur=${this.#stopTyping}
        ></textarea>
        <div class="bar">
          <slot name="composer-actions"></slot>
          ${sheet ? this.#count(sheet, over) : nothing}${conversation && sheet ? this.#via(conversation, prospect, sheet) : nothing}
          <button
            class="send"
            type="button"
            part="send"
            aria-label=${msg('Send')}
            title=${msg('Send')}
            aria-disabled=${blocked ? 'true' : 'false'}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => void this.#send()}
          >
            ${icon(iconSend)}
          </button>
        </div>
      </div>
    </div>`;
  }

  /** The message that the next reply quotes, and the way to take that back. */
  #replyStrip(prospect: Prospect | undefined): TemplateResult | typeof nothing {
    const thread = this.store?.thread(this.conversationId);
    const target = thread && this.read(thread.$replyTarget);
    if (!thread || !target) return nothing;
    const known = thread.find(target);
    const source = known && this.read(thread.messages.at(known.key));
    const name =
      source?.senderType === 'prospect' ? plainLabel(prospect?.name ?? '') : plainLabel(source?.senderName ?? '');
    return html`<div class="strip" part="reply-target">
      ${icon(iconReply, 16, 'flip')}<span class="grow cut"
        >${name ? html`${msg('Reply to')} <bdi>${name}</bdi>: ` : html`${msg('Reply to')} `}<bdi
          >${source ? previewOf(source).text : msg('An earlier message')}</bdi
        ></span
      >
      <button
        type="button"
        class="ib ib--small"
        aria-label=${msg('Do not reply to this message')}
        title=${msg('Do not reply to this message')}
        @click=${this.#dropTarget}
      >
        ${icon(iconX, 16)}
      </button>
    </div>`;
  }

  readonly #dropTarget = (): void => {
    this.store?.setReplyTarget(this.conversationId, null);
    this.focusComposer(); // the button goes away
  };

  #via(conversation: Conversation, prospect: Prospect | undefined, sheet: ChannelSheet): TemplateResult {
    return html`<span class="via"
      >${channelBadge(conversation.platform, sheet.label)}${
        prospect ? html`<span class="cut">${msg('to')} <bdi>${plainLabel(prospect.identifier)}</bdi></span>` : nothing
      }</span
    >`;
  }

  #count(sheet: ChannelSheet, over: number): TemplateResult | typeof nothing {
    if (this.length < sheet.maxLength * NEARLY) return nothing;
    const words =
      over > 0
        ? msg(str`${over} characters too many for ${sheet.label}`)
        : msg(str`${sheet.maxLength - this.length} characters left`);
    return html`<span class="left ${over > 0 ? 'is-over' : ''}" id="count" role="status">${words}</span>`;
  }

  #strip(): TemplateResult | typeof nothing {
    const { store } = this;
    if (!store) return nothing;
    if (this.problem) {
      return html`<div class="strip strip--crit" part="strip" role="alert">
        ${icon(iconAlert, 16)}<span class="grow">${this.problem}</span>
      </div>`;
    }
    if (this.paused) {
      return html`<div class="strip" part="strip" role="status">
        ${icon(iconBot, 16)}<span class="grow">${msg('Bot paused for this conversation.')}</span>
        <button type="button" @click=${this.#undoPause}>${msg('Undo')}</button>
      </div>`;
    }
    this.read(store.$settings);
    if (!store.botEnabled(this.conversationId)) return nothing;
    return html`<div class="strip" part="strip">
      ${icon(iconBot, 16)}<span class="grow"
        >${
          this.#pausedOnce
            ? msg('The bot is answering.')
            : msg('The bot is answering. Typing here pauses it for this conversation.')
        }</span
      >
      <button type="button" @click=${this.#takeOver}>${msg('Take over')}</button>
    </div>`;
  }

  // ---- drafts

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('conversationId') && !changed.has('store')) return;
    const before = changed.get('conversationId');
    if (before) this.store?.setTyping(before, false);
    this.#draft = '';
    this.#pausedOnce = false;
    this.#endUndo();
    this.problem = '';
    const draft = this.store?.thread(this.conversationId).$draft.get() ?? '';
    if (this.field) this.#show(draft);
  }

  protected override updated(): void {
    const draft = this.store?.thread(this.conversationId).$draft.get();
    if (draft !== undefined) this.#take(draft);
  }

  /** A draft that came from elsewhere (kept from an earlier page, another tab) is shown unless it would hurt own words. */
  #take(draft: string): void {
    // While a message is being taken, the store empties its draft: the words in the field may be newer.
    if (!this.field || this.#sending || draft === this.#draft) return;
    if (this.field.value === '' || this.field.value === this.#draft) this.#show(draft);
  }

  #show(text: string): void {
    this.#draft = text;
    this.field.value = text;
    this.#grow();
    this.#note();
  }

  #note(): void {
    const { value } = this.field;
    this.filled = /\S/u.test(value);
    this.length = value.length;
  }

  /** Where the browser cannot size the field by its contents, we do. */
  #grow(): void {
    if (CSS.supports('field-sizing', 'content')) return;
    this.field.style.blockSize = 'auto';
    this.field.style.blockSize = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  // ---- writing

  readonly #typed = (): void => {
    const { store, conversationId } = this;
    if (!store) return;
    const text = this.field.value;
    this.#draft = text;
    this.problem = '';
    this.#grow();
    this.#note();
    store.setDraft(conversationId, text);
    store.setTyping(conversationId, this.filled);
    if (this.filled && !this.#pausedOnce && store.botEnabled(conversationId)) {
      this.#pausedOnce = true;
      if (this.#setBot(false)) this.#offerUndo();
    }
  };

  readonly #stopTyping = (): void => {
    if (this.conversationId) this.store?.setTyping(this.conversationId, false);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    // While an input method is choosing letters, Enter belongs to it. 229 is how Safari says so after the fact.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && this.store?.thread(this.conversationId).$replyTarget.get()) {
      event.preventDefault();
      event.stopPropagation(); // one layer at a time
      return this.#dropTarget();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void this.#send();
  };

  async #send(): Promise<void> {
    const { store, conversationId } = this;
    const written = this.field.value;
    const content = written.trim();
    const conversation = store?.conversations.get(conversationId);
    if (!store || !content || this.#sending) return this.focusComposer();
    if (conversation && written.length > store.channel(conversation.platform).maxLength) return this.focusComposer();
    const before = new CrmMessageSendEvent({ conversationId, content, messageType: 'text' });
    if (!this.dispatchEvent(before)) return;
    this.#sending = true;
    try {
      const replyTo = store.thread(conversationId).$replyTarget.get();
      await store.sendMessage(conversationId, content, 'text', replyTo ? { replyTo } : {});
      this.#sent(conversationId, written);
    } catch {
      if (this.conversationId === conversationId)
        this.problem = msg('This message could not be taken. Your words are still here: send them again.');
    } finally {
      this.#sending = false;
      if (this.conversationId === conversationId && this.contains(this.#focused())) this.focusComposer();
    }
  }

  /** Only what was sent leaves the field; words typed meanwhile stay. */
  #sent(conversationId: string, written: string): void {
    const store = this.store;
    if (!store) return;
    if (this.conversationId !== conversationId) {
      if (store.thread(conversationId).$draft.get() === written) store.setDraft(conversationId, '');
      return;
    }
    const { value } = this.field;
    const rest = value.startsWith(written) ? value.slice(written.length) : value;
    this.problem = '';
    this.#show(rest);
    store.setDraft(conversationId, rest);
    if (!rest) store.setTyping(conversationId, false);
  }

  #focused(): Element | null {
    const root = this.getRootNode();
    return root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
  }

  // ---- the bot

  /** False when a host took the act over. */
  #setBot(enabled: boolean): boolean {
    const { store, conversationId } = this;
    if (!store || !this.dispatchEvent(new CrmBotToggleEvent({ conversationId, enabled }))) return false;
    if (store.botEnabled(conversationId) !== enabled) void store.toggleBot(conversationId);
    return true;
  }

  readonly #takeOver = (): void => {
    if (this.#setBot(false)) this.focusComposer(); // the button goes away
  };

  #offerUndo(): void {
    this.paused = true;
    clearTimeout(this.#undoTimer);
    this.#undoTimer = setTimeout(() => (this.paused = false), UNDO_MS);
  }

  #endUndo(): void {
    clearTimeout(this.#undoTimer);
    this.paused = false;
  }

  readonly #undoPause = (): void => {
    this.#endUndo();
    this.#setBot(true);
    this.focusComposer();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-message-composer': MessageComposer;
  }
}
