/** The other pages of this browser: Web Locks and BroadcastChannel as the store asks for them. */
import type { Cancel, Channel, Locks, LockTold } from './world.js';

export function browserLocks(): Locks | undefined {
  if (typeof navigator === 'undefined' || !navigator.locks) return undefined;
  const { locks } = navigator;
  return {
    hold(name, how, told: LockTold): Cancel {
      const quit = new AbortController();
      let given = false;
      let release: () => void = () => quit.abort();
      const held = (lock: Lock | null) => {
        if (!lock) return told.refused?.();
        if (given) return undefined;
        const end = new Promise<void>((done) => (release = done));
        told.granted();
        return end;
      };
      const options: LockOptions =
        how === 'wait' ? { signal: quit.signal } : how === 'steal' ? { steal: true } : { ifAvailable: true };
      locks.request(name, options, held).catch(() => {
        if (!given) told.lost?.();
      });
      return () => {
        given = true;
        release();
      };
    },
  };
}

export function browserChannel(name: string, hear: (message: unknown) => void): Channel {
  if (typeof BroadcastChannel === 'undefined') return { post: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => hear(data);
  return {
    post(message) {
      try {
        channel.postMessage(message);
      } catch {
        // What cannot be cloned is a host's own metadata: the other pages learn of it from the server.
      }
    },
    close: () => channel.close(),
  };
}
