/** The way of a message out of the field: checked, told to the host, given to the store. */
import { msg } from '@lit/localize';
import type { DraftMode } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';
import type { AttachedFile } from '../../store/vault.js';
import { CrmMessageSendEvent } from '../events.js';
import type { Attached } from './attached.js';
import type { DraftField } from './draft-field.js';
import type { Files, Parcel } from './files.js';
import { guard } from './guards.js';
import { wrongAddress } from './mail.js';
import { outgoing, type Outgoing } from './outgoing.js';
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

/** One message, ready to leave. */
interface Letter extends Outgoing {
  readonly content: string;
  readonly replyTo?: string;
  readonly attachment?: AttachedFile;
  /** Where it waits above the field. */
  readonly item?: Attached;
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
    // All are told before the first one leaves: what a host makes of one must not depend on what became of another.
    const letters = this.#letters(store, content, files);
    const leaving = letters.filter(({ item: _item, ...letter }) =>
      host.dispatchEvent(new CrmMessageSendEvent({ conversationId, ...letter })),
    );
    if (leaving.length === 0) return;
    this.isSending = true;
    try {
      for (const letter of leaving) {
        const { item, content: words, messageType, ...extra } = letter;
        await store.sendMessage(conversationId, words, messageType, extra);
        if (item) host.files.taken(conversationId, item);
        if (letter === letters[0]) this.#sent(store, conversationId, mode, written);
      }
    } catch {
      if (host.conversationId === conversationId)
        host.problem = msg('This message could not be taken. Your words are still here: send them again.');
    } finally {
      this.isSending = false;
      if (host.conversationId === conversationId && host.hasFocus) host.focusComposer();
    }
  }

  /** One message for each file, else one for the words. What is written goes with the first, and what it quotes. */
  #letters(store: ChatStore, content: string, files: readonly Parcel[]): readonly Letter[] {
    const { conversationId, mode } = this.#host;
    const words = { ...outgoing(this.#host, content), content };
    const replyTo = mode === 'reply' && store.thread(conversationId).$replyTarget.get();
    const answers = replyTo ? { replyTo } : {};
    if (files.length === 0) return [{ ...words, ...answers }];
    return files.map(({ item, messageType, metadata, attachment }, at) => ({
      ...words,
      ...(at === 0 ? answers : { content: '' }),
      messageType,
      metadata: { ...words.metadata, ...metadata },
      attachment,
      item,
    }));
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
  #sent(store: ChatStore, conversationId: string, mode: DraftMode, written: string): void {
    const host = this.#host;
    if (mode === 'reply' && store.thread(conversationId).$envelope.get()) store.setEnvelope(conversationId, null);
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
