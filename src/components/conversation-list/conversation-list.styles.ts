import { css } from 'lit';
import { skeletonStyles } from './skeleton.styles.js';

const frameStyles = css`
  :host {
    container: crm-list / inline-size;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--_bg-side);
    --ring: var(--_bg-side);
  }
  /* lays the parts out whatever display a host's page gives to the tag itself */
  .panel {
    flex: 1 1 auto;
    block-size: 100%;
    background: none;
  }
  .panel__head {
    padding-inline: var(--_s3);
  }

  /* ---- search and views ---------------------------------------------------- */
  .search {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    flex: 1;
    min-inline-size: 0;
    block-size: var(--_h-field);
    padding-inline: var(--_s3) var(--_s2);
    border-radius: var(--_r);
    background: var(--_bg);
    box-shadow: inset 0 0 0 1px var(--_line-strong);
    color: var(--_text-3);
    font-size: var(--_fs-md);
  }
  .search input {
    flex: 1;
    min-inline-size: 0;
    border: 0;
    background: none;
    padding: 0;
    color: var(--_text);
    appearance: none;
  }
  .search input::-webkit-search-cancel-button {
    display: none;
  }
  .search input::placeholder {
    color: var(--_text-3);
    opacity: 1;
  }
  .search:focus-within {
    box-shadow: none;
    outline: 2px solid var(--_focus);
    outline-offset: -1px;
  }
  .search input:focus-visible {
    outline: none;
  }
  .search .ib {
    inline-size: 24px;
    block-size: 24px;
    border-radius: var(--_r-sm);
  }
  .tabs {
    display: flex;
    align-items: center;
    block-size: var(--_h-sub);
    padding-inline: var(--_s3);
    flex: none;
  }
  .tabs__s {
    display: flex;
    align-items: center;
    gap: 2px;
    flex: 1;
    /* the focus ring needs room inside the strip that clips it */
    block-size: 100%;
    margin-inline: -4px;
    padding-inline: 4px;
    min-inline-size: 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  @container crm-list (width < 324px) {
    .tabs__s {
      mask-image: linear-gradient(to right, #000 calc(100% - 20px), transparent);
    }
    .tabs__s:dir(rtl) {
      mask-image: linear-gradient(to left, #000 calc(100% - 20px), transparent);
    }
  }
  .tab {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: 28px;
    padding-inline: 10px;
    border-radius: var(--_r-sm);
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
    color: var(--_text-2);
    white-space: nowrap;
    flex: none;
  }
  .tab:hover {
    background: var(--_hover);
  }
  .tab[aria-selected='true'] {
    background: var(--_fill-2);
    color: var(--_text);
  }
  .tab b {
    font-weight: var(--_fw);
    color: var(--_text-3);
    font-size: var(--_fs-sm);
  }

  /* ---- what holds the rows ------------------------------------------------------------ */
  .body {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }
  .scroll {
    /* its height never follows its content: a host without a height must not get a mile of rows */
    contain: size layout paint;
    min-block-size: calc(3 * var(--_u) * 14);
    margin-block-start: -4px;
    padding-block-start: 4px;
    overflow-anchor: none;
    display: flex;
    flex-direction: column;
  }
  .fresh {
    position: absolute;
    inset-block-start: var(--_s2);
    inset-inline: 0;
    display: flex;
    justify-content: center;
    pointer-events: none;
    z-index: 2;
  }
  .fresh button {
    pointer-events: auto;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: 28px;
    padding-inline: 8px 12px;
    border-radius: var(--_r-full);
    background: var(--_bg-raised);
    box-shadow: var(--_shadow);
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
  }
  .foot {
    padding: var(--_s2) var(--_s4) var(--_s4);
    font-size: var(--_fs-md);
    line-height: 20px;
    color: var(--_text-2);
    text-align: center;
  }

  @container crm-inbox (width < 720px) {
    .search .kbd {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .search .kbd {
      display: none;
    }
    .tab {
      justify-content: center;
      min-inline-size: 40px;
      block-size: 40px;
    }
    .fresh button {
      block-size: 40px;
    }
  }
  @media (forced-colors: active) {
    .search {
      border: 1px solid ButtonText;
    }
    .fresh button {
      border: 1px solid ButtonText;
    }
    .card[aria-selected='true'] {
      border: 1px solid CanvasText;
    }
    .card[aria-selected='true'],
    .tab[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

export const conversationListStyles = [frameStyles, skeletonStyles];
