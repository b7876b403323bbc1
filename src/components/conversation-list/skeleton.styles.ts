import { css } from 'lit';

/** The cards, and what stands in them until the rows are there: of the same height, so that nothing jumps. */
export const skeletonStyles = css`
  .cards {
    position: relative;
    flex: none;
    margin-block-end: var(--_s2);
    --_card: calc(2 * var(--_row-pad) + 40px + 20px * var(--_d));
  }
  .probe {
    position: absolute;
    inline-size: 0;
    block-size: calc(2 * var(--_row-pad) + 40px + 20px * var(--_d));
    visibility: hidden;
  }
  .card {
    display: grid;
    grid-template: auto auto auto / var(--_avatar) minmax(0, 1fr) auto;
    column-gap: var(--_s3);
    align-items: center;
    align-content: start;
    block-size: var(--_card);
    padding: var(--_row-pad) var(--_s2);
    margin-inline: var(--_s2);
    border-radius: var(--_r);
    cursor: pointer;
  }
  .card--sk + .card--sk {
    margin-block-start: 1px;
  }
  .is-compact .card {
    grid-template-rows: auto auto;
  }
  .card--sk {
    cursor: default;
  }
  .card--sk > .sk--c {
    grid-area: 1 / 1 / 4 / 2;
  }
  .is-compact .card--sk > .sk--c {
    grid-area: 1 / 1 / 3 / 2;
  }
  .sk--name {
    grid-area: 1 / 2;
    block-size: 12px;
    margin-block: 4px;
    inline-size: 52%;
  }
  .sk--text {
    grid-area: 2 / 2 / 3 / 4;
    block-size: 10px;
    margin-block: 5px;
    inline-size: 88%;
  }
  .sk--foot {
    grid-area: 3 / 2 / 4 / 4;
    block-size: 8px;
    margin-block: 8px 4px;
    inline-size: 34%;
  }
  .is-compact .sk--foot {
    display: none;
  }
  .card--sk:nth-of-type(even) > .sk--name {
    inline-size: 68%;
  }
  .card--sk:nth-of-type(even) > .sk--text {
    inline-size: 74%;
  }
  .card--sk:nth-of-type(3n) > .sk--name {
    inline-size: 44%;
  }
  .card--sk:nth-of-type(3n) > .sk--foot {
    inline-size: 26%;
  }
`;
