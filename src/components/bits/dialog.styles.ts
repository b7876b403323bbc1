import { css } from 'lit';

/** The box of a modal dialog, whatever stands in it; its width comes with what it holds. */
export const dialogStyles = css`
  dialog.dialog {
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
  dialog.dialog::backdrop {
    background: light-dark(rgb(20 24 32 / 0.28), rgb(0 0 0 / 0.5));
  }
  .dialog :is(h2, h3) {
    font-size: var(--_fs-lg);
    line-height: 24px;
    font-weight: var(--_fw-b);
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    dialog.dialog {
      border: 1px solid CanvasText;
    }
  }
`;
