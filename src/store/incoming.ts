/** What each server event means. A missing entry is a compile error; each wire name stands here once. */
import type { ServerEvents } from '../contract/index.js';
import type { ChatState } from './chat-state.js';
import { takeDraft } from './drafts.js';
import type { Typist } from './state.js';
import {
  noteMessageInConversation,
  putClient,
  putConversation,
  putMessage,
  putProspect,
  removeConversation,
} from './writers.js';

/** What an event needs besides the state: ways to ask for what it mentions and nobody knows. */
export interface IncomingNeeds {
  conversation(id: string): void;
  prospect(id: string): void;
  typing(conversationId: string, typist: Typist, isTyping: boolean): void;
  viewing(agentId: string, status: string, conversationId: string | undefined): void;
}

export const incoming: {
  [E in keyof ServerEvents]: (state: ChatState, payload: ServerEvents[E], needs: IncomingNeeds) => void;
} = {
  new_message(state, { _sync, ...message }, needs) {
    const withSync = _sync ? { ...message, rev: message.rev ?? _sync.r, seq: message.seq ?? _sync.s } : message;
    if (!state.conversations.has(message.conversationId)) needs.conversation(message.conversationId);
    noteMessageInConversation(state, withSync);
    putMessage(state, withSync, true);
    needs.typing(message.conversationId, { senderId: message.senderId, senderType: message.senderType }, false);
  },
  conversation_updated(state, { _sync, ...patch }, needs) {
    const told = _sync ? { ...patch, rev: patch.rev ?? _sync.r } : patch;
    if (!putConversation(state, told)) needs.conversation(patch.id);
  },
  prospect_updated(state, { _sync: _, ...patch }, needs) {
    if (!putProspect(state, patch)) needs.prospect(patch.id);
  },
  typing(_state, { conversationId, isTyping, ...typist }, needs) {
    needs.typing(conversationId, typist, isTyping);
  },
  conversation_removed(state, { id }) {
    removeConversation(state, id);
  },
  client_updated(state, patch) {
    putClient(state, patch);
  },
  draft_updated(state, draft) {
    takeDraft(state, draft);
  },
  agent_presence(state, { agentId, status, viewing }, needs) {
    needs.viewing(agentId, status, viewing);
    const known = state.agents.get(agentId);
    if (known && known.status !== status) state.agents.put(agentId, { ...known, status });
  },
};
