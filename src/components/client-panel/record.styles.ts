import { css } from 'lit';

/** What a client's record shows below the details. */
export const recordStyles = css`
  crm-client-notes {
    display: grid;
    gap: var(--_s2);
  }
  .pnote {
    background: var(--_note-wash);
    border: 1px solid var(--_note-line);
    border-radius: var(--_r);
    padding: 7px 11px;
    font-size: var(--_fs-md);
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .pnote p {
    white-space: pre-line;
  }
  .pnote small {
    display: block;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    margin-block-start: 4px;
  }
  .q {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    column-gap: var(--_s3);
    padding: 6px var(--_s2);
    margin-inline: calc(var(--_s2) * -1);
    border-radius: var(--_r);
    align-items: center;
    color: inherit;
    text-decoration: none;
  }
  .q:hover {
    background: var(--_hover);
  }
  .q b {
    font-size: var(--_fs-md);
    line-height: 20px;
    font-weight: var(--_fw-m);
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .q i {
    font-style: normal;
    font-size: var(--_fs-md);
    line-height: 20px;
    font-weight: var(--_fw-m);
    text-align: end;
  }
  .q small {
    font-size: var(--_fs-sm);
    line-height: 20px;
    color: var(--_text-3);
  }
  .stat {
    justify-self: end;
    display: inline-flex;
    align-items: center;
    gap: 5px;
    font-size: var(--_fs-sm);
    line-height: 20px;
    color: var(--_text-2);
    font-weight: var(--_fw-m);
  }
  .stat::before {
    content: '';
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--_text-3);
  }
  .stat--acc {
    color: var(--_accent-text);
  }
  .stat--pos {
    color: var(--_pos-text);
  }
  .stat--crit {
    color: var(--_crit-text);
  }
  .stat--warn {
    color: var(--_warn-text);
  }
  .stat[class*='--']::before {
    background: currentColor;
  }
  .sum {
    display: flex;
    justify-content: space-between;
    font-size: var(--_fs-md);
    line-height: 20px;
    color: var(--_text-3);
  }
  ul + .sum {
    border-block-start: 1px solid var(--_line);
    margin-block-start: var(--_s1);
    padding-block-start: var(--_s2);
  }
  .sum b {
    color: var(--_text);
    font-weight: var(--_fw-b);
  }
  .prev {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    column-gap: var(--_s2);
    padding: 6px var(--_s2);
    margin-inline: calc(var(--_s2) * -1);
    inline-size: calc(100% + var(--_s2) * 2);
    border-radius: var(--_r);
    font-size: var(--_fs-md);
    line-height: 20px;
    align-items: center;
  }
  .prev:hover {
    background: var(--_hover);
  }
  .prev > .cut {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .prev small {
    font-size: var(--_fs-sm);
    color: var(--_text-3);
  }
  .prev__s {
    grid-column: 2 / -1;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
  }
`;
