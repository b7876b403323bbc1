import { css } from 'lit';

/** Three panels by the width of the container, never of the viewport: 3, then 2 and a drawer, then 1. */
export const chatStyles = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 320px;
    overflow: hidden;
    container: crm-inbox / inline-size;
  }
  .grid {
    display: grid;
    block-size: 100%;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    position: relative;
    overflow: hidden;
  }
  .grid > * {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .scrim {
    display: none;
  }
  @container crm-inbox (width < 720px) {
    .grid:not([data-view='list']) .list,
    .grid:not([data-view='chat']) .messages,
    .grid:not([data-view='contact']) .contact {
      visibility: hidden;
    }
  }
  @container crm-inbox (720px <= width < 1040px) {
    .grid {
      grid-template-columns: minmax(272px, 34%) minmax(0, 1fr);
    }
    .list {
      border-inline-end: 1px solid var(--_line);
    }
    .grid > .messages {
      grid-area: 1 / 2;
    }
    .grid > .contact {
      grid-area: 1 / 1 / 2 / 3;
      justify-self: end;
      inline-size: 336px;
      z-index: 5;
      visibility: hidden;
      transform: translateX(100%);
      box-shadow: var(--_shadow);
      transition:
        transform var(--_t-3) var(--_ease),
        visibility 0s var(--_t-3);
    }
    .grid:not([data-drawer]) > .contact:dir(rtl) {
      transform: translateX(-100%);
    }
    .grid[data-drawer] > .contact {
      visibility: visible;
      transform: none;
      /* visible at once, or the focus could not go in */
      transition: transform var(--_t-3) var(--_ease);
    }
    .grid[data-drawer] > .scrim {
      display: block;
      grid-area: 1 / 1 / 2 / 3;
      z-index: 4;
      background: var(--_scrim);
    }
  }
  @container crm-inbox (width >= 1040px) {
    .grid {
      grid-template-columns: minmax(288px, 23%) minmax(0, 1fr) minmax(288px, 23%);
    }
    .list {
      border-inline-end: 1px solid var(--_line);
    }
    .grid > .messages {
      grid-area: 1 / 2;
    }
    .grid > .contact {
      grid-area: 1 / 3;
      border-inline-start: 1px solid var(--_line);
    }
    .grid[data-contact='closed'] {
      grid-template-columns: minmax(288px, 23%) minmax(0, 1fr);
    }
    .grid[data-contact='closed'] > .contact {
      display: none;
    }
  }
  @container crm-inbox (width >= 1400px) {
    .grid {
      grid-template-columns: 328px minmax(0, 1fr) 328px;
    }
    .grid[data-contact='closed'] {
      grid-template-columns: 328px minmax(0, 1fr);
    }
  }
`;
