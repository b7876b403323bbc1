import { css } from 'lit';

/** What one conversation shows. Comes with the rows; the card itself is in skeleton.styles.ts. */
export const rowStyles = css`
  crm-conversation-row.card {
    position: absolute;
    inset-inline: 0;
    contain: layout style;
  }
  .card:focus-visible {
    z-index: 1;
  }
  .card:not(.card--sk):hover {
    background: var(--_hover);
    --ring: color-mix(in oklab, var(--_bg-side), var(--_ink) 4.5%);
  }
  .card.card[aria-selected='true'] {
    background: var(--_accent-wash);
    --ring: var(--_accent-wash);
    box-shadow: inset 0 0 0 1px var(--_sel-line);
  }
  .card .av {
    grid-area: 1 / 1 / 4 / 2;
    align-self: start;
    margin-block-start: 2px;
  }
  .card__foot > .i {
    color: var(--_text-3);
  }
  .card .av.av--16 {
    grid-area: auto;
    margin: 0;
    align-self: center;
  }
  .card__name {
    grid-area: 1 / 2;
    font-size: var(--_fs);
    line-height: 20px;
    font-weight: var(--_fw-m);
    color: var(--_text);
    /* words keep their own direction, and stay beside their avatar */
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .card__time {
    grid-area: 1 / 3;
    font-size: var(--_fs-sm);
    line-height: 20px;
    color: var(--_text-3);
    unicode-bidi: isolate;
  }
  .card__text {
    grid-area: 2 / 2 / 3 / 4;
    display: flex;
    align-items: center;
    gap: 4px;
    font-size: var(--_fs-md);
    line-height: 20px;
    color: var(--_text-2);
    min-inline-size: 0;
  }
  .card__text .i {
    color: var(--_text-3);
  }
  .card__text .count {
    margin-inline-start: var(--_s2);
  }
  .card__text > .cut {
    flex: 1;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .card__foot {
    grid-area: 3 / 2 / 4 / 4;
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block-start: 4px;
    block-size: 16px;
    min-inline-size: 0;
  }
  .tagl {
    display: flex;
    align-items: center;
    gap: 10px;
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    white-space: nowrap;
  }
  .tag {
    position: relative;
    flex: none;
    padding-inline-start: 11px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tag--long {
    flex: 0 1 auto;
    min-inline-size: 24px;
  }
  .tag--more {
    flex: none;
  }
  .tag::before {
    content: '';
    position: absolute;
    inset-inline-start: 0;
    inset-block-start: 5px;
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: oklch(0.62 0.11 var(--h, 250));
  }
  .card.is-unread .card__name {
    font-weight: var(--_fw-b);
  }
  .card.is-unread .card__text > .cut {
    color: var(--_text);
    font-weight: var(--_fw-m);
  }
  .card.is-unread .card__time {
    color: var(--_accent-text);
    font-weight: var(--_fw-m);
  }
  .is-draft {
    color: var(--_warn-text);
    font-weight: var(--_fw-m);
    flex: none;
  }
  .card .card__text > .is-typing {
    color: var(--_accent-text);
    font-weight: var(--_fw-m);
  }
  .card .card__text > .is-failed {
    color: var(--_crit-text);
  }
  .card__text .i.is-read {
    color: var(--_accent-text);
  }

  /* ---- compact: two lines, tags as dots before the time ---------------------- */
  .is-compact .card .av:not(.av--16) {
    grid-row: 1 / 3;
    margin-block-start: 4px;
  }
  .is-compact .card .av > .ch {
    inline-size: 14px;
    block-size: 14px;
    inset-block-end: -4px;
    inset-inline-end: -4px;
  }
  .is-compact .card .av > .ch svg {
    inline-size: 9px;
    block-size: 9px;
  }
  .is-compact .card__foot {
    grid-area: 1 / 2;
    justify-self: end;
    margin: 0;
    block-size: 20px;
    gap: 0;
  }
  .is-compact .card__name {
    padding-inline-end: 28px;
  }
  .is-compact .card__foot :is(.av, .i, .tag--more) {
    display: none;
  }
  .is-compact .tagl {
    gap: 4px;
    justify-content: end;
  }
  .is-compact .tag {
    inline-size: 6px;
    min-inline-size: 6px;
    block-size: 16px;
    padding: 0;
    text-indent: 20px;
    text-overflow: clip;
  }

  @media (forced-colors: active) {
    .tag::before {
      background: CanvasText;
    }
  }
`;
