import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Client, Conversation, Prospect } from '../../contract/index.js';
import { ChatElement, define } from '../../controllers/chat-element.js';
import { Later } from '../../controllers/later.js';
import type { ChatStore } from '../../store/chat-store.js';
import { adoptStyles } from '../bits/adopt-styles.js';
import { hue } from '../bits/avatar.js';
import { base } from '../bits/base.styles.js';
import { channelName } from '../bits/channel-badge.js';
import { clientIdOf } from '../bits/contact-name.js';
import { controls } from '../bits/controls.styles.js';
import { faces } from '../bits/faces.styles.js';
import { didNotCome } from '../bits/did-not-come.js';
import { icon, iconBack, iconUser, iconX } from '../bits/icons.js';
import { Patience } from '../bits/patience.js';
import { plainLabel } from '../bits/plain-label.js';
import { tokens } from '../bits/tokens.styles.js';
import { CrmContactToggleEvent, CrmConversationSelectEvent, CrmPanelBackEvent } from '../events.js';
import { clientPanelStyles } from './client-panel.styles.js';
import type { Contact } from './contact.js';
import type { FieldValues } from './client-fields.js';
import type { Reach } from './identity.js';
import { Landmark } from './landmark.js';
import { MinuteHand } from './minute-hand.js';
import type { PanelSections } from './panel-sections.js';

/** All that is said of a contact, and the forms. Asked for by the first panel that is drawn, beside the connection. */
const partsCode = new Later(async () => {
  const parts = await import('./client-parts.js');
  parts.defineParts();
  return parts;
});

/** Milliseconds after which a record that has not come is given up. */
const RECORD_WITHIN = 10_000;
/** Milliseconds after which a store has let go of an atom that nobody reads any more; a new reader then loads anew. */
const LET_GO = 1200;
type Parts = NonNullable<typeof partsCode.now>;
/** Milliseconds for which "Copied" stays. */
const COPIED_FOR = 2000;

/**
 * Who the agent is talking to: identity with copy buttons, from prospect to client, details, notes, quotes, tags and
 * previous conversations. Which sections are open is remembered for each agent.
 *
 * @summary The contact panel of the inbox.
 * @tag crm-client-panel
 * @slot identity - Below the contact's name, phone and email.
 * @slot sections - After the last section.
 * @fires {CrmProspectConvertEvent} crm-prospect-convert - Before a prospect becomes a client; cancelable.
 * @fires {CrmNoteAddEvent} crm-note-add - Before a note is added; cancelable.
 * @fires {CrmClientUpdateEvent} crm-client-update - Before a client's details are changed; cancelable.
 * @fires {CrmConversationSelectEvent} crm-conversation-select - Before an earlier conversation is opened; cancelable.
 * @fires {CrmContactToggleEvent} crm-contact-toggle - The agent closes the panel.
 * @fires {CrmPanelBackEvent} crm-panel-back - The agent goes back to the messages in a narrow inbox.
 * @csspart header - The header.
 * @csspart identity - Avatar, name, kind, phone and email.
 * @csspart convert - The button "Convert to client".
 * @csspart section - One section of the accordion; each also has its own name (`section-notes`).
 * @csspart note - One note.
 * @csspart quote - One quote.
 * @csspart waiting - Changes that wait for the connection, or that were refused meanwhile.
 * @csspart dialog - The dialog "Convert to client".
 * @csspart field - One field of a form.
 * @csspart skeleton - What stands for the client's record while it loads.
 * @csspart error - What stands in its place when the record did not load.
 * @csspart empty - What is shown when no conversation is open.
 * @cssproperty [--crm-accent=#2f5fd0] - Chips, buttons, focus.
 * @cssproperty [--crm-surface=#ffffff] - Ground; the panel's own is mixed from it.
 * @cssproperty [--crm-text=#1a1d23] - Ink.
 * @cssproperty [--crm-note=#e3b100] - Notes.
 * @cssproperty [--crm-radius=8px] - Corners of controls, notes and dialogs.
 * @cssproperty [--crm-unit=4px] - The grid.
 * @cssproperty [--crm-density=1] - 1 comfortable, 0 compact.
 */
export class CrmClientPanel extends ChatElement {
  static override styles = [tokens, base, faces, controls, clientPanelStyles];

  @query('h2')
  private readonly heading!: HTMLElement | null;

  @state()
  private copied?: Reach;
  @state()
  private said = '';
  /** The client whose details are being edited. */
  @state()
  private editing = '';
  /** The client about whom a note is being written. */
  @state()
  private noting = '';
  /** The client whose record is not read for a moment, so that reading it asks for it again. */
  @state()
  private resting = '';

  readonly #noteDrafts = new Map<string, string>();
  readonly #detailDrafts = new Map<string, FieldValues>();
  readonly #patience = new Patience(this);
  readonly #recordPatience = new Patience(this, RECORD_WITHIN);
  #awaited: string | undefined;
  readonly #minutes = new MinuteHand(this);
  #made: PanelSections | undefined;
  #copiedTimer: ReturnType<typeof setTimeout> | undefined;
  #restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Landmark(this, () => msg('Contact'));
  }

  /** Puts keyboard focus on the panel's heading. */
  override focus(): void {
    this.heading?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#copiedTimer);
    this.copied = undefined;
    clearTimeout(this.#restTimer);
    this.resting = '';
  }

  protected override render(): TemplateResult {
    const store = this.chat;
    const activeId = store ? this.read(store.$activeId) : null;
    const conversation = store && activeId ? this.read(store.conversations.at(activeId)) : undefined;
    const parts = this.#parts();
    return html`<div class="panel">
      <div class="panel__head" part="header">
        <button
          class="ib back"
          type="button"
          aria-label=${msg('Back to messages')}
          title=${msg('Back to messages')}
          @click=${() => this.emit(new CrmPanelBackEvent({ from: 'contact' }))}
        >
          ${icon(iconBack, 18, 'flip')}
        </button>
        <h2 tabindex="-1">${msg('Contact')}</h2>
        <button
          class="ib closer"
          type="button"
          aria-label=${msg('Close panel')}
          title=${msg('Close panel')}
          @click=${() => this.emit(new CrmContactToggleEvent({ open: false }))}
        >
          ${icon(iconX)}
        </button>
      </div>
      ${
        store && conversation
          ? html`<div class="scroll">${parts ? this.#contact(store, conversation, parts) : this.#withoutParts()}</div>`
          : html`<div class="empty" part="empty">
              ${icon(iconUser, 24)}<b>${msg('No conversation open')}</b>
              <p>${msg('Open one to see who is writing.')}</p>
            </div>`
      }
      <div class="sr" role="status">${this.said}</div>
    </div>`;
  }

  #contact(store: ChatStore, conversation: Conversation, parts: Parts): TemplateResult {
    const prospect = this.read(store.prospects.at(conversation.prospectId));
    const clientId = clientIdOf(conversation, prospect);
    const client = clientId ? this.#record(store, clientId) : undefined;
    const contact = parts.contactOf(conversation, prospect, client);
    const missing = clientId !== undefined && !client;
    if (this.#awaited !== clientId) this.#recordPatience.restart();
    this.#awaited = clientId;
    const late = this.#patience.over(missing);
    const gone = this.#recordPatience.over(missing && this.resting !== clientId);
    const tags = [...new Set([...conversation.tags, ...(client?.tags ?? [])])];
    return html`
      ${parts.identity(contact, {
        locale: this.locale,
        copied: this.copied,
        copy: (kind, value) => void this.#copy(kind, value),
        ...(prospect && !contact.isClient ? { convert: () => void this.#convert(prospect) } : {}),
      })}
      <slot name="identity"></slot>
      ${parts.waitingChanges(store, this.read(store.$changes), clientId, conversation.prospectId)}
      ${this.#details(parts, store, conversation, prospect, client, contact)}
      ${
        client
          ? this.#notes(parts, store, client)
          : missing && gone
            ? didNotLoad(() => this.#askAgain(clientId))
            : late
              ? skeleton()
              : nothing
      }
      ${
        client && client.quotes.length > 0
          ? this.#sections(parts).render({
              id: 'quotes',
              title: msg('Quotes'),
              count: client.quotes.length,
              body: () => parts.quoteList(client.quotes, Date.now(), this.locale),
            })
          : nothing
      }
      ${this.#tags(parts, tags)} ${this.#previous(parts, store, conversation.id)}
      <slot name="sections"></slot>
      <crm-convert-dialog .store=${store} @converted=${this.#onConverted} @kept=${this.#onKept}></crm-convert-dialog>
    `;
  }

  #withoutParts(): TemplateResult | typeof nothing {
    if (partsCode.failed) return didNotCome(partsCode, this);
    return this.#patience.over(true) ? skeleton() : nothing;
  }

  #parts(): typeof partsCode.now {
    const parts = partsCode.want(this);
    if (parts) for (const styles of parts.partStyles) adoptStyles(this.renderRoot as ShadowRoot, styles);
    return parts;
  }

  #sections(parts: Parts): PanelSections {
    return (this.#made ??= new parts.PanelSections(this, () => this.chat?.$me.get() ?? ''));
  }

  async #convert(prospect: Prospect): Promise<void> {
    await this.renderRoot.querySelector('crm-convert-dialog')?.open?.(prospect);
  }

  #record(store: ChatStore, clientId: string): Client | undefined {
    return this.resting === clientId ? store.clients.get(clientId) : this.read(store.clients.at(clientId));
  }

  #askAgain(clientId: string): void {
    this.resting = clientId;
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => (this.resting = ''), LET_GO);
    this.heading?.focus(); // the button goes away under the finger
  }

  #details(
    parts: Parts,
    store: ChatStore,
    conversation: Conversation,
    prospect: Prospect | undefined,
    client: Client | undefined,
    contact: Contact,
  ): TemplateResult | typeof nothing {
    const owner = conversation.assignedTo && this.read(store.agents.at(conversation.assignedTo))?.name;
    if (prospect?.timezone) this.#minutes.tick();
    const rows = parts.detailRows(prospect, client, contact, {
      channel: channelName(store.channel(conversation.platform)),
      owner,
      locale: this.locale,
      now: Date.now(),
    });
    const editable = client !== undefined && this.read(store.$features).clients === true;
    if (rows.length === 0 && !editable) return nothing;
    const editing = editable && this.editing === client.id;
    return this.#sections(parts).render({
      id: 'details',
      title: msg('Details'),
      ...(editable && !editing ? { act: { label: msg('Edit'), run: () => (this.editing = client.id) } } : {}),
      body: () =>
        editing
          ? html`<crm-details-form
              .store=${store}
              .client=${client}
              .kept=${this.#detailDrafts}
              @done=${this.#onEdited}
            ></crm-details-form>`
          : html`<dl class="kv">
              ${rows.map(
                ({ label, value }) =>
                  html`<dt>${label}</dt>
                    <dd>${value}</dd>`,
              )}
            </dl>`,
    });
  }

  #notes(parts: Parts, store: ChatStore, client: Client): TemplateResult {
    return this.#sections(parts).render({
      id: 'notes',
      title: msg('Notes'),
      count: client.notes.length,
      act: { label: msg('Add a note'), plus: true, run: () => this.#startNote(client.id) },
      body: () =>
        html`<crm-client-notes
          .store=${store}
          .clientId=${client.id}
          .locale=${this.locale}
          .drafts=${this.#noteDrafts}
          .writing=${this.noting === client.id}
          @close=${this.#onNoteClosed}
          @kept=${() => {
            this.#onKept();
            this.#onNoteClosed();
          }}
          @written=${() => {
            this.#say(msg('Note added'));
            this.#onNoteClosed();
          }}
        ></crm-client-notes>`,
    });
  }

  #tags(parts: Parts, tags: readonly string[]): TemplateResult | typeof nothing {
    if (tags.length === 0) return nothing;
    return this.#sections(parts).render({
      id: 'tags',
      title: msg('Tags'),
      count: tags.length,
      body: () =>
        html`<ul class="tagset">
          ${tags.map((tag) => html`<li class="tagp"><i class="dot ${hue(tag)}"></i><bdi>${plainLabel(tag)}</bdi></li>`)}
        </ul>`,
    });
  }

  #previous(parts: Parts, store: ChatStore, activeId: string): TemplateResult | typeof nothing {
    const ids = this.read(store.previousConversations(activeId));
    if (ids.length === 0) return nothing;
    return this.#sections(parts).render({
      id: 'previous',
      title: msg('Previous conversations'),
      count: ids.length,
      body: () =>
        parts.previousList(
          store,
          ids,
          (atom) => this.read(atom),
          this.locale,
          (id) => this.#open(id),
        ),
    });
  }

  // ---- gestures

  #open(conversationId: string): void {
    if (this.emit(new CrmConversationSelectEvent({ conversationId }))) this.chat?.setActiveConversation(conversationId);
  }

  async #copy(kind: Reach, value: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Pages without https, and frames without permission, have no clipboard.
      this.#say(msg('Copying is not allowed on this page. Select the text and copy it.'));
      return;
    }
    this.copied = kind;
    this.#say(kind === 'phone' ? msg('Phone number copied') : msg('Email address copied'));
    clearTimeout(this.#copiedTimer);
    this.#copiedTimer = setTimeout(() => (this.copied = undefined), COPIED_FOR);
  }

  async #startNote(clientId: string): Promise<void> {
    this.noting = clientId;
    this.#made?.open('notes');
    await this.updateComplete;
    await this.renderRoot.querySelector('crm-client-notes')?.focusField?.();
  }

  #onNoteClosed = (): void => {
    this.noting = '';
    void this.#focusAct('notes');
  };

  #onEdited = (): void => {
    this.editing = '';
    void this.#focusAct('details');
  };

  /** A form that goes away gives the focus back to the button that brought it. */
  async #focusAct(section: string): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[part~="section-${section}"] .act`)?.focus();
  }

  #onConverted = (): void => {
    this.#say(msg('Converted to client'));
    this.heading?.focus();
  };

  #onKept = (): void => {
    this.#say(msg('Kept here. It goes out when the connection is back.'));
  };

  /** Says something once more even when it is the same. */
  #say(words: string): void {
    this.said = this.said === words ? `${words}\u00a0` : words;
  }
}

/** Stands for the notes and quotes of a record that is on its way. */
const skeleton = () =>
  html`<div class="sec sk-sec" part="skeleton" aria-hidden="true">
    <span class="sk"></span><span class="sk"></span><span class="sk"></span>
  </div>`;

/** Instead of the notes and quotes of a record that has not come. */
const didNotLoad = (retry: () => void) =>
  html`<div class="sec sk-sec" part="error" role="status">
    <p class="quiet">${msg('The record did not load.')}</p>
    <button class="link" type="button" @click=${retry}>${msg('Try again')}</button>
  </div>`;

define('crm-client-panel', CrmClientPanel);

declare global {
  interface HTMLElementTagNameMap {
    'crm-client-panel': CrmClientPanel;
  }
}
