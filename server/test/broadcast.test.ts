import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Namespace } from 'socket.io';
import { roomOfAgent, roomsFor } from '../src/access.js';
import type { Change, Core } from '../src/core.js';
import { broadcastChanges } from '../src/realtime/broadcast.js';

test('an event from before a change of assignee that is heard after it does not reach the one who lost it', () => {
  const said: { rooms: string[]; event: string }[] = [];
  let hear: (change: Change) => void = () => {};
  const core = { onChange: (listener: typeof hear) => ((hear = listener), () => {}) } as unknown as Core;
  const sockets = {
    to: (rooms: string[]) => ({ emit: (event: string) => said.push({ rooms, event }) }),
  } as unknown as Namespace;
  broadcastChanges(core, sockets);
  const change = (rev: number, assignee: string): Change => ({
    event: 'conversation_updated',
    audience: { tenantId: 'north', assignees: [assignee] },
    in: { conversationId: 'c', rev },
    payload: { id: 'c' },
  });
  hear(change(5, 'anna'));
  hear(change(7, 'ben'));
  hear(change(6, 'anna'));
  hear({ ...change(6, 'anna'), in: { conversationId: 'other', rev: 6 } });
  const [supervisors] = roomsFor({ tenantId: 'north', assignees: [] });
  const rooms = (id: string) => [supervisors, roomOfAgent('north', id)];
  assert.deepEqual(
    said.map((one) => one.rooms),
    [rooms('anna'), rooms('ben'), rooms('ben'), rooms('anna')],
  );
});
