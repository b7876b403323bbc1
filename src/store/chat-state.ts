import { atom, onMount, type ReadableAtom, type WritableAtom } from 'nanostores';
import { CHANNELS } from '../contract/built-in-channels.js';
import type {
  Agent,
  ChannelSheet,
  ChatSettings,
  Client,
  Conversation,
  ConversationCounts,
  DraftMode,
  Features,
  Prospect,
} from '../contract/index.js';
import { KeyedList } from './keyed-list.js';
import { SeqRanges } from './seq-ranges.js';
import type {
  Change,
  Held,
  Gap,
  Inbox,
  InboxFilter,
  Keyed,
  Link,
  Loading,
  Message,
  ProtocolProblem,
  Target,
  Thread,
  Typist,
  UnreadLine,
  Envelope,
  Preferences,
} from './state.js';
import type { World } from './world.js';

/** Newest first; the id decides between equals, so that every tab shows the same order. */
export function byActivity(a: Conversation, b: Conversation): number {
  return Date.parse(b.lastActivity) - Date.parse(a.lastActivity) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** By the server's number; without one by the place it was written at, then by time. */
export function byPlace(a: Message, b: Message): number {
  const first = a.seq ?? a.place ?? Infinity;
  const second = b.seq ?? b.place ?? Infinity;
  if (first !== second) return first - second;
  return Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/** One conversation's messages and what is known around them. Written by `writers.ts`, `loading.ts` and the outbox. */
export class ThreadState implements Thread {
  readonly messages: KeyedList<Message>;
  readonly $first = atom<Loading>('idle');
  readonly $older = atom<Loading>('idle');
  readonly $typing = atom<readonly Typist[]>([]);
  readonly $draft = atom('');
  readonly $noteDraft = atom('');
  readonly $envelope = atom<Envelope | null>(null);
  /** The drafts as the server has them, by mode. */
  readonly savedDrafts = new Map<DraftMode, string>();
  /** Modes whose draft was written in this browser since the connection came up. */
  readonly writtenDrafts = new Set<DraftMode>();
  readonly $replyTarget = atom<string | null>(null);
  readonly $unreadLine = atom<UnreadLine | null>(null);
  readonly $held = atom<Held | null>(null);
  readonly $viewers = atom<readonly string[]>([]);
  /** The newest message that the agent had in front of them. */
  seenSeq = 0;
  /** Its first page was asked for while there was no connection. */
  isWanted = false;
  readonly $gaps = atom<readonly Gap[]>([]);
  readonly $target = atom<Target | null>(null);
  /** Keys of messages whose id differs from their key. */
  readonly keyOfId = new Map<string, string>();
  /** Keys of what was written here and is not confirmed. */
  readonly locals = new Set<string>();
  /** Which numbers are here (level 2). */
  readonly numbers = new SeqRanges();
  /** When somebody last began to look, counted in looks. */
  looked = 0;
  /** The conversation was opened, and the unread line is still to be drawn. */
  lineIsDue = false;

  constructor(
    readonly conversationId: string,
    world: World,
    onLook: (thread: ThreadState) => void,
    onSize: (change: 1 | -1) => void = () => {},
  ) {
    this.messages = new KeyedList<Message>({
      world,
      compare: byPlace,
      onChange: (before, after, key) => {
        if (after?.local) this.locals.add(key);
        else this.locals.delete(key);
        if (before && !after && before.id !== key) this.keyOfId.delete(before.id);
        if (!before !== !after) onSize(after ? 1 : -1);
      },
    });
    const look = () => onLook(this);
    onMount(this.messages.$ids as WritableAtom<readonly string[]>, look);
    onMount(this.$first, look);
  }

  /** Every known message of the history, from the oldest loaded to the newest, is here. */
  get loaded(): boolean {
    return this.$first.get() === 'end';
  }

  /** Somebody has it before his eyes. */
  get inView(): boolean {
    return (this.messages.$ids as WritableAtom<readonly string[]>).lc > 0 || this.$first.lc > 0;
  }

  /** The highest number that is here. */
  get newestSeq(): number {
    let newest = 0;
    for (const { seq } of this.messages.values()) newest = Math.max(newest, seq ?? 0);
    return newest;
  }

  find(id: string): Message | undefined {
    return this.messages.get(this.keyOfId.get(id) ?? id);
  }

  /** Tells which gaps there are now. What was learned of one that has not changed stays. */
  tellGaps(stage?: Gap['stage'], of?: Gap): void {
    const before = this.$gaps.get();
    const { gaps } = this.numbers;
    if (before.length === 0 && gaps.length === 0) return;
    this.$gaps.set(
      gaps.map((gap) => {
        const known = before.find((one) => one.after === gap.after && one.before === gap.before);
        const now = known && (of?.after === gap.after && of.before === gap.before ? stage : undefined);
        return now ? { ...gap, stage: now } : (known ?? { ...gap, stage: 'more' });
      }),
    );
  }
}

/** What happens when somebody starts to look at something; set by the parts that load. */
export interface LookHandlers {
  thread(thread: ThreadState): void;
  inbox(): void;
  client(id: string): void;
}

const BACKOFF_FIRST_MS = 1000;
const BACKOFF_MOST_MS = 30_000;

/** Everything the store knows. Panels see it read-only through `ChatStore`. */
export class ChatState {
  readonly $link = atom<Link>({ status: 'idle' });
  readonly $me: WritableAtom<string | undefined>;
  readonly $locale: WritableAtom<string | undefined>;
  /** Where addresses that begin with `/` belong; undefined: to the page. */
  readonly $server = atom<string | undefined>(undefined);
  readonly $features = atom<Features>({});
  readonly $settings = atom<ChatSettings | undefined>(undefined);
  readonly $preferences = atom<Preferences>({});
  readonly $storage = atom<'durable' | 'memory'>('durable');
  readonly $activeId = atom<string | null>(null);
  readonly $missing = atom<string | null>(null);
  readonly $filter = atom<InboxFilter>({ view: 'all', text: '' });
  readonly $inbox = atom<Inbox>({ ids: [], loading: 'idle', ready: false });
  readonly $counts = atom<ConversationCounts | undefined>(undefined);
  readonly $unreadTotal = atom(0);
  readonly $changes = atom<readonly Change[]>([]);
  readonly $uploads = atom<Readonly<Record<string, number>>>({});
  readonly conversations: KeyedList<Conversation>;
  readonly prospects: KeyedList<Prospect>;
  readonly clients: KeyedList<Client>;
  readonly agents: KeyedList<Agent>;
  readonly threads = new Map<string, ThreadState>();
  /** Messages of all threads together. */
  messageCount = 0;
  /** Told after each message more; set by the composition. */
  grown: () => void = () => {};
  #looks = 0;
  /** Nobody answered the first question of this connection: level 0 is a guess, and a slow line looks the same. */
  isLevelGuessed = false;
  /** The newest revision of each conversation that is wholly applied (level 2). */
  readonly revisions = new Map<string, number>();
  /** Until somebody loads: clients that are looked at are remembered; threads and the list show it themselves. */
  readonly looking: LookHandlers = {
    thread: () => {},
    inbox: () => {},
    client: (id) => this.clientsLookedAt.add(id),
  };
  readonly clientsLookedAt = new Set<string>();
  /** Of conversations whose contact somebody looks at: the contact's other ones. */
  readonly previous = new Map<string, ReadableAtom<readonly string[]>>();
  readonly conversationListeners = new Set<
    (before: Conversation | undefined, after: Conversation | undefined) => void
  >();
  readonly prospectListeners = new Set<(after: Prospect | undefined) => void>();
  readonly problemListeners = new Set<(problem: ProtocolProblem) => void>();
  /** Does the outbox keep this message; set by the composition. */
  holds: (conversationId: string, key: string) => boolean = () => false;
  /** Somebody tells what is seen; until then what is loaded counts as seen. */
  isWatched = false;
  /** Who signs in here, as the host says. */
  readonly ownId: string | undefined;
  readonly ownName: string | undefined;
  readonly #hostChannels: Record<string, ChannelSheet>;

  constructor(
    readonly world: World,
    options: {
      agentId?: string | undefined;
      agentName?: string | undefined;
      locale?: string | undefined;
      channels?: Record<string, ChannelSheet> | undefined;
    },
  ) {
    this.ownId = options.agentId;
    this.$me = atom(this.ownId);
    this.$locale = atom(options.locale);
    this.ownName = options.agentName;
    this.#hostChannels = options.channels ?? {};
    this.conversations = new KeyedList<Conversation>({
      world,
      compare: byActivity,
      onChange: (before, after) => {
        const unread = (after?.unreadCount ?? 0) - (before?.unreadCount ?? 0);
        if (unread) this.$unreadTotal.set(this.$unreadTotal.get() + unread);
        for (const listener of this.conversationListeners) listener(before, after);
      },
    });
    this.prospects = new KeyedList<Prospect>({
      world,
      onChange: (_before, after) => {
        for (const listener of this.prospectListeners) listener(after);
      },
    });
    this.clients = new KeyedList<Client>({ world, onLook: (id) => this.looking.client(id) });
    this.agents = new KeyedList<Agent>({ world });
    onMount(this.$inbox, () => this.looking.inbox());
  }

  get level(): Link['level'] {
    return this.$link.get().level;
  }

  get online(): boolean {
    return this.$link.get().status === 'online';
  }

  thread(conversationId: string): ThreadState {
    let thread = this.threads.get(conversationId);
    if (!thread) {
      thread = new ThreadState(
        conversationId,
        this.world,
        (looked) => {
          looked.looked = ++this.#looks;
          this.looking.thread(looked);
        },
        (change) => {
          this.messageCount += change;
          if (change > 0) this.grown();
        },
      );
      this.threads.set(conversationId, thread);
    }
    return thread;
  }

  channel(id: string): ChannelSheet {
    const announced = this.$features.get().channels?.find((sheet) => sheet.id === id);
    const builtIn = Object.hasOwn(CHANNELS, id) ? CHANNELS[id] : undefined;
    const hosts = Object.hasOwn(this.#hostChannels, id) ? this.#hostChannels[id] : undefined;
    return hosts ?? announced ?? builtIn ?? { ...UNKNOWN_CHANNEL, id, label: id };
  }

  botEnabled(conversationId: string): boolean {
    return this.conversations.get(conversationId)?.botEnabled ?? this.$settings.get()?.botEnabled ?? false;
  }

  /** Waits before another try: longer each time, never all at once, at least as long as the server asked for. */
  pause(tries: number, atLeastMs = 0): Promise<void> {
    const most = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** tries);
    const delay = Math.max(atLeastMs, (0.5 + this.world.random() / 2) * most);
    return new Promise((resolve) => this.world.after(delay, resolve));
  }

  patchLink(patch: Partial<Link>): void {
    this.$link.set({ ...this.$link.get(), ...patch });
  }

  report(event: string, message: string): void {
    for (const listener of this.problemListeners) listener({ event, message });
  }
}

/** A channel nobody described: text, no promises. */
const UNKNOWN_CHANNEL: ChannelSheet = {
  id: '',
  label: '',
  maxLength: 4096,
  markup: 'none',
  media: [],
  receipts: ['sent'],
};

export type { Keyed, ReadableAtom };
