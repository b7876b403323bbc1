/** The box of everything that opens above the field. Comes with the first of them. */
import { css } from 'lit';
import { adoptStyles } from '../bits/adopt-styles.js';
import type { Writing } from './writing.js';

const styles = css`
  .pop {
    position: absolute;
    z-index: 5;
    inset-block-end: calc(100% + var(--_s1));
    inset-inline-start: var(--gut);
    inline-size: min(400px, 100% - 2 * var(--gut));
    max-block-size: min(380px, var(--room, 380px));
    display: flex;
    flex-direction: column;
    overflow: hidden;
    border-radius: var(--_r-lg);
    background: var(--_bg-raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
    font-size: var(--_fs-md);
    line-height: 20px;
  }
  .pop__h {
    display: flex;
    align-items: center;
    gap: var(--_s2);
    flex: none;
    padding: var(--_s2) var(--_s3) var(--_s1);
    font-size: var(--_fs-sm);
    font-weight: var(--_fw-m);
    line-height: 16px;
    color: var(--_text-3);
  }
  .pop__list {
    overflow-y: auto;
    min-block-size: 0;
    padding: 0 4px 4px;
    scrollbar-width: thin;
  }
  .pop [role='option'] {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: max(32px, var(--_h-ctl));
    padding: 2px 8px;
    border-radius: calc(var(--_r-lg) - 4px);
    cursor: pointer;
  }
  .pop [role='option'] .i,
  .pop [role='option'] small {
    color: var(--_text-3);
  }
  .pop [role='option'] small {
    font-size: inherit;
  }
  .pop [role='option'] b {
    flex: 0 1 auto;
    max-inline-size: 60%;
    font-weight: var(--_fw-m);
  }
  .pop [role='option']:hover,
  .pop [aria-selected='true'] {
    background: var(--_hover);
  }
  .pop .kbd {
    margin-inline-start: auto;
    flex: none;
    visibility: hidden;
  }
  .pop [aria-selected='true'] .kbd {
    visibility: visible;
  }
  .pop__key {
    flex: none;
  }
  .pop__say {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_s2);
    padding: var(--_s1) var(--_s3) var(--_s3);
    color: var(--_text-2);
  }
  .pop__preview {
    flex: none;
    max-block-size: 100px;
    overflow-y: auto;
    padding: var(--_s2) var(--_s3) var(--_s3);
    border-block-start: 1px solid var(--_line);
    color: var(--_text-2);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  @container crm-chat (width < 480px) {
    .pop {
      inline-size: calc(100% - 2 * var(--gut));
    }
  }
  @media (pointer: coarse) {
    .pop [role='option'] {
      min-block-size: 40px;
    }
    .pop .kbd {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .pop {
      border: 1px solid CanvasText;
    }
    .pop [aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

/** Pixels kept free between what opens and the panel's upper edge. */
const MARGIN = 8;

/** An empty box in its place, as high as the panel has room for. */
export function standPop(writing: Writing, part: string, role: string, label: string): HTMLElement {
  const { region } = writing;
  const root = region?.getRootNode();
  if (root instanceof ShadowRoot || root instanceof Document) adoptStyles(root, styles);
  const box = document.createElement('div');
  box.className = 'pop';
  box.setAttribute('part', `popup ${part}`);
  box.role = role;
  box.ariaLabel = label;
  if (region) {
    const panel = root instanceof ShadowRoot ? root.host.getBoundingClientRect().top : 0;
    box.style.setProperty('--room', `${region.getBoundingClientRect().top - Math.max(panel, 0) - MARGIN}px`);
    region.append(box);
  }
  return box;
}
