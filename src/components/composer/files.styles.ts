import { css } from 'lit';

export const filesStyles = css`
  .tray {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    padding: var(--_s3) var(--_s3) 0;
    margin: 0;
    max-block-size: 240px;
    overflow: auto;
    list-style: none;
  }
  .tray .attach {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    inline-size: 216px;
    max-inline-size: 100%;
    box-sizing: border-box;
    padding: var(--_s2);
    margin: 0;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_r);
    font-size: var(--_fs-md);
  }
  .tray .is-refused {
    align-items: start;
    inline-size: 280px;
    border-color: var(--_crit-text);
  }
  .tray .filerow__i {
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    overflow: hidden;
    border-radius: var(--_r-xs);
    background: var(--_fill-2);
  }
  .tray img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .tray .grow {
    min-inline-size: 0;
  }
  .tray b {
    display: block;
    font-weight: var(--_fw-m);
  }
  .tray b bdi {
    display: flex;
    white-space: pre;
  }
  .tray b span + span {
    flex: none;
  }
  .tray small,
  .tray p {
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-2);
  }
  .tray p {
    display: flex;
    gap: 4px;
    margin-block: 4px 0;
  }
  .tray .is-refused [role='alert'] {
    color: var(--_crit-text);
  }
  .tray .link {
    font-size: var(--_fs-sm);
    font-weight: var(--_fw-m);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .tray .ib--small {
    inline-size: 24px;
    block-size: 24px;
    flex: none;
  }
  .dropzone {
    position: absolute;
    inset: 8px;
    z-index: 6;
    display: grid;
    place-items: center;
    border: 2px dashed var(--_focus);
    border-radius: var(--_r-lg);
    background: color-mix(in oklab, var(--_bg) 92%, transparent);
    color: var(--_text);
    font-weight: var(--_fw-m);
    text-align: center;
    pointer-events: none;
  }
  .dropzone.is-refused {
    border-color: var(--_crit-text);
    color: var(--_crit-text);
  }
  @media (pointer: coarse) {
    .tray .ib--small,
    .tray .link {
      min-inline-size: 40px;
      min-block-size: 40px;
    }
  }
`;
