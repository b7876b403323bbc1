/** "Painted" means: after a frame, a hit test inside the scroller finds the message. Nobody's word is taken for it. */
import { TOKEN } from './workload.js';

export const nextFrame = () =>
  new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(0);
    }),
  );

function deepest(x, y) {
  let root = document;
  for (;;) {
    const found = root.elementFromPoint(x, y);
    if (!found?.shadowRoot || found.shadowRoot === root) return found;
    root = found.shadowRoot;
    if (!root.elementFromPoint(x, y)) return found;
  }
}

/** Down to the box that holds the words themselves: where a message stands must not depend on where it was hit. */
function innermost(element, token) {
  for (;;) {
    const inner = [...element.children].find((child) => child.textContent.includes(token));
    if (!inner) return element;
    element = inner;
  }
}

/** The token of the message at a point: of the smallest box around it that holds exactly one. */
function tokenAt(x, y) {
  for (let element = deepest(x, y); element; element = element.parentElement) {
    const tokens = element.textContent.match(TOKEN);
    if (tokens) return tokens.length === 1 ? { token: tokens[0], element: innermost(element, tokens[0]) } : undefined;
  }
  return undefined;
}

/** What can be seen in a scroller, by hit tests in three columns; from the bottom up unless it is said otherwise. */
export function* seen(scroller, step = 12, from = 'bottom') {
  const box = scroller.getBoundingClientRect();
  // A scroller may be taller than what can be seen of it.
  const bottom = Math.min(box.bottom, innerHeight) - 4;
  const top = Math.max(box.top, 0) + 4;
  for (let way = 0; way < bottom - top; way += step) {
    const y = from === 'top' ? top + way : bottom - way;
    for (const part of [0.25, 0.5, 0.75]) {
      const hit = tokenAt(box.left + box.width * part, y);
      if (hit) yield hit;
    }
  }
}

export function isSeen(scroller, token, from) {
  for (const hit of seen(scroller, 12, from)) if (hit.token === token) return true;
  return false;
}

/** Resolves with the time of the first frame that shows it. */
export async function painted(scroller, token, from = 'bottom', limitMs = 60_000) {
  const until = performance.now() + limitMs;
  for (;;) {
    const at = await nextFrame();
    // A panel that is still coming has no scroller yet.
    const where = typeof scroller === 'function' ? scroller() : scroller;
    if (where && isSeen(where, token, from)) return at;
    if (at > until) throw new Error(`${token} was never shown`);
  }
}
