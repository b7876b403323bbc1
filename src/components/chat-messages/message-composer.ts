import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { ChannelSheet, Conversation, DraftMode, Prospect } from '../../contract/index.js';
import { FramePace } from '../../controllers/frame-pace.js';
import { localeFor } from '../../controllers/locale.js';
import type { ChatStore } from '../../store/chat-store.js';
import { channelName } from '../bits/channel-badge.js';
import { plainLabel } from '../bits/plain-label.js';
import { StorePart } from '../bits/store-part.js';
import { actionRow, hasTemplates } from '../composer/actions.js';
import { Files } from '../composer/files.js';
import { filesStyles } from '../composer/files.styles.js';
import { BotPause } from '../composer/bot-pause.js';
import { alertStrip, invitation, noteStrip, quoteStrip } from '../composer/composer-strips.js';
import { DraftField } from '../composer/draft-field.js';
import { lengthCount, recipient } from '../composer/foot.js';
import { heldStrip } from '../composer/held-strip.js';
import { replySubject } from '../composer/mail.js';
import { mailFields } from '../composer/mail-fields.js';
import { hasWords, modeTabs } from '../composer/mode-tabs.js';
import { Post, type PostHost } from '../composer/post.js';
import { Popups } from '../composer/popups.js';
import { closedWords, closesSoon, windowWords, type ReplyWindow } from '../composer/reply-window.js';
import { sendButton, type SendKey } from '../composer/send-button.js';
import { WindowClock } from '../composer/window-clock.js';
import { windowClosed, windowStrip } from '../composer/window-strip.js';
import { composerStyles } from './composer.styles.js';
import { hosted, type ChatRenderers, type RendererName } from './renderers.js';

/**
 * The reply field. It renders apart from the log, so that typing never waits for messages and messages never for typing.
 * The text stays in the field until the store has taken it.
 *
 * @internal
 * @tag crm-message-composer
 */
export class MessageComposer extends StorePart implements PostHost {
  static override styles = [composerStyles, filesStyles];

  static {
    // What the field holds is known only after it is there.
    this.disableWarning?.('change-in-update');
  }

  @property({ attribute: false })
  conversationId = '';

  @property({ attribute: false })
  renderers?: ChatRenderers | undefined;

  /** What sends, unless the agent chose otherwise. */
  @property({ attribute: false })
  hostSendKey?: SendKey | undefined;

  /** Told when a renderer of the host threw. */
  @property({ attribute: false })
  rendererFailed?: (name: RendererName, error: unknown) => void;

  /** Whether there is anything to send, or too much of it: the only things of the text that are rendered. */
  @state()
  private filled = false;

  @state()
  private length = 0;

  @state()
  problem = '';

  @state()
  doubt = '';

  /** The fields of an e-mail are shown; `judged`: and what is wrong in them. */
  @state()
  private mail: '' | 'open' | 'judged' = '';

  @state()
  mode: DraftMode = 'reply';

  isClosed = false;

  @query('textarea')
  readonly field!: HTMLTextAreaElement | null;

  @query('.composer')
  readonly region!: HTMLElement | null;

  readonly windowClock = new WindowClock(this);
  readonly popups: Popups = new Popups(this);
  readonly files: Files = new Files(this);
  readonly #pace = new FramePace();
  readonly #bot = new BotPause(this);
  readonly #words = new DraftField(
    () => this.field,
    (text) => {
      this.filled = /\S/u.test(text);
      this.length = text.length;
      this.requestUpdate(); // short messages are counted by letters
    },
  );
  readonly #post = new Post(this, this.#words);

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  focusComposer(): void {
    (this.field ?? this.querySelector<HTMLElement>('.closed button'))?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTyping();
  }

  get locale(): string | undefined {
    return localeFor(this, this.store?.$locale.get());
  }

  get sendKey(): SendKey {
    return this.store?.$preferences.get().sendKey ?? this.hostSendKey ?? 'enter';
  }

  get hasFocus(): boolean {
    const root = this.getRootNode();
    return (root instanceof ShadowRoot || root instanceof Document) && this.contains(root.activeElement);
  }

  closePopups(): void {
    this.popups.close();
  }

  showMail(field?: 'subject' | 'cc'): void {
    this.mail = field === 'cc' ? 'judged' : 'open';
    if (field) void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[name=${field}]`)?.focus());
  }

  insert(text: string, from?: number, to?: number): void {
    const { field } = this;
    if (!field) return;
    field.setRangeText(text, from ?? field.selectionStart, to ?? field.selectionEnd, 'end');
    this.#typed();
  }

  complain(words: string): void {
    this.problem = words;
  }

  /** Goes on with the reply to the contact, also from a note. */
  writeReply(): void {
    this.#choose('reply');
  }

  /** Begins a note for the team; false where there are none. */
  writeNote(): boolean {
    if (!this.store?.$features.get().internal_notes) return false;
    this.#choose('note');
    return true;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { store, conversationId } = this;
    if (!store) return nothing;
    const conversation = this.read(store.conversations.at(conversationId));
    const prospect = conversation && this.read(store.prospects.at(conversation.prospectId));
    const sheet = conversation && store.channel(conversation.platform);
    const thread = store.thread(conversationId);
    const drafts = { reply: this.read(thread.$draft), note: this.read(thread.$noteDraft) };
    const canNote = this.read(store.$features).internal_notes === true;
    const isNote = this.mode === 'note' && canNote;
    if (this.#isFresh) this.read(thread.$first);
    const left = conversation && sheet && this.#window(store, conversation, sheet);
    this.read(store.$preferences);
    const held = this.read(thread.$held);
    const isClosed = (this.isClosed = !isNote && left !== undefined && left.left <= 0);
    const over = sheet && !isNote ? this.length - sheet.maxLength : 0;
    return html`<div class="composer" part="composer">
      <div class="box ${isNote ? 'box--note' : ''}">
        ${held ? heldStrip(store, held, this, canNote) : nothing}
        ${
          isClosed
            ? html`${this.problem ? alertStrip(this.problem) : nothing}${windowClosed(
                closedWords(
                  left,
                  plainLabel(prospect?.name ?? prospect?.identifier ?? '') || msg('The contact'),
                  sheet ? channelName(sheet) : '',
                ),
                {
                  template: hasTemplates(this) && ((button) => this.popups.toggle('templates', button)),
                  note: canNote && (() => this.#choose('note')),
                },
              )}`
            : html`${isNote ? noteStrip() : this.#quoted(prospect)}${this.#strip(isNote, left)}
              ${conversation && sheet?.subject && !isNote ? this.#mailFields(store, conversation) : nothing}
              ${this.files.tray()}${this.#writing(isNote, over)}`
        }
        <div class="bar">
          ${canNote ? modeTabs(isNote ? 'note' : 'reply', drafts, (mode, byKey) => this.#choose(mode, byKey)) : nothing}
          <slot name="composer-actions"></slot>${this.#actions(store, conversation)}
          ${sheet && !isNote && !isClosed ? lengthCount(sheet, this.length, () => this.#words.text) : nothing}${
            sheet && !isNote ? recipient(prospect, sheet) : nothing
          }
          ${isClosed ? nothing : this.#sendButton(isNote, over)}
        </div>
      </div>
    </div>`;
  }

  #writing(isNote: boolean, over: number): TemplateResult {
    return html`<textarea
      class="input"
      part="input"
      rows="1"
      dir="auto"
      aria-label=${isNote ? msg('Note') : msg('Reply')}
      aria-describedby=${over > 0 ? 'count' : nothing}
      aria-invalid=${over > 0 ? 'true' : nothing}
      placeholder=${invitation(isNote, this.store?.$features.get().quick_replies)}
      autocomplete="off"
      @input=${this.#typed}
      @keydown=${this.#pressed}
      @paste=${this.files.paste}
      @blur=${this.#stopTyping}
    ></textarea>`;
  }

  #sendButton(isNote: boolean, over: number): TemplateResult {
    return sendButton({
      isNote,
      isBlocked: (!this.filled && this.files.items.length === 0) || over > 0,
      sendKey: this.sendKey,
      isMenuOpen: this.popups.isOpen('send-keys'),
      send: () => void this.#post.send(),
      menu: (opener) => this.popups.toggle('send-keys', opener),
    });
  }

  #mailFields(store: ChatStore, conversation: Conversation): TemplateResult {
    const thread = store.thread(conversation.id);
    const envelope = this.read(thread.$envelope);
    this.read(thread.messages.$ids);
    return mailFields({
      subject: replySubject(thread, conversation.subject),
      envelope,
      isOpen: this.mail !== '' || envelope !== null,
      isJudged: this.mail === 'judged',
      open: () => this.showMail('subject'),
      judge: () => (this.mail = 'judged'),
      write: (written) => {
        this.problem = this.doubt = '';
        store.setEnvelope(conversation.id, written);
      },
    });
  }

  /** The buttons of the bar: the host's, else ours. */
  #actions(store: ChatStore, conversation: Conversation | undefined): unknown {
    const builtIn = () => actionRow(this);
    const renderer = this.renderers?.composerActions;
    if (!renderer) return builtIn();
    const { conversationId, locale, mode } = this;
    const insert = (text: string) => this.insert(text);
    return hosted(
      renderer,
      () => renderer(conversation, { store, conversationId, locale, mode, insert, builtIn }),
      builtIn,
      (error) => this.rendererFailed?.('composerActions', error),
    );
  }

  /** What the channel still takes. */
  #window(store: ChatStore, conversation: Conversation, sheet: ChannelSheet): ReplyWindow | undefined {
    const thread = store.thread(conversation.id);
    if (sheet.replyWindow) {
      const last = this.read(thread.messages.$ids).at(-1);
      if (last !== undefined) this.read(thread.messages.at(last)); // it may be refused
    }
    return this.windowClock.look(conversation, sheet, thread);
  }

  #choose(mode: DraftMode, byKey = false): void {
    this.#isFresh = false;
    if (mode !== this.mode) {
      this.#stopTyping();
      this.popups.close();
      this.#turnTo(mode);
    }
    void this.updateComplete.then(() =>
      byKey ? this.querySelector<HTMLElement>(`[data-mode=${mode}]`)?.focus() : this.focusComposer(),
    );
  }

  #turnTo(mode: DraftMode): void {
    this.mode = mode;
    this.problem = this.doubt = '';
    this.#words.forget();
    this.#showNext = true;
  }

  #quoted(prospect: Prospect | undefined): TemplateResult | typeof nothing {
    const thread = this.store?.thread(this.conversationId);
    const target = thread && this.read(thread.$replyTarget);
    if (!thread || !target) return nothing;
    const known = thread.find(target);
    const source = known && this.read(thread.messages.at(known.key));
    const isMine = source?.senderId !== undefined && source.senderId === this.store?.$me.get();
    return quoteStrip(source, isMine ? msg('You') : undefined, prospect?.name, this.#dropTarget);
  }

  readonly #dropTarget = (): void => {
    this.store?.setReplyTarget(this.conversationId, null);
    this.focusComposer(); // the button goes away
  };

  #strip(isNote: boolean, left: ReplyWindow | undefined): TemplateResult | typeof nothing {
    const { store } = this;
    if (!store) return nothing;
    if (this.problem) return alertStrip(this.problem);
    if (this.doubt) return alertStrip(this.doubt, this.#sendAnyway);
    if (isNote) return nothing;
    this.read(store.$settings);
    return html`${left && closesSoon(left) ? windowStrip(windowWords(left)) : nothing}${this.#bot.strip()}`;
  }

  // ---- drafts

  #hadFocus = false;
  /** The field belongs to other words than before: what it holds is replaced, not compared. */
  #showNext = true;
  /** Nobody has written or chosen here since it was opened, and what waits here may still be on its way. */
  #isFresh = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = this.hasFocus;
    if (changed.has('conversationId') || changed.has('store')) this.#open(changed);
    if (this.#isFresh) this.#goOnWithNote();
  }

  /** A note that was begun, and no reply, is what its author comes back for. */
  #goOnWithNote(): void {
    const { store, conversationId } = this;
    if (!store) return;
    const { $draft, $noteDraft, $first } = store.thread(conversationId);
    const canNote = store.$features.get().internal_notes === true;
    if (canNote && !hasWords($draft.get()) && hasWords($noteDraft.get())) {
      this.#isFresh = false;
      this.#turnTo('note');
    } else if (!['idle', 'loading'].includes($first.get())) this.#isFresh = false;
  }

  #open(changed: PropertyValues<this>): void {
    const before = changed.get('conversationId');
    if (before) this.store?.setTyping(before, false);
    this.popups.close();
    this.#bot.reset();
    this.#turnTo('reply');
    this.#isFresh = true;
    this.mail = '';
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    const wait = this.hasUpdated ? this.#pace.turn() : undefined;
    return wait ? wait.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override updated(): void {
    // What had it may be gone, as the field when the reply window closes.
    if (this.#hadFocus && !this.hasFocus) this.focusComposer();
    const thread = this.store?.thread(this.conversationId);
    if (!thread || !this.field) return this.#noField();
    const draft = (this.mode === 'note' ? thread.$noteDraft : thread.$draft).get();
    if (this.#showNext) {
      this.#showNext = false;
      this.#words.show(draft);
      // While a message is being taken, the store empties its draft: the words in the field may be newer.
    } else if (!this.#post.isSending) this.#words.take(draft);
  }

  /** The reply window closed: when a field comes back, it shows the draft again. */
  #noField(): void {
    this.#words.forget();
    this.#showNext = true;
  }

  // ---- writing

  readonly #typed = (): void => {
    const { store, conversationId, mode } = this;
    if (!store) return;
    const text = this.#words.noteTyped();
    this.#isFresh = false;
    this.problem = this.doubt = '';
    store.setDraft(conversationId, text, mode);
    this.popups.typed();
    if (mode === 'note') return;
    store.setTyping(conversationId, this.filled);
    if (this.filled) this.#bot.wrote();
  };

  readonly #stopTyping = (): void => {
    if (this.conversationId) this.store?.setTyping(this.conversationId, false);
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    // While an input method is choosing letters, Enter belongs to it. 229 is how Safari says so after the fact.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.popups.pressed(event)) return;
    if (event.key === 'Escape' && this.store?.thread(this.conversationId).$replyTarget.get()) {
      event.preventDefault();
      event.stopPropagation(); // one layer at a time
      return this.#dropTarget();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    if (this.sendKey === 'mod-enter' && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    void this.#post.send();
  };

  readonly #sendAnyway = (): void => {
    void this.#post.send(true);
    this.focusComposer(); // the button goes away
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-message-composer': MessageComposer;
  }
}
