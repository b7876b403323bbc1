/** The real outside: with `browser-pages.ts` and the vault beside it, the only files of the store that touch the browser. */
import { uuidV7 } from '../transport/uuid.js';
import { browserChannel, browserLocks } from './browser-pages.js';
import type { Cancel, World } from './world.js';

/** Hidden pages paint nothing: frames there would wait for ever. */
const LONGEST_FRAME_MS = 120;
/** A frame that took longer than this leaves room behind it: under a flood, drawing every frame would be all that is done. */
const HEAVY_FRAME_MS = 10;
const ROOM_AFTER = 2;

/**
 * Gathers what changed until it is drawn. The first change after a frame is told at once, so that its work is done before
 * the next frame is due; what follows waits for that frame and is told together.
 */
function frames(): World['frame'] {
  const waiting = new Set<() => void>();
  let told = false;
  let planned = false;
  let busyUntil = 0;
  let paint = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const paintable = typeof requestAnimationFrame === 'function';

  const nextFrame = (run: () => void) => {
    if (paintable) paint = requestAnimationFrame(run);
  };
  /** Runs, and learns how long the browser was busy with what came of it: the next task comes after it was drawn. */
  const tell = () => {
    if (paintable) cancelAnimationFrame(paint);
    clearTimeout(timer);
    planned = false;
    told = true;
    const began = performance.now();
    const due = [...waiting];
    waiting.clear();
    for (const run of due) {
      try {
        run();
      } catch (error) {
        reportError(error); // the others are told all the same
      }
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      const took = performance.now() - began;
      busyUntil = took > HEAVY_FRAME_MS ? began + took * (1 + ROOM_AFTER) : 0;
    };
    port2.postMessage(0);
    // Until the next frame has been drawn, news waits for it.
    if (waiting.size === 0) nextFrame(() => (told = false));
  };
  const inTurn = () => {
    told = false;
    if (waiting.size === 0) planned = false;
    else if (performance.now() < busyUntil) nextFrame(inTurn);
    else tell();
  };
  const plan = () => {
    planned = true;
    if (paintable && !told && performance.now() >= busyUntil) {
      queueMicrotask(() => planned && tell());
      return;
    }
    nextFrame(inTurn);
    timer = setTimeout(tell, LONGEST_FRAME_MS);
  };
  return (run) => {
    waiting.add(run);
    if (!planned) plan();
    return () => waiting.delete(run);
  };
}

export function browserWorld(): World {
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
    frame: frames(),
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
