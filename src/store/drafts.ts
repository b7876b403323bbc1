/**
 * What the agent has begun to write: one text for replies and one for notes in each conversation. Kept in the vault with
 * every key, and at the server (where it takes drafts) a little later, so that another device can go on with it.
 */
import type { Draft, DraftMode } from '../contract/index.js';
import type { Asking } from './asking.js';
import type { ChatState, ThreadState } from './chat-state.js';
import type { Cancel } from './world.js';

/** The server is told at most so often while the agent types. */
const SAVED_EVERY_MS = 2000;
const NOTE = 'note:';

/** Under what a draft is kept in the vault: replies under the conversation's id, notes beside it. */
export const draftKey = (conversationId: string, mode: DraftMode): string =>
  mode === 'note' ? NOTE + conversationId : conversationId;

const fromKey = (key: string): [conversationId: string, mode: DraftMode] =>
  key.startsWith(NOTE) ? [key.slice(NOTE.length), 'note'] : [key, 'reply'];

const atomOf = (thread: ThreadState, mode: DraftMode) => (mode === 'note' ? thread.$noteDraft : thread.$draft);

/**
 * A draft of a list. The list may have been asked for before the last words were written here, and then tells of older
 * ones: since this connection came up, what was written here counts, and other devices tell theirs by `draft_updated`.
 */
export function takeListedDraft(state: ChatState, draft: Draft): void {
  if (!state.thread(draft.conversationId).writtenDrafts.has(draft.mode)) takeDraft(state, draft);
}

/** What another device of the same agent wrote. Words that were written here and are not there yet are not touched. */
export function takeDraft(state: ChatState, { conversationId, mode, content }: Draft): void {
  const thread = state.thread(conversationId);
  const $text = atomOf(thread, mode);
  const known = thread.savedDrafts.get(mode) ?? '';
  if ($text.get() !== known && $text.get() !== content) return;
  thread.savedDrafts.set(mode, content);
  $text.set(content);
}

export class Drafts {
  readonly #state: ChatState;
  readonly #asking: Asking;
  readonly #keep: (key: string, text: string) => void;
  /** Drafts that will be told to the server, by key. */
  readonly #due = new Map<string, Cancel>();

  constructor(state: ChatState, asking: Asking, keep: (key: string, text: string) => void) {
    this.#state = state;
    this.#asking = asking;
    this.#keep = keep;
    let announced = false;
    let isOnline = false;
    state.$link.listen(({ status }) => {
      if (isOnline && status !== 'online') for (const thread of state.threads.values()) thread.writtenDrafts.clear();
      isOnline = status === 'online';
    });
    state.$features.listen(({ drafts }) => {
      if (drafts && !announced) this.#catchUp();
      announced = drafts === true;
    });
  }

  get(conversationId: string, mode: DraftMode): string {
    return atomOf(this.#state.thread(conversationId), mode).get();
  }

  set(conversationId: string, text: string, mode: DraftMode): void {
    const key = draftKey(conversationId, mode);
    this.show(key, text);
    // With every key: a page that is left gives no time to write, and the last words would be the ones that are lost.
    this.#keep(key, text);
    if (this.#state.$features.get().drafts) this.#plan(key, text === '');
  }

  /** What another page of this browser wrote: it tells the server itself. */
  show(key: string, text: string): void {
    const [conversationId, mode] = fromKey(key);
    const thread = this.#state.thread(conversationId);
    thread.writtenDrafts.add(mode);
    atomOf(thread, mode).set(text);
  }

  /** What an earlier page left behind. */
  restore(kept: Readonly<Record<string, string>>): void {
    for (const [key, text] of Object.entries(kept)) {
      const [conversationId, mode] = fromKey(key);
      if (!this.get(conversationId, mode)) this.show(key, text);
    }
  }

  /** Under what the drafts that are shown are kept. */
  get begun(): string[] {
    const modes = ['reply', 'note'] as const;
    const all = [...this.#state.threads.keys()].flatMap((id) => modes.map((mode) => [id, mode] as const));
    return all.filter(([id, mode]) => this.get(id, mode) !== '').map(([id, mode]) => draftKey(id, mode));
  }

  forget(): void {
    for (const cancel of this.#due.values()) cancel();
    this.#due.clear();
    for (const thread of this.#state.threads.values()) {
      thread.$draft.set('');
      thread.$noteDraft.set('');
      thread.savedDrafts.clear();
      thread.writtenDrafts.clear();
    }
  }

  /** A server that takes drafts is here: it hears what was written without it. */
  #catchUp(): void {
    for (const { conversationId } of this.#state.threads.values()) {
      for (const mode of ['reply', 'note'] as const) this.#plan(draftKey(conversationId, mode), false);
    }
  }

  /** `soon`: the words were sent or given up, and must not come up on another device. */
  #plan(key: string, soon: boolean): void {
    if (this.#due.has(key) && !soon) return;
    this.#due.get(key)?.();
    const run = () => {
      this.#due.delete(key);
      void this.#save(key);
    };
    this.#due.set(key, this.#state.world.after(soon ? 0 : SAVED_EVERY_MS, run));
  }

  async #save(key: string): Promise<void> {
    const [conversationId, mode] = fromKey(key);
    const { savedDrafts } = this.#state.thread(conversationId);
    const content = this.get(conversationId, mode);
    const before = savedDrafts.get(mode) ?? '';
    if (content === before || !this.#state.online || !this.#state.$features.get().drafts) return;
    savedDrafts.set(mode, content);
    const answer = await this.#asking.ask('save_draft', { conversationId, mode, content });
    // Not there: whatever is written next, or the next connection, tells it again.
    if (!answer.ok && savedDrafts.get(mode) === content) savedDrafts.set(mode, before);
  }
}
