/** Files that wait in the composer, by conversation: they stay when the agent looks at another one. */
import type { MessageMetadata } from '../../contract/index.js';
import type { ChatStore } from '../../store/chat-store.js';

export interface Attached {
  readonly blob: Blob;
  readonly name: string;
  /** MIME type. */
  readonly type: string;
  /** Of a recording. */
  readonly metadata?: MessageMetadata;
  /** For `src`, while it waits. */
  readonly preview?: string;
  /** A picture that is too large, made smaller: on its way, there, or not possible. */
  smaller?: 'making' | 'cannot' | Blob;
}

interface Trays {
  /**
   * Whose they are: another agent who signs in on the same store never sees them. Undefined: of the agent whose name the
   * server has not told yet.
   */
  readonly of: string | undefined;
  readonly byConversation: Map<string, readonly Attached[]>;
}

const trays = new WeakMap<ChatStore, Trays>();

/** Is it still the agent that it was then: the same one, or the one whose name nobody knew yet. */
export const isStill = (agent: string | undefined, store: ChatStore): boolean =>
  agent === undefined || agent === store.$me.get();

function traysOf(store: ChatStore): Map<string, readonly Attached[]> {
  const known = trays.get(store);
  const isTheirs = known !== undefined && isStill(known.of, store);
  if (known && !isTheirs)
    for (const items of known.byConversation.values())
      for (const { preview } of items) if (preview) URL.revokeObjectURL(preview);
  const byConversation = isTheirs ? known.byConversation : new Map<string, readonly Attached[]>();
  trays.set(store, { of: store.$me.get(), byConversation });
  return byConversation;
}

export function attachedTo(store: ChatStore, conversationId: string): readonly Attached[] {
  return traysOf(store).get(conversationId) ?? [];
}

/** Do files wait in any of its conversations. */
export const hasAttached = (store: ChatStore): boolean => traysOf(store).size > 0;

export function setAttached(store: ChatStore, conversationId: string, items: readonly Attached[]): void {
  const known = traysOf(store);
  for (const { preview } of known.get(conversationId) ?? [])
    if (preview && !items.some((item) => item.preview === preview)) URL.revokeObjectURL(preview);
  if (items.length > 0) known.set(conversationId, items);
  else known.delete(conversationId);
}
