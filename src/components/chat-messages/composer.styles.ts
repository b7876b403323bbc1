import { css } from 'lit';

export const composerStyles = css`
  .box:focus-within {
    box-shadow: inset 0 0 0 1px var(--_focus);
  }
  .strip {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    min-block-size: 32px;
    padding: 6px var(--_s3);
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-2);
    background: var(--_fill-1);
    margin: 1px 1px 0;
    border-start-start-radius: calc(var(--_r-lg) - 1px);
    border-start-end-radius: calc(var(--_r-lg) - 1px);
  }
  .strip .ib--small {
    inline-size: 24px;
    block-size: 24px;
    margin-block: -4px;
  }
  @media (pointer: coarse) {
    .strip .ib--small {
      inline-size: 40px;
      block-size: 40px;
    }
  }
  .strip--crit {
    background: var(--_crit-wash);
    color: var(--_crit-text);
  }
  .strip--warn {
    background: var(--_warn-wash);
    color: var(--_warn-text);
  }
  .strip--note {
    background: none;
    color: var(--_note-text);
  }
  .held {
    align-items: start;
    /* however much was answered: the field keeps its place, and what can be done about it stays in sight */
    max-block-size: 200px;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  .held p {
    margin-block-start: 4px;
    overflow-wrap: anywhere;
  }
  .held__acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s3);
    position: sticky;
    inset-block-end: -6px;
    padding-block: var(--_s2) 6px;
    margin-block-end: -6px;
    background: var(--_warn-wash);
  }
  .closed {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    padding: var(--_s2) var(--_s2) 0;
  }
  .closed .btn {
    flex: 0 1 auto;
    block-size: auto;
    min-block-size: var(--_h-ctl);
    white-space: normal;
  }
  .box--note {
    background: var(--_note-wash);
    box-shadow: inset 0 0 0 1px var(--_note-line);
  }
  .seg {
    display: inline-flex;
    padding: 2px;
    border-radius: var(--_r);
    background: var(--_fill-2);
    margin-inline-end: var(--_s2);
    flex: none;
  }
  .seg button {
    block-size: calc(var(--_h-ctl) - 4px);
    padding-inline: 10px;
    border-radius: calc(var(--_r) - 2px);
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
    color: var(--_text-2);
  }
  .seg [aria-selected='true'] {
    background: var(--_bg);
    color: var(--_text);
    box-shadow: 0 0 0 1px var(--_line);
  }
  /* a border, because forced colours take backgrounds away */
  .seg .is-waiting::after {
    content: '';
    display: inline-block;
    margin-inline-start: 6px;
    border: 3px solid var(--_warn-text);
    border-radius: 50%;
    vertical-align: middle;
  }
  .box--note .input::placeholder {
    color: var(--_text-2);
  }
  .send.send--note {
    inline-size: auto;
    padding-inline: 12px;
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
  }
  .strip button {
    font-weight: var(--_fw-m);
    text-decoration: underline;
    text-underline-offset: 2px;
    white-space: nowrap;
  }
  .input {
    display: block;
    inline-size: 100%;
    padding: var(--_s3) var(--_s4) var(--_s1);
    min-block-size: 40px;
    max-block-size: 200px;
    overflow: auto;
    overflow-wrap: anywhere;
    resize: none;
    border: 0;
    background: none;
    field-sizing: content;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }
  .input::placeholder {
    color: var(--_text-3);
    opacity: 1;
  }
  .input:focus-visible {
    outline: none;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: var(--_s1) var(--_s2) var(--_s2);
  }
  .tools {
    display: inline-flex;
    gap: 2px;
    flex: none;
  }
  .left {
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    padding-inline-start: var(--_s2);
    white-space: nowrap;
  }
  .left.is-over {
    color: var(--_crit-text);
    font-weight: var(--_fw-m);
  }
  .via {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: var(--_fs-sm);
    color: var(--_text-3);
    margin-inline: auto var(--_s3);
    /* an address of any length leaves room for the button */
    min-inline-size: 0;
    white-space: nowrap;
  }
  .send {
    inline-size: var(--_h-ctl);
    block-size: var(--_h-ctl);
    border-radius: var(--_r);
    display: grid;
    place-items: center;
    flex: none;
    margin-inline-start: auto;
    background: var(--_accent-fill);
    color: var(--_on-accent);
  }
  .via + .send {
    margin-inline-start: 0;
  }
  .send:hover {
    background: var(--_accent-hover);
  }
  .send[aria-disabled='true'] {
    background: var(--_fill-2);
    color: var(--_text-3);
    cursor: default;
  }
  .send-menu {
    inline-size: 20px;
    color: var(--_text-3);
  }
  .mailline {
    display: flex;
    align-items: center;
    gap: var(--_s1);
    inline-size: calc(100% - 2px);
    min-block-size: 32px;
    margin: 1px 1px 0;
    padding-inline: var(--_s4) var(--_s3);
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-2);
  }
  .mailline .i {
    margin-inline-start: auto;
  }
  .mailline:focus-visible {
    outline-offset: -2px;
  }
  .mailfields {
    padding: 1px;
    font-size: var(--_fs-md);
  }
  .mailfields label {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    padding-inline: var(--_s4) var(--_s3);
    border-block-end: 1px solid var(--_line);
  }
  .mailfields label > span {
    flex: none;
    min-inline-size: 52px;
    font-size: var(--_fs-sm);
    color: var(--_text-2);
  }
  .mailfields input {
    flex: 1;
    min-inline-size: 0;
    block-size: var(--_h-field);
    border: 0;
    background: none;
    text-align: match-parent;
  }
  .mailfields input:focus-visible {
    outline: none;
  }
  .mailfields label:focus-within {
    border-block-end-color: var(--_focus);
    box-shadow: inset 0 -1px var(--_focus);
  }
  .mailwrong {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 4px var(--_s4);
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_crit-text);
  }
  @container crm-chat (width < 480px) {
    /* fingers need wide buttons: what finds no room goes under the others */
    .bar {
      flex-wrap: wrap;
      gap: var(--_s1) 0;
      padding-inline: var(--_s1);
    }
    .tools {
      gap: 0;
    }
    .seg {
      margin-inline-end: 2px;
    }
    .seg button {
      padding-inline: 8px;
    }
    .left {
      white-space: normal;
    }
    .via {
      display: none;
    }
    .via + .send {
      margin-inline-start: auto;
    }
  }
  @media (pointer: coarse) {
    .mailline,
    .mailfields input {
      min-block-size: 40px;
    }
    .seg button {
      block-size: 40px;
    }
    .send-menu {
      inline-size: 40px;
    }
    .held__acts button {
      min-block-size: 40px;
    }
    /* which key sends is a choice for keyboards; here the row is short */
    @container crm-chat (width < 480px) {
      .send-menu {
        display: none;
      }
    }
  }
  @media (forced-colors: active) {
    .seg [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .box:focus-within {
      outline: 2px solid Highlight;
    }
    .send {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .send[aria-disabled='true'] {
      background: Canvas;
      color: GrayText;
      border: 1px solid GrayText;
    }
  }
`;
