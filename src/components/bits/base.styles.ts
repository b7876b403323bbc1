import { css } from 'lit';

/** What every panel shares: resets, icons, controls, the panel frame, empty and loading states. */
export const base = css`
  :host {
    display: block;
    font: var(--_fw) var(--_fs) / var(--_lh) var(--_font);
    color: var(--_text);
    background: var(--_bg);
    font-variant-numeric: tabular-nums;
    -webkit-font-smoothing: antialiased;
    text-rendering: optimizeLegibility;
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  /* A page's own rule for all elements wins over :host, and would be inherited: so it ends one step further in. */
  :where(:host > *) {
    font: var(--_fw) var(--_fs) / var(--_lh) var(--_font);
    font-variant-numeric: tabular-nums;
    letter-spacing: normal;
    word-spacing: normal;
    text-transform: none;
    text-indent: 0;
    text-align: start;
    text-shadow: none;
    white-space: normal;
    word-break: normal;
    overflow-wrap: normal;
    hyphens: manual;
    color: var(--_text);
    cursor: auto;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  /* resets carry no specificity, so that one class is always enough to style a part */
  :where(h1, h2, h3, h4, p, ul, ol, dl, dd, figure, blockquote) {
    margin: 0;
    padding: 0;
  }
  :where(ul, ol) {
    list-style: none;
  }
  :where(button, input, textarea) {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  :where(button) {
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
    text-align: start;
  }
  :where(h1, h2, h3, h4, b) {
    font-weight: var(--_fw-b);
  }
  *:focus {
    outline: none;
  }
  *:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
  }
  bdi {
    unicode-bidi: isolate;
  }

  /* ---- icons ------------------------------------------ */
  .i {
    inline-size: var(--s, 18px);
    block-size: var(--s, 18px);
    flex: none;
    display: block;
  }
  .flip:dir(rtl) {
    transform: scaleX(-1);
  }

  /* ---- controls ----------------------------------------------------------- */
  .ib {
    inline-size: var(--_h-ctl);
    block-size: var(--_h-ctl);
    border-radius: var(--_r);
    display: inline-grid;
    place-items: center;
    color: var(--_text-2);
    flex: none;
    transition: background var(--_t-1);
  }
  .ib:hover,
  .ib[aria-pressed='true'],
  .ib[aria-expanded='true'] {
    background: var(--_fill-2);
    color: var(--_text);
  }
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    block-size: var(--_h-ctl);
    padding-inline: var(--_s3);
    border-radius: var(--_r);
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
    line-height: 20px;
    white-space: nowrap;
    flex: none;
    transition: background var(--_t-1);
  }
  .btn {
    box-shadow: inset 0 0 0 1px var(--_line-strong);
    background: var(--_bg-raised);
  }
  .btn:hover {
    background: color-mix(in oklab, var(--_bg-raised), var(--_ink) 4%);
  }
  .link {
    color: var(--_accent-text);
    font-weight: var(--_fw-m);
    border-radius: var(--_r-xs);
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 20px;
    block-size: 20px;
    padding-inline: 5px;
    border-radius: var(--_r-xs);
    box-shadow: inset 0 0 0 1px var(--_line-strong);
    font: var(--_fw-m) var(--_fs-xs)/1 var(--_font);
    color: var(--_text-3);
    background: var(--_bg);
  }
  .count {
    min-inline-size: 18px;
    block-size: 18px;
    padding-inline: 5px;
    border-radius: var(--_r-full);
    display: inline-grid;
    place-items: center;
    background: var(--_accent-fill);
    color: var(--_on-accent);
    font-size: var(--_fs-xs);
    font-weight: var(--_fw-b);
    line-height: 1;
    flex: none;
  }
  mark {
    background: var(--_mark);
    color: var(--_text);
    border-radius: 2px;
    padding-inline: 1px;
    margin-inline: -1px;
  }

  .panel {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--_bg);
    position: relative;
  }
  .panel__head {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    block-size: var(--_h-header);
    padding-inline: var(--_s4);
    flex: none;
    border-block-end: 1px solid var(--_line);
  }
  .scroll {
    overflow-y: auto;
    flex: 1;
    min-block-size: 0;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
    overscroll-behavior: contain;
  }
  .banner {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: 36px;
    padding: 8px var(--_s4);
    font-size: var(--_fs-md);
    line-height: 20px;
    background: var(--_warn-wash);
    color: var(--_warn-text);
    flex: none;
  }
  .banner--crit {
    background: var(--_crit-wash);
    color: var(--_crit-text);
  }
  .banner button {
    font-weight: var(--_fw-m);
    text-decoration: underline;
    text-underline-offset: 2px;
    margin-inline-start: auto;
    white-space: nowrap;
  }
  .empty {
    flex: 1;
    display: grid;
    place-content: center;
    justify-items: center;
    text-align: center;
    gap: 4px;
    padding: var(--_s8);
    color: var(--_text-2);
    font-size: var(--_fs-md);
    line-height: 20px;
    text-wrap: balance;
  }
  .empty > .i {
    color: var(--_text-3);
    margin-block-end: var(--_s2);
  }
  .empty b {
    font-size: var(--_fs);
    font-weight: var(--_fw-b);
    color: var(--_text);
    line-height: 20px;
  }
  .empty p {
    max-inline-size: 34ch;
  }
  .empty .btn {
    margin-block-start: var(--_s3);
  }
  .sk {
    background: var(--_fill-3);
    border-radius: var(--_r-xs);
    animation: breathe 1.6s infinite ease-in-out;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  .sk--c {
    border-radius: 50%;
    inline-size: var(--_avatar);
    block-size: var(--_avatar);
  }

  .i-12 {
    --s: 12px;
  }
  .i-14 {
    --s: 14px;
  }
  .i-16 {
    --s: 16px;
  }
  .i-20 {
    --s: 20px;
  }
  .i-24 {
    --s: 24px;
  }
  @media (prefers-reduced-motion: reduce) {
    .sk {
      animation: none;
    }
  }
  /* Fills and shadows are taken away: what is filled keeps its own pair of system colours (text would else get a
     ground of its own, in the page's colour), and all others that were a fill or a shadow get a line. */
  @media (forced-colors: active) {
    .count {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .btn {
      border: 1px solid ButtonText;
    }
    .ib[aria-pressed='true'],
    .ib[aria-expanded='true'] {
      border: 1px solid Highlight;
    }
    .kbd {
      border: 1px solid CanvasText;
    }
    .banner {
      border-block-end: 1px solid CanvasText;
    }
    .sk {
      border: 1px solid GrayText;
    }
  }
`;
