import { css } from 'lit';

/** The room of the reply field, which is there before its code is: nothing moves when that comes. */
export const composerBox = css`
  crm-message-composer {
    display: block;
    flex: none;
  }
  .composer,
  crm-message-composer:not(:defined) {
    --gut: max(var(--_s5), (100cqi - 920px) / 2);
    padding: 0 var(--gut) var(--_s5);
    position: relative;
  }
  .box,
  crm-message-composer:not(:defined)::before {
    border-radius: var(--_r-lg);
    box-shadow: inset 0 0 0 1px var(--_line-strong);
    background: var(--_bg);
    overflow: hidden;
  }
  /* one line of words, and the bar under it */
  crm-message-composer:not(:defined)::before {
    content: '';
    display: block;
    block-size: calc(max(40px, var(--_fs) * var(--_lh) + var(--_s4)) + var(--_h-ctl) + var(--_s3));
  }
  @container crm-chat (width < 640px) {
    .composer,
    crm-message-composer:not(:defined) {
      --gut: var(--_s4);
      padding-block-end: var(--_s4);
    }
  }
  @container crm-chat (width < 480px) {
    .composer,
    crm-message-composer:not(:defined) {
      --gut: var(--_s2);
      padding-block-end: var(--_s2);
    }
  }
  @media (forced-colors: active) {
    .box,
    crm-message-composer:not(:defined)::before {
      border: 1px solid CanvasText;
    }
  }
`;
