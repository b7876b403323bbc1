import { css } from 'lit';

/** Fields, their errors, and what is in the dialog that holds them. */
export const formStyles = css`
  dialog.dialog--form {
    inline-size: 440px;
  }
  .dialog__h {
    padding: var(--_s5) var(--_s5) 0;
  }
  .dialog__h p {
    color: var(--_text-2);
    font-size: var(--_fs-md);
    line-height: 20px;
    margin-block-start: 4px;
  }
  .dialog .fields {
    padding: var(--_s4) var(--_s5);
  }
  .dialog__f {
    padding: var(--_s3) var(--_s5) var(--_s5);
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_s2);
  }
  .fields {
    display: grid;
    gap: var(--_s3);
  }
  .two {
    align-items: start;
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 120px), 1fr));
    gap: var(--_s3);
  }
  .field {
    display: grid;
    gap: 4px;
    font-size: var(--_fs-md);
    line-height: 20px;
    min-inline-size: 0;
  }
  .field > span {
    font-weight: var(--_fw-m);
  }
  .field > input {
    inline-size: 100%;
    min-inline-size: 0;
    block-size: var(--_h-field);
    padding-inline: var(--_s3);
    border: 0;
    border-radius: var(--_r);
    box-shadow: inset 0 0 0 1px var(--_line-control);
    background: var(--_bg);
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .field > input:focus-visible,
  .note-form textarea:focus-visible {
    outline-offset: -1px;
  }
  .field small {
    color: var(--_text-3);
    font-size: var(--_fs-sm);
    line-height: 16px;
  }
  .field.is-bad > input {
    box-shadow: inset 0 0 0 1.5px var(--_crit-text);
  }
  .field.is-bad small {
    color: var(--_crit-text);
  }
  .problem {
    display: flex;
    gap: var(--_s2);
    padding: 8px var(--_s3);
    border-radius: var(--_r);
    background: var(--_crit-wash);
    color: var(--_crit-text);
    font-size: var(--_fs-md);
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .problem .i {
    margin-block-start: 2px;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_s2);
    margin-block-start: var(--_s3);
  }
  .btn[aria-disabled='true'],
  .btn:disabled {
    background: var(--_fill-2);
    color: var(--_text-3);
    box-shadow: none;
    cursor: default;
  }
  .note-form textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 76px;
    max-block-size: 240px;
    resize: vertical;
    field-sizing: content;
    padding: 7px 11px;
    border: 1px solid var(--_note-line);
    border-radius: var(--_r);
    background: var(--_note-wash);
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .note-form textarea::placeholder {
    color: var(--_text-2);
    opacity: 1;
  }
  .note-form .problem {
    margin-block-start: var(--_s2);
  }
  .note-form .acts {
    margin-block-start: var(--_s2);
  }
  @media (forced-colors: active) {
    .field > input {
      border: 1px solid ButtonText;
    }
    .field.is-bad > input {
      border: 2px solid CanvasText;
    }
  }
`;
