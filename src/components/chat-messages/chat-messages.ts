import { msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Conversation, Prospect } from '../../contract/index.js';
import { ChatElement, define } from '../../controllers/chat-element.js';
import { Later } from '../../controllers/later.js';
import { isPlainKey } from '../../controllers/plain-keys.js';
import { shortcutOf, shortcutsFor, shortcutsNow, type Shortcut, type Shortcuts } from '../../controllers/shortcuts.js';
import type { ChatStore } from '../../store/chat-store.js';
import { base } from '../bits/base.styles.js';
import { controls } from '../bits/controls.styles.js';
import { faces } from '../bits/faces.styles.js';
import { clientIdOf, contactName, knownClient } from '../bits/contact-name.js';
import { didNotCome } from '../bits/did-not-come.js';
import { firstName } from '../bits/first-name.js';
import { icon, iconInbox } from '../bits/icons.js';
import { showHelp } from '../bits/shortcut-help.js';
import { tokens } from '../bits/tokens.styles.js';
import { CrmBotToggleEvent, CrmContactToggleEvent, CrmPanelBackEvent, CrmRendererErrorEvent } from '../events.js';
import { styles } from './chat-messages.styles.js';
import type { FindBar } from './find-bar.js';
import { LinkNotice } from './link-notice.js';
import type { MessageComposer } from './message-composer.js';
import type { MessageLog } from './message-log.js';
import type { Contact } from './row-frame.js';
import { hosted, type ChatRenderers, type Rendered, type RendererContext, type RendererName } from './renderers.js';
import { ReadMarker } from './read-marker.js';
import { threadHeader } from './thread-header.js';

/** What an open conversation is drawn with. Asked for by the first panel that is drawn, beside the connection. */
const logCode = new Later(async () => {
  const code = await import('./log-parts.js');
  code.defineLog();
  return code;
});

/** The reply field. Its box is there at once; see composer-box.styles.ts. Its styles come after those of the log. */
const replyField = new Later(async () => {
  const [code] = await Promise.all([import('./message-composer.js'), logCode.load()]);
  define('crm-message-composer', code.MessageComposer);
  return code;
});

/** So many of the newest messages are asked whether they still wait. */
const WAITING_LOOK = 20;

/**
 * The messages of the active conversation: who it is, what was said, and the field for the answer. It shows the store's
 * `$activeId`, and works alone as well as beside the list and the contact panel.
 *
 * @tag crm-chat-messages
 *
 * @slot header-actions - Controls of the host, in the header before the bot switch.
 * @slot composer-actions - Controls of the host, at the start of the bar under the reply field.
 * @slot empty - Instead of the words shown while no conversation is open.
 *
 * @fires {CrmMessageSendEvent} crm-message-send - Before a message is sent; one for each, also of several files, and for a held reply that is sent or kept as a note. Cancelable.
 * @fires {CrmMessageDiscardEvent} crm-message-discard - Before a held reply is dropped. Cancelable.
 * @fires {CrmMessageUploadCancelEvent} crm-message-upload-cancel - Before the upload of a file is stopped. Cancelable.
 * @fires {CrmMessageRetryEvent} crm-message-retry - Before a failed message is sent again. Cancelable.
 * @fires {CrmMessageDeleteEvent} crm-message-delete - Before a failed message is taken back. Cancelable.
 * @fires {CrmMessageEditEvent} crm-message-edit - Before a failed or held message is taken back into the reply field. Cancelable.
 * @fires {CrmMessageReplyEvent} crm-message-reply - Before a message becomes the one that the next reply quotes. Cancelable.
 * @fires {CrmMessageCopyEvent} crm-message-copy - Before the words of a message go to the clipboard. Cancelable.
 * @fires {CrmMessageLinkCopyEvent} crm-message-link-copy - Before the address of a message goes to the clipboard. Cancelable.
 * @fires {CrmMessageMenuEvent} crm-message-menu - Before the menu of a message opens. Cancelable.
 * @fires {CrmMessageImageEvent} crm-message-image - Before a picture is shown large. Cancelable.
 * @fires {CrmRendererErrorEvent} crm-renderer-error - A renderer of the host threw; its region shows the built-in look.
 * @fires {CrmBotToggleEvent} crm-bot-toggle - Before the bot is switched on or off. Cancelable.
 * @fires {CrmContactToggleEvent} crm-contact-toggle - The agent asks for the contact panel. Cancelable.
 * @fires {CrmPanelBackEvent} crm-panel-back - The agent goes back to the list in a narrow container. Cancelable.
 *
 * @csspart header - The bar with the contact's name.
 * @csspart back - The button that leads back to the list.
 * @csspart presence - Channel, kind of contact, presence.
 * @csspart bot - The bot switch.
 * @csspart contact-toggle - The button of the contact panel.
 * @csspart strip - Notices under the header and above the reply field.
 * @csspart log - The scroller with the messages.
 * @csspart message - One message with its avatar and its meta line.
 * @csspart message-prospect - The same, when the contact wrote it.
 * @csspart message-agent - The same, when somebody of the team wrote it.
 * @csspart message-bot - The same, when the bot wrote it.
 * @csspart bubble - The bubble of one message.
 * @csspart meta - Name, time and state under a group.
 * @csspart note - A message only the team sees.
 * @csspart event - A line of the system between messages.
 * @csspart unread - The line above the first unread message.
 * @csspart typing - The typing bubble.
 * @csspart image - The link around a picture.
 * @csspart download - The download link of a file.
 * @csspart show-more - The button that unfolds and folds a long message.
 * @csspart play - The play button of a voice note.
 * @csspart seek - The waveform of a voice note, which is its position.
 * @csspart quote - What a reply answers; leads there.
 * @csspart reactions - What others answered with one sign.
 * @csspart reaction - One of them, with its count.
 * @csspart more - The button that opens a message's menu.
 * @csspart menu - The menu of a message.
 * @csspart lightbox - A picture shown large, with its controls.
 * @csspart link-expired - What is said where a link to a file does not hold any more.
 * @csspart load-again - The button in it that asks for another one.
 * @csspart mail-reply - The button in an email's head that answers it.
 * @csspart quoted-toggle - The button that shows what an email quotes.
 * @csspart images-ask - The line that says why an email's pictures are not shown.
 * @csspart images-show - The button in it that shows them.
 * @csspart map - The link of a location to a map.
 * @csspart retry - The button that sends a failed message again.
 * @csspart delete - The button that takes a failed message back.
 * @csspart gap - The line where messages in between are not loaded.
 * @csspart gap-load - The button in it that loads them.
 * @csspart target-notice - Why a message that was asked for is not shown.
 * @csspart help - The list of keyboard shortcuts.
 * @csspart find - The bar that finds words in the conversation.
 * @csspart find-input - Its field.
 * @csspart find-count - Which hit is shown, and of how many.
 * @csspart jump - The pill that leads to the newest message.
 * @csspart loading - The skeleton.
 * @csspart empty - The words shown when there is nothing.
 * @csspart error - The words shown when loading failed.
 * @csspart composer - The region under the log.
 * @csspart reply-target - The line above the field that says what the reply quotes.
 * @csspart mode - One of the tabs Reply and Note.
 * @csspart window - How long the channel takes free replies, or that it does not any more.
 * @csspart choose-template - The button that stands where the field was when only approved messages go out.
 * @csspart popup - What opens above the field; the next ones are its kinds.
 * @csspart emoji - The emoji picker.
 * @csspart quick-replies - The list of quick replies.
 * @csspart mentions - The list of colleagues.
 * @csspart templates - The templates of the channel, and the form of one.
 * @csspart preview - What a quick reply or a template will say.
 * @csspart held - A reply that crossed a colleague's, with what can be done about it.
 * @csspart actions - The row of small buttons under the field.
 * @csspart action - One of them; each also has a part of its own: action-attach, action-emoji, action-quick-reply, action-template, action-voice.
 * @csspart input - The field for replies and notes.
 * @csspart tray - Files that go with the next message.
 * @csspart attachment - One of them.
 * @csspart attachment-remove - The button that takes it out again.
 * @csspart attachment-play - The button that plays a recording in the tray.
 * @csspart voice - The strip that records a voice note, or says what stands in its way.
 * @csspart voice-finish - The button that ends the recording and puts it into the tray.
 * @csspart drop - What is shown while files are held over the panel.
 * @csspart upload-progress - How far a file is on its way.
 * @csspart upload-cancel - The button that stops it.
 * @csspart send - The Send button.
 * @csspart send-menu - The button beside it that opens the choice of what sends.
 * @csspart send-keys - That choice.
 * @csspart segments - How many short messages the text becomes, where the channel counts them.
 * @csspart mail-open - The line that shows the subject of an email and opens its fields.
 * @csspart mail-fields - Subject and Cc.
 *
 * @cssproperty [--crm-accent=#2f5fd0] - Selection, unread, focus, the agent's own messages.
 * @cssproperty [--crm-surface] - Ground of the panel.
 * @cssproperty [--crm-text] - Colour of the text; all neutrals are mixed from it and the surface.
 * @cssproperty [--crm-font] - Font family.
 * @cssproperty [--crm-font-size=14px] - Size of message text.
 * @cssproperty [--crm-radius=8px] - Corners of controls; bubbles are rounder by a factor.
 * @cssproperty [--crm-density=1] - 1 comfortable, 0 compact.
 */
export class CrmChatMessages extends ChatElement {
  static override styles = [tokens, base, faces, controls, styles];

  /** Whether the contact panel is shown: the state of the header's button. Default: false. */
  @property({ type: Boolean, attribute: 'contact-open', reflect: true })
  contactOpen = false;

  /** Shows the Back button at any width, for hosts that stack panels in their own way. Default: false. */
  @property({ type: Boolean, reflect: true })
  back = false;

  /**
   * Draws regions in the host's own way: message bodies, meta lines, header and composer actions, the empty state. Default: none.
   * Give a new object to change them.
   */
  @property({ attribute: false })
  renderers?: ChatRenderers | undefined;

  /**
   * What sends until an agent chooses for themselves (in the menu beside Send, kept in their browser): `enter`, or
   * `mod-enter` for Ctrl+Enter (Cmd+Enter on a Mac), with which Enter alone begins a new line. Default: `enter`.
   */
  @property({ attribute: 'send-key' })
  sendKey?: 'enter' | 'mod-enter' | undefined;

  /** Keys of the host's own, or `false` (or `off`) for none. Default: an outer element's, else R, N and ?. */
  @property()
  shortcuts?: Shortcuts | undefined;

  @query('crm-message-log')
  private log?: MessageLog | null;

  @query('[part~="contact-toggle"]')
  private contactButton?: HTMLElement | null;

  @query('crm-message-composer')
  private composer?: MessageComposer | null;

  @query('crm-find-bar')
  private findBar?: FindBar | null;

  /** The find bar is open. */
  @state()
  private finding = false;

  readonly #notice = new LinkNotice(this);
  readonly #reader = new ReadMarker(this, () => this.#reading());
  #contact: Contact = { id: '', name: '', first: '' };
  #minute?: ReturnType<typeof setInterval>;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    this.addEventListener('keydown', (event) => this.#pressed(event));
  }

  /** The shortcuts that act now. */
  get shortcutList(): readonly Shortcut[] {
    return shortcutsNow(shortcutsFor(this), ['reply', 'note', 'help']);
  }

  /** Puts keyboard focus on the messages, where arrow keys scroll. */
  focusLog(): void {
    void this.#focusLog();
  }

  async #focusLog(how: (log: MessageLog) => void = (log) => log.focusLog()): Promise<void> {
    await Promise.all([this.updateComplete, logCode.load()]);
    await this.log?.updateComplete;
    if (logCode.now && this.log) how(this.log);
  }

  /** Puts keyboard focus into the reply field. */
  focusComposer(): void {
    void this.#focusComposer();
  }

  async #focusComposer(how: 'focusComposer' | 'writeReply' = 'focusComposer'): Promise<void> {
    await Promise.all([this.updateComplete, replyField.load()]);
    await this.composer?.updateComplete;
    if (replyField.now) this.composer?.[how]();
  }

  /** Puts keyboard focus on the messages. */
  override focus(): void {
    this.focusLog();
  }

  /** Puts keyboard focus on the button that shows and hides the contact, where a closed contact panel gives it back. */
  focusContactButton(): void {
    void this.updateComplete.then(() => this.contactButton?.focus());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#minute = setInterval(() => this.requestUpdate(), 30_000); // "online" grows old
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#minute);
  }

  protected override render(): TemplateResult {
    const { chat } = this;
    const id = chat && this.read(chat.$activeId);
    const link = chat && this.read(chat.$link);
    this.#notice.note(link);
    logCode.want(this);
    return html`<section class="panel chat" aria-label=${msg('Messages')}>
      ${chat && id ? this.#open(chat, id) : this.#closed()}
      <div class="sr" role="status">${this.#notice.words}</div>
    </section>`;
  }

  #closed(): TemplateResult {
    const link = this.chat?.$link.get();
    const missing = this.chat && this.read(this.chat.$missing) !== null;
    return html`${this.#notice.strip(link, false)}
      <slot name="empty"
        >${this.#hosted('empty', this.renderers?.empty, undefined, () => nothingOpen(missing ?? false))}</slot
      >`;
  }

  #open(chat: ChatStore, id: string): TemplateResult {
    const conversation = this.read(chat.conversations.at(id));
    const prospect = conversation && this.read(chat.prospects.at(conversation.prospectId));
    this.read(chat.$settings);
    this.read(chat.$features); // a server may describe the channel
    const assignee = conversation?.assignedTo;
    const sheet = conversation && chat.channel(conversation.platform);
    return html`${threadHeader({
      contact: this.#nameContact(chat, conversation, prospect),
      prospect,
      channel: sheet,
      isClient: conversation?.isClientConverted || prospect?.isClient || false,
      assignee: assignee && this.read(chat.agents.at(assignee))?.name,
      viewers: this.read(chat.thread(id).$viewers).map((one) => this.read(chat.agents.at(one))?.name ?? one),
      botOn: chat.botEnabled(id),
      contactOpen: this.contactOpen,
      locale: this.locale,
      now: Date.now(),
      actions: this.#hosted('headerActions', this.renderers?.headerActions, conversation),
      back: () => this.emit(new CrmPanelBackEvent({ from: 'messages' })),
      toggleBot: () => this.#toggleBot(chat, id),
      toggleContact: () => this.emit(new CrmContactToggleEvent()),
    })}${this.#notice.strip(chat.$link.get(), this.#notice.down && this.#unsafe(chat, id))}
    ${
      this.finding
        ? html`<crm-find-bar .store=${chat} .conversationId=${id} .close=${this.#endFind}></crm-find-bar>`
        : nothing
    }${this.#messages(chat, id)}
    ${this.#replyField(chat, id)}`;
  }

  #messages(chat: ChatStore, id: string): TemplateResult {
    if (!logCode.now && logCode.failed) return didNotCome(logCode, this);
    return html`<crm-message-log
      .store=${chat}
      .conversationId=${id}
      .contact=${this.#contact}
      .moved=${this.#reader.checkSoon}
      .compose=${this.#reply}
      .renderers=${this.renderers}
      .rendererFailed=${this.#rendererFailed}
    ></crm-message-log>`;
  }

  #replyField(chat: ChatStore, id: string): TemplateResult {
    if (!replyField.want(this) && replyField.failed) return didNotCome(replyField, this);
    // Touched before its code is there, it takes the focus as soon as it is.
    return html`<crm-message-composer
      .store=${chat}
      .conversationId=${id}
      .renderers=${this.renderers}
      .hostSendKey=${this.sendKey}
      .rendererFailed=${this.#rendererFailed}
      @click=${replyField.now ? nothing : this.#compose}
    ></crm-message-composer>`;
  }

  readonly #compose = (): void => this.focusComposer();
  readonly #reply = (): void => void this.#focusComposer('writeReply');

  readonly #failedRenderers = new Set<unknown>();
  readonly #rendererFailed = (renderer: RendererName, error: unknown): void => {
    const failed = this.renderers?.[renderer];
    if (this.#failedRenderers.has(failed)) return;
    this.#failedRenderers.add(failed);
    if (this.emit(new CrmRendererErrorEvent({ renderer, error })))
      console.error(`The renderer "${renderer}" failed; its region shows the built-in look.`, error);
  };

  /** What a host draws in a region of the panel itself, else what we do. */
  #hosted<Data>(
    name: 'headerActions' | 'empty',
    renderer: ((data: Data, context: RendererContext) => Rendered) | undefined,
    data: Data,
    builtIn: () => unknown = () => nothing,
  ): unknown {
    const { chat } = this;
    if (!renderer || !chat) return builtIn();
    const context = { store: chat, conversationId: chat.$activeId.get(), locale: this.locale };
    return hosted(
      renderer,
      () => renderer(data, context),
      builtIn,
      (error) => this.#rendererFailed(name, error),
    );
  }

  protected override updated(): void {
    this.#reader.checkSoon();
  }

  /** The same object as long as nothing in it changes: rows are drawn again when it does. */
  #nameContact(chat: ChatStore, conversation: Conversation | undefined, prospect: Prospect | undefined): Contact {
    const clientId = conversation && clientIdOf(conversation, prospect);
    const client = knownClient(chat, clientId, (atom) => this.read(atom));
    const name = contactName(prospect, client) || msg('Conversation');
    const id = conversation?.prospectId ?? '';
    if (this.#contact.id !== id || this.#contact.name !== name) this.#contact = { id, name, first: firstName(name) };
    return this.#contact;
  }

  /** Messages wait, and would not survive the page. */
  #unsafe(chat: ChatStore, id: string): boolean {
    if (this.read(chat.$storage) !== 'memory') return false;
    const { messages } = chat.thread(id);
    return this.read(messages.$ids)
      .slice(-WAITING_LOOK)
      .some((key) => messages.get(key)?.delivery === 'queued');
  }

  #reading() {
    const { chat } = this;
    const conversationId = chat?.$activeId.get();
    const conversation = conversationId ? chat?.conversations.get(conversationId) : undefined;
    return {
      conversationId,
      unread: conversation?.unreadCount ?? 0,
      newest: conversation?.lastMessage?.id,
      atEnd: this.log?.conversationId === conversationId && (this.log?.atEnd ?? false),
      mark: (id: string) => chat?.markAsRead(id),
      see: (id: string) => chat?.noteSeen(id),
    };
  }

  // ---- gestures

  #toggleBot(chat: ChatStore, conversationId: string): void {
    const enabled = !chat.botEnabled(conversationId);
    if (this.emit(new CrmBotToggleEvent({ conversationId, enabled }))) void chat.toggleBot(conversationId);
  }

  /** Without a server that searches, the browser's own find is as good as it gets. */
  #wantsFind(event: KeyboardEvent): boolean {
    const modified = (event.ctrlKey || event.metaKey) && !(event.ctrlKey && event.metaKey);
    const pressed = event.key.toLowerCase() === 'f' && modified && !event.altKey && !event.shiftKey;
    return (
      pressed && shortcutsFor(this) !== false && Boolean(this.chat?.$activeId.get() && this.chat.$features.get().search)
    );
  }

  /** Opens the field that finds words in the open conversation, where the server announces `search`. */
  async openFind(): Promise<void> {
    if (!this.chat?.$features.get().search) return;
    const { defineFindBar } = await import('./find-bar.js');
    defineFindBar();
    this.finding = true;
    await this.updateComplete;
    this.findBar?.focusField();
  }

  readonly #endFind = (): void => {
    this.finding = false;
    const id = this.chat?.$activeId.get();
    const thread = id ? this.chat?.thread(id) : undefined;
    const hit = thread?.find(thread.$target.get()?.messageId ?? '')?.key;
    if (id) this.chat?.showMessage(id, null);
    void this.#focusLog((log) => log.focusPlace(hit));
  };

  /** `R` answers, `N` writes a note, `?` lists the keys, Escape leaves the field. Plain keys only, so that AltGr letters and host shortcuts stay theirs. */
  #pressed(event: KeyboardEvent): void {
    const [target] = event.composedPath();
    const action = shortcutOf(event, shortcutsFor(this));
    if (this.#wantsFind(event) && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      void this.openFind();
    } else if (action === 'help') {
      event.preventDefault();
      showHelp(this, this.chat);
    } else if (action === 'reply' && this.composer) {
      event.preventDefault();
      this.#reply();
    } else if (action === 'note' && this.composer?.writeNote?.()) {
      event.preventDefault();
    } else if (event.key !== 'Escape' || event.defaultPrevented || !isPlainKey(event)) {
      return;
    } else if (target instanceof HTMLTextAreaElement && this.composer?.contains(target)) {
      event.preventDefault();
      event.stopPropagation(); // one layer at a time
      this.focusLog();
    }
  }
}

function nothingOpen(missing: boolean): TemplateResult {
  return html`<div class="empty" part="empty">
    ${icon(iconInbox, 24)}${
      missing
        ? html`<b role="status">${msg('That conversation is not here, or not yours to see.')}</b>
            <p>${msg('Pick another one.')}</p>`
        : html`<b>${msg('Pick a conversation')}</b>
            <p>${msg('Its messages open here.')}</p>`
    }
  </div>`;
}

// Here and not beside the classes: a bundler may leave out modules that are imported for their effect alone.
define('crm-chat-messages', CrmChatMessages);

declare global {
  interface HTMLElementTagNameMap {
    'crm-chat-messages': CrmChatMessages;
  }
}
