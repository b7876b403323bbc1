/** Where the code of `outgoing.ts` comes from: by the network, or given by who wants it at once (tests, simulations). */
import type { Outgoing } from './outgoing.js';

type OutgoingCode = typeof Outgoing;
let code: OutgoingCode | undefined;

/** From here on stores begin with it, in the same moment. */
export function offerOutgoing(given: OutgoingCode): void {
  code = given;
}

export const outgoingNow = (): OutgoingCode | undefined => code;

export async function loadOutgoing(): Promise<OutgoingCode> {
  return (code ??= (await import('./outgoing.js')).Outgoing);
}
