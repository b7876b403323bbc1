import { css } from 'lit';

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

  .grp {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    column-gap: var(--_s2);
    inline-size: 100%;
  }
  .grp > .av {
    align-self: end;
    margin-block-end: 20px;
    grid-row: 1;
  }
  .grp__b {
    grid-column: 2;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_bub-gap);
    min-inline-size: 0;
    max-inline-size: min(600px, 78cqi, 100%);
  }
  .grp--out {
    grid-template-columns: minmax(0, 1fr) 24px;
  }
  .grp--out > .av {
    grid-column: 2;
  }
  .grp--out .grp__b {
    grid-column: 1;
    grid-row: 1;
    justify-self: end;
    align-items: flex-end;
  }
  .bub {
    max-inline-size: 100%;
    border-radius: var(--_r-bub);
    background: var(--_in-bg);
    overflow-wrap: anywhere;
    position: relative;
    border: 1px solid var(--_bub-line);
    padding: calc(var(--_bub-y) - 1px) calc(var(--_bub-x) - 1px);
  }
  .say {
    position: relative;
    max-inline-size: 100%;
    min-inline-size: 0;
  }
  .txt {
    display: block;
    white-space: pre-wrap;
    /* marks of direction in a text turn nothing outside it */
    unicode-bidi: isolate;
  }
  .txt__block {
    display: block;
  }
  .txt.is-folded {
    max-block-size: 400px;
    overflow: clip;
    mask-image: linear-gradient(#000 calc(100% - 48px), transparent);
  }
  .unfold {
    display: block;
    margin-block-start: 4px;
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .unfold[hidden] {
    display: none;
  }
  .txt strong {
    font-weight: var(--_fw-b);
  }
  .code {
    font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace;
    font-size: 0.93em;
    background: color-mix(in oklab, var(--_ink) 7%, transparent);
    border-radius: var(--_r-xs);
    padding: 1px 4px;
    unicode-bidi: isolate;
  }
  .code--block {
    display: block;
    padding: 6px 8px;
    margin-block: 2px;
  }
  .at {
    padding-inline: 2px;
    border-radius: var(--_r-xs);
    background: color-mix(in oklab, var(--_accent-text) 10%, transparent);
    color: var(--_accent-text);
    font-weight: var(--_fw-m);
  }
  .edited {
    display: block;
    inline-size: fit-content;
    margin-inline-start: auto;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
  }
  .hosted {
    display: contents;
  }
  /* beside the bubble, and only there for who points at the message or has come to it by keyboard */
  .more {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: calc(100% + 4px);
    visibility: hidden;
  }
  .grp--out .more {
    inset-inline: auto calc(100% + 4px);
  }
  .notecard > .more {
    inset-block-start: 2px;
    inset-inline: auto 2px;
    background: var(--_note-wash);
  }
  crm-message-row:is(:hover, :focus, :focus-within) .more,
  .more[aria-expanded='true'] {
    visibility: visible;
  }
  .reacts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-start: -6px;
    padding-inline: 8px;
    position: relative;
  }
  .react {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 22px;
    padding-inline: 6px;
    border-radius: var(--_r-full);
    background: var(--_bg);
    box-shadow: inset 0 0 0 1px var(--_line-strong);
    font-size: var(--_fs-sm);
    color: var(--_text-2);
    max-inline-size: 12ch;
    overflow: hidden;
    white-space: nowrap;
  }
  .lnk {
    color: var(--_accent-text);
    text-decoration: underline;
    text-underline-offset: 2px;
    unicode-bidi: isolate;
    border-radius: var(--_r-xs);
  }
  .gone {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_text-3);
  }
  .under {
    margin-block-start: 6px;
  }
  /* joined corners: the speaker's side is tight inside a group and at its foot */
  .grp--in .bub {
    border-end-start-radius: var(--_r-xs);
  }
  .grp--in:not(.is-first) .bub {
    border-start-start-radius: var(--_r-xs);
  }
  .grp--out .bub {
    background: var(--_out-bg);
    border-end-end-radius: var(--_r-xs);
  }
  .grp--out:not(.is-first) .bub {
    border-start-end-radius: var(--_r-xs);
  }
  .grp--bot .bub {
    background: var(--_bot-bg);
    border-color: var(--_bot-line);
  }
  .grp .bub.is-failed {
    background: var(--_crit-wash);
  }
  .bub.is-sending {
    color: var(--_text-3);
  }
  .grp .bub.bub--emoji {
    background: none;
    border: 0;
    padding: 4px 0;
    font-size: calc(var(--_fs) * 2.3);
    line-height: 40px;
    letter-spacing: 0.06em;
  }
  .meta {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px;
    min-block-size: 16px;
    margin-block-start: 2px;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    padding-inline: 4px;
  }
  .grp--out .meta {
    justify-content: end; /* what finds no room in the first line stays on its side */
  }
  .meta > * + .st::before,
  .meta > span + span:not(.st)::before {
    content: '·';
  }
  .meta > span,
  .meta > .st > span {
    min-inline-size: 0;
  }
  .meta > span {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .meta .is-read .i {
    color: var(--_accent-text);
  }
  .meta .is-failed {
    color: var(--_crit-text);
    font-weight: var(--_fw-m);
  }
  .meta .is-uncertain {
    color: var(--_warn-text);
    font-weight: var(--_fw-m);
  }
  .meta button {
    font-weight: var(--_fw-m);
    text-decoration: underline;
    text-underline-offset: 2px;
    margin-inline-start: 4px;
  }
  .meta button.fold {
    text-decoration: none;
    margin: 0;
  }
  .meta button.fold:hover {
    text-decoration: underline;
  }
  .bub > button.fold {
    display: block;
    margin-block-start: 4px;
    font-size: var(--_fs-sm);
    line-height: 16px;
  }
  .quote {
    display: block;
    inline-size: 100%;
    border-inline-start: 2px solid var(--_accent-line);
    padding-inline-start: var(--_s2);
    margin-block: 2px 6px;
    font-size: var(--_fs-md);
    line-height: 18px;
    color: var(--_text-2);
    text-align: start;
  }
  .quote:hover > span {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .quote > span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
  }
  .quote > span > .i {
    display: inline-block;
    vertical-align: -2px;
    margin-inline-end: 4px;
  }
  .quote b {
    display: block;
    font-weight: var(--_fw-m);
    color: var(--_accent-text);
    font-size: var(--_fs-sm);
    line-height: 16px;
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
