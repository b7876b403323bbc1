import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Counts, InboxFilter } from '../../store/state.js';

type View = InboxFilter['view'];

const VIEWS: readonly { view: View; label: () => string; counted: boolean }[] = [
  { view: 'all', label: () => msg('All'), counted: false },
  { view: 'mine', label: () => msg('Mine'), counted: true },
  { view: 'unassigned', label: () => msg('Unassigned'), counted: true },
  { view: 'bot', label: () => msg('Bot'), counted: true },
];

/** The views as tabs. Without a known agent there is no "Mine". */
export function viewTabs(
  current: View,
  counts: Counts | undefined,
  known: boolean,
  choose: (view: View) => void,
): TemplateResult {
  const shown = VIEWS.filter(({ view }) => known || view !== 'mine');
  return html`<div class="tabs" part="tabs">
    <div class="tabs__s" role="tablist" aria-label=${msg('Views')} @keydown=${walk}>
      ${shown.map(({ view, label, counted }) => {
        const count = counted ? counts?.[view] : undefined;
        return html`<button
          class="tab"
          type="button"
          role="tab"
          id="tab-${view}"
          aria-selected=${view === current}
          aria-controls="view"
          tabindex=${view === current ? 0 : -1}
          @click=${() => choose(view)}
        >
          ${label()}${count ? html` <b><bdi>${count}</bdi></b>` : nothing}
        </button>`;
      })}
    </div>
  </div>`;
}

const STEPS: Readonly<Record<string, (at: number, count: number, forward: number) => number>> = {
  ArrowRight: (at, count, forward) => (at + forward + count) % count,
  ArrowLeft: (at, count, forward) => (at - forward + count) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Arrows move and choose at once, in reading direction. */
function walk(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const strip = event.currentTarget;
  if (!step || event.ctrlKey || event.metaKey || event.altKey || !(strip instanceof HTMLElement)) return;
  const tabs = [...strip.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab === event.target);
  const tab = tabs[step(at, tabs.length, getComputedStyle(strip).direction === 'rtl' ? -1 : 1)];
  if (at < 0 || !tab) return;
  event.preventDefault();
  tab.focus();
  tab.click();
}
