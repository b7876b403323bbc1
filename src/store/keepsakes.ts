/**
 * Small things kept beside the drafts, shared by the pages of one agent in one browser: how they like to write, and what
 * stands on an e-mail besides its words.
 */
import * as v from 'valibot';
import type { ChatState } from './chat-state.js';
import type { Envelope, Preferences } from './state.js';

const PREFERENCES = 'preferences:';
const ENVELOPE = 'mail:';
const RECENT_MOST = 60;

const KeptPreferences = v.object({
  sendKey: v.optional(v.picklist(['enter', 'mod-enter'])),
  skinTone: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5))),
  recentEmoji: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(RECENT_MOST))),
});
const KeptEnvelope = v.object({ subject: v.optional(v.string()), cc: v.optional(v.string()) });

export class Keepsakes {
  readonly #state: ChatState;
  readonly #keep: (key: string, text: string) => void;

  constructor(state: ChatState, keep: (key: string, text: string) => void) {
    this.#state = state;
    this.#keep = keep;
  }

  prefer(patch: Preferences): void {
    const { $preferences } = this.#state;
    $preferences.set({ ...$preferences.get(), ...patch });
    this.#keep(PREFERENCES, JSON.stringify($preferences.get()));
  }

  address(conversationId: string, envelope: Envelope | null): void {
    this.#state.thread(conversationId).$envelope.set(envelope);
    this.#keep(ENVELOPE + conversationId, envelope ? JSON.stringify(envelope) : '');
  }

  /** What an earlier page, or another one, kept. False: it is a draft, and not ours. */
  show(key: string, text: string): boolean {
    if (key === PREFERENCES) {
      const kept = read(KeptPreferences, text);
      if (kept) this.#state.$preferences.set(kept);
    } else if (key.startsWith(ENVELOPE)) {
      this.#state.thread(key.slice(ENVELOPE.length)).$envelope.set(read(KeptEnvelope, text) ?? null);
    } else return false;
    return true;
  }

  forget(): void {
    this.#state.$preferences.set({});
    for (const thread of this.#state.threads.values()) thread.$envelope.set(null);
  }
}

/** What is kept may be older than this code, or broken. */
function read<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | undefined {
  try {
    const kept = v.safeParse(schema, JSON.parse(text));
    return kept.success ? kept.output : undefined;
  } catch {
    return undefined;
  }
}
