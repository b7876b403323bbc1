import { css } from 'lit';

/** One message: its group, bubble, words, meta line and quote. */
export const messageStyles = css`
  .grp {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    column-gap: var(--_s2);
    inline-size: 100%;
  }
  .grp > .av {
    align-self: end;
    margin-block-end: 20px;
    grid-row: 1;
  }
  .grp__b {
    grid-column: 2;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--_bub-gap);
    min-inline-size: 0;
    max-inline-size: min(600px, 78cqi, 100%);
  }
  .grp--out {
    grid-template-columns: minmax(0, 1fr) 24px;
  }
  .grp--out > .av {
    grid-column: 2;
  }
  .grp--out .grp__b {
    grid-column: 1;
    grid-row: 1;
    justify-self: end;
    align-items: flex-end;
  }
  .bub {
    max-inline-size: 100%;
    border-radius: var(--_r-bub);
    background: var(--_in-bg);
    overflow-wrap: anywhere;
    position: relative;
    border: 1px solid var(--_bub-line);
    padding: calc(var(--_bub-y) - 1px) calc(var(--_bub-x) - 1px);
  }
  .say {
    position: relative;
    max-inline-size: 100%;
    min-inline-size: 0;
  }
  .txt {
    display: block;
    white-space: pre-wrap;
    /* marks of direction in a text turn nothing outside it */
    unicode-bidi: isolate;
  }
  .txt__block {
    display: block;
  }
  .txt.is-folded {
    max-block-size: 400px;
    overflow: clip;
    mask-image: linear-gradient(#000 calc(100% - 48px), transparent);
  }
  .unfold {
    display: block;
    margin-block-start: 4px;
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .unfold[hidden] {
    display: none;
  }
  .txt strong {
    font-weight: var(--_fw-b);
  }
  .code {
    font-family: ui-monospace, 'Cascadia Mono', Menlo, Consolas, monospace;
    font-size: 0.93em;
    background: color-mix(in oklab, var(--_ink) 7%, transparent);
    border-radius: var(--_r-xs);
    padding: 1px 4px;
    unicode-bidi: isolate;
  }
  .code--block {
    display: block;
    padding: 6px 8px;
    margin-block: 2px;
  }
  .at {
    padding-inline: 2px;
    border-radius: var(--_r-xs);
    background: color-mix(in oklab, var(--_accent-text) 10%, transparent);
    color: var(--_accent-text);
    font-weight: var(--_fw-m);
  }
  .edited {
    display: block;
    inline-size: fit-content;
    margin-inline-start: auto;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
  }
  .hosted {
    display: contents;
  }
  /* beside the bubble, and only there for who points at the message or has come to it by keyboard */
  .more {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: calc(100% + 4px);
    visibility: hidden;
  }
  .grp--out .more {
    inset-inline: auto calc(100% + 4px);
  }
  .notecard > .more {
    inset-block-start: 2px;
    inset-inline: auto 2px;
    background: var(--_note-wash);
  }
  crm-message-row:is(:hover, :focus, :focus-within) .more,
  .more[aria-expanded='true'] {
    visibility: visible;
  }
  .reacts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-start: -6px;
    padding-inline: 8px;
    position: relative;
  }
  .react {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 22px;
    padding-inline: 6px;
    border-radius: var(--_r-full);
    background: var(--_bg);
    box-shadow: inset 0 0 0 1px var(--_line-strong);
    font-size: var(--_fs-sm);
    color: var(--_text-2);
    max-inline-size: 12ch;
    overflow: hidden;
    white-space: nowrap;
  }
  .lnk {
    color: var(--_accent-text);
    text-decoration: underline;
    text-underline-offset: 2px;
    unicode-bidi: isolate;
    border-radius: var(--_r-xs);
  }
  .gone {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_text-3);
  }
  .under {
    margin-block-start: 6px;
  }
  /* joined corners: the speaker's side is tight inside a group and at its foot */
  .grp--in .bub {
    border-end-start-radius: var(--_r-xs);
  }
  .grp--in:not(.is-first) .bub {
    border-start-start-radius: var(--_r-xs);
  }
  .grp--out .bub {
    background: var(--_out-bg);
    border-end-end-radius: var(--_r-xs);
  }
  .grp--out:not(.is-first) .bub {
    border-start-end-radius: var(--_r-xs);
  }
  .grp--bot .bub {
    background: var(--_bot-bg);
    border-color: var(--_bot-line);
  }
  .grp .bub.is-failed {
    background: var(--_crit-wash);
  }
  .bub.is-sending {
    color: var(--_text-3);
  }
  .grp .bub.bub--emoji {
    background: none;
    border: 0;
    padding: 4px 0;
    font-size: calc(var(--_fs) * 2.3);
    line-height: 40px;
    letter-spacing: 0.06em;
  }
  .meta {
    max-inline-size: 100%;
    overflow-wrap: anywhere;
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 4px;
    min-block-size: 16px;
    margin-block-start: 2px;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
    padding-inline: 4px;
  }
  .grp--out .meta {
    justify-content: end; /* what finds no room in the first line stays on its side */
  }
  .meta > * + .st::before,
  .meta > span + span:not(.st)::before {
    content: '·';
  }
  .meta > span,
  .meta > .st > span {
    min-inline-size: 0;
  }
  .meta > span {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .meta .is-read .i {
    color: var(--_accent-text);
  }
  .meta .is-failed {
    color: var(--_crit-text);
    font-weight: var(--_fw-m);
  }
  .meta .is-uncertain {
    color: var(--_warn-text);
    font-weight: var(--_fw-m);
  }
  .meta button {
    font-weight: var(--_fw-m);
    text-decoration: underline;
    text-underline-offset: 2px;
    margin-inline-start: 4px;
  }
  .meta button.fold {
    text-decoration: none;
    margin: 0;
  }
  .meta button.fold:hover {
    text-decoration: underline;
  }
  .bub > button.fold {
    display: block;
    margin-block-start: 4px;
    font-size: var(--_fs-sm);
    line-height: 16px;
  }
  .quote {
    display: block;
    inline-size: 100%;
    border-inline-start: 2px solid var(--_accent-line);
    padding-inline-start: var(--_s2);
    margin-block: 2px 6px;
    font-size: var(--_fs-md);
    line-height: 18px;
    color: var(--_text-2);
    text-align: start;
  }
  .quote:hover > span {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .quote > span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
  }
  .quote > span > .i {
    display: inline-block;
    vertical-align: -2px;
    margin-inline-end: 4px;
  }
  .quote b {
    display: block;
    font-weight: var(--_fw-m);
    color: var(--_accent-text);
    font-size: var(--_fs-sm);
    line-height: 16px;
  }
`;
