/** The demo's other door: somebody plays a customer on `/customer`. Never open in production. */
import { and, desc, eq, or } from 'drizzle-orm';
import type { Namespace, Socket } from 'socket.io';
import * as v from 'valibot';
import type { Core } from '../core.js';
import { conversations, messages, prospects } from '../database/schema.js';
import { DEMO_TENANT } from '../demo/people.js';
import { keyOf } from '../key-of.js';
import { receiveDeletion, receiveEdit, receiveReaction } from '../messages/contact-changes.js';
import { receiveMessage } from '../messages/receive.js';
import { messageToWire } from '../messages/wire.js';
import { Refusal } from '../refusal.js';
import { hearAsks, shortName } from './asks.js';
import { clean, parseWith } from './parse.js';
import type { Presence } from './presence.js';
import { createBucket, takeOrRefuse } from './rate-limit.js';

export interface Customers {
  /** Somebody plays the customer of this conversation: the sandbox leaves the answering to them. */
  isHere(conversationId: string): boolean;
}

const Id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4096));
const asks = {
  contacts: v.object({}),
  open: v.object({ conversationId: Id }),
  say: v.object({ content: Words }),
  edit: v.object({ messageId: Id, content: Words }),
  delete: v.object({ messageId: Id }),
  /** Null takes the sign away. */
  react: v.object({ messageId: Id, emoji: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(32))) }),
  typing: v.object({ isTyping: v.boolean() }),
} as const;
type AskName = keyof typeof asks;

interface Seat {
  conversationId: string;
  prospectId: string;
  name: string | null;
}

const HISTORY = 50;
const roomOf = (conversationId: string) => keyOf('conversation', conversationId);

export function openCustomerGateway(core: Core, sockets: Namespace, presence: Presence): Customers {
  core.onChange((change) => {
    // What the team notes among itself is not said to the customer.
    if (change.event !== 'new_message' || change.payload.visibility === 'internal') return;
    if (change.audience.tenantId === DEMO_TENANT)
      sockets.to(roomOf(change.payload.conversationId)).emit('message', change.payload);
  });
  presence.onAgentTyping((tenantId, typing) => {
    if (tenantId === DEMO_TENANT) sockets.to(roomOf(typing.conversationId)).volatile.emit('typing', typing);
  });
  sockets.on('connection', (socket) => serve(core, presence, socket));
  return { isHere: (conversationId) => (sockets.adapter.rooms.get(roomOf(conversationId))?.size ?? 0) > 0 };
}

function serve(core: Core, presence: Presence, socket: Socket): void {
  const bucket = createBucket({ perSecond: 10, burst: 40 }, () => core.world.now().getTime());
  let seat: Seat | undefined;
  /** Counts the asks for a seat: a database with several connections may answer the older one last. */
  let asked = 0;
  let seatedBy = 0;

  const type = async (from: Seat | undefined, isTyping: boolean) => {
    if (!from) return;
    const { conversationId, prospectId, name } = from;
    await presence.customerTypes({
      tenantId: DEMO_TENANT,
      conversationId,
      isTyping,
      senderId: prospectId,
      ...(name !== null && { name }),
    });
  };
  const takeSeat = async (next: Seat) => {
    const left = seat;
    seat = next;
    // Without a pause between the two: somebody who changes places fast is never in two rooms.
    const leaving = left && socket.leave(roomOf(left.conversationId));
    const joining = socket.join(roomOf(next.conversationId));
    await leaving;
    await joining;
    await type(left, false);
  };
  const here = () => {
    if (!seat) throw new Refusal('BAD_PAYLOAD', 'Choose a contact first.');
    return { tenantId: DEMO_TENANT, conversationId: seat.conversationId };
  };
  const does: { [N in AskName]: (ask: v.InferOutput<(typeof asks)[N]>) => Promise<unknown> } = {
    contacts: () => listContacts(core),
    async open({ conversationId }) {
      const turn = ++asked;
      const found = await findSeat(core, conversationId);
      // Whoever left meanwhile would keep the room for ever.
      if (!socket.connected) return {};
      if (turn > seatedBy) {
        seatedBy = turn;
        await takeSeat(found);
      }
      return { prospectId: found.prospectId, messages: await recentMessages(core, conversationId) };
    },
    async say({ content }) {
      return messageToWire(await receiveMessage(core, { ...here(), content }), core);
    },
    edit: async (ask) => messageToWire(await receiveEdit(core, { ...here(), ...ask }), core),
    delete: async (ask) => messageToWire(await receiveDeletion(core, { ...here(), ...ask }), core),
    react: async (ask) => messageToWire(await receiveReaction(core, { ...here(), ...ask }), core),
    typing: ({ isTyping }) => type(seat, isTyping),
  };

  hearAsks(socket, core.log, async ({ name, payload }) => {
    try {
      takeOrRefuse(bucket);
      if (!Object.hasOwn(asks, name)) throw new Refusal('BAD_PAYLOAD', 'There is no such event.');
      const run = does[name as AskName] as (ask: unknown) => Promise<unknown>;
      return { ok: true, data: (await run(parseWith(asks[name as AskName], clean(payload ?? {})))) ?? {} };
    } catch (error) {
      if (!(error instanceof Refusal)) core.log.error({ err: error, event: shortName(name) }, 'failed');
      const message = error instanceof Refusal ? error.message : 'Something went wrong on the server. Try again.';
      return { ok: false, error: { message } };
    }
  });
  socket.on('disconnect', () => {
    type(seat, false).catch((error: unknown) => core.log.debug({ err: error }, 'leaving was not told'));
  });
}

async function listContacts(core: Core) {
  const rows = await core.db
    .select({ conversation: conversations, contact: prospects })
    .from(conversations)
    .innerJoin(
      prospects,
      and(eq(prospects.tenantId, conversations.tenantId), eq(prospects.id, conversations.prospectId)),
    )
    .where(and(eq(conversations.tenantId, DEMO_TENANT), eq(conversations.status, 'active')))
    .orderBy(desc(conversations.lastActivity), desc(conversations.id))
    .limit(200);
  return {
    contacts: rows.map(({ conversation, contact }) => ({
      conversationId: conversation.id,
      name: contact.name ?? contact.identifier,
      identifier: contact.identifier,
      platform: conversation.platform,
    })),
  };
}

async function findSeat(core: Core, conversationId: string): Promise<Seat> {
  const [found] = await core.db
    .select({ prospectId: prospects.id, name: prospects.name })
    .from(conversations)
    .innerJoin(
      prospects,
      and(eq(prospects.tenantId, conversations.tenantId), eq(prospects.id, conversations.prospectId)),
    )
    .where(and(eq(conversations.tenantId, DEMO_TENANT), eq(conversations.id, conversationId)));
  if (!found) throw new Refusal('NOT_FOUND', 'There is no such conversation.');
  return { conversationId, ...found };
}

async function recentMessages(core: Core, conversationId: string) {
  const rows = await core.db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, DEMO_TENANT),
        eq(messages.conversationId, conversationId),
        eq(messages.visibility, 'public'),
        or(eq(messages.senderType, 'prospect'), eq(messages.senderType, 'agent'), eq(messages.senderType, 'bot')),
      ),
    )
    .orderBy(desc(messages.seq))
    .limit(HISTORY);
  return rows.reverse().map((row) => messageToWire(row, core));
}
