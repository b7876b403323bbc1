/** What each server event means. A missing entry is a compile error; each wire name stands here once. */
import type { ServerEvents } from '../contract/index.js';
import type { ChatState } from './chat-state.js';
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
}

/** A "typing" that is never taken back (the other side crashed) ends by itself. */
export const TYPING_LASTS_MS = 6000;

const typingTimers = new WeakMap<ChatState, Map<string, () => void>>();

export const incoming: {
  [E in keyof ServerEvents]: (state: ChatState, payload: ServerEvents[E], needs: IncomingNeeds) => void;
} = {
  new_message(state, { _sync, ...message }, needs) {
    const withSync = _sync ? { ...message, rev: message.rev ?? _sync.r, seq: message.seq ?? _sync.s } : message;
    if (!state.conversations.has(message.conversationId)) needs.conversation(message.conversationId);
    noteMessageInConversation(state, withSync);
    putMessage(state, withSync);
    setTyping(state, message.conversationId, { senderId: message.senderId, senderType: message.senderType }, false);
  },
  conversation_updated(state, { _sync, ...patch }, needs) {
    const told = _sync ? { ...patch, rev: patch.rev ?? _sync.r } : patch;
    if (!putConversation(state, told)) needs.conversation(patch.id);
  },
  prospect_updated(state, { _sync: _, ...patch }, needs) {
    if (!putProspect(state, patch)) needs.prospect(patch.id);
  },
  typing(state, { conversationId, isTyping, ...typist }) {
    setTyping(state, conversationId, typist, isTyping);
  },
  conversation_removed(state, { id }) {
    removeConversation(state, id);
  },
  client_updated(state, patch) {
    putClient(state, patch);
  },
  agent_presence(state, { agentId, status }) {
    const known = state.agents.get(agentId);
    if (known && known.status !== status) state.agents.put(agentId, { ...known, status });
  },
};

/** Who was typing when the link went may have stopped long ago. */
export function forgetTyping(state: ChatState): void {
  for (const end of typingTimers.get(state)?.values() ?? []) end();
  typingTimers.delete(state);
  for (const thread of state.threads.values()) if (thread.$typing.get().length > 0) thread.$typing.set([]);
}

function setTyping(state: ChatState, conversationId: string, typist: Typist, isTyping: boolean): void {
  const thread = isTyping ? state.thread(conversationId) : state.threads.get(conversationId);
  if (!thread || (typist.senderId !== undefined && typist.senderId === state.$me.get())) return;
  const isSame = (other: Typist) =>
    typist.senderId === undefined || other.senderId === undefined || other.senderId === typist.senderId;
  const known = thread.$typing.get();
  const others = known.filter((other) => !isSame(other));
  if (isTyping) thread.$typing.set([...others, typist]);
  else if (others.length !== known.length) thread.$typing.set(others);
  let timers = typingTimers.get(state);
  if (!timers) typingTimers.set(state, (timers = new Map()));
  const key = `${conversationId}|${typist.senderId ?? ''}`;
  timers.get(key)?.();
  timers.delete(key);
  if (isTyping) {
    const end = () => setTyping(state, conversationId, typist, false);
    timers.set(key, state.world.after(TYPING_LASTS_MS, end));
  }
}
