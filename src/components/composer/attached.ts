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

const trays = new WeakMap<ChatStore, Map<string, readonly Attached[]>>();

export function attachedTo(store: ChatStore, conversationId: string): readonly Attached[] {
  return trays.get(store)?.get(conversationId) ?? [];
}

/** Do files wait in any of its conversations. */
export const hasAttached = (store: ChatStore): boolean => (trays.get(store)?.size ?? 0) > 0;

export function setAttached(store: ChatStore, conversationId: string, items: readonly Attached[]): void {
  const known = trays.get(store) ?? new Map<string, readonly Attached[]>();
  for (const { preview } of known.get(conversationId) ?? [])
    if (preview && !items.some((item) => item.preview === preview)) URL.revokeObjectURL(preview);
  if (items.length > 0) known.set(conversationId, items);
  else known.delete(conversationId);
  trays.set(store, known);
}
