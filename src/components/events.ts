/**
 * Every public DOM event, on one page. All bubble and cross shadow roots. Those marked "before" are cancelable: a host
 * that calls `preventDefault()` takes the act over.
 */
import type { ClientData, MessageMetadata, MessageType } from '../contract/index.js';
import type { Link, ProtocolProblem } from '../store/state.js';

abstract class CrmEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { detail, bubbles: true, composed: true, cancelable });
  }
}

/** Before a conversation is opened (or closed, with `null`). */
export class CrmConversationSelectEvent extends CrmEvent<{ conversationId: string | null }> {
  constructor(detail: { conversationId: string | null }) {
    super('crm-conversation-select', detail, true);
  }
}

/** A message that is about to leave. */
interface Leaving {
  conversationId: string;
  content: string;
  messageType: MessageType;
  /** `internal`: a note for the team. */
  visibility?: 'public' | 'internal';
  /** What goes with the words: the template they were made from, the subject of an email, whom a note mentions. */
  metadata?: MessageMetadata;
  /** The file that goes along. */
  attachment?: { blob: Blob; name: string; type: string };
  /** Id of the message that it quotes. */
  replyTo?: string;
  /**
   * It was held because somebody answered meanwhile, and is sent all the same (or, with `visibility: 'internal'`, kept as a
   * note): its key, and the ids of the answers that its author has been shown. Prevented, it stays held.
   */
  held?: { key: string; answers: string[] };
}

/**
 * Before a message is sent. One for each message: several files are several messages, of which the first carries the
 * words; all are told before the first one leaves. One that is prevented stays where it is, words in the field and files
 * above it, and the others go.
 */
export class CrmMessageSendEvent extends CrmEvent<Leaving> {
  constructor(detail: Leaving) {
    super('crm-message-send', detail, true);
  }
}

/** Before a reply that is held, because somebody answered meanwhile, is dropped. Prevented, it stays held. */
export class CrmMessageDiscardEvent extends CrmEvent<{ conversationId: string; key: string; content: string }> {
  constructor(detail: { conversationId: string; key: string; content: string }) {
    super('crm-message-discard', detail, true);
  }
}

/** Before the upload of a file is stopped, and its message taken back. Prevented, it goes on. */
export class CrmMessageUploadCancelEvent extends CrmEvent<{ conversationId: string; key: string; fileName: string }> {
  constructor(detail: { conversationId: string; key: string; fileName: string }) {
    super('crm-message-upload-cancel', detail, true);
  }
}

/** Before a failed message is sent again. */
export class CrmMessageRetryEvent extends CrmEvent<{ conversationId: string; key: string }> {
  constructor(detail: { conversationId: string; key: string }) {
    super('crm-message-retry', detail, true);
  }
}

/** Before a failed message is taken back. */
export class CrmMessageDeleteEvent extends CrmEvent<{ conversationId: string; key: string }> {
  constructor(detail: { conversationId: string; key: string }) {
    super('crm-message-delete', detail, true);
  }
}

/** Before a failed or held message is taken back and its words are put into the reply field. */
export class CrmMessageEditEvent extends CrmEvent<{ conversationId: string; key: string; content: string }> {
  constructor(detail: { conversationId: string; key: string; content: string }) {
    super('crm-message-edit', detail, true);
  }
}

/** Before a message becomes the one that the next reply quotes. */
export class CrmMessageReplyEvent extends CrmEvent<{ conversationId: string; messageId: string }> {
  constructor(detail: { conversationId: string; messageId: string }) {
    super('crm-message-reply', detail, true);
  }
}

/** Before the words of a message go to the clipboard. */
export class CrmMessageCopyEvent extends CrmEvent<{ conversationId: string; messageId: string; text: string }> {
  constructor(detail: { conversationId: string; messageId: string; text: string }) {
    super('crm-message-copy', detail, true);
  }
}

/**
 * Before the address of a message goes to the clipboard. `url`: what the provider's routing reads; without routing the page's
 * own address with `conversation` and `message` in its query. A host with addresses of its own takes the act over.
 */
export class CrmMessageLinkCopyEvent extends CrmEvent<{ conversationId: string; messageId: string; url: string }> {
  constructor(detail: { conversationId: string; messageId: string; url: string }) {
    super('crm-message-link-copy', detail, true);
  }
}

/** Before the menu of a message opens. */
export class CrmMessageMenuEvent extends CrmEvent<{ conversationId: string; messageId: string }> {
  constructor(detail: { conversationId: string; messageId: string }) {
    super('crm-message-menu', detail, true);
  }
}

/** Before a picture is shown large. */
export class CrmMessageImageEvent extends CrmEvent<{ conversationId: string; messageId: string; url: string }> {
  constructor(detail: { conversationId: string; messageId: string; url: string }) {
    super('crm-message-image', detail, true);
  }
}

/** A renderer of the host threw; its region shows what it would show without it. Told once for each renderer. */
export class CrmRendererErrorEvent extends CrmEvent<{ renderer: string; error: unknown }> {
  constructor(detail: { renderer: string; error: unknown }) {
    super('crm-renderer-error', detail, true);
  }
}

/** Before a prospect becomes a client. */
export class CrmProspectConvertEvent extends CrmEvent<{ prospectId: string; clientData: ClientData }> {
  constructor(detail: { prospectId: string; clientData: ClientData }) {
    super('crm-prospect-convert', detail, true);
  }
}

/** Before a note is added. */
export class CrmNoteAddEvent extends CrmEvent<{ clientId: string; content: string }> {
  constructor(detail: { clientId: string; content: string }) {
    super('crm-note-add', detail, true);
  }
}

/** Before a client's details are changed. */
export class CrmClientUpdateEvent extends CrmEvent<{ clientId: string; patch: Partial<ClientData> }> {
  constructor(detail: { clientId: string; patch: Partial<ClientData> }) {
    super('crm-client-update', detail, true);
  }
}

/** Before the bot is switched on or off. */
export class CrmBotToggleEvent extends CrmEvent<{ conversationId: string; enabled: boolean }> {
  constructor(detail: { conversationId: string; enabled: boolean }) {
    super('crm-bot-toggle', detail, true);
  }
}

/** The agent asks for the contact panel to be shown or hidden (`open` absent: the other way round). Before. */
export class CrmContactToggleEvent extends CrmEvent<{ open?: boolean }> {
  constructor(detail: { open?: boolean } = {}) {
    super('crm-contact-toggle', detail, true);
  }
}

/** The agent goes one panel back in a narrow container. Before. */
export class CrmPanelBackEvent extends CrmEvent<{ from: 'messages' | 'contact' }> {
  constructor(detail: { from: 'messages' | 'contact' }) {
    super('crm-panel-back', detail, true);
  }
}

/** Before the agent is told of a new message by sound or on the desktop. One for each message over all tabs. Before. */
export class CrmNotifyEvent extends CrmEvent<{
  conversationId: string;
  messageId: string;
  title: string;
  body: string;
}> {
  constructor(detail: { conversationId: string; messageId: string; title: string; body: string }) {
    super('crm-notify', detail, true);
  }
}

/** A sound was due, and the browser allows none before a gesture inside the inbox. */
export class CrmSoundBlockedEvent extends CrmEvent<Record<string, never>> {
  constructor(detail: Record<string, never>) {
    super('crm-sound-blocked', detail);
  }
}

/** The connection changed. */
export class CrmLinkChangeEvent extends CrmEvent<Link> {
  constructor(detail: Link) {
    super('crm-link-change', detail);
  }
}

/** The server refused the token: set a fresh `token`, and the element connects again. */
export class CrmTokenRefusedEvent extends CrmEvent<{ code: string; message: string }> {
  constructor(detail: { code: string; message: string }) {
    super('crm-token-refused', detail);
  }
}

/** A payload did not fit the contract and was dropped; nothing was changed by it. */
export class CrmProtocolErrorEvent extends CrmEvent<ProtocolProblem> {
  constructor(detail: ProtocolProblem) {
    super('crm-protocol-error', detail);
  }
}

declare global {
  /** Elements, documents and windows: these events bubble up to all of them. */
  interface GlobalEventHandlersEventMap {
    'crm-conversation-select': CrmConversationSelectEvent;
    'crm-message-send': CrmMessageSendEvent;
    'crm-message-discard': CrmMessageDiscardEvent;
    'crm-message-upload-cancel': CrmMessageUploadCancelEvent;
    'crm-message-retry': CrmMessageRetryEvent;
    'crm-message-delete': CrmMessageDeleteEvent;
    'crm-message-edit': CrmMessageEditEvent;
    'crm-message-reply': CrmMessageReplyEvent;
    'crm-message-copy': CrmMessageCopyEvent;
    'crm-message-link-copy': CrmMessageLinkCopyEvent;
    'crm-message-menu': CrmMessageMenuEvent;
    'crm-message-image': CrmMessageImageEvent;
    'crm-renderer-error': CrmRendererErrorEvent;
    'crm-prospect-convert': CrmProspectConvertEvent;
    'crm-note-add': CrmNoteAddEvent;
    'crm-client-update': CrmClientUpdateEvent;
    'crm-bot-toggle': CrmBotToggleEvent;
    'crm-contact-toggle': CrmContactToggleEvent;
    'crm-panel-back': CrmPanelBackEvent;
    'crm-notify': CrmNotifyEvent;
    'crm-sound-blocked': CrmSoundBlockedEvent;
    'crm-link-change': CrmLinkChangeEvent;
    'crm-token-refused': CrmTokenRefusedEvent;
    'crm-protocol-error': CrmProtocolErrorEvent;
  }
}
