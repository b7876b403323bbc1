import { css } from 'lit';

/** Voice notes, e-mails, places and contact cards: come with the first of them. */
export const moreStyles = css`
  .prog {
    display: block;
    appearance: none;
    inline-size: 100%;
    block-size: 3px;
    margin-block-start: 8px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    background: color-mix(in oklab, var(--_ink) 12%, transparent);
  }
  .prog::-webkit-progress-bar {
    background: none;
  }
  .prog::-webkit-progress-value {
    background: var(--_accent-text);
  }
  .prog::-moz-progress-bar {
    background: var(--_accent-text);
  }
  .filerow--top {
    align-items: start;
  }
  .filerow__i--round {
    border-radius: 50%;
  }
  .filerow .reach {
    display: flex;
    align-items: center;
    gap: 6px;
    line-height: 20px;
    min-inline-size: 0;
  }
  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--_s3);
  }
  .attach {
    border: 1px solid var(--_line-strong);
    border-radius: var(--_r);
    padding: var(--_s2);
    margin-block-start: var(--_s2);
    inline-size: fit-content;
    max-inline-size: 100%;
  }
  .audio {
    display: flex;
    align-items: center;
    gap: var(--_s3);
    inline-size: 304px;
    max-inline-size: 100%;
  }
  .audio .play {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    background: var(--_text-2);
    color: var(--_bg);
    display: grid;
    place-items: center;
    flex: none;
  }
  .audio .play[aria-disabled] {
    background: var(--_line-control);
    cursor: default;
  }
  @media (forced-colors: active) {
    .audio .play {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .audio .play[aria-disabled] {
      background: Canvas;
      color: GrayText;
      border: 1px solid GrayText;
    }
    .filerow__i,
    .dots,
    .mail__ask {
      border: 1px solid CanvasText;
    }
    .wave {
      color: GrayText;
    }
    .wave .on {
      fill: Highlight;
    }
  }
  .seek {
    flex: 1;
    min-inline-size: 0;
    cursor: pointer;
    touch-action: pan-y;
    border-radius: var(--_r-xs);
  }
  .seek[aria-disabled] {
    cursor: default;
  }
  .wave {
    inline-size: 100%;
    block-size: 24px;
    color: var(--_line-control);
    display: block;
  }
  .wave .on {
    fill: var(--_accent-text);
  }
  .audio small {
    font-size: var(--_fs-sm);
    color: var(--_text-3);
    min-inline-size: 28px;
    text-align: end;
  }
  .rate {
    font-size: var(--_fs-xs);
    font-weight: var(--_fw-b);
    color: var(--_text-2);
    padding: 2px 6px;
    border-radius: var(--_r-full);
    background: color-mix(in oklab, var(--_ink) 7%, transparent);
  }
  .transcript {
    font-size: var(--_fs-md);
    line-height: 20px;
    color: var(--_text-2);
    margin-block-start: 6px;
    inline-size: 304px;
    max-inline-size: 100%;
  }
  .mail {
    inline-size: 600px;
    max-inline-size: 100%;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_r-lg);
    background: var(--_bg);
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .mail__h {
    padding: var(--_s3) var(--_s4);
    border-block-end: 1px solid var(--_line);
  }
  .mail__h h3 {
    font-size: var(--_fs);
    line-height: 20px;
    font-weight: var(--_fw-b);
    display: flex;
    gap: var(--_s2);
    align-items: center;
  }
  .mail__h p {
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    margin-block-start: 2px;
  }
  .mail__b {
    padding: var(--_s3) var(--_s4) var(--_s4);
  }
  .mail__b p {
    max-inline-size: 66ch;
  }
  .mail__h .ib {
    margin-block: -6px;
  }
  .mail__q {
    margin-block-start: var(--_s2);
    padding-inline-start: var(--_s3);
    border-inline-start: 2px solid var(--_line-strong);
    color: var(--_text-2);
  }
  .dots {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 16px;
    margin-block-start: var(--_s2);
    border-radius: var(--_r-full);
    background: var(--_fill-2);
    color: var(--_text-2);
  }
  .dots:hover {
    background: var(--_fill-3);
  }
  crm-mail-frame {
    position: relative;
    display: block;
    /* reserved until the frame knows its height */
    min-block-size: 40px;
    /* the colour of links, for the frame; and a transition that is no motion but tells of a change of theme */
    outline-color: var(--_accent-text);
    transition: color 1ms;
  }
  crm-mail-frame:not(:defined) {
    block-size: 120px;
  }
  .mail__page {
    display: block;
    inline-size: 100%;
    block-size: 120px;
    border: 0;
  }
  .mail__page.is-cut {
    mask-image: linear-gradient(#000 calc(100% - 48px), transparent);
  }
  .mail__gauge {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
    block-size: 0;
    overflow: hidden;
    visibility: hidden;
  }
  .mail__ask {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: var(--_s2);
    padding: 6px var(--_s2);
    margin-block-end: var(--_s3);
    border-radius: var(--_r);
    background: var(--_fill-1);
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-2);
  }
  .mail__ask .grow {
    min-inline-size: 16ch;
  }
  /* fingers need room */
  @media (pointer: coarse) {
    .audio .play,
    .rate {
      min-inline-size: 40px;
      min-block-size: 40px;
      text-align: center;
    }
    .dots {
      inline-size: 44px;
      block-size: 40px;
    }
    .fold,
    .reach,
    .unfold,
    .mail__ask .link {
      min-block-size: 40px;
    }
    .seek {
      padding-block: 8px;
    }
  }
`;
