/** Everything an agent asks of the server that is not a message: what it asks, and what the answer means. */
import { type ChatSettings, type Client, type ClientData, type ClientNote } from '../contract/index.js';
import type { Changes, Meanings, Plain } from './changes.js';
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

type SettingsAsk = Plain<'update_chat_settings'>;

export class Operations {
  readonly #state: ChatState;
  readonly #changes: Changes;

  constructor(state: ChatState, changes: Changes) {
    this.#state = state;
    this.#changes = changes;
    Object.assign(changes.meanings, this.#meanings());
  }

  #meanings(): Meanings {
    const state = this.#state;
    return {
      convert_prospect: {
        lane: ({ prospectId }) => `prospect:${prospectId}`,
        settled: ({ prospectId }, data) => this.#converted(prospectId, data),
      },
      add_client_note: {
        lane: ({ clientId }) => `client:${clientId}`,
        settled: ({ clientId, content }, data) => {
          const known = state.clients.get(clientId);
          const note = data.note ?? this.#noteOfOurOwn(clientId, content);
          if (!known || known.notes.some(({ id }) => id === note.id)) return;
          state.clients.put(clientId, { ...known, notes: [...known.notes, note] });
        },
      },
      update_client: {
        lane: ({ clientId }) => `client:${clientId}`,
        settled: (_ask, { client }) => void (client && putClient(state, client)),
      },
      update_chat_settings: {
        lane: ({ conversationId }) => (conversationId ? `settings:${conversationId}` : 'settings'),
        // Servers in the field expect the whole, flat settings; a level 2 server merges what it is given.
        payload: (ask) => (state.level === 2 ? ask : { ...UNTOLD_SETTINGS, ...state.$settings.get(), ...ask }),
        settled: ({ conversationId }, { settings }) => {
          if (settings && !conversationId) this.#mergeSettings(settings);
        },
        refused: (ask, before) => this.#takeBack(ask, before),
        quiet: true, // the switch itself shows how things stand
      },
    };
  }

  async convert(prospectId: string, clientData: ClientData): Promise<Outcome<Client | undefined>> {
    const came = await this.#changes.ask('convert_prospect', { prospectId, clientData });
    return outcome(came, ({ client }) => client);
  }

  #converted(prospectId: string, { client, prospect }: { client?: unknown; prospect?: unknown }): void {
    const state = this.#state;
    const made = client as Client | undefined;
    const told = prospect as { id: string; clientId?: string } | undefined;
    if (made) putClient(state, made);
    if (told) putProspect(state, told);
    const clientId = made?.id ?? told?.clientId;
    const known = state.prospects.get(prospectId);
    if (known && !told)
      state.prospects.put(prospectId, { ...known, isClient: true, ...(clientId ? { clientId } : {}) });
    for (const id of [...state.conversations.order]) {
      const conversation = state.conversations.get(id)!;
      if (conversation.prospectId !== prospectId || conversation.isClientConverted) continue;
      state.conversations.put(id, { ...conversation, isClientConverted: true, ...(clientId ? { clientId } : {}) });
    }
  }

  async addNote(clientId: string, content: string): Promise<Outcome<ClientNote | undefined>> {
    const came = await this.#changes.ask('add_client_note', { clientId, content });
    return outcome(came, ({ note }) => note ?? this.#state.clients.get(clientId)?.notes.at(-1));
  }

  async updateClient(clientId: string, patch: Partial<ClientData>): Promise<Outcome<Client | undefined>> {
    const came = await this.#changes.ask('update_client', { clientId, patch });
    return outcome(came, ({ client }) => client);
  }

  /** Shown at once, taken back if the server says no. */
  async updateSettings(patch: Partial<ChatSettings>, conversationId?: string): Promise<Outcome> {
    const { conversations, $settings } = this.#state;
    const settings = $settings.get();
    const conversation = conversationId ? conversations.get(conversationId) : undefined;
    const before = conversationId ? { botEnabled: conversation?.botEnabled } : { settings };
    if (conversation && patch.botEnabled !== undefined) {
      conversations.put(conversation.id, { ...conversation, botEnabled: patch.botEnabled });
    } else if (!conversationId) {
      $settings.set({ ...UNTOLD_SETTINGS, ...settings, ...patch });
    }
    const ask = { ...patch, ...(conversationId ? { conversationId } : {}) };
    const came = await this.#changes.ask('update_chat_settings', ask, before);
    return outcome(came, () => undefined);
  }

  #takeBack({ conversationId }: SettingsAsk, before: unknown): void {
    const { conversations, $settings } = this.#state;
    const { settings, botEnabled } = (before ?? {}) as { settings?: ChatSettings; botEnabled?: boolean };
    if (!conversationId) return $settings.set(settings);
    const now = conversations.get(conversationId);
    if (now) conversations.put(conversationId, { ...now, botEnabled });
  }

  #mergeSettings(told: Partial<ChatSettings>): void {
    const { $settings } = this.#state;
    $settings.set({ ...UNTOLD_SETTINGS, ...$settings.get(), ...told });
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

function outcome<D, T>(
  came: { ok: true; data: D } | { ok: true; waiting: true } | Extract<Outcome, { ok: false }>,
  read: (data: D) => T,
): Outcome<T | undefined> {
  if (!came.ok) return came;
  return 'waiting' in came ? { ok: true, data: undefined, waiting: true } : { ok: true, data: read(came.data) };
}
