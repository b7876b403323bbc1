import { css } from 'lit';

export const findStyles = css`
  crm-find-bar {
    display: block;
    flex: none;
    border-block-end: 1px solid var(--_line);
  }
  .find {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_s2);
    padding: 6px var(--_s3);
    color: var(--_text-2);
  }
  .find input {
    flex: 1 1 100px;
    min-inline-size: 0;
    block-size: 32px;
    padding-inline: 8px;
    border: 0;
    border-radius: var(--_r);
    background: var(--_bg);
    color: var(--_text);
    box-shadow: inset 0 0 0 1px var(--_line-control);
  }
  .find input::placeholder {
    color: var(--_text-3);
    opacity: 1;
  }
  .find input:focus-visible {
    outline-offset: -1px;
  }
  .find__n {
    font-size: var(--_fs-sm);
    font-variant-numeric: tabular-nums;
  }
  .find__up {
    rotate: 180deg;
  }
  .find [aria-disabled='true'] {
    opacity: 0.5;
  }
  @media (forced-colors: active) {
    .find input {
      border: 1px solid CanvasText;
    }
  }
  ::highlight(crm-found) {
    background-color: #ffe082;
    color: #1c1917;
  }
`;
