/** What can be done with one message, by button, keyboard, menu and touch. Each act is a public event first. */
import { msg } from '@lit/localize';
import type { ChatStore } from '../../store/chat-store.js';
import type { Message } from '../../store/state.js';
import {
  CrmMessageDeleteEvent,
  CrmMessageEditEvent,
  CrmMessageImageEvent,
  CrmMessageMenuEvent,
  CrmMessageReplyEvent,
  CrmMessageRetryEvent,
  CrmMessageUploadCancelEvent,
} from '../events.js';
import { picturesOf } from './pictures.js';

/** What acts need from the log. */
export interface ActsHost {
  readonly store: ChatStore;
  readonly conversationId: string;
  /** Sends one public event. False when a host took the act over. */
  emit(event: Event): boolean;
  /** Where menus and dialogs are put: the panel's root. */
  readonly root: ShadowRoot | Document;
  /** What is in there is about to go: if it has the focus, the log takes it. */
  keepFocus(within: string): void;
  /** Puts keyboard focus into the reply field. */
  compose(): void;
  /** Puts keyboard focus on the messages. */
  focusLog(): void;
  nameOf(message: Message): string;
}

/** Where a menu stands: at the pointer, or beside an element. */
export interface Spot {
  readonly beside: HTMLElement;
  readonly at?: { readonly x: number; readonly y: number };
}

export class MessageActs {
  readonly host: ActsHost;

  constructor(host: ActsHost) {
    this.host = host;
  }

  /** Written by the agent who looks: a colleague's words are theirs to send again. */
  isOurs(message: Message): boolean {
    const me = this.host.store.$me.get();
    return message.local === true || me === undefined || message.senderId === me;
  }

  /** Only what the contact can have seen, on channels that know quotations. */
  canReply(message: Message): boolean {
    return (
      message.senderType !== 'system' &&
      message.visibility !== 'internal' &&
      !message.deletedAt &&
      !message.local &&
      message.delivery !== 'failed' &&
      this.host.store.channel(message.platform).quotedReply === true
    );
  }

  canRetry(message: Message): boolean {
    return message.delivery === 'uncertain' || (message.delivery === 'failed' && this.isOurs(message));
  }

  /** What the server has stored is not ours to delete. */
  canDelete(message: Message): boolean {
    return message.delivery === 'failed' && message.local === true;
  }

  /** Words that failed; a file's caption alone would lose the file. */
  canEdit(message: Message): boolean {
    const words = message.messageType === 'text' || message.messageType === 'email';
    return words && message.delivery === 'failed' && this.isOurs(message);
  }

  retry(key: string): void {
    const { store, conversationId } = this.host;
    if (!this.host.emit(new CrmMessageRetryEvent({ conversationId, key }))) return;
    this.host.keepFocus('.meta');
    store.retryMessage(conversationId, key);
  }

  remove(key: string): void {
    const { conversationId } = this.host;
    if (this.host.emit(new CrmMessageDeleteEvent({ conversationId, key }))) this.#takeBack(key);
  }

  #takeBack(key: string): void {
    this.host.keepFocus('crm-message-row');
    this.host.store.deleteMessage(this.host.conversationId, key);
  }

  /** Stops the upload of a message's file, and takes the message back. */
  cancelUpload(key: string): void {
    const { store, conversationId } = this.host;
    const fileName = store.attachedFile(key)?.name ?? '';
    if (!this.host.emit(new CrmMessageUploadCancelEvent({ conversationId, key, fileName }))) return;
    this.#takeBack(key);
  }

  /** Takes the failed words back into the field, in front of whatever is being written there. */
  edit(message: Message): void {
    const { store, conversationId } = this.host;
    const { key, content } = message;
    if (!this.host.emit(new CrmMessageEditEvent({ conversationId, key, content }))) return;
    const draft = store.thread(conversationId).$draft.get();
    store.setDraft(conversationId, draft.trim() ? `${content}\n\n${draft}` : content);
    if (message.replyTo) store.setReplyTarget(conversationId, message.replyTo);
    if (this.canDelete(message)) store.deleteMessage(conversationId, key);
    this.host.compose();
  }

  reply(message: Message): void {
    const { store, conversationId } = this.host;
    if (!this.host.emit(new CrmMessageReplyEvent({ conversationId, messageId: message.id }))) return;
    store.setReplyTarget(conversationId, message.id);
    this.host.compose();
  }

  /** The menu comes with its first use. */
  async menu(message: Message, spot: Spot): Promise<void> {
    const { conversationId } = this.host;
    if (!this.host.emit(new CrmMessageMenuEvent({ conversationId, messageId: message.id }))) return;
    const { openMessageMenu } = await import('./message-menu.js');
    openMessageMenu(this, message, spot);
  }

  /** One picture large, and from it all others that are loaded. */
  async view(message: Message, at: number, from: HTMLElement): Promise<void> {
    const { conversationId, store, root } = this.host;
    const url = picturesOf(message)[at]?.source;
    if (!url || !this.host.emit(new CrmMessageImageEvent({ conversationId, messageId: message.id, url }))) return;
    const { openLightbox } = await import('./lightbox.js');
    const { messages } = store.thread(conversationId);
    const shown = messages.$ids.get().flatMap((key) => {
      const one = messages.get(key);
      return one ? picturesOf(one).map((picture) => ({ picture, message: one, by: this.host.nameOf(one) })) : [];
    });
    const first = shown.findIndex((one) => one.message.key === message.key);
    openLightbox({
      root,
      shown,
      first: Math.max(0, first + at),
      store,
      again: async ({ id, key }) => {
        const outcome = await store.reloadMessage(conversationId, id);
        if (outcome.ok) return messages.get(key) ?? 'lost';
        return outcome.error.code === 'NOT_FOUND' ? 'lost' : 'failed';
      },
      back: () => (from.isConnected ? from.focus() : this.host.focusLog()),
    });
  }

  /** The accessible name of the button that opens the menu. */
  get menuLabel(): string {
    return msg('More about this message');
  }
}
