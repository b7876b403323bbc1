import { css } from 'lit';

export const voiceStripStyles = css`
  crm-voice-strip {
    display: block;
  }
  .rec {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s2);
    padding: var(--_s2);
    min-block-size: 48px;
    box-sizing: border-box;
  }
  .rec__d {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-start: var(--_s1);
    border-radius: 50%;
    background: var(--_crit-text);
  }
  .rec__d.is-paused {
    background: none;
    box-shadow: inset 0 0 0 2px var(--_text-3);
  }
  .rec .num {
    flex: none;
    min-inline-size: 36px;
  }
  .rec__w {
    flex: none;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-2);
  }
  .rec__wave {
    flex: 1;
    min-inline-size: 0;
    block-size: 24px;
    color: var(--_line-control);
  }
  .rec__wave .on {
    fill: var(--_accent-text);
  }
  .rec .send {
    margin-inline-start: 0;
  }
  .rec--words {
    padding-inline-start: var(--_s3);
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .rec--words > p {
    flex: 1 1 200px;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .rec--words.is-trouble > .i {
    color: var(--_crit-text);
  }
  .rec__acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s1);
  }
  .rec__acts button {
    min-block-size: var(--_h-ctl);
    padding-inline: 10px;
    border-radius: var(--_r);
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
    background: var(--_fill-2);
  }
  .rec__acts button:hover {
    background: var(--_hover);
  }
  .rec__acts .is-danger {
    color: var(--_crit-text);
  }
  @media (pointer: coarse) {
    .rec__acts button {
      min-block-size: 40px;
    }
  }
  @media (forced-colors: active) {
    .rec__d {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .rec__d.is-paused {
      box-shadow: inset 0 0 0 2px CanvasText;
    }
    .rec__wave {
      color: GrayText;
    }
    .rec__wave .on {
      fill: Highlight;
    }
    .rec__acts button {
      border: 1px solid ButtonText;
    }
  }
`;
