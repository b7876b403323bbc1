/**
 * The sandbox channel: plays the six platforms and the people on them. It takes the jobs that real connectors would
 * take, reports receipts, lets customers type and answer, and answers as the bot where the bot is switched on.
 */
import type { Core } from '../core.js';
import type { Customers } from '../realtime/customer-gateway.js';
import type { Presence } from '../realtime/presence.js';
import { createDispatcher } from './dispatch.js';
import { createCast } from './cast.js';
import { createTimers } from './timers.js';

export interface SandboxOptions {
  /** Multiplies every delay. */
  pace: number;
}

export async function startSandbox(
  core: Core,
  presence: Presence,
  customers: Customers | undefined,
  { pace }: SandboxOptions,
): Promise<() => Promise<void>> {
  const timers = createTimers(core, pace);
  const dispatcher = createDispatcher(core, timers);
  const cast = createCast(core, timers, presence, customers);
  const stopListening = core.onChange((change) => {
    if (change.event !== 'new_message') return;
    const { senderType, status, visibility } = change.payload;
    if (visibility === 'internal') return;
    if (senderType === 'prospect') {
      if (change.fresh) cast.customerSpoke(change.audience.tenantId, change.payload);
    } else if (status === 'sent') {
      dispatcher.wake();
      if (change.fresh && senderType === 'agent') cast.agentSpoke(change.audience.tenantId, change.payload);
    }
  });
  await dispatcher.recover();
  dispatcher.wake();
  cast.live();
  return async () => {
    stopListening();
    await timers.stop();
  };
}
