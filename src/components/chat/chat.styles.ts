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
  .grid[data-layout='stack']:not([data-view='list']) > .list,
  .grid[data-layout='stack']:not([data-view='messages']) > .messages,
  .grid[data-layout='stack']:not([data-view='client']) > .contact,
  .grid[data-layout='columns'] > .contact.is-closed:not(:only-child) {
    visibility: hidden;
  }
  .grid[data-layout='columns'] > .contact.is-closed:not(:only-child) {
    display: none;
  }
  /* one hairline between neighbours, whatever their order */
  .grid:not([data-layout='stack']) > :is(.list, .messages, .contact) + :is(.list, .messages, .contact) {
    border-inline-start: 1px solid var(--_line);
  }
  .grid[data-layout='drawer'] > .contact {
    grid-area: 1 / 1 / 2 / 3;
    justify-self: end;
    inline-size: 336px;
    z-index: 5;
    border: 0;
    visibility: hidden;
    transform: translateX(100%);
    box-shadow: var(--_shadow);
  }
  .grid[data-slides] > .contact {
    transition:
      transform var(--_t-3) var(--_ease),
      visibility 0s var(--_t-3);
  }
  .grid[data-layout='drawer']:not([data-drawer]) > .contact:dir(rtl) {
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
  .handle {
    z-index: 3;
    inline-size: 9px;
    cursor: col-resize;
    touch-action: none;
    background: linear-gradient(var(--_focus), var(--_focus)) center / 2px 100% no-repeat;
    opacity: 0;
    transition: opacity var(--_t-1);
  }
  .handle--end {
    justify-self: end;
    margin-inline-end: -4px;
  }
  .handle--start {
    justify-self: start;
    margin-inline-start: -4px;
  }
  .handle:is(:hover, :focus-visible, :active) {
    opacity: 1;
  }
  .handle:focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: -3px;
  }
`;
