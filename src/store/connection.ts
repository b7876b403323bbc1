/** One connection after the other: opening, catching up with what was missed, and the digest that finds what got lost. */
import type { LinkStatus, Transport } from '../transport/index.js';
import type { Answered, Asking } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { InboxView } from './inbox.js';
import type { Loader } from './loading.js';
import type { Presence } from './presence.js';
import type { Outgoing } from './outgoing.js';
import type { Typing } from './typing.js';
import { forgetMessages } from './writers.js';
import { DIGEST_EVERY_MS, type Sync } from './sync.js';

/** Nothing heard for so long, and the server is asked; nothing still for so long, and the link is taken for dead: in 15 s. */
const QUIET_MS = 9500;
const PROBE_MS = 5000;
const LISTEN_MS = 100;

/** The parts that a connection sets going. */
export interface ConnectionParts {
  readonly state: ChatState;
  readonly asking: Asking;
  readonly sync: Sync;
  readonly loader: Loader;
  readonly inbox: InboxView;
  readonly outgoing: Outgoing;
  readonly ready: Promise<void>;
  readonly typing: Typing;
  readonly presence: Presence;
}

export class Connection {
  readonly #parts: ConnectionParts;
  #stopDigest = () => {};
  /** How often in a row a request was refused because of the token. */
  #refusals = 0;
  /** Listens to the browser while there is a transport, so that a removed inbox leaves nothing behind. */
  #stopWaking: (() => void) | undefined;
  /** This server has called an ack before: its silence is a broken link, and never level 0. */
  #acks = false;
  #stopListening = () => {};
  #isProbing = false;
  /** How often in a row a link was taken for dead, and what had been heard when this one opened. */
  #deaths = 0;
  #heardAtOpen = 0;
  /** Counts connections, so that the catching up of an earlier one ends with it. */
  #turn = 0;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    parts.asking.onSilence = () => void this.#probe();
  }

  connect(transport: Transport): void {
    const { $me, ownId } = this.#parts.state;
    $me.set($me.get() ?? ownId); // forgotten with the sign-out
    this.#refusals = 0;
    this.#deaths = 0;
    this.#acks = false;
    this.#open(transport);
  }

  /** The server refused a request because of the token: a new connection asks for a fresh one, once. */
  admitAgain({ code, message }: { code: string; message: string }): void {
    const { transport } = this.#parts.asking;
    if (transport && this.#refusals++ === 0) return this.#open(transport);
    transport?.close();
    this.#down('refused');
    this.#parts.state.patchLink({ error: { code, message } });
  }

  #open(transport: Transport): void {
    this.#parts.outgoing.tabs.comeBack();
    this.#parts.asking.transport?.close();
    this.#parts.asking.transport = transport;
    if (this.#parts.state.online) this.#down('offline');
    this.#stopWaking ??= this.#parts.state.world.onWake((event) => {
      if (event === 'online' || event === 'visible') void this.#digest();
      if (event === 'hidden') void this.#parts.outgoing.cache.flush();
    });
    this.#parts.state.patchLink({ status: 'connecting', level: undefined, error: undefined });
    this.#awaitOpening();
    transport.open({
      event: (name, payload) => {
        if (this.#parts.asking.transport === transport) this.#receive(name, payload);
      },
      alive: () => {
        if (this.#parts.asking.transport === transport) this.#parts.asking.noteLife();
      },
      status: (status) => {
        if (this.#parts.asking.transport === transport) this.#linkChanged(status);
      },
    });
  }

  disconnect(): void {
    this.#parts.asking.transport?.close();
    this.#parts.asking.transport = undefined;
    this.#stopWaking?.();
    this.#stopWaking = undefined;
    this.#down('closed');
  }

  /** Disconnects, and takes leave of the other pages too. */
  hangUp(): void {
    this.disconnect();
    this.#parts.outgoing.tabs.leave();
  }

  #receive(name: string, payload: unknown): void {
    this.#parts.asking.noteLife();
    this.#parts.sync.receive(name, payload);
    this.#parts.outgoing.cache.touch();
    if (name !== 'new_message' || typeof payload !== 'object' || payload === null) return;
    const { conversationId } = payload as { conversationId?: unknown };
    if (typeof conversationId === 'string') this.#parts.outgoing.outbox.noteArrivals(conversationId);
  }

  #linkChanged(status: LinkStatus): void {
    if (status.state === 'open') {
      this.#stopListening();
      this.#parts.state.patchLink({ status: 'online', level: undefined, error: undefined });
      this.#parts.state.isLevelGuessed = false; // it was another line
      this.#turn++;
      this.#heardAtOpen = this.#parts.asking.heard;
      void this.catchUp(false);
    } else if (status.state === 'connecting') {
      if (this.#parts.state.online) return;
      this.#parts.state.patchLink({ status: 'connecting' });
      this.#awaitOpening();
    } else if (status.state === 'refused') {
      this.#down('refused');
      this.#parts.state.patchLink({ error: { code: status.code, message: status.message } });
    } else {
      this.#down(status.state === 'closed' ? 'closed' : 'offline');
    }
  }

  #down(status: 'offline' | 'refused' | 'closed'): void {
    this.#stopDigest();
    this.#stopListening();
    this.#parts.state.patchLink({ status, error: undefined });
    this.#parts.outgoing.sending.close();
    this.#parts.sync.forgetParked();
    this.#parts.typing.forget();
    this.#parts.presence.forget();
    this.#parts.inbox.refresh();
  }

  /** After every connect: the list (or what changed in it), then what is looked at, then what waits to be sent. */
  async catchUp(fromScratch: boolean): Promise<void> {
    const { state } = this.#parts;
    const turn = this.#turn;
    await this.#parts.ready;
    if (!state.online || turn !== this.#turn) return;
    const since = fromScratch ? undefined : this.#parts.sync.position;
    // Without a payload, as servers in the field know it, unless a level 2 server told us where to continue.
    const answer = await this.#parts.asking.insist('load_conversations', since && { since });
    if (!state.online || turn !== this.#turn) return;
    const silence = !answer.ok && answer.error.code === 'TIMEOUT';
    if (silence && this.#acks) return this.catchUp(fromScratch);
    // A server without acks looks the same: it is believed when the next line is as silent.
    if (silence && this.#deaths === 0 && this.#giveUpIfMute()) return;
    if (silence && since) {
      // What was kept may come from another server than this one, which does not even understand the question.
      this.#parts.sync.notePosition(undefined);
      return this.catchUp(true);
    }
    state.isLevelGuessed = silence;
    if (answer.ok && state.level) this.#acks = true;
    if (!answer.ok) {
      // Silence is level 0; a refusal is an answer.
      state.patchLink({ level: state.level ?? (answer.error.code === 'TIMEOUT' ? 0 : 1) });
      this.#parts.loader.noteFailure();
      this.#parts.inbox.ready = true;
      this.#parts.inbox.refresh();
      return this.#nowOnline();
    }
    this.#deaths = 0;
    const { data, sync } = answer;
    if (sync?.features) {
      state.$features.set(sync.features);
      if (sync.features.agents?.me) state.$me.set(sync.features.agents.me);
    }
    const otherEpoch = since !== undefined && sync?.epoch !== since.epoch;
    if (data.reset || otherEpoch || fromScratch) this.forgetHistory();
    this.#parts.sync.notePosition(sync);
    if (!since || data.reset || otherEpoch) this.#parts.loader.noteFirstPage(data);
    this.#parts.sync.takeConversations(data);
    this.#parts.inbox.ready = true;
    this.#parts.inbox.refresh();
    this.#nowOnline();
  }

  #nowOnline(): void {
    const { state } = this.#parts;
    state.patchLink({ upToDateAt: state.world.now() });
    this.#parts.outgoing.cache.touch();
    if (state.level !== 2) {
      this.#parts.loader.forgetWholeLists();
      void this.#parts.loader.loadProspects();
    } else if (state.$features.get().agents) {
      void this.#parts.loader.loadAgents();
    }
    const inDoubt = state.level === 2 ? undefined : this.#parts.outgoing.outbox.inDoubt;
    for (const thread of state.threads.values()) {
      const { conversationId } = thread;
      const lookedAt = conversationId === state.$activeId.get() || (inDoubt?.has(conversationId) ?? false);
      // Without revisions nobody can say what was missed: the page that is looked at is read again, others when they are.
      if (thread.loaded && state.level !== 2) {
        if (lookedAt) void this.#parts.loader.firstPage(thread, true);
        else thread.$first.set('idle');
      } else if (lookedAt || thread.isWanted || thread.$first.lc > 0) {
        void this.#parts.loader.firstPage(thread);
      }
    }
    const active = state.$activeId.get();
    if (active) this.#parts.presence.announce(active);
    if (active && !state.conversations.has(active)) this.#parts.loader.want('conversations', active);
    void this.#parts.loader.fetchWanted();
    this.#parts.sync.fillOpenGaps();
    // The filter was changed while there was nobody to ask.
    if (this.#parts.loader.stage === 'idle') void this.#parts.loader.nextPage(() => this.#parts.inbox.refresh());
    this.#parts.outgoing.sending.open();
    this.#stopDigest();
    const repeat = (): (() => void) =>
      state.world.after(DIGEST_EVERY_MS, () => {
        this.#stopDigest = repeat();
        void this.#digest();
      });
    this.#stopDigest = repeat();
    this.#listen();
  }

  /** A line that neither opens nor fails is dead too; each time it gets longer, for hosts whose tokens are slow to come. */
  #awaitOpening(): void {
    this.#stopListening();
    const { asking, state } = this.#parts;
    const { transport, heard } = asking;
    if (!transport || transport.vouches) return;
    const patience = (QUIET_MS + PROBE_MS) * Math.min(4, 1 + this.#deaths);
    this.#stopListening = state.world.after(patience, () => {
      if (heard === asking.heard) this.#giveUp(transport);
      else this.#awaitOpening();
    });
  }

  /** Where the transport does not vouch for it, silence is broken by a question (which only level 2 answers cheaply). */
  #listen(): void {
    this.#stopListening();
    const { asking, state } = this.#parts;
    if (asking.transport?.vouches || state.level !== 2) return;
    const turn = this.#turn;
    const quiet = Math.min(Math.max(0, state.world.now() - asking.heardAt), QUIET_MS);
    this.#stopListening = state.world.after(Math.max(LISTEN_MS, QUIET_MS - quiet), () => {
      const isQuiet = state.world.now() - asking.heardAt >= QUIET_MS;
      void (isQuiet ? this.#probe() : Promise.resolve()).then(() => {
        if (turn === this.#turn && state.online) this.#listen();
      });
    });
  }

  /** Is anybody there: a link on which nothing at all comes is given up, and another one opened. */
  async #probe(): Promise<void> {
    const { asking, state, sync } = this.#parts;
    const { transport } = asking;
    // A server that never acks says nothing by its silence.
    if (this.#isProbing || !transport || transport.vouches || !this.#acks || !state.online) return;
    this.#isProbing = true;
    const [turn, heard] = [this.#turn, asking.heard];
    const since = sync.position;
    const answer = await asking.ask('load_conversations', since && { since }, PROBE_MS);
    this.#isProbing = false;
    if (turn !== this.#turn || !state.online) return;
    if (!answer.ok && heard === asking.heard) this.#giveUp(transport);
    else if (answer.ok) this.#takeDigest(answer, since);
  }

  /** Nobody says so, but this link is dead. Another one, and not all pages of the world in the same moment. */
  #giveUp(transport: Transport): void {
    const { asking, state } = this.#parts;
    this.#down('offline');
    const turn = ++this.#turn;
    transport.close();
    void state.pause(this.#deaths++).then(() => {
      if (turn === this.#turn && asking.transport === transport && !state.online) this.#open(transport);
    });
  }

  /** Not a word since it opened, from a transport that would not notice. */
  #giveUpIfMute(): boolean {
    const { transport, heard } = this.#parts.asking;
    if (!transport || transport.vouches || heard !== this.#heardAtOpen) return false;
    this.#giveUp(transport);
    return true;
  }

  async #digest(): Promise<void> {
    const { state, sync, outgoing } = this.#parts;
    void outgoing.sending.readAgain();
    const since = sync.position;
    if (!state.online) return;
    // A server without acks would have said something by now.
    if (state.isLevelGuessed) return this.#giveUpIfMute() ? undefined : this.catchUp(false);
    if (!since) return;
    this.#takeDigest(await this.#parts.asking.ask('load_conversations', { since }), since);
  }

  #takeDigest(answer: Answered<'load_conversations'>, since: { epoch: string; head: number } | undefined): void {
    const { state, sync, outgoing } = this.#parts;
    if (!answer.ok || !answer.sync || !since) return;
    if (answer.data.reset || answer.sync.epoch !== since.epoch) return void this.catchUp(true);
    sync.notePosition(answer.sync);
    sync.takeConversations(answer.data);
    outgoing.cache.touch();
    state.patchLink({ upToDateAt: state.world.now() });
  }

  /** Another epoch: what was known is no longer the same history. Unsent words stay. */
  forgetHistory(): void {
    const { state } = this.#parts;
    state.revisions.clear();
    state.conversations.clear();
    for (const thread of state.threads.values()) {
      forgetMessages(state, thread);
      thread.$first.set('idle');
      thread.$older.set('idle');
    }
  }
}
