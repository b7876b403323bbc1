/** The real outside: this file, and the vault beside it, are the only ones of the store that touch the browser. */
import { uuidV7 } from '../transport/uuid.js';
import type { Cancel, World } from './world.js';

/** Hidden pages paint nothing: frames there would wait for ever. */
const LONGEST_FRAME_MS = 120;

export function browserWorld(): World {
  return {
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
      const visible = () => {
        if (document.visibilityState === 'visible') listener('visible');
      };
      window.addEventListener('online', online);
      window.addEventListener('offline', offline);
      document.addEventListener('visibilitychange', visible);
      return () => {
        window.removeEventListener('online', online);
        window.removeEventListener('offline', offline);
        document.removeEventListener('visibilitychange', visible);
      };
    },
  };
}
