import { css } from 'lit';

export const clientPanelStyles = css`
  :host {
    container: crm-client / inline-size;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--_bg-side);
    --ring: var(--_bg-side);
  }
  /* lays the parts out whatever display a host's page gives to the tag itself */
  .panel {
    flex: 1 1 auto;
    block-size: 100%;
    background: none;
  }
  .panel__head {
    padding-inline: var(--_s4) var(--_s2);
  }
  .panel__head h2 {
    font-size: var(--_fs);
    line-height: 20px;
    font-weight: var(--_fw-b);
    flex: 1;
    border-radius: var(--_r-xs);
  }
  /* In a narrow inbox there is a way back, in a wide one a way to close; alone in a host's column neither. */
  .back,
  .closer {
    display: none;
  }
  .back {
    margin-inline-start: calc(var(--_s2) * -1);
  }
  @container crm-inbox (width < 720px) {
    .back {
      display: inline-grid;
    }
  }
  @container crm-inbox (width >= 720px) {
    .closer {
      display: inline-grid;
    }
  }

  /* ---- what stands for a record that is on its way ------------------------------ */
  .sec {
    border-block-start: 1px solid var(--_line);
  }
  .sk-sec {
    display: grid;
    gap: 10px;
    padding: var(--_s4);
  }
  .sk-sec .sk {
    block-size: 12px;
    inline-size: 88%;
  }
  .sk-sec .sk:first-child {
    inline-size: 40%;
  }
  .sk-sec .sk:last-child {
    inline-size: 64%;
  }
`;
