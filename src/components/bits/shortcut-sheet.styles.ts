import { css } from 'lit';

export const sheetStyles = css`
  crm-shortcut-sheet {
    display: contents;
  }
  dialog.keys {
    inline-size: 400px;
    max-inline-size: calc(100% - 32px);
    max-block-size: calc(100% - 32px);
    margin: auto;
    padding: 0;
    border: 0;
    border-radius: var(--_r-lg);
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  dialog.keys::backdrop {
    background: light-dark(rgb(20 24 32 / 0.28), rgb(0 0 0 / 0.5));
  }
  .keys__h {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s2);
    padding: var(--_s4) var(--_s4) 0 var(--_s5);
    padding-inline: var(--_s5) var(--_s4);
  }
  .keys__h h2 {
    font-size: var(--_fs-lg);
    line-height: 24px;
    font-weight: var(--_fw-b);
    overflow-wrap: anywhere;
  }
  .keys dl {
    margin: 0;
    padding: var(--_s2) var(--_s5) var(--_s5);
  }
  .keys dl > div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s3);
    padding-block: var(--_s2);
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .keys dt {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .keys dd {
    margin: 0;
    display: flex;
    gap: 4px;
    flex: none;
  }
  @media (forced-colors: active) {
    dialog.keys {
      border: 1px solid CanvasText;
    }
  }
`;
