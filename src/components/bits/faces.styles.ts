import { css } from 'lit';

/** Avatars and channel badges, and the eight tints. Comes after `base`. */
export const faces = css`
  .ch {
    inline-size: 16px;
    block-size: 16px;
    border-radius: var(--_r-full);
    flex: none;
    display: inline-grid;
    place-items: center;
    color: var(--_ch-glyph);
    forced-color-adjust: none;
  }
  .ch svg {
    inline-size: 10px;
    block-size: 10px;
    display: block;
  }
  .ch--other {
    background: var(--_ch-email);
  }
  .ch__letter {
    font-size: 9px;
    font-weight: var(--_fw-b);
    line-height: 1;
  }
  .ch--whatsapp {
    background: var(--_ch-whatsapp);
  }
  .ch--instagram {
    background: var(--_ch-instagram);
  }
  .ch--facebook {
    background: var(--_ch-facebook);
  }
  .ch--telegram {
    background: var(--_ch-telegram);
  }
  .ch--email {
    background: var(--_ch-email);
  }
  .ch--sms {
    background: var(--_ch-sms);
  }
  .av {
    --a: var(--_avatar);
    position: relative;
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: var(--a);
    block-size: var(--a);
    border-radius: var(--_r-full);
    background: oklch(from var(--_av-bg) l c var(--h, 250));
    color: oklch(from var(--_av-fg) l c var(--h, 250));
    font-weight: var(--_fw-b);
    font-size: calc(var(--a) * 0.34);
    line-height: 1;
    letter-spacing: 0.01em;
    user-select: none;
  }
  .av--48 {
    --a: 48px;
  }
  .av--32 {
    --a: 32px;
  }
  .av--24 {
    --a: 24px;
    font-size: 9.5px;
  }
  .av--20 {
    --a: 20px;
    font-size: 8.5px;
  }
  .av--16 {
    --a: 16px;
    font-size: 7.5px;
    letter-spacing: 0;
  }
  .av > .ch {
    position: absolute;
    inset-block-end: -3px;
    inset-inline-end: -3px;
    box-shadow: 0 0 0 2px var(--ring, var(--_bg));
  }
  .av--20 > .ch,
  .av--32 > .ch {
    inset-block-end: -4px;
    inset-inline-end: -4px;
  }
  .av--bot {
    background: var(--_bg);
    color: var(--_text-2);
    box-shadow: inset 0 0 0 1px var(--_bot-line);
  }
  .av--team {
    background: var(--_fill-3);
    color: var(--_text-2);
  }
  .av--none {
    background: none;
    color: var(--_text-3);
  }
  /* one of eight tints, by a hash of the id: classes, because strict hosts forbid style attributes */
  .hue-0 {
    --h: 12;
  }
  .hue-1 {
    --h: 60;
  }
  .hue-2 {
    --h: 100;
  }
  .hue-3 {
    --h: 150;
  }
  .hue-4 {
    --h: 190;
  }
  .hue-5 {
    --h: 230;
  }
  .hue-6 {
    --h: 280;
  }
  .hue-7 {
    --h: 330;
  }
  @media (forced-colors: active) {
    .av {
      border: 1px solid CanvasText;
    }
    .av--none {
      border: 0;
    }
  }
`;
