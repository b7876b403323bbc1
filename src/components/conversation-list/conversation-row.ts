import { msg, str } from '@lit/localize';
import { html, nothing, type PropertyValues, type SVGTemplateResult, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ChannelSheet, ChatMessage, Client, Conversation, Prospect } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { Typist } from '../../store/state.js';
import { botAvatar, contactAvatar, hue, teamAvatar } from '../bits/avatar.js';
import { channelName } from '../bits/channel-badge.js';
import { clientIdOf, contactName, knownClient, ownName } from '../bits/contact-name.js';
import { icon, iconAlert, iconBot } from '../bits/icons.js';
import { iconAssign, iconCheck, iconChecks, iconClock } from '../bits/more-icons.js';
import { shortMoment } from '../bits/moments.js';
import { plainLabel } from '../bits/plain-label.js';
import { previewOf } from '../bits/preview.js';
import { StorePart } from '../bits/store-part.js';

/** The second line of a row: what it says, in what tone, and what stands before it. */
interface Line {
  readonly text: string;
  readonly tone?: 'is-typing' | 'is-failed';
  readonly drawing?: SVGTemplateResult;
  readonly drawingTone?: 'is-read' | 'is-failed';
  /** Of what kind the message is. */
  readonly kind?: SVGTemplateResult | undefined;
  /** A word before the text, in its own colour. */
  readonly lead?: string;
  /** What the drawing says, for the row's name. */
  readonly spoken?: string;
}

const TAGS_SHOWN = 2;
/** Tags up to this many letters never shrink: the long ones give way first. */
const SHORT_TAG = 12;

/**
 * One conversation of the list. It reads its own atoms: a change of one conversation renders one row.
 * @internal
 * @tag crm-conversation-row
 */
export class CrmConversationRow extends StorePart {
  @property({ attribute: false })
  conversationId = '';

  /** Is this the conversation that is open. */
  @property({ type: Boolean })
  open = false;

  @property({ attribute: false })
  locale?: string;

  /** Changes at midnight, when "10:26" becomes "Yesterday". */
  @property({ attribute: false })
  day = 0;

  /** Pixels from the top of the list. Moving a row renders nothing. */
  set top(pixels: number) {
    this.style.insetBlockStart = `${pixels}px`;
  }

  #name = '';
  #unread = false;

  protected override render(): TemplateResult | typeof nothing {
    const store = this.store;
    const conversation = store && this.read(store.conversations.at(this.conversationId));
    this.#unread = false;
    if (!store || !conversation) {
      this.#name = msg('Conversation');
      return nothing;
    }
    const prospect = this.read(store.prospects.at(conversation.prospectId));
    const thread = store.thread(conversation.id);
    const typing = this.read(thread.$typing);
    const draft = this.open ? undefined : draftOf(this.read(thread.$draft), this.read(thread.$noteDraft));
    this.read(store.$features); // a server may describe the channel after the row was shown
    const channel = store.channel(conversation.platform);
    const line = lineOf(conversation.lastMessage, channel, typing, draft);

    const client = this.#client(store, conversation, prospect);
    const name = contactName(prospect, client) || msg('Unknown contact');
    const time = shortMoment(conversation.lastActivity, Date.now(), this.locale);
    const unread = this.open ? 0 : conversation.unreadCount;
    const holder = this.#holder(conversation);
    this.#unread = unread > 0;
    this.#name = sentence(name, channelName(channel), unread, line, time, conversation, holder.spoken);

    return html`${contactAvatar(face(conversation, prospect, client), 'list', channel)}<bdi
        class="card__name cut"
        dir="auto"
        >${name}</bdi
      ><time class="card__time" dir="auto" datetime=${conversation.lastActivity}>${time}</time
      ><span class="card__text"
        >${line.drawing ? icon(line.drawing, 16, line.drawingTone) : nothing}${
          line.kind ? icon(line.kind, 16) : nothing
        }${line.lead ? html`<span class="is-draft">${line.lead}</span>` : nothing}<span
          class="cut ${line.tone ?? ''}"
          dir="auto"
          >${line.text}</span
        >${unread ? html`<span class="count"><bdi>${unread > 99 ? '99+' : unread}</bdi></span>` : nothing}</span
      ><span class="card__foot"><span class="tagl">${tagList(conversation.tags)}</span>${holder.drawing}</span>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.setAttribute('aria-label', this.#name);
    this.classList.toggle('is-unread', this.#unread);
  }

  /** Records come for the open conversation: only its row, and rows that still lack a name, listen for one. */
  #client(store: ChatStore, conversation: Conversation, prospect: Prospect | undefined): Client | undefined {
    const id = clientIdOf(conversation, prospect);
    if (this.open || !prospect?.name) return knownClient(store, id, (atom) => this.read(atom));
    return id === undefined ? undefined : store.clients.get(id);
  }

  /** Who has the conversation. */
  #holder({ id, assignedTo, botEnabled }: Conversation): { drawing: TemplateResult; spoken: string } {
    const store = this.store;
    if (store && assignedTo) {
      const name = this.read(store.agents.at(assignedTo))?.name;
      const mine = this.read(store.$me) === assignedTo;
      return {
        drawing: teamAvatar(name ?? assignedTo, 16),
        spoken: mine ? msg('assigned to you') : name ? msg(str`assigned to ${name}`) : msg('assigned'),
      };
    }
    if (store && botEnabled === undefined) this.read(store.$settings);
    if (store?.botEnabled(id)) return { drawing: botAvatar(16), spoken: msg('answered by the bot') };
    return { drawing: icon(iconAssign, 16), spoken: msg('unassigned') };
  }
}

/** The tint and the initials. A contact without a name has no initials. */
const face = (conversation: Conversation, prospect: Prospect | undefined, client: Client | undefined) => ({
  id: conversation.prospectId,
  name: ownName(prospect, client),
});

function tagList(tags: readonly string[]): TemplateResult[] {
  const shown = tags
    .slice(0, TAGS_SHOWN)
    .map(
      (tag) =>
        html`<span class="tag ${tag.length > SHORT_TAG ? 'tag--long' : ''} ${hue(tag)}">${plainLabel(tag)}</span>`,
    );
  const more = tags.length - TAGS_SHOWN;
  return more > 0 ? [...shown, html`<span class="tag--more" dir="ltr">+${more}</span>`] : shown;
}

/** The last four come from the wire; the first two only from a store that shows its own unsent message. */
const TICKS: Readonly<Record<string, () => Pick<Line, 'drawing' | 'drawingTone' | 'spoken'>>> = {
  queued: () => ({ drawing: iconClock, spoken: msg('waiting') }),
  sending: () => ({ drawing: iconClock, spoken: msg('sending') }),
  sent: () => ({ drawing: iconCheck, spoken: msg('sent') }),
  delivered: () => ({ drawing: iconChecks, spoken: msg('delivered') }),
  read: () => ({ drawing: iconChecks, drawingTone: 'is-read', spoken: msg('read') }),
};
const RECEIPTS = ['sent', 'delivered', 'read'] as const;

/** Ticks promise no more than the channel can really report. */
function ticks(
  message: ChatMessage,
  receipts: ChannelSheet['receipts'],
): Pick<Line, 'drawing' | 'drawingTone' | 'spoken'> {
  const own = 'delivery' in message && typeof message.delivery === 'string' ? message.delivery : message.status;
  const reached = RECEIPTS.findIndex((receipt) => receipt === own);
  if (reached < 0) return TICKS[own]?.() ?? {};
  const shown = RECEIPTS.slice(0, reached + 1).filter((receipt) => receipts.includes(receipt));
  return TICKS[shown.at(-1) ?? '']?.() ?? {};
}

/** What was begun and not sent; a reply before a note, because somebody waits for it. */
function draftOf(reply: string, note: string): Line | undefined {
  const text = draftWords(reply);
  if (text) return { text, lead: msg('Draft:') };
  const aside = draftWords(note);
  return aside ? { text: aside, lead: msg('Note draft:') } : undefined;
}

const draftWords = (draft: string): string => draft.slice(0, 1000).replace(/\s+/gu, ' ').trim().slice(0, 160);

function lineOf(
  last: ChatMessage | undefined,
  channel: ChannelSheet,
  typing: readonly Typist[],
  draft: Line | undefined,
): Line {
  const typist = typing.find(({ senderType }) => senderType !== 'agent') ?? typing[0];
  if (typist) {
    const colleague = typist.senderType === 'agent' && plainLabel(typist.name ?? '');
    return { text: colleague ? msg(str`${colleague} is replying…`) : msg('Typing…'), tone: 'is-typing' };
  }
  if (last?.status === 'failed') {
    const text = msg(str`Not sent: ${previewOf(last).text}`);
    return { text, tone: 'is-failed', drawing: iconAlert, drawingTone: 'is-failed' };
  }
  if (draft) return draft;
  if (!last) return { text: msg('No messages yet') };
  const { text, icon: kind } = previewOf(last);
  if (last.senderType === 'bot') return { text, kind, drawing: iconBot, spoken: msg('bot') };
  if (last.senderType !== 'agent') return { text, kind };
  // A note goes to nobody who could have it or read it.
  return { text, kind, ...ticks(last, last.visibility === 'internal' ? [] : channel.receipts) };
}

/** The row as it is heard: "Camila Ferreira, WhatsApp, 2 unread messages, And could you start?, 10:26, Lead, unassigned". */
function sentence(
  name: string,
  channel: string,
  unread: number,
  line: Line,
  time: string,
  conversation: Conversation,
  holder: string,
): string {
  const count = unread === 0 ? '' : unread === 1 ? msg('1 unread message') : msg(str`${unread} unread messages`);
  const status =
    conversation.status === 'active' ? '' : conversation.status === 'closed' ? msg('closed') : msg('archived');
  const text = [line.lead, line.text].filter(Boolean).join(' ');
  return [name, channel, count, text, line.spoken, time, ...conversation.tags.map(plainLabel), status, holder]
    .filter(Boolean)
    .join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'crm-conversation-row': CrmConversationRow;
  }
}
