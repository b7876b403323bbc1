import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/**
 * Drawings on a 24 grid, 1.75 stroke; each its own export. Here: those of the first paint. The others are in more-icons.ts,
 * so that they come with the code that shows them.
 */
export const iconSearch: SVGTemplateResult = svg`<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>`;
export const iconBack: SVGTemplateResult = svg`<path d="M19 12H5M11 6l-6 6 6 6"/>`;
export const iconX: SVGTemplateResult = svg`<path d="m6 6 12 12M18 6 6 18"/>`;
export const iconAlert: SVGTemplateResult = svg`<circle cx="12" cy="12" r="8"/><path d="M12 8v4.5M12 15.9v.1"/>`;
export const iconPanel: SVGTemplateResult = svg`<rect x="3.5" y="4.5" width="17" height="15" rx="3"/><path d="M14.5 4.5v15"/>`;
export const iconBot: SVGTemplateResult = svg`<rect x="4.5" y="8" width="15" height="11" rx="3.5"/><path d="M12 8V4.5M9.5 12.5v2M14.5 12.5v2M2 12.5v2.5M22 12.5v2.5"/>`;
export const iconSend: SVGTemplateResult = svg`<path d="M12 19V5M6 11l6-6 6 6"/>`;
export const iconWifiOff: SVGTemplateResult = svg`<path d="m4 4 16 16M8.5 15.5a5 5 0 0 1 6 0M5 12a10 10 0 0 1 4.5-2.7M19 12a10 10 0 0 0-5-2.9M2.5 8.5A14 14 0 0 1 7 5.9M21.5 8.5A14 14 0 0 0 11 5M12 19v.1"/>`;
export const iconUser: SVGTemplateResult = svg`<circle cx="12" cy="8" r="3.75"/><path d="M5 20c.6-3.7 3.4-6 7-6s6.4 2.3 7 6"/>`;
export const iconInbox: SVGTemplateResult = svg`<path d="M4 13.5 6.6 6.3A2 2 0 0 1 8.5 5h7a2 2 0 0 1 1.9 1.3L20 13.5V17a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17z"/><path d="M4 13.5h4.5a3.5 3.5 0 0 0 7 0H20"/>`;

/** Side of the square in pixels; the design knows 12, 14, 16, 18, 20 and 24. */
export type IconSize = 12 | 14 | 16 | 18 | 20 | 24;

/** A drawing without a name of its own: whatever holds it must carry the label. `flip` mirrors it in right-to-left. */
export function icon(drawing: SVGTemplateResult, size: IconSize = 18, extra = ''): TemplateResult {
  return html`<svg
    class="i i-${size} ${extra}"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${drawing}
  </svg>`;
}
