/** A page that is not painted has no frames; there this long counts as one. */
const UNPAINTED_FRAME_MS = 120;

const waiting = new Set<() => void>();
let frame = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function turn(): void {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  frame = 0;
  const due = [...waiting];
  waiting.clear();
  for (const act of due) act();
}

/** One frame and one timer for everybody who waits. */
function nextFrame(act: () => void): void {
  waiting.add(act);
  if (frame !== 0) return;
  frame = requestAnimationFrame(turn);
  timer = setTimeout(turn, UNPAINTED_FRAME_MS);
}

/**
 * Lets an element be drawn once in a frame: the first change is drawn at once, what follows before the next frame is drawn
 * together, just in time for it. Nobody sees less, and a flood of news costs one drawing a frame.
 */
export class FramePace {
  #drawn = false;
  #next: Promise<void> | undefined;

  /** Resolves when it may be drawn; undefined: now. */
  turn(): Promise<void> | undefined {
    if (!this.#drawn) {
      this.#drawn = true;
      nextFrame(() => (this.#drawn = false));
      return undefined;
    }
    this.#next ??= new Promise((resolve) =>
      nextFrame(() => {
        this.#next = undefined;
        this.#drawn = true;
        nextFrame(() => (this.#drawn = false));
        resolve();
      }),
    );
    return this.#next;
  }
}
