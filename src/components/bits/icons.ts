import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Drawings on a 24 grid, 1.75 stroke; each its own export, so that a panel carries only the ones it shows. */
export const iconSearch = svg`<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.3-4.3"/>`;
export const iconSliders = svg`<path d="M4 8h8M18 8h2M4 16h2M12 16h8"/><circle cx="15" cy="8" r="2.5"/><circle cx="9" cy="16" r="2.5"/>`;
export const iconCompose = svg`<path d="M11 5H7a3 3 0 0 0-3 3v9a3 3 0 0 0 3 3h9a3 3 0 0 0 3-3v-4"/><path d="M17.6 4.2a1.55 1.55 0 0 1 2.2 2.2L12.5 13.7 9.5 14.5l.8-3z"/>`;
export const iconChevDown = svg`<path d="m7 10 5 5 5-5"/>`;
export const iconChevRight = svg`<path d="m10 7 5 5-5 5"/>`;
export const iconBack = svg`<path d="M19 12H5M11 6l-6 6 6 6"/>`;
export const iconArrowDown = svg`<path d="M12 5v14M6 13l6 6 6-6"/>`;
export const iconX = svg`<path d="m6 6 12 12M18 6 6 18"/>`;
export const iconCheck = svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`;
export const iconChecks = svg`<path d="m2.5 12.5 4.5 4.5 8.5-9"/><path d="m12.5 16 1.5 1 8-8.5"/>`;
export const iconClock = svg`<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>`;
export const iconAlert = svg`<circle cx="12" cy="12" r="8"/><path d="M12 8v4.5M12 15.9v.1"/>`;
export const iconRetry = svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9"/><path d="M19.5 4.5V9H15"/>`;
export const iconMore = svg`<path d="M6 12h.01M12 12h.01M18 12h.01" stroke-width="2.75"/>`;
export const iconAssign = svg`<circle cx="10" cy="8" r="3.5"/><path d="M3.5 19.5c.6-3.4 3.2-5.5 6.5-5.5 1.2 0 2.3.3 3.2.8M18 13.5v6M15 16.5h6"/>`;
export const iconArchive = svg`<rect x="4" y="4.5" width="16" height="4.5" rx="1.25"/><path d="M5.5 9v8a2.5 2.5 0 0 0 2.5 2.5h8a2.5 2.5 0 0 0 2.5-2.5V9M10 13h4"/>`;
export const iconPanel = svg`<rect x="3.5" y="4.5" width="17" height="15" rx="3"/><path d="M14.5 4.5v15"/>`;
export const iconBot = svg`<rect x="4.5" y="8" width="15" height="11" rx="3.5"/><path d="M12 8V4.5M9.5 12.5v2M14.5 12.5v2M2 12.5v2.5M22 12.5v2.5"/>`;
export const iconClip = svg`<path d="m19 11.5-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.4-7.4a3.05 3.05 0 0 1 4.3 4.3l-7.3 7.3a1.5 1.5 0 0 1-2.15-2.15l6.65-6.65"/>`;
export const iconSmile = svg`<circle cx="12" cy="12" r="8"/><path d="M8.8 13.8a3.7 3.7 0 0 0 6.4 0M9.5 9.8v.1M14.5 9.8v.1"/>`;
export const iconBolt = svg`<path d="M13 3.5 5.5 13.5H11l-1 7 7.5-10H12z"/>`;
export const iconMic = svg`<rect x="9" y="3.5" width="6" height="10.5" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`;
export const iconSend = svg`<path d="M12 19V5M6 11l6-6 6 6"/>`;
export const iconNote = svg`<path d="M6.5 4.5h11a2 2 0 0 1 2 2v8l-5 5h-8a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2z"/><path d="M14.5 19.5v-3a2 2 0 0 1 2-2h3M8.5 9h7M8.5 12.5h4"/>`;
export const iconLock = svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2.5"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`;
export const iconFile = svg`<path d="M13.5 3.5H8a2.5 2.5 0 0 0-2.5 2.5v12A2.5 2.5 0 0 0 8 20.5h8a2.5 2.5 0 0 0 2.5-2.5V8.5z"/><path d="M13.5 3.5v3a2 2 0 0 0 2 2h3"/>`;
export const iconImage = svg`<rect x="4" y="4.5" width="16" height="15" rx="3"/><circle cx="9" cy="9.5" r="1.5"/><path d="m4.5 17 4.5-4 3 2.5 3.5-3.5 4.5 4"/>`;
export const iconPlay = svg`<path d="M8 5.5v13l10.5-6.5z" fill="currentColor"/>`;
export const iconPause = svg`<path d="M8.5 5.5v13M15.5 5.5v13" stroke-width="2.5"/>`;
export const iconDownload = svg`<path d="M12 4.5v11M7 11l5 5 5-5M5 19.5h14"/>`;
export const iconPhone = svg`<path d="M8.6 4.5H6.5a2 2 0 0 0-2 2.2c.600 6.9 5.9 12.2 12.8 12.8a2 2 0 0 0 2.2-2v-2.1a1.5 1.5 0 0 0-1.1-1.45l-2.3-.65a1.5 1.5 0 0 0-1.6.5l-.8 1a11.5 11.5 0 0 1-4.5-4.5l1-.8a1.5 1.5 0 0 0 .5-1.6l-.65-2.3A1.5 1.5 0 0 0 8.6 4.5z"/>`;
export const iconMail = svg`<rect x="3.5" y="5.5" width="17" height="13" rx="2.75"/><path d="m4.5 8 6.3 4.6a2 2 0 0 0 2.4 0L19.5 8"/>`;
export const iconPin = svg`<path d="M12 20.5s6.5-5.3 6.5-10.5a6.5 6.5 0 0 0-13 0c0 5.2 6.5 10.5 6.5 10.5z"/><circle cx="12" cy="10" r="2.25"/>`;
export const iconCopy = svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2.5"/><path d="M15.5 8.5V7A2.5 2.5 0 0 0 13 4.5H7A2.5 2.5 0 0 0 4.5 7v6A2.5 2.5 0 0 0 7 15.5h1.5"/>`;
export const iconPlus = svg`<path d="M12 5.5v13M5.5 12h13"/>`;
export const iconMinus = svg`<path d="M6 12h12"/>`;
export const iconTag = svg`<path d="M4.5 6v5.2a2 2 0 0 0 .6 1.4l6.8 6.8a2 2 0 0 0 2.8 0l4.7-4.7a2 2 0 0 0 0-2.8l-6.8-6.8a2 2 0 0 0-1.4-.6H6A1.5 1.5 0 0 0 4.5 6z"/><path d="M8.5 8.5v.1" stroke-width="2.5"/>`;
export const iconHistory = svg`<path d="M4.5 12a7.5 7.5 0 1 0 2.2-5.3L4.5 9"/><path d="M4.5 4.5V9H9M12 8.5V12l2.5 1.75"/>`;
export const iconWifiOff = svg`<path d="m4 4 16 16M8.5 15.5a5 5 0 0 1 6 0M5 12a10 10 0 0 1 4.5-2.7M19 12a10 10 0 0 0-5-2.9M2.5 8.5A14 14 0 0 1 7 5.9M21.5 8.5A14 14 0 0 0 11 5M12 19v.1"/>`;
export const iconReply = svg`<path d="M9.5 6.5 4.5 11.5l5 5"/><path d="M4.5 11.5h9a6 6 0 0 1 6 6v1"/>`;
export const iconExternal = svg`<path d="M13.5 4.5h6v6M19.5 4.5 11 13M17.5 13.5V17a2.5 2.5 0 0 1-2.5 2.5H7A2.5 2.5 0 0 1 4.5 17V9A2.5 2.5 0 0 1 7 6.5h3.5"/>`;
export const iconUser = svg`<circle cx="12" cy="8" r="3.75"/><path d="M5 20c.6-3.7 3.4-6 7-6s6.4 2.3 7 6"/>`;
export const iconInbox = svg`<path d="M4 13.5 6.6 6.3A2 2 0 0 1 8.5 5h7a2 2 0 0 1 1.9 1.3L20 13.5V17a2.5 2.5 0 0 1-2.5 2.5h-11A2.5 2.5 0 0 1 4 17z"/><path d="M4 13.5h4.5a3.5 3.5 0 0 0 7 0H20"/>`;
export const iconKbd = svg`<rect x="3" y="6" width="18" height="12" rx="2.75"/><path d="M7 10v.1M10.3 10v.1M13.7 10v.1M17 10v.1M8.5 14h7"/>`;
export const iconBoldOff = svg`<path d="M5 5l14 14"/>`;
export const iconTrash = svg`<path d="M5 7h14M9.5 7V5.5a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1V7M6.5 7l.7 10.7a2 2 0 0 0 2 1.8h5.6a2 2 0 0 0 2-1.8L17.5 7"/>`;
export const iconUserCheck = svg`<circle cx="10" cy="8" r="3.5"/><path d="M3.5 19.5c.6-3.4 3.2-5.5 6.5-5.5 1.5 0 2.9.4 4 1.2M15.5 18.5l2 2 4-4.5"/>`;
export const iconEye = svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.75"/>`;
export const iconSnooze = svg`<circle cx="12" cy="13" r="7"/><path d="M10 11h4l-4 4.5h4M4 6.5l3-2.5M20 6.5 17 4"/>`;
export const iconTemplate = svg`<rect x="4" y="4.5" width="16" height="15" rx="3"/><path d="M8 9h8M8 12.5h8M8 16h4"/>`;
export const glyphWhatsapp = svg`<path fill="none" stroke="currentColor" stroke-width="2.4" stroke-linejoin="round" d="M3.500 20.500 4.700 16a9 9 0 1 1 3.300 3.300z"/><path fill="currentColor" d="M9.400 7.300c-.5 0-1.500.8-1.500 2.200 0 2.900 3.600 6.700 6.600 6.700 1.400 0 2.100-1 2.100-1.600 0-.4-1.900-1.400-2.300-1.400-.5 0-.9 1.100-1.300 1.100-.6 0-2.800-2.100-2.800-2.700 0-.4 1-.8 1-1.300 0-.4-.9-3-1.800-3z"/>`;
export const glyphInstagram = svg`<g fill="none" stroke="currentColor" stroke-width="2.400"><rect x="3.500" y="3.500" width="17" height="17" rx="5"/><circle cx="12" cy="12" r="4"/></g><circle cx="16.900" cy="7.100" r="1.500" fill="currentColor"/>`;
export const glyphFacebook = svg`<path fill="currentColor" d="M13.800 22v-8.500h3l.6-3.700h-3.600V7.600c0-1.100.5-1.900 2-1.900h1.800V2.400c-.5-.1-1.500-.2-2.500-.2-3 0-4.900 1.800-4.900 4.900v2.700H7v3.700h3.200V22z"/>`;
export const glyphTelegram = svg`<path fill="currentColor" d="M21.600 3.200 2.700 10.500c-1 .4-1 1.400.1 1.700l4.600 1.500 1.900 5.700c.3.900 1.200 1 1.800.4l2.500-2.400 4.700 3.500c.7.500 1.500.2 1.700-.7L23 4.500c.2-1-.5-1.700-1.400-1.300zM9 13.300l8.600-5.600-6.700 6.900-.4 3z"/>`;
export const glyphEmail = svg`<rect x="2.500" y="5" width="19" height="14" rx="2.500" fill="none" stroke="currentColor" stroke-width="2.400"/><path d="m3.500 7.500 8.500 6 8.500-6" fill="none" stroke="currentColor" stroke-width="2.400" stroke-linejoin="round"/>`;
export const glyphSms = svg`<path fill="none" stroke="currentColor" stroke-width="2.400" stroke-linejoin="round" d="M5.500 4h13A2.500 2.500 0 0 1 21 6.500v8a2.500 2.500 0 0 1-2.500 2.500H12l-4.500 4v-4h-2A2.500 2.500 0 0 1 3 14.500v-8A2.500 2.500 0 0 1 5.500 4z"/><path stroke="currentColor" stroke-width="2.600" stroke-linecap="round" d="M8 10.500h.01M12 10.500h.01M16 10.500h.01"/>`;

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
