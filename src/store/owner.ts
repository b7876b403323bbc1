/** Whose a row is: one vault may hold, by a host's slip or a storage that fails, what several agents wrote. */
import type { ChatState } from './chat-state.js';
import type { OutboxRow } from './vault.js';

/** What the agent is known by: the host and the server may call them differently. */
function ownNames({ ownId, $me }: ChatState): string[] {
  return [...new Set([ownId, $me.get()])].filter((name) => name !== undefined);
}

/** For a row that is written now. */
export function ofOwner(state: ChatState): { owner?: readonly string[] } {
  const owner = ownNames(state);
  return owner.length > 0 ? { owner } : {};
}

/** Somebody else wrote it, as far as anybody has said who wrote it and who is here now. */
export function isAnothers({ owner }: OutboxRow, state: ChatState): boolean {
  const names = ownNames(state);
  return owner !== undefined && names.length > 0 && !owner.some((name) => names.includes(name));
}
