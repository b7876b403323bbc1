import { atom, onMount, type ReadableAtom } from 'nanostores';
import type { ConversationFilter } from '../contract/index.js';
import type { ChatState } from './chat-state.js';

/**
 * The contact's other conversations, newest first. Looking at them loads (`load`) those that are not here; one atom for
 * everybody who looks, so that they are loaded once and not with each drawing.
 */
export function previousConversations(
  state: ChatState,
  conversationId: string,
  load: (filter: ConversationFilter) => void,
): ReadableAtom<readonly string[]> {
  const looked = state.previous.get(conversationId);
  if (looked) return looked;
  const $ids = atom<readonly string[]>([]);
  state.previous.set(conversationId, $ids);
  onMount($ids, () => {
    state.previous.set(conversationId, $ids);
    const own = state.conversations.at(conversationId);
    /** Whose other conversations were asked for: a prospect becomes a client. */
    let asked = '';
    const ask = () => {
      const { clientId, prospectId } = own.get() ?? {};
      const owner = clientId ?? prospectId;
      if (!owner || owner === asked || state.level !== 2) return;
      asked = owner;
      load(clientId ? { clientId } : { prospectId: owner });
    };
    const find = () => {
      const { clientId, prospectId } = own.get() ?? {};
      const found = state.conversations.order.filter((id) => {
        const other = state.conversations.get(id)!;
        const isSame = other.prospectId === prospectId || (!!clientId && other.clientId === clientId);
        return isSame && id !== conversationId;
      });
      const known = $ids.get();
      if (known.length !== found.length || known.some((id, at) => id !== found[at])) $ids.set(found);
      ask();
    };
    const stops = [state.conversations.$ids.listen(find), own.listen(find), state.$link.listen(ask)];
    find();
    return () => {
      for (const stop of stops) stop();
      state.previous.delete(conversationId);
    };
  });
  return $ids;
}
