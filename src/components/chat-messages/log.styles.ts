import { css } from 'lit';

/** The log around the messages, and what narrow panels, forced colours and calm motion change in both. */
export const logStyles = css`
  .log {
    --gut: max(var(--_s5), (100cqi - 920px) / 2);
    flex: 1 1 0;
    min-block-size: 0;
    padding: calc(var(--_s4) - var(--_grp-gap)) var(--gut) var(--_s5);
    display: flex;
    flex-direction: column;
    /* our own anchoring does this, also at the very top where the browser's does not */
    overflow-anchor: none;
  }
  .log:focus-visible {
    outline-offset: -2px;
  }
  .log__in {
    margin-block-start: auto;
    flex: none;
  }
  .log__in[hidden] {
    display: none;
  }
  crm-message-row {
    display: flex;
    flex-direction: column;
    gap: var(--_grp-gap);
    padding-block-start: var(--_grp-gap);
  }
  crm-message-row.is-joined {
    padding-block-start: var(--_bub-gap);
  }
  crm-message-row.is-new > .grp {
    animation: arrive var(--_t-2) var(--_ease);
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
  .tail > * {
    margin-block-start: var(--_grp-gap);
  }
  .older > .event {
    padding-block-start: var(--_s4);
  }

  .day {
    display: flex;
    justify-content: center;
    margin-block: var(--_s1);
    pointer-events: none;
  }
  .day--float {
    position: absolute;
    inset-inline: 0;
    inset-block-start: var(--_s2);
    margin: 0;
    z-index: 1;
  }
  .day--float[hidden] {
    display: none;
  }
  .day span {
    font-size: var(--_fs-sm);
    line-height: 16px;
    padding: 2px 10px;
    border-radius: var(--_r-full);
    background: var(--_bg);
    color: var(--_text-3);
    font-weight: var(--_fw-m);
    box-shadow: inset 0 0 0 1px var(--_line);
  }
  .event {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    text-align: center;
  }
  .newline {
    display: flex;
    align-items: center;
    gap: var(--_s3);
    font-size: var(--_fs-sm);
    line-height: 16px;
    font-weight: var(--_fw-m);
    color: var(--_accent-text);
  }
  .newline::before,
  .newline::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: var(--_accent-line);
  }

  .jump {
    position: absolute;
    inset-block-end: var(--_s3);
    inset-inline: 0;
    display: flex;
    justify-content: center;
    pointer-events: none;
    z-index: 2;
  }
  .jump button {
    pointer-events: auto;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: 32px;
    padding-inline: 10px 14px;
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
    border-radius: var(--_r-full);
    background: var(--_bg-raised);
    box-shadow: var(--_shadow);
  }
  .wait {
    flex: 1;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    gap: var(--_grp-gap);
    align-items: flex-start;
  }
  .wait__b {
    block-size: 36px;
    border-radius: var(--_r-bub);
    inline-size: 220px;
    max-inline-size: 70%;
    margin-inline-start: calc(24px + var(--_s2));
  }
  .wait__b--b {
    inline-size: 320px;
  }
  .wait__b--c {
    inline-size: 280px;
    block-size: 56px;
  }
  .wait__b--d {
    inline-size: 160px;
  }
  .wait__b--out {
    align-self: flex-end;
    margin-inline: 0 calc(24px + var(--_s2));
  }

  @container crm-chat (width < 640px) {
    .log {
      padding-inline: var(--_s4);
    }
  }
  @container crm-chat (width < 480px) {
    .log {
      padding-inline: var(--_s3);
    }
    .grp:not(.grp--bot) {
      grid-template-columns: minmax(0, 1fr);
    }
    .grp:not(.grp--bot) > .av,
    .notecard > .av {
      display: none;
    }
    .grp:not(.grp--bot) .grp__b {
      grid-column: 1;
    }
    .grp__b {
      max-inline-size: min(86cqi, 100%);
    }
    .notecard {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @container crm-chat (width < 390px) {
    /* beside the longest bubble there is no room left for it */
    :is(.grp, .grp--out) .more {
      inset-inline: auto 2px;
      background: var(--_bg-raised);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .typing i {
      animation: none;
      opacity: 0.7;
    }
    crm-message-row.is-new > .grp {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .jump button {
      border: 1px solid ButtonText;
    }
    .bub,
    .notecard__b,
    .mail {
      border: 1px solid CanvasText;
    }
    .grp--out:not(.grp--bot) .bub {
      border-width: 2px;
    }
    .notecard__b {
      border-style: dashed;
    }
    .react,
    .code {
      border: 1px solid CanvasText;
    }
    /* shadows and grounds are gone here */
    .day span {
      border: 1px solid CanvasText;
      padding: 1px 9px;
    }
    .newline::before,
    .newline::after {
      block-size: 0;
      border-block-start: 1px solid Highlight;
    }
    .txt.is-folded {
      mask-image: none;
      border-block-end: 1px dashed CanvasText;
    }
  }
`;
