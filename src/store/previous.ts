import { atom, onMount, type ReadableAtom } from 'nanostores';
import type { ConversationFilter } from '../contract/index.js';
import type { ChatState } from './chat-state.js';

/** The contact's other conversations, newest first. Looking at them loads (`load`) those that are not here. */
export function previousConversations(
  state: ChatState,
  conversationId: string,
  load: (filter: ConversationFilter) => void,
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
    if (own && state.level === 2) load(own.clientId ? { clientId: own.clientId } : { prospectId: own.prospectId });
    return state.conversations.$ids.listen(find);
  });
  return $ids;
}
