import { css } from 'lit';

/** The list of keys, in the box of dialog.styles.ts. */
export const sheetStyles = css`
  crm-shortcut-sheet {
    display: contents;
  }
  dialog.keys {
    inline-size: 400px;
  }
  .keys__h {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_s2);
    padding-block-start: var(--_s4);
    padding-inline: var(--_s5) var(--_s4);
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
`;
