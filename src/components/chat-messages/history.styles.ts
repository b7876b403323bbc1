import { css } from 'lit';

/** Gaps in a history, the message that was led to, and the one the keyboard stands at. */
export const historyStyles = css`
  .gap {
    padding-block: var(--_s2);
  }
  .gap .link[aria-disabled='true'] {
    opacity: 0.5;
  }
  .sought {
    position: absolute;
    inset-block-start: var(--_s3);
    inset-inline: var(--_s3);
    margin-inline: auto;
    inline-size: fit-content;
    max-inline-size: calc(100% - 2 * var(--_s3));
    display: flex;
    align-items: center;
    gap: var(--_s2);
    padding: 4px 6px 4px 12px;
    border-radius: var(--_r-full);
    background: var(--_bg-raised);
    box-shadow: var(--_shadow);
    font-size: var(--_fs-md);
    z-index: 2;
  }
  /* its ring reaches over the next bubble of the group, which is drawn later */
  crm-message-row:is(.is-target, :focus-within) {
    position: relative;
    z-index: 1;
  }
  crm-message-row.is-target :is(.bub, .mail, .notecard) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  crm-message-row > :is([role='article'], .event):focus {
    outline: none;
  }
  crm-message-row > [role='article']:focus-visible :is(.bub, .mail),
  crm-message-row > :is(.notecard, .event):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;
