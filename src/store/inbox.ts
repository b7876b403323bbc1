/** The list as it is shown: which conversations the filter lets through, and how many each view holds. */
import type { Conversation, ConversationCounts } from '../contract/index.js';
import type { ChatState } from './chat-state.js';
import type { InboxFilter, Loading } from './state.js';

type View = InboxFilter['view'];
const VIEWS: readonly View[] = ['all', 'mine', 'unassigned', 'bot'];

export class InboxView {
  /** Set by the loader's owner. */
  stage: () => Loading = () => 'idle';
  ready = false;
  readonly #state: ChatState;
  #dirty = false;

  constructor(state: ChatState) {
    this.#state = state;
    state.conversationListeners.add((before, after) => {
      this.#adjustCounts(before, after);
      if (before && after && !this.#matters(before, after)) return;
      this.refresh();
    });
    state.prospectListeners.add(() => {
      if (state.$filter.get().text) this.refresh();
    });
    state.$filter.listen(() => this.refresh());
    state.$me.listen(() => this.refresh());
    state.$settings.listen(() => this.refresh());
  }

  /** Once per frame, however much has changed. */
  refresh(): void {
    if (this.#dirty) return;
    this.#dirty = true;
    this.#state.world.frame(() => this.#compute());
  }

  /** The server's counts are the better ones; without them a complete list can be counted. */
  takeCounts(counts: ConversationCounts | undefined): void {
    if (counts) return this.#state.$counts.set(counts);
    if (this.stage() !== 'end') return;
    const sums = { all: 0, mine: 0, unassigned: 0, bot: 0 };
    for (const conversation of this.#state.conversations.values()) {
      for (const view of VIEWS) if (this.#inView(conversation, view)) sums[view]++;
    }
    this.#state.$counts.set(sums);
  }

  #adjustCounts(before: Conversation | undefined, after: Conversation | undefined): void {
    const counts = this.#state.$counts.get();
    // A conversation that merely came into view by loading was counted by the server already.
    if (!counts || !before) return;
    const next = { ...counts };
    let changed = false;
    for (const view of VIEWS) {
      const delta = Number(!!after && this.#inView(after, view)) - Number(this.#inView(before, view));
      if (delta) changed = true;
      next[view] = Math.max(0, next[view] + delta);
    }
    if (changed) this.#state.$counts.set(next);
  }

  #matters(before: Conversation, after: Conversation): boolean {
    return (
      before.lastActivity !== after.lastActivity ||
      before.status !== after.status ||
      before.assignedTo !== after.assignedTo ||
      before.botEnabled !== after.botEnabled ||
      (this.#state.$filter.get().text !== '' && before.lastMessage?.id !== after.lastMessage?.id)
    );
  }

  #compute(): void {
    this.#dirty = false;
    const state = this.#state;
    const { view, text } = state.$filter.get();
    const needle = text.trim().toLocaleLowerCase();
    const ids = state.conversations.order.filter((id) => {
      const conversation = state.conversations.get(id)!;
      return this.#inView(conversation, view) && (!needle || this.#contains(conversation, needle));
    });
    const loading = this.stage();
    const known = state.$inbox.get();
    const same = known.ids.length === ids.length && known.ids.every((id, at) => id === ids[at]);
    if (same && known.loading === loading && known.ready === this.ready) return;
    state.$inbox.set({ ids: same ? known.ids : ids, loading, ready: this.ready });
  }

  #inView(conversation: Conversation, view: View): boolean {
    if (conversation.status === 'archived') return false;
    if (view === 'mine')
      return conversation.assignedTo !== undefined && conversation.assignedTo === this.#state.$me.get();
    if (view === 'unassigned') return conversation.assignedTo === undefined;
    if (view === 'bot') return conversation.botEnabled ?? this.#state.$settings.get()?.botEnabled ?? false;
    return true;
  }

  #contains(conversation: Conversation, needle: string): boolean {
    const prospect = this.#state.prospects.get(conversation.prospectId);
    return [prospect?.name, prospect?.identifier, conversation.lastMessage?.content].some((field) =>
      field?.toLocaleLowerCase().includes(needle),
    );
  }
}
