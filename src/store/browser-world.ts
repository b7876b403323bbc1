/** The real outside: with `browser-pages.ts` and the vault beside it, the only files of the store that touch the browser. */
import { uuidV7 } from '../transport/uuid.js';
import { browserChannel, browserLocks } from './browser-pages.js';
import type { Cancel, World } from './world.js';

/** Hidden pages paint nothing: frames there would wait for ever. */
const LONGEST_FRAME_MS = 120;

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
    frame(run): Cancel {
      let done = false;
      const once = () => {
        if (done) return;
        cancel();
        run();
      };
      const paint = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(once) : undefined;
      const timer = setTimeout(once, LONGEST_FRAME_MS);
      const cancel = () => {
        done = true;
        if (paint !== undefined) cancelAnimationFrame(paint);
        clearTimeout(timer);
      };
      return cancel;
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
