/** How wide the agent made the side panels, and the handles to do it with. Kept in this browser, for each agent. */
import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { PanelName } from './panel-order.js';

export type SidePanel = Exclude<PanelName, 'messages'>;
export type PanelWidths = Partial<Record<SidePanel, number>>;

/** Pixels. The least is what each panel is drawn for; the messages keep at least a fifth of the inbox. */
export const LEAST = 280;
export const MOST = 480;
const STEP = 16;

const keyOf = (agent: string) => `crm-chat:widths:${agent}`;

/** A browser that keeps nothing only forgets. */
export function recallWidths(agent: string): PanelWidths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(agent)) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const good = Object.entries(kept).filter(([name, width]) => /^(list|client)$/.test(name) && Number.isFinite(width));
    return Object.fromEntries(good) as PanelWidths;
  } catch {
    return {};
  }
}

export function rememberWidths(agent: string, widths: PanelWidths): void {
  try {
    localStorage.setItem(keyOf(agent), JSON.stringify(widths));
  } catch {
    // Private windows and sandboxed frames refuse: the widths last as long as the page.
  }
}

export const within = (width: number): number => Math.round(Math.min(MOST, Math.max(LEAST, width)));

/** One grid track. A panel nobody resized is as the design has it. */
export const trackOf = (name: PanelName, widths: PanelWidths): string => {
  if (name === 'messages') return 'minmax(0, 1fr)';
  const width = widths[name];
  return width === undefined ? 'clamp(288px, 23%, 328px)' : `min(${within(width)}px, 40%)`;
};

interface HandleHost {
  readonly name: SidePanel;
  /** Does the panel lie before the messages in reading order: then its inner edge is its end. */
  readonly before: boolean;
  panel(): HTMLElement | null;
  /** Undefined: the design's width again. `done`: keep it. */
  resize(width: number | undefined, done: boolean): void;
}

/** The edge of a side panel: drag it, or move it with the arrow keys; a double click or Enter gives it its first width back. */
export function widthHandle({ name, before, panel, resize }: HandleHost, width: number): TemplateResult {
  /** Does the panel grow to the right on the screen. */
  const growsRight = () => before === (getComputedStyle(panel()!).direction !== 'rtl');
  const now = () => panel()?.getBoundingClientRect();
  const drag = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    if (event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const at = (move: PointerEvent) => {
      const box = now();
      return box && within(growsRight() ? move.clientX - box.left : box.right - move.clientX);
    };
    const move = (next: PointerEvent) => resize(at(next), false);
    const stop = (last: PointerEvent) => {
      handle.removeEventListener('pointermove', move);
      handle.removeEventListener('pointerup', stop);
      handle.removeEventListener('pointercancel', stop);
      if (last.type === 'pointerup' && Math.abs(last.clientX - event.clientX) > 2) resize(at(last), true);
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', stop);
    handle.addEventListener('pointercancel', stop);
  };
  const press = (event: KeyboardEvent) => {
    const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const grown = (now()?.width ?? LEAST) + STEP * side * (growsRight() ? 1 : -1);
    const edges: Readonly<Record<string, number>> = { Home: LEAST, End: MOST };
    if (event.key === 'Enter') resize(undefined, true);
    else if (side !== 0) resize(within(grown), true);
    else if (event.key in edges) resize(edges[event.key], true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div
    class="handle ${before ? 'handle--end' : 'handle--start'}"
    part="handle"
    data-for=${name}
    role="separator"
    tabindex="0"
    aria-orientation="vertical"
    aria-label=${name === 'list' ? msg('Width of the conversation list') : msg('Width of the contact panel')}
    aria-valuemin=${LEAST}
    aria-valuemax=${MOST}
    aria-valuenow=${within(width)}
    @pointerdown=${drag}
    @keydown=${press}
    @dblclick=${() => resize(undefined, true)}
  ></div>`;
}
