/**
 * Everything that goes out, and what is kept of it and of the rest: outbox, changes, the vault, the other pages of this
 * browser. Takes over what earlier pages left behind. Nothing is shown as sent before it is kept.
 */
import type { Ask, DraftMode, MessageType } from '../contract/index.js';
import type { Asking } from './asking.js';
import { Cache } from './cache.js';
import { Changes } from './changes.js';
import type { ChatState } from './chat-state.js';
import type { ChatStoreOptions, SendExtra } from './chat-store.js';
import { Collision } from './collision.js';
import { draftKey, type Drafts } from './drafts.js';
import { memoryVault } from './memory-vault.js';
import { Operations } from './operations.js';
import { OutboxQueue } from './outbox-queue.js';
import { LeaveGuard } from './leave-guard.js';
import { Outbox } from './outbox.js';
import type { SocketIoSettings } from '../transport/socket-io.js';
import type { Keepsakes } from './keepsakes.js';
import type { Reading } from './reading.js';
import { SafeKeeping } from './safe-keeping.js';
import { Sending } from './sending.js';
import type { Sync } from './sync.js';
import { Tabs } from './tabs.js';
import { uploadOverTus } from './uploading.js';
import type { Message } from './state.js';
import type { MutationRow, OutboxRow, SpentDraft } from './vault.js';

/** What it stands on. */
export interface OutgoingNeeds {
  readonly state: ChatState;
  readonly asking: Asking;
  readonly sync: Sync;
  readonly drafts: Drafts;
  readonly keepsakes: Keepsakes;
  readonly reading: Reading;
  readonly options: Pick<ChatStoreOptions, 'vault' | 'cache' | 'upload' | 'l0AutoRetry'>;
  /** The server does not take the token any more. */
  notAdmitted(error: { code: string; message: string }): void;
  /** Asks the server what it says of a conversation now. */
  askAgain(conversationId: string): void;
  /** The agent has signed out on another page. */
  wiped(): void;
}

export class Outgoing {
  readonly state: ChatState;
  readonly safe: SafeKeeping;
  readonly cache: Cache;
  readonly queue = new OutboxQueue();
  readonly tabs: Tabs;
  readonly sending: Sending;
  readonly collision: Collision;
  readonly outbox: Outbox;
  readonly changes: Changes;
  readonly operations: Operations;
  readonly #needs: OutgoingNeeds;
  /** Read marks that are shown already and being kept at this moment. */
  #marking = 0;

  constructor(needs: OutgoingNeeds) {
    const { state, asking, sync, options } = needs;
    this.#needs = needs;
    this.state = state;
    const vault = options.vault ?? memoryVault();
    this.safe = new SafeKeeping(state, vault);
    this.cache = new Cache(state, sync, vault, options.cache ?? 'on');
    this.tabs = new Tabs(state.world);
    this.sending = new Sending(state, asking, this.safe, this.queue, this.tabs);
    this.collision = new Collision(state, asking, this.queue, this.safe, this.tabs);
    this.outbox = new Outbox(this);
    this.changes = new Changes(this);
    this.operations = new Operations(state, this.changes);
    state.holds = (id, key) => this.outbox.keeps(id, key);
    new LeaveGuard(state.world, this.queue, this.safe);
    this.#join(needs);
  }

  /** What the parts need of each other. */
  #join({ reading, drafts, keepsakes, options, notAdmitted, askAgain, wiped }: OutgoingNeeds): void {
    const { state, sending, outbox, changes, collision, tabs, cache, queue } = this;
    // What a mark that waits makes the list say is not the server's word yet, and may be refused.
    cache.mayWrite = () => this.#marking === 0 && ![...queue.rows()].some(isMark);
    sending.carriers = { message: outbox, mutation: changes };
    sending.uploads.upload = options.upload;
    outbox.sendsAgain = options.l0AutoRetry === 'ifAbsent';
    sending.onNotAdmitted = notAdmitted;
    changes.handOver = (row) => outbox.handOver(row);
    changes.meanings.mark_as_read = {
      lane: ({ conversationId }) => `read:${conversationId}`,
      payload: (ask) => (state.level === 2 ? ask : { conversationId: ask.conversationId }),
      settled: ({ conversationId }, data) => {
        reading.taken(conversationId, data);
        cache.touch();
      },
      refused: ({ conversationId }) => {
        reading.refused(conversationId, askAgain);
        cache.touch();
      },
      quiet: true,
    };
    collision.release = (row) => {
      outbox.add(row);
      outbox.handOver(row);
    };
    collision.takeBack = (id, key) => outbox.remove(id, key);
    collision.rewrite = (message) => this.#rewrite(message);
    tabs.on({
      read: (told) => reading.readElsewhere(told),
      draft: ({ key, text }) => void (keepsakes.show(key, text) || drafts.show(key, text)),
      upload: ({ key, part }) => sending.uploads.note(key, part),
      wiped: () => {
        sending.uploads.forget();
        wiped();
      },
    });
  }

  /** Takes over what earlier pages left behind, and meets the other pages. */
  async takeOver(restored: Promise<void>): Promise<void> {
    const content = await this.safe.open();
    void content.later?.then(() => this.takeOver(restored));
    const { drafts, keepsakes } = this.#needs;
    const words = Object.entries(content.drafts).filter(([key, text]) => !keepsakes.show(key, text));
    drafts.restore(Object.fromEntries(words));
    this.tabs.join(content.name);
    this.outbox.restore(content);
    this.sending.seekLead();
    await restored;
    const { reading } = this.#needs;
    for (const row of [...this.queue.rows()].filter(isMark)) {
      const { conversationId, upTo } = row.ask as Ask<'mark_as_read'>;
      reading.readElsewhere({ conversationId, ...upTo });
    }
  }

  /** The draft whose words these are, so that it goes when they are kept: a host may send something else meanwhile. */
  #spent(conversationId: string, content: string, mode: DraftMode): SpentDraft | undefined {
    const text = this.#needs.drafts.get(conversationId, mode);
    return text !== '' && text.trim() === content.trim() ? { key: draftKey(conversationId, mode), text } : undefined;
  }

  async send(conversationId: string, content: string, messageType: MessageType, extra: SendExtra): Promise<string> {
    const { drafts } = this.#needs;
    const mode = extra.visibility === 'internal' ? 'note' : 'reply';
    const spent = this.#spent(conversationId, content, mode);
    const key = await this.outbox.send(conversationId, content, messageType, extra, spent);
    const { $unreadLine, $replyTarget } = this.state.thread(conversationId);
    $unreadLine.set(null);
    if (extra.replyTo !== undefined && extra.replyTo === $replyTarget.get()) $replyTarget.set(null);
    if (spent && drafts.get(conversationId, mode) === spent.text) drafts.set(conversationId, '', mode);
    return key;
  }

  /** The words go in front of what is being written; what they quote, and what stands on an e-mail, come back unless chosen anew. */
  #rewrite({ conversationId, content, messageType, metadata, replyTo }: Message): void {
    const { drafts, keepsakes } = this.#needs;
    const { $draft, $replyTarget, $envelope } = this.state.thread(conversationId);
    const draft = $draft.get();
    drafts.set(conversationId, draft.trim() ? `${content}\n\n${draft}` : content, 'reply');
    if (replyTo && !$replyTarget.get()) $replyTarget.set(replyTo);
    if (messageType !== 'email' || $envelope.get()) return;
    const { subject, cc } = metadata ?? {};
    keepsakes.address(conversationId, { subject, cc });
  }

  keepDraft(key: string, text: string): void {
    this.safe.draft(key, text);
    this.tabs.tell('draft', { key, text });
  }

  async keepRead(conversationId: string, upTo: { seq?: number; messageId: string }): Promise<void> {
    const { seq, messageId } = upTo;
    // A key for each place: two pages that read at the same moment must not overwrite what the other got to.
    const key = `read:${conversationId}:${seq ?? messageId}`;
    this.#marking++;
    const kept = await this.changes.post('mark_as_read', { conversationId, upTo }, { key });
    this.#marking--;
    if (!kept) return;
    // Not before: a page that dies now must not leave others believing what nobody will ever tell the server.
    this.tabs.tell('read', { conversationId, ...upTo });
    this.changes.supersede(kept, (older) => seqOf(older) < (seq ?? 0));
  }

  /** Files go where this connection's server announces that it takes them, unless the host carries them. */
  uploadTo(settings: SocketIoSettings): void {
    this.sending.uploads.upload = this.#needs.options.upload ?? uploadOverTus(this.state, settings);
  }

  /** The other pages forget what this one forgets. Files on their way are taken back before the link goes. */
  signOut(): void {
    this.tabs.tell('wiped', {});
    this.sending.uploads.forget();
  }

  /** Forgets everything that was kept, and what is here of it. Rejects where the vault could not be emptied. */
  async wipe(): Promise<void> {
    this.outbox.leaveBehind();
    this.#forgetHere();
    await this.safe.wipe();
  }

  /**
   * The agent has signed out on another page, which wipes the vault. This one may hear of it late, when somebody has
   * signed in again and written: it takes back only what it wrote itself.
   */
  wipedElsewhere(): void {
    const rows = [...this.queue.rows()];
    const drafts = this.#needs.drafts.begun;
    this.#forgetHere();
    this.safe.forgetOwn(rows, drafts);
    this.cache.clear();
  }

  #forgetHere(): void {
    // Before anything is awaited: a write that was planned must not come behind the wipe.
    this.cache.forget();
    this.outbox.forget();
    this.changes.forget();
  }
}

function isMark(row: OutboxRow): row is MutationRow {
  return row.kind === 'mutation' && row.event === 'mark_as_read';
}

/** Up to where a mark that waits says that it was read; without a number it stands for itself. */
function seqOf({ ask }: MutationRow): number {
  return (ask as Ask<'mark_as_read'>).upTo?.seq ?? Infinity;
}
