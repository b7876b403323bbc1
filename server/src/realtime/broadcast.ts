/** Carries committed changes to the sockets that may see them. Every event for agents leaves through here. */
import type { Namespace } from 'socket.io';
import { roomsFor, type Audience } from '../access.js';
import type { Change, Core } from '../core.js';
import { keyOf } from '../key-of.js';

const REMEMBERED = 10_000;

export function broadcastChanges(core: Core, agents: Namespace): () => void {
  // Commits of one conversation may be heard out of order. Who has it is taken from the newest one heard, so that a late
  // event of the time before does not reach somebody who has lost it since.
  const newest = new Map<string, { rev: number; audience: Audience }>();

  function audienceNow({ in: place, audience }: Change): Audience {
    if (!place) return audience;
    const key = keyOf(audience.tenantId, place.conversationId);
    const known = newest.get(key);
    if (known && known.rev > place.rev) return known.audience;
    newest.delete(key);
    newest.set(key, { rev: place.rev, audience });
    if (newest.size > REMEMBERED) newest.delete(newest.keys().next().value!);
    return audience;
  }

  return core.onChange((change) => {
    const to = agents.to(roomsFor(audienceNow(change)));
    (change.notFor ? to.except(roomsFor(change.notFor)) : to).emit(change.event, change.payload);
  });
}
