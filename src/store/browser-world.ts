/** The real outside: with `browser-pages.ts` and the vault beside it, the only files of the store that touch the browser. */
import { uuidV7 } from '../transport/uuid.js';
import { browserChannel, browserLocks } from './browser-pages.js';
import type { Cancel, World } from './world.js';

/** Hidden pages paint nothing: frames there would wait for ever. */
const LONGEST_FRAME_MS = 120;
/** A frame that took longer than this leaves room behind it: under a flood, drawing every frame would be all that is done. */
const HEAVY_FRAME_MS = 10;
const ROOM_AFTER = 2;

export function browserWorld(): World {
  let busyUntil = 0;
  /** Runs, and learns how long the browser was busy with what came of it: the next task comes after it was drawn. */
  const runAndLearn = (run: () => void) => {
    const began = performance.now();
    run();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      const took = performance.now() - began;
      busyUntil = took > HEAVY_FRAME_MS ? began + took * (1 + ROOM_AFTER) : 0;
    };
    port2.postMessage(0);
  };
  return {
    locks: browserLocks(),
    channel: browserChannel,
    now: () => Date.now(),
    random: () => Math.random(),
    uuid: () => uuidV7(Date.now()),
    after(ms, run): Cancel {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    frame(run): Cancel {
      let done = false;
      const once = () => {
        if (done) return;
        cancel();
        runAndLearn(run);
      };
      const paintable = typeof requestAnimationFrame === 'function';
      const inTurn = () => {
        if (performance.now() < busyUntil) paint = requestAnimationFrame(inTurn);
        else once();
      };
      let paint = paintable ? requestAnimationFrame(inTurn) : undefined;
      const timer = setTimeout(once, LONGEST_FRAME_MS);
      const cancel = () => {
        done = true;
        if (paint !== undefined) cancelAnimationFrame(paint);
        clearTimeout(timer);
      };
      return cancel;
    },
    holdPage(): Cancel {
      const ask = (event: Event) => event.preventDefault();
      globalThis.addEventListener?.('beforeunload', ask);
      return () => globalThis.removeEventListener?.('beforeunload', ask);
    },
    onWake(listener): Cancel {
      if (typeof window === 'undefined') return () => undefined;
      const online = () => listener('online');
      const offline = () => listener('offline');
      const visible = () => listener(document.visibilityState === 'visible' ? 'visible' : 'hidden');
      const focus = () => listener('visible');
      const leave = () => listener('hidden');
      window.addEventListener('online', online);
      window.addEventListener('offline', offline);
      window.addEventListener('focus', focus);
      window.addEventListener('pagehide', leave);
      document.addEventListener('visibilitychange', visible);
      return () => {
        window.removeEventListener('online', online);
        window.removeEventListener('offline', offline);
        window.removeEventListener('focus', focus);
        window.removeEventListener('pagehide', leave);
        document.removeEventListener('visibilitychange', visible);
      };
    },
  };
}
