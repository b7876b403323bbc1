import { css } from 'lit';

export const emojiStyles = css`
  .pop--emoji {
    inline-size: min(348px, 100% - 2 * var(--gut));
    block-size: min(360px, var(--room, 360px));
  }
  .emo-find {
    flex: none;
    padding: var(--_s2) var(--_s2) var(--_s1);
  }
  .emo-find input {
    inline-size: 100%;
    block-size: var(--_h-field);
    padding-inline: var(--_s3);
    border: 0;
    border-radius: var(--_r);
    box-shadow: inset 0 0 0 1px var(--_line-control);
    background: var(--_bg);
  }
  .emo-find input::placeholder {
    color: var(--_text-3);
    opacity: 1;
  }
  .emo-find input:focus-visible {
    outline-offset: -1px;
  }
  .emo-tabs {
    display: flex;
    flex: none;
    padding-inline: var(--_s2);
    border-block-end: 1px solid var(--_line);
  }
  .emo-tabs button {
    flex: 1;
    min-inline-size: 0;
    block-size: 32px;
    text-align: center;
    font-size: 16px;
    filter: grayscale(1);
    border-start-start-radius: var(--_r-xs);
    border-start-end-radius: var(--_r-xs);
  }
  .emo-tabs button:is(:hover, :focus-visible),
  .emo-tabs [aria-selected='true'] {
    filter: none;
  }
  .emo-tabs [aria-selected='true'] {
    box-shadow: inset 0 -2px var(--_accent-text);
  }
  .emo-tabs button:focus-visible {
    outline-offset: -2px;
  }
  .emo-grid {
    flex: 1;
    min-block-size: 0;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(36px, 1fr));
    align-content: start;
    padding: var(--_s1) var(--_s2);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    position: relative;
  }
  .emo {
    block-size: 36px;
    border-radius: var(--_r-xs);
    text-align: center;
    font-size: 22px;
    line-height: 1;
    font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', var(--_font);
  }
  .emo:hover,
  .emo:focus {
    background: var(--_hover);
  }
  .emo:focus-visible {
    outline-offset: -2px;
  }
  .pop--emoji .pop__say {
    flex: 1;
  }
  .emo-tones {
    display: flex;
    flex: none;
    gap: 2px;
    margin: 0;
    padding: var(--_s1) var(--_s2);
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  .emo-tones label {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: var(--_r-xs);
    font-size: 18px;
    cursor: pointer;
  }
  .emo-tones label:hover {
    background: var(--_hover);
  }
  .emo-tones label:has(:checked) {
    background: var(--_fill-3);
  }
  .emo-tones label:has(:focus-visible) {
    outline: 2px solid var(--_focus);
    outline-offset: -2px;
  }
  @container crm-chat (width < 480px) {
    .pop--emoji {
      inline-size: calc(100% - 2 * var(--gut));
    }
  }
  @media (pointer: coarse) {
    .emo-grid {
      grid-template-columns: repeat(auto-fill, minmax(40px, 1fr));
    }
    .emo,
    .emo-tabs button,
    .emo-tones label {
      block-size: 40px;
    }
    .emo-tones label {
      inline-size: 40px;
    }
  }
  @media (forced-colors: active) {
    .emo-find input {
      border: 1px solid CanvasText;
    }
    .emo-tabs [aria-selected='true'] {
      border-block-end: 2px solid Highlight;
    }
    .emo:focus,
    .emo-tones label:has(:checked) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
