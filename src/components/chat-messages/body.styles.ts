import { css } from 'lit';

/** What is inside bubbles, and the cards that take a bubble's place. */
export const bodyStyles = css`
  .bub.bub--img {
    padding: 0;
    overflow: hidden;
    inline-size: 320px;
    border: 0;
  }
  .shot {
    position: relative;
    display: block;
    inline-size: 100%;
    background: var(--_fill-2);
    cursor: zoom-in;
  }
  .shot__more {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    background: rgb(0 0 0 / 0.55);
    color: #fff;
    font-size: var(--_fs-lg);
    font-weight: var(--_fw-b);
    forced-color-adjust: none;
  }
  .gallery {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 2px;
  }
  .gallery--3 .shot:first-child {
    grid-column: span 2;
  }
  .gallery:not(.gallery--3) .shot img,
  .gallery--3 .shot:not(:first-child) img {
    aspect-ratio: 1;
  }
  .shot:focus-visible {
    outline-offset: -2px;
  }
  .shot img {
    display: block;
    inline-size: 100%;
    block-size: auto;
    aspect-ratio: 16 / 10;
    object-fit: cover;
  }
  .bub--img > .quote {
    margin: var(--_s2) var(--_s3);
    inline-size: auto;
  }
  .bub--img > .edited {
    margin: 0 var(--_s3) var(--_s1);
  }
  .bub--img p {
    padding: var(--_bub-y) var(--_bub-x);
  }
  .filerow {
    display: flex;
    align-items: center;
    gap: var(--_s3);
    inline-size: 288px;
    max-inline-size: 100%;
  }
  .filerow__i {
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--_r-sm);
    display: grid;
    place-items: center;
    background: color-mix(in oklab, var(--_ink) 7%, transparent);
    color: var(--_text-2);
    flex: none;
  }
  .filerow b {
    display: block;
    font-weight: var(--_fw-m);
    font-size: var(--_fs-md);
    line-height: 18px;
  }
  .filerow small {
    display: block;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_text-3);
  }
  .typing {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    block-size: 20px;
  }
  .typing i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--_text-3);
    animation: nod 1.2s infinite var(--_ease);
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes nod {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  .notecard {
    position: relative;
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr);
    column-gap: var(--_s2);
  }
  .notecard__b {
    background: var(--_note-wash);
    border-radius: var(--_r);
    padding: 7px 11px;
    border: 1px solid var(--_note-line);
    overflow-wrap: anywhere;
  }
  .notecard__h {
    display: flex;
    align-items: center;
    gap: 5px;
    font-size: var(--_fs-sm);
    line-height: 16px;
    color: var(--_note-text);
    font-weight: var(--_fw-m);
    margin-block-end: 2px;
  }
  .notecard__h time {
    margin-inline-start: auto;
    font-weight: var(--_fw);
    color: var(--_text-3);
  }
  /* room for what is drawn by code that is on its way */
  .later {
    inline-size: 304px;
    max-inline-size: 100%;
    block-size: 36px;
  }
  .later--location,
  .later--contact {
    block-size: 52px;
  }
  .later--email {
    inline-size: 600px;
    block-size: 200px;
  }
`;
