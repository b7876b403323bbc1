import { css } from 'lit';

export const styles = css`
  .box-l {
    inline-size: 100dvi;
    block-size: 100dvb;
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--_bg);
    color: var(--_text);
    flex-direction: column;
    overflow: hidden;
  }
  .box-l[open] {
    display: flex;
  }
  .box-l__h {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: var(--_h-header);
    padding-inline: var(--_s4) var(--_s3);
    border-block-end: 1px solid var(--_line);
    flex: none;
  }
  .box-l__h b {
    display: block;
    font-size: var(--_fs);
    line-height: 20px;
  }
  .box-l__h p {
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
  }
  .box-l__z {
    min-inline-size: 5ch;
    text-align: center;
    font-size: var(--_fs-md);
    color: var(--_text-2);
  }
  .box-l .ib[aria-disabled='true'] {
    color: var(--_line-control);
    cursor: default;
  }
  .box-l__stage {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: grid;
    place-items: center;
    place-content: center;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    overflow: hidden;
    background: var(--_bg-side);
    touch-action: none;
  }
  .box-l__img {
    max-inline-size: 100%;
    max-block-size: 100%;
    object-fit: contain;
    user-select: none;
    cursor: zoom-in;
  }
  .box-l__img.is-large {
    cursor: grab;
  }
  .box-l__none {
    display: grid;
    justify-items: center;
    gap: var(--_s2);
    color: var(--_text-2);
  }
  .box-l__side {
    position: absolute;
    inset-block: 0;
    inset-inline-start: var(--_s3);
    display: grid;
    align-items: center;
    pointer-events: none;
  }
  .box-l__side--end {
    inset-inline: auto var(--_s3);
  }
  .box-l__side .ib {
    pointer-events: auto;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    background: var(--_bg-raised);
    box-shadow: var(--_shadow);
  }
  .box-l .turn:dir(ltr) {
    transform: scaleX(-1);
  }
  .box-l__words {
    flex: none;
    max-block-size: 25%;
    overflow: auto;
    padding: var(--_s3) var(--_s4);
    border-block-start: 1px solid var(--_line);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    text-align: center;
  }
  @media (forced-colors: active) {
    .box-l__side .ib {
      border: 1px solid ButtonText;
    }
    .box-l .ib[aria-disabled='true'] {
      color: GrayText;
    }
  }
`;
