/**
 * Hears what one socket asks. Names, payloads and acks come from outside and may be anything that a packet can hold: a
 * name may be a number. One ask is answered once, and no failure on the way leaves this file, because a promise that
 * nobody waits for would end the process, and with it everybody's connection.
 */
import type { Logger } from 'pino';

export interface Heard {
  name: string;
  payload: unknown;
}

/** As much of a foreign name as goes into a log or an answer. */
export const shortName = (name: string): string => name.slice(0, 60);

/** `answer` is given each ask, and its result to the ack, if there is one. */
export function hearAsks(
  socket: { onAny(listener: (name: unknown, ...args: unknown[]) => void): unknown },
  log: Logger,
  answer: (ask: Heard) => Promise<unknown>,
): void {
  socket.onAny((anyName, ...args) => {
    const name = String(anyName);
    const last = args.at(-1);
    const ack = typeof last === 'function' ? (last as (reply: unknown) => void) : undefined;
    const payload = args[0] === ack ? undefined : args[0];
    answer({ name, payload })
      .then((reply) => ack?.(reply))
      .catch((error: unknown) =>
        log.error({ err: error, event: shortName(name) }, 'an ask was left without an answer'),
      );
  });
}
