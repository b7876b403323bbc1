import { css } from 'lit';

/** Who it is, the accordion, details and tags. */
export const contactStyles = css`
  /* ---- identity -------------------------------------------------------------- */
  .id {
    padding: var(--_s4);
    display: grid;
    grid-template-columns: 48px minmax(0, 1fr);
    column-gap: var(--_s3);
    align-items: center;
  }
  .who {
    min-inline-size: 0;
  }
  .id h3 {
    font-size: var(--_fs-lg);
    line-height: 24px;
    font-weight: var(--_fw-b);
    letter-spacing: -0.006em;
  }
  .id__s {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    margin-block-start: 2px;
    min-inline-size: 0;
  }
  .id__c {
    grid-column: 1 / -1;
    margin-block-start: var(--_s3);
  }
  .id__c li {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: 28px;
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .id__c .i {
    color: var(--_text-3);
  }
  .id__c .ib {
    margin-inline: auto -4px;
    inline-size: 28px;
    block-size: 28px;
  }
  .id .btn--wide {
    grid-column: 1 / -1;
    margin-block-start: var(--_s3);
  }

  /* ---- accordion --------------------------------------------------------------- */
  .sec__h {
    display: flex;
    align-items: center;
    block-size: var(--_h-acc);
    padding-inline-end: var(--_s2);
  }
  .sec__h:hover {
    background: var(--_hover);
  }
  .sec__h h3 {
    flex: 1;
    min-inline-size: 0;
    block-size: 100%;
    font-size: var(--_fs-md);
  }
  .sec__h h3 > button {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    inline-size: 100%;
    block-size: 100%;
    padding-inline-start: var(--_s4);
    font-weight: var(--_fw-b);
  }
  .sec__h h3 > button:focus-visible {
    outline-offset: -2px;
  }
  .sec__h b {
    font-weight: var(--_fw);
    color: var(--_text-3);
    font-size: var(--_fs-sm);
  }
  .chev {
    color: var(--_text-3);
    transition: transform var(--_t-2) var(--_ease);
    margin-inline-start: -3px;
  }
  [aria-expanded='false'] > .chev {
    transform: rotate(-90deg);
  }
  [aria-expanded='false'] > .chev:dir(rtl) {
    transform: rotate(90deg);
  }
  .sec__h > .ib {
    inline-size: 28px;
    block-size: 28px;
  }
  .sec__h > .link {
    font-size: var(--_fs-md);
    padding: 4px 8px;
  }
  .sec__b {
    padding: 0 var(--_s4) var(--_s4);
  }
  .quiet {
    font-size: var(--_fs-md);
    line-height: 20px;
    color: var(--_text-3);
  }
  .kv {
    display: grid;
    grid-template-columns: 88px minmax(0, 1fr);
    row-gap: 4px;
    column-gap: var(--_s3);
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .kv dt {
    color: var(--_text-3);
    overflow-wrap: anywhere;
  }
  .kv dd {
    overflow-wrap: anywhere;
  }

  /* ---- tags --------------------------------------------------------------------- */
  .tagset {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .tagp {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: 24px;
    padding-inline: 8px;
    border-radius: var(--_r-full);
    box-shadow: inset 0 0 0 1px var(--_line-strong);
    font-size: var(--_fs-sm);
    font-weight: var(--_fw-m);
    color: var(--_text-2);
    max-inline-size: 100%;
  }
  .tagp bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  @media (forced-colors: active) {
    .tagp {
      border: 1px solid CanvasText;
    }
  }
  @media (pointer: coarse) {
    .id__c .ib,
    .sec__h > .ib {
      inline-size: 40px;
      block-size: 40px;
    }
    .sec__h {
      min-block-size: 40px;
    }
  }
`;
