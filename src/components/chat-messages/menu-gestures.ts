/** The ways to a message's menu: right press, the context-menu key or Shift+F10, and a long touch. */
import type { Spot } from './message-acts.js';

const LONG_TOUCH_MS = 500;
/** A finger that moves further than this is scrolling. */
const STEADY = 10;

/** Links, fields and chosen words have a menu of the browser's own, which agents need. */
function isBrowsers(event: Event): boolean {
  const path = event.composedPath();
  const own = path.some((one) => one instanceof Element && one.matches('a[href], input, textarea, video, audio'));
  const row = event.currentTarget as Element;
  const chosen = document.getSelection();
  return own || Boolean(chosen && !chosen.isCollapsed && chosen.containsNode(row, true));
}

export function listenForMenu(row: HTMLElement, open: (spot: Spot) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start = { x: 0, y: 0 };
  const beside = () => row.querySelector<HTMLElement>('[part~=bubble], .notecard__b') ?? row;
  const calm = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  row.addEventListener('contextmenu', (event) => {
    calm();
    // With Shift, the browser's own menu is asked for.
    const byKey = event.button !== 2 && (event as PointerEvent).pointerType !== 'touch';
    if (event.defaultPrevented || (!byKey && (event.shiftKey || isBrowsers(event)))) return;
    event.preventDefault();
    open(byKey ? { beside: beside() } : { beside: beside(), at: { x: event.clientX, y: event.clientY } });
  });
  // Safari on phones has no such event: a finger that rests is one.
  row.addEventListener('pointerdown', (event) => {
    calm();
    if (event.pointerType !== 'touch' || isBrowsers(event)) return;
    start = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => {
      calm();
      open({ beside: beside(), at: start });
    }, LONG_TOUCH_MS);
  });
  row.addEventListener('pointermove', (event) => {
    if (timer !== undefined && Math.hypot(event.clientX - start.x, event.clientY - start.y) > STEADY) calm();
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave']) row.addEventListener(end, calm);
}
