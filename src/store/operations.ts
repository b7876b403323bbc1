/** Everything an agent asks of the server that is not a message. The answer goes through the same writers as a push. */
import { type Ask, type ChatSettings, type Client, type ClientData, type ClientNote } from '../contract/index.js';
import type { Answered, Asking } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { Outcome } from './state.js';
import { putClient, putProspect } from './writers.js';

/** What a server is assumed to be set to before it told. */
const UNTOLD_SETTINGS: ChatSettings = {
  botEnabled: false,
  autoResponse: false,
  workingHours: { enabled: false, start: '09:00', end: '18:00', timezone: 'UTC' },
  notifications: { sound: true, desktop: false, email: false },
};

/** A server that acks nothing is not waited for: what it did comes back as an event. */
const SEED_PATIENCE_MS = 1500;

type Mutation = 'convert_prospect' | 'add_client_note' | 'update_client' | 'update_chat_settings';

export class Operations {
  readonly #state: ChatState;
  readonly #asking: Asking;
  /** Keys of requests whose outcome is unknown: the same request again must not be done twice. */
  readonly #undecided = new Map<string, string>();

  constructor(state: ChatState, asking: Asking) {
    this.#state = state;
    this.#asking = asking;
  }

  async convert(prospectId: string, clientData: ClientData): Promise<Outcome<Client | undefined>> {
    const answer = await this.#once('convert_prospect', { prospectId, clientData });
    if (!answer.ok) return answer;
    const { client, prospect } = answer.data;
    if (client) putClient(this.#state, client);
    if (prospect) putProspect(this.#state, prospect);
    const clientId = client?.id ?? prospect?.clientId;
    const known = this.#state.prospects.get(prospectId);
    if (known && !prospect)
      this.#state.prospects.put(prospectId, { ...known, isClient: true, ...(clientId ? { clientId } : {}) });
    for (const id of this.#state.conversations.order) {
      const conversation = this.#state.conversations.get(id)!;
      if (conversation.prospectId !== prospectId || conversation.isClientConverted) continue;
      this.#state.conversations.put(id, {
        ...conversation,
        isClientConverted: true,
        ...(clientId ? { clientId } : {}),
      });
    }
    return { ok: true, data: client };
  }

  async addNote(clientId: string, content: string): Promise<Outcome<ClientNote | undefined>> {
    const answer = await this.#once('add_client_note', { clientId, content });
    if (!answer.ok) return answer;
    const known = this.#state.clients.get(clientId);
    const note = answer.data.note ?? this.#noteOfOurOwn(clientId, content);
    if (known && !known.notes.some(({ id }) => id === note.id)) {
      this.#state.clients.put(clientId, { ...known, notes: [...known.notes, note] });
    }
    return { ok: true, data: note };
  }

  async updateClient(clientId: string, patch: Partial<ClientData>): Promise<Outcome<Client | undefined>> {
    const answer = await this.#once('update_client', { clientId, patch });
    if (!answer.ok) return answer;
    putClient(this.#state, answer.data.client);
    return { ok: true, data: answer.data.client };
  }

  /** Shown at once, taken back if the server says no. */
  async updateSettings(patch: Partial<ChatSettings>, conversationId?: string): Promise<Outcome> {
    const state = this.#state;
    const settings = state.$settings.get();
    const conversation = conversationId ? state.conversations.get(conversationId) : undefined;
    const takeBack = () => {
      if (!conversationId) return state.$settings.set(settings);
      const now = state.conversations.get(conversationId);
      if (now) state.conversations.put(conversationId, { ...now, botEnabled: conversation?.botEnabled });
    };
    if (conversation && patch.botEnabled !== undefined) {
      state.conversations.put(conversation.id, { ...conversation, botEnabled: patch.botEnabled });
    } else if (!conversationId) {
      state.$settings.set({ ...UNTOLD_SETTINGS, ...settings, ...patch });
    }
    // Servers in the field expect the whole, flat settings; a level 2 server merges what it is given.
    const payload = state.level === 2 ? patch : { ...UNTOLD_SETTINGS, ...settings, ...patch };
    const answer = await this.#once('update_chat_settings', {
      ...payload,
      ...(conversationId ? { conversationId } : {}),
    });
    if (answer.ok) {
      if (answer.data.settings && !conversationId) {
        state.$settings.set({ ...UNTOLD_SETTINGS, ...state.$settings.get(), ...answer.data.settings });
      }
      return { ok: true, data: undefined };
    }
    // A server that never acks has most likely done it.
    if (state.level === 0 && answer.error.code === 'TIMEOUT') return { ok: true, data: undefined };
    takeBack();
    return answer;
  }

  async #once<E extends Mutation>(event: E, ask: Omit<Ask<E>, 'opId'>): Promise<Answered<E>> {
    const same = JSON.stringify([event, ask]);
    const opId = this.#undecided.get(same) ?? this.#state.world.uuid();
    this.#undecided.set(same, opId);
    // The key is for servers that know it; the payload of the given events stays as it was for the others.
    const payload = (this.#state.level === 2 ? { ...ask, opId } : ask) as Ask<E>;
    const answer = await this.#asking.ask(event, payload, this.#state.level === 0 ? SEED_PATIENCE_MS : undefined);
    if (answer.ok || !answer.error.retryable) this.#undecided.delete(same);
    if (!answer.ok && answer.error.code === 'TIMEOUT' && this.#state.level === 0) {
      this.#undecided.delete(same);
      return { ok: true, data: {} } as Answered<E>;
    }
    return answer;
  }

  #noteOfOurOwn(clientId: string, content: string): ClientNote {
    const { world, $me, ownName } = this.#state;
    const now = new Date(world.now()).toISOString();
    return {
      id: world.uuid(),
      clientId,
      content,
      authorId: $me.get() ?? 'agent',
      ...(ownName ? { authorName: ownName } : {}),
      createdAt: now,
      updatedAt: now,
    };
  }
}
