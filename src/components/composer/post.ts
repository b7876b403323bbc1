/** The way of a message out of the field: checked, told to the host, given to the store. */
import { msg } from '@lit/localize';
import type { DraftMode } from '../../contract/index.js';
import { CrmMessageSendEvent } from '../events.js';
import type { DraftField } from './draft-field.js';
import type { Files } from './files.js';
import { guard } from './guards.js';
import { wrongAddress } from './mail.js';
import { outgoing } from './outgoing.js';
import type { Writing } from './writing.js';

export interface PostHost extends Writing {
  /** What went wrong. */
  problem: string;
  /** Why the message is held back until the agent says "Send anyway". */
  doubt: string;
  /** Somewhere in the composer is the focus. */
  readonly hasFocus: boolean;
  readonly files: Files;
  closePopups(): void;
  /** Shows the fields of an e-mail, and what is wrong in them. */
  showMail(field?: 'subject' | 'cc'): void;
}

export class Post {
  readonly #host: PostHost;
  readonly #words: DraftField;
  /** A message is on its way to the store, which empties its draft meanwhile. */
  isSending = false;

  constructor(host: PostHost, words: DraftField) {
    this.#host = host;
    this.#words = words;
  }

  /** `sure`: the agent has read what stands against it. */
  async send(sure = false): Promise<void> {
    const host = this.#host;
    const { store, conversationId, mode } = host;
    const written = this.#words.text;
    const content = written.trim();
    const files = host.files.ready();
    if (!files) return host.complain(msg('Remove the files that cannot be sent, or make them smaller.'));
    if (!store || (!content && files.length === 0) || this.isSending || this.#isTooLong(written))
      return host.focusComposer();
    if (mode === 'reply' && !this.#passes(content, sure)) return;
    host.doubt = '';
    host.closePopups();
    const { messageType, ...extra } = outgoing(host, content);
    const words = { content, messageType, extra };
    // What is written goes with the first file.
    const parcels = files.map(({ item, messageType, metadata, attachment }, at) => ({
      content: at === 0 ? content : '',
      messageType,
      extra: { ...extra, metadata: { ...extra.metadata, ...metadata }, attachment },
      item,
    }));
    const [first = words] = parcels;
    const told = { conversationId, content, messageType: first.messageType, ...first.extra };
    if (!host.dispatchEvent(new CrmMessageSendEvent(told))) return;
    this.isSending = true;
    try {
      const thread = store.thread(conversationId);
      const replyTo = mode === 'reply' && thread.$replyTarget.get();
      const answers = replyTo ? { replyTo } : {};
      if (parcels.length === 0) await store.sendMessage(conversationId, content, messageType, { ...extra, ...answers });
      for (const { item, ...parcel } of parcels) {
        const more = item === parcels[0]?.item ? answers : {};
        await store.sendMessage(conversationId, parcel.content, parcel.messageType, { ...parcel.extra, ...more });
        host.files.taken(conversationId, item);
      }
      if (mode === 'reply' && thread.$envelope.get()) store.setEnvelope(conversationId, null);
      this.#sent(conversationId, mode, written);
    } catch {
      if (host.conversationId === conversationId)
        host.problem = msg('This message could not be taken. Your words are still here: send them again.');
    } finally {
      this.isSending = false;
      if (host.conversationId === conversationId && host.hasFocus) host.focusComposer();
    }
  }

  #isTooLong(written: string): boolean {
    const { store, conversationId, mode } = this.#host;
    const conversation = store?.conversations.get(conversationId);
    if (!store || !conversation || mode === 'note') return false;
    return written.length > store.channel(conversation.platform).maxLength;
  }

  /** What nobody can want comes first: it cannot be overruled. */
  #passes(content: string, sure: boolean): boolean {
    const host = this.#host;
    const cc = host.store?.thread(host.conversationId).$envelope.get()?.cc;
    if (cc && wrongAddress(cc)) {
      host.showMail('cc');
      return false;
    }
    host.doubt = sure ? '' : (guard(host, content) ?? '');
    return !host.doubt;
  }

  /** Only what was sent leaves the field; words typed meanwhile stay. */
  #sent(conversationId: string, mode: DraftMode, written: string): void {
    const host = this.#host;
    const { store } = host;
    if (!store) return;
    if (host.conversationId !== conversationId || host.mode !== mode) {
      const thread = store.thread(conversationId);
      const $draft = mode === 'note' ? thread.$noteDraft : thread.$draft;
      if ($draft.get() === written) store.setDraft(conversationId, '', mode);
      return;
    }
    const value = this.#words.text;
    const rest = value.startsWith(written) ? value.slice(written.length) : value;
    host.problem = host.doubt = '';
    this.#words.show(rest);
    store.setDraft(conversationId, rest, mode);
    if (!rest && mode === 'reply') store.setTyping(conversationId, false);
  }
}
