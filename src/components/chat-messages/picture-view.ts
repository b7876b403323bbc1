/** How near a picture is looked at, and which part of it: wheel, double press, two fingers, drag. */

const MOST = 5;

export class PictureView {
  scale = 1;
  #x = 0;
  #y = 0;
  #stage: HTMLElement | null = null;
  #image: HTMLElement | null = null;
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #listening?: AbortController | undefined;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Call it after every drawing. */
  attach(stage: HTMLElement | null, image: HTMLElement | null): void {
    if (image !== this.#image) {
      this.#image = image;
      this.#apply();
    }
    if (stage === this.#stage) return;
    this.detach();
    this.#stage = stage;
    if (!stage) return;
    const signal = (this.#listening = new AbortController()).signal;
    stage.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
    stage.addEventListener('dblclick', (event) => this.#double(event), { signal });
    stage.addEventListener('pointerdown', (event) => this.#down(event), { signal });
    stage.addEventListener('pointermove', (event) => this.#move(event), { signal });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
      stage.addEventListener(end, (event) => this.#pointers.delete(event.pointerId), { signal });
  }

  detach(): void {
    this.#listening?.abort();
    this.#listening = undefined;
    this.#stage = null;
    this.#pointers.clear();
  }

  reset(): void {
    this.scale = 1;
    this.#x = this.#y = 0;
    this.#apply();
    this.#changed();
  }

  /** Nearer or further; what is at (x, y), in pixels from the middle of the stage, stays there. */
  zoom(by: number, x = 0, y = 0): void {
    const before = this.scale;
    this.scale = Math.min(MOST, Math.max(1, before * by));
    if (Math.abs(this.scale - 1) < 0.02) this.scale = 1;
    const grown = this.scale / before;
    this.#x = x - (x - this.#x) * grown;
    this.#y = y - (y - this.#y) * grown;
    this.#apply();
    this.#changed();
  }

  pan(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#apply();
  }

  #apply(): void {
    const [image, stage] = [this.#image, this.#stage];
    if (!image) return;
    if (stage) {
      // Never further than its edge in the middle of nowhere.
      const room = (size: number, view: number) => Math.max(0, (size * this.scale - view) / 2);
      const across = room(image.offsetWidth, stage.clientWidth);
      const down = room(image.offsetHeight, stage.clientHeight);
      this.#x = Math.min(across, Math.max(-across, this.#x));
      this.#y = Math.min(down, Math.max(-down, this.#y));
    }
    image.style.transform = this.scale === 1 ? '' : `translate(${this.#x}px, ${this.#y}px) scale(${this.scale})`;
  }

  #fromMiddle({ clientX, clientY }: { clientX: number; clientY: number }): [number, number] {
    const box = this.#stage?.getBoundingClientRect();
    return box ? [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2] : [0, 0];
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(
      Math.exp(-Math.sign(event.deltaY) * Math.min(0.4, Math.abs(event.deltaY) / 300)),
      ...this.#fromMiddle(event),
    );
  }

  #double(event: MouseEvent): void {
    if (event.target !== this.#image) return;
    if (this.scale > 1) this.reset();
    else this.zoom(2.5, ...this.#fromMiddle(event));
  }

  #down(event: PointerEvent): void {
    if (event.target !== this.#image) return;
    try {
      // By the picture, not by the stage: a press that ends on the stage itself closes the dialog.
      this.#image?.setPointerCapture(event.pointerId);
    } catch {
      // A pointer that is gone already.
    }
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y);
      const now = { x: event.clientX, y: event.clientY };
      const middle = { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 };
      if (apart(before) > 0) this.zoom(apart(now) / apart(before), ...this.#fromMiddle(middle));
    } else if (this.scale > 1) this.pan(event.clientX - before.x, event.clientY - before.y);
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }
}
