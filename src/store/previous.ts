import { atom, onMount, type ReadableAtom } from 'nanostores';
import type { Asking } from './asking.js';
import type { ChatState } from './chat-state.js';
import type { Sync } from './sync.js';

/** The contact's other conversations, newest first. Looking at them asks the server for those that are not loaded. */
export function previousConversations(
  state: ChatState,
  asking: Asking,
  sync: Sync,
  conversationId: string,
): ReadableAtom<readonly string[]> {
  const $ids = atom<readonly string[]>([]);
  onMount($ids, () => {
    const find = () => {
      const own = state.conversations.get(conversationId);
      const found = state.conversations.order.filter((id) => {
        const other = state.conversations.get(id)!;
        const isSame = other.prospectId === own?.prospectId || (!!own?.clientId && other.clientId === own.clientId);
        return isSame && id !== conversationId;
      });
      const known = $ids.get();
      if (known.length !== found.length || known.some((id, at) => id !== found[at])) $ids.set(found);
    };
    find();
    const own = state.conversations.get(conversationId);
    if (own && state.level === 2) {
      const filter = own.clientId ? { clientId: own.clientId } : { prospectId: own.prospectId };
      void asking.insist('load_conversations', { filter }).then((answer) => {
        // The counts of a filtered list are not those of the inbox.
        if (answer.ok) sync.takeConversations({ ...answer.data, counts: undefined });
      });
    }
    return state.conversations.$ids.listen(find);
  });
  return $ids;
}
