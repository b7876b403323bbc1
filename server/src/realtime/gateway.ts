/** The agents' door: who comes in, what they ask, and exactly one answer to each question. */
import type { Namespace, Socket } from 'socket.io';
import type { Sync, WireError } from '../../../src/contract/index.js';
import { roomsOf, type Agent } from '../access.js';
import { readToken, type SignedIn, type TokenRules } from '../auth/tokens.js';
import type { Core } from '../core.js';
import { isUnreachable } from '../database/open.js';
import { handlers, type Answer, type Asking } from '../handlers/index.js';
import { Refusal } from '../refusal.js';
import { joinTeam } from '../team.js';
import { createAdmission, type Admission, type Waiting } from './admission.js';
import { hearAsks, shortName, type Heard } from './asks.js';
import { broadcastChanges } from './broadcast.js';
import { createTurns, type InTurn } from './in-turn.js';
import { isClientEvent, parseAsk } from './parse.js';
import { createPresence, type Presence } from './presence.js';
import { takeOrRefuse } from './rate-limit.js';
import { createSeats, type Rates, type Seat, type Seats } from './seats.js';

export interface Limits extends Rates {
  /** Of one agent at once; absent: as many as come. */
  sockets?: number;
  /** Of all sockets together; absent: `WAITING`. */
  waiting?: Waiting;
}
export const LIMITS: Limits = { requests: { perSecond: 40, burst: 120 }, sends: { perSecond: 10, burst: 30 } };

interface AgentData {
  signedIn: SignedIn;
  seat: Seat;
}
type AgentSocket = Socket<Record<string, never>, Record<string, never>, Record<string, never>, AgentData>;

export function openAgentGateway(core: Core, sockets: Namespace, rules: TokenRules, limits: Limits = LIMITS): Presence {
  const presence = createPresence(core, sockets);
  broadcastChanges(core, sockets);
  const admission = createAdmission(core.world, limits.waiting);
  const seats = createSeats(core.world, limits, limits.sockets);

  sockets.use((socket, next) => {
    signIn(core, rules, seats, socket as AgentSocket)
      .then(
        () => next(),
        (error: unknown) => next(asConnectError(core, error)),
      )
      .catch((error: unknown) => core.log.error({ err: error }, 'a connection was left without an answer'));
  });

  sockets.on('connection', (anySocket) => {
    const socket = anySocket as unknown as AgentSocket;
    const { seat, signedIn } = socket.data;
    const { agent, expiresAt } = signedIn;
    // The rooms first, the snapshot after: what happens in between is heard twice rather than never.
    Promise.resolve(socket.join(roomsOf(agent))).catch((error: unknown) => {
      core.log.error({ err: error }, 'a socket could not join its rooms');
      socket.disconnect(true);
    });
    presence.enter(agent, socket.id);
    const now = () => core.world.now().getTime();
    const cancelExpiry = core.world.after(expiresAt.getTime() - now(), () => socket.disconnect(true));
    const asking = { core, agent, presence, socketId: socket.id };
    const inTurn = createTurns();
    hearAsks(socket, core.log, (ask) => answer(asking, { seat, admission }, inTurn, ask));
    socket.on('disconnect', () => {
      cancelExpiry();
      seat.leave();
      presence
        .leave(agent, socket.id)
        .catch((error: unknown) => core.log.debug({ err: error }, 'leaving was not told'));
    });
  });
  return presence;
}

async function signIn(core: Core, rules: TokenRules, seats: Seats, socket: AgentSocket): Promise<void> {
  const signedIn = await readToken(rules, core.world, (socket.handshake.auth as { token?: unknown }).token);
  const seat = seats(signedIn.agent);
  // Whoever hangs up before they are in never becomes a socket that ends: the line below it does.
  socket.conn.once('close', () => seat.leave());
  try {
    await joinTeam(core, signedIn.agent);
    // The line may have closed before anybody listened.
    if (socket.conn.readyState === 'closed') throw new Refusal('UNAVAILABLE', 'The line is closed.');
  } catch (error) {
    seat.leave();
    throw error;
  }
  socket.data.signedIn = signedIn;
  socket.data.seat = seat;
}

function asConnectError(core: Core, error: unknown): Error {
  const { code, message, retryAfterMs } = asWireError(core, error, { event: 'connect' });
  const data = { code, message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return Object.assign(new Error(message), { data });
}

async function answer(
  asking: Asking,
  { seat, admission }: { seat: Seat; admission: Admission },
  inTurn: InTurn,
  { name, payload }: Heard,
): Promise<unknown> {
  const { core, agent } = asking;
  let leave: (() => void) | undefined;
  try {
    takeOrRefuse(seat.requests, ...(name === 'send_message' ? [seat.sends] : []));
    leave = admission(name === 'send_message' ? 'sends' : 'others');
    const place =
      name === 'send_message' ? (payload as { conversationId?: unknown } | null)?.conversationId : undefined;
    const run = () => handle(asking, name, payload);
    // Written one after the other, stored one after the other: a database with several connections would not promise it.
    const { data, ...more } = await (typeof place === 'string' ? inTurn(place, run) : run());
    return { ok: true, data: data ?? {}, ...syncOf(core, more) };
  } catch (error) {
    return { ok: false, error: asWireError(core, error, { event: shortName(name), agent: logName(agent) }) };
  } finally {
    leave?.();
  }
}

async function handle(asking: Asking, name: string, payload: unknown): Promise<Answer<unknown>> {
  if (!isClientEvent(name)) throw new Refusal('BAD_PAYLOAD', `There is no event called "${shortName(name)}".`);
  const handler = handlers[name] as (asking: Asking, ask: unknown) => Promise<Answer<unknown>>;
  return handler(asking, parseAsk(name, payload));
}

/** Only lists carry `sync`: a client may take any `head` it is given for its cursor, and only a list's is one. */
function syncOf(core: Core, { head, features }: { head?: number; features?: Sync['features'] }): { sync?: Sync } {
  if (head === undefined) return {};
  return { sync: { v: 1, epoch: core.epoch, head, ...(features && { features }) } };
}

function asWireError(core: Core, error: unknown, about: { event: string; agent?: string }): WireError {
  if (error instanceof Refusal) {
    const { code, field } = error.error;
    const mistaken = code === 'BAD_PAYLOAD' || code === 'TOO_LARGE';
    // Thousands a second, when it matters least: whoever wants them asks for them.
    const level = mistaken ? 'warn' : code === 'RATE_LIMITED' ? 'debug' : 'info';
    core.log[level]({ ...about, code, field }, 'refused');
    return error.error;
  }
  core.log.error({ ...about, err: error }, 'failed');
  if (isUnreachable(error))
    return {
      code: 'UNAVAILABLE',
      message: 'The database does not answer. Try again.',
      retryable: true,
      retryAfterMs: 2000,
    };
  return { code: 'INTERNAL', message: 'Something went wrong on the server. Try again.', retryable: true };
}

const logName = ({ tenantId, id }: Agent) => `${tenantId}/${id}`;
