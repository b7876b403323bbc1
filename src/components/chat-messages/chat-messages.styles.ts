import { css } from 'lit';
import { composerBox } from './composer-box.styles.js';

const panel = css`
  :host {
    display: block;
    block-size: 100%;
    min-inline-size: 0;
    container: crm-chat / inline-size;
  }
  .panel {
    block-size: 100%;
    min-block-size: 240px;
    overflow: hidden;
  }
  .panel__head {
    gap: var(--_s3);
    padding-inline: var(--_s5) var(--_s3);
  }
  .back {
    display: none;
    margin-inline-start: calc(var(--_s2) * -1);
  }
  :host([back]) .back {
    display: inline-grid;
  }
  @container crm-inbox (width < 720px) {
    .back {
      display: inline-grid;
    }
  }
  /* its room is there before its code is */
  crm-message-log {
    flex: 1 1 0;
    min-block-size: 0;
    position: relative;
    display: flex;
    flex-direction: column;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  .who h2 {
    font-size: var(--_fs);
    line-height: 20px;
    font-weight: var(--_fw-b);
  }
  .who p {
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
  }
  .acts {
    display: flex;
    align-items: center;
    gap: 2px;
    flex: none;
  }
  .sep {
    inline-size: 1px;
    block-size: 20px;
    background: var(--_line);
    margin-inline: 6px;
    flex: none;
  }
  .assignee {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: var(--_h-ctl);
    padding-inline: 6px;
    font-size: var(--_fs-md);
    color: var(--_text-2);
    font-weight: var(--_fw-m);
  }
  .assignee bdi {
    max-inline-size: 12ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .toggler {
    display: contents;
  }
  .mob {
    display: none;
  }
  .empty {
    min-block-size: 0;
  }
  @container crm-chat (width < 640px) {
    .panel__head {
      padding-inline: var(--_s4) var(--_s2);
    }
    .acts .wide,
    .sep,
    .toggler {
      display: none;
    }
    .mob {
      display: contents;
    }
  }
  @container crm-chat (width < 480px) {
    .acts .switch > span:not(.switch__t) {
      display: none;
    }
  }
`;

export const styles = [panel, composerBox];
