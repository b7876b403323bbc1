import { css } from 'lit';

/** Kinds of buttons, switches, chips: of the panels that have them; the list does without. Comes after `base`. */
export const controls = css`
  .btn--pri {
    background: var(--_accent-fill);
    color: var(--_on-accent);
    box-shadow: none;
  }
  .btn--pri:hover {
    background: var(--_accent-hover);
  }
  .btn--tonal {
    background: var(--_accent-wash-2);
    color: var(--_accent-text);
    box-shadow: none;
  }
  .btn--tonal:hover {
    background: color-mix(in oklab, var(--_accent-wash-2), var(--_accent-text) 6%);
  }
  .btn--ghost {
    background: none;
    box-shadow: none;
    color: var(--_text-2);
  }
  .btn--ghost:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .btn--wide {
    inline-size: 100%;
  }
  .link--crit {
    color: var(--_crit-text);
  }
  .switch {
    display: inline-flex;
    align-items: center;
    gap: var(--_s2);
    font-size: var(--_fs-md);
    font-weight: var(--_fw-m);
    color: var(--_text-2);
    block-size: var(--_h-ctl);
    padding-inline: var(--_s2);
    border-radius: var(--_r);
    flex: none;
  }
  .switch:hover {
    background: var(--_hover);
  }
  .switch__t {
    inline-size: 28px;
    block-size: 16px;
    border-radius: var(--_r-full);
    background: var(--_line-control);
    position: relative;
    flex: none;
    transition: background var(--_t-2) var(--_ease);
  }
  .switch__t::after {
    content: '';
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    background: var(--_bg);
    transition: inset-inline-start var(--_t-2) var(--_ease);
  }
  .switch[aria-checked='true'] {
    color: var(--_text);
  }
  .switch[aria-checked='true'] .switch__t {
    background: var(--_accent-text);
  }
  .switch[aria-checked='true'] .switch__t::after {
    inset-inline-start: 14px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 20px;
    padding-inline: 8px;
    border-radius: var(--_r-xs);
    font-size: var(--_fs-sm);
    line-height: 16px;
    font-weight: var(--_fw-m);
    background: var(--_fill-2);
    color: var(--_text-2);
    white-space: nowrap;
    flex: none;
  }
  .chip--acc {
    background: var(--_accent-wash-2);
    color: var(--_accent-text);
  }
  .dot {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    flex: none;
    background: oklch(0.62 0.11 var(--h, 250));
  }
  @media (forced-colors: active) {
    .btn--pri {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    .btn--ghost {
      border-color: transparent;
    }
    .chip {
      border: 1px solid CanvasText;
    }
    .dot {
      background: CanvasText;
    }
    .switch__t {
      border: 1px solid ButtonText;
      forced-color-adjust: none;
      background: ButtonFace;
    }
    .switch__t::after {
      inset-block-start: 1px;
      background: ButtonText;
    }
    .switch[aria-checked='true'] .switch__t {
      background: Highlight;
    }
    .switch[aria-checked='true'] .switch__t::after {
      background: HighlightText;
    }
  }
`;
