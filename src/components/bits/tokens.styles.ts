import { css, unsafeCSS, type CSSResult } from 'lit';

/** A colour, and the one it becomes where more contrast is asked for. A number can be inherited, a rule cannot. */
const strong = (usual: string, more: string): CSSResult =>
  unsafeCSS(`color-mix(in oklab, ${usual} calc(100% - 100% * var(--_more)), ${more})`);

/**
 * Every colour, size and duration. Public `--crm-*` properties are only read, with their default as the fallback, so that
 * a value set on any ancestor is inherited; `--_*` are derived and private. `--_scheme`, `--_density` and `--_contrast` are how an outer
 * element (`<crm-chat theme="dark">`) reaches the panels inside it.
 */
export const tokens = css`
  :host {
    color-scheme: var(--_scheme, var(--crm-color-scheme, light dark));

    /* ---- read the public layer ------------------------------------------- */
    --_accent: var(--crm-accent, #2f5fd0);
    --_surface: var(--crm-surface, light-dark(#ffffff, #17191d));
    --_ink: var(--crm-text, light-dark(#1a1d23, #e4e7ec));
    --_font: var(
      --crm-font,
      'Inter',
      ui-sans-serif,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'Noto Sans Arabic',
      'Noto Sans Hebrew',
      'Helvetica Neue',
      Arial,
      sans-serif,
      'Apple Color Emoji',
      'Segoe UI Emoji',
      'Noto Color Emoji'
    );
    --_fs: var(--crm-font-size, 14px);
    --_r: var(--crm-radius, 8px);
    --_u: var(--crm-unit, 4px);
    --_d: var(--_density, var(--crm-density, 1));
    --_positive: var(--crm-positive, #1f8a4c);
    --_warning: var(--crm-warning, #b87a00);
    --_critical: var(--crm-critical, #d12f3a);
    --_note: var(--crm-note, #e3b100);
    --_more: var(--_contrast, 0); /* 1: stronger lines and text, see strong() below */

    /* ---- neutrals: ink mixed into surface, so they follow any host -------- */
    /* (in srgb: at a few percent it drifts less in hue than oklab)            */
    --_bg: var(--_surface); /* centre panel, popovers   */
    --_bg-side: ${strong('light-dark(color-mix(in srgb, var(--_surface), var(--_ink) 2.5%), color-mix(in srgb, var(--_surface), black 16%))', 'var(--_surface)')}; /* left and right panels    */
    --_bg-raised: light-dark(
      var(--_surface),
      color-mix(in srgb, var(--_surface), var(--_ink) 5%)
    ); /* menus, dialogs      */
    --_fill-1: color-mix(in srgb, var(--_surface), var(--_ink) 6%); /* incoming bubble, field   */
    --_fill-2: color-mix(in srgb, var(--_surface), var(--_ink) 9%); /* hover on fill-1, chips   */
    --_fill-3: color-mix(in srgb, var(--_surface), var(--_ink) 13%); /* pressed, skeleton        */
    --_hover: color-mix(in srgb, var(--_ink) 4.5%, transparent); /* row hover on any ground  */
    --_line: ${strong('color-mix(in srgb, var(--_surface), var(--_ink) 10%)', 'color-mix(in oklab, var(--_surface), var(--_ink) 48%)')}; /* hairlines (decorative)   */
    --_line-strong: ${strong('color-mix(in srgb, var(--_surface), var(--_ink) 18%)', 'color-mix(in oklab, var(--_surface), var(--_ink) 64%)')}; /* field and card outlines  */
    --_line-control: ${strong('color-mix(in srgb, var(--_surface), var(--_ink) 56%)', 'var(--_ink)')}; /* switch off, checkbox: 3:1 */

    /* ---- text: three steps, all AA on every ground above ------------------ */
    --_text: var(--_ink);
    --_text-2: ${strong('color-mix(in oklab, var(--_ink), var(--_surface) 20%)', 'var(--_ink)')};
    --_text-3: ${strong('color-mix(in oklab, var(--_ink), var(--_surface) 28%)', 'color-mix(in oklab, var(--_ink), var(--_surface) 12%)')};

    /* ---- accent: any host colour is made safe ----------------------------- */
    /* bright accents (L > .68) keep their lightness and take dark text;
       everything else is held at L ≤ .53 and takes white text.               */
    --_accent-fill: light-dark(
      oklch(
        from var(--_accent)
          calc(clamp(0, (l - 0.68) * 100000, 1) * l + (1 - clamp(0, (l - 0.68) * 100000, 1)) * min(l, 0.53)) c h
      ),
      oklch(
        from var(--_accent)
          calc(clamp(0, (l - 0.68) * 100000, 1) * l + (1 - clamp(0, (l - 0.68) * 100000, 1)) * clamp(0.47, l, 0.53)) c h
      )
    );
    --_on-accent: oklch(from var(--_accent-fill) calc(1 - clamp(0, (l - 0.62) * 100000, 1)) 0 0);
    --_accent-hover: oklch(from var(--_accent-fill) calc(l - 0.035) c h);
    --_accent-text: light-dark(
      oklch(from var(--_accent) min(l, 0.46) min(c, 0.2) h),
      oklch(from var(--_accent) max(l, 0.8) min(c, 0.12) h)
    );
    --_accent-wash: color-mix(in oklab, var(--_surface), var(--_accent-text) 8%); /* selected row          */
    --_accent-wash-2: color-mix(in oklab, var(--_surface), var(--_accent-text) 12%); /* agent bubble          */
    --_accent-line: ${strong('color-mix(in oklab, var(--_surface), var(--_accent-text) 40%)', 'var(--_accent-text)')};
    --_focus: var(--_accent-text); /* ≥3:1 on every ground  */

    /* ---- meaning ----------------------------------------------------------- */
    --_pos-text: light-dark(
      oklch(from var(--_positive) min(l, 0.46) c h),
      oklch(from var(--_positive) max(l, 0.8) min(c, 0.13) h)
    );
    --_pos-wash: color-mix(in oklab, var(--_surface), var(--_pos-text) 11%);
    --_warn-text: light-dark(
      oklch(from var(--_warning) min(l, 0.46) c h),
      oklch(from var(--_warning) max(l, 0.82) min(c, 0.12) h)
    );
    --_warn-wash: light-dark(
      color-mix(in oklab, var(--_surface), var(--_warning) 12%),
      color-mix(in oklab, var(--_surface), var(--_warning) 20%)
    );
    --_crit-text: light-dark(
      oklch(from var(--_critical) min(l, 0.48) c h),
      oklch(from var(--_critical) max(l, 0.78) min(c, 0.13) h)
    );
    --_crit-wash: light-dark(
      color-mix(in oklab, var(--_surface), var(--_critical) 10%),
      color-mix(in oklab, var(--_surface), var(--_critical) 20%)
    );
    --_crit-fill: oklch(from var(--_critical) min(l, 0.54) c h);
    --_on-crit: #fff;
    --_note-wash: color-mix(in oklab, var(--_surface), var(--_note) 15%);
    --_note-line: ${strong('color-mix(in oklab, var(--_surface), var(--_note) 42%)', 'var(--_note-text)')};
    --_note-text: light-dark(
      oklch(from var(--_note) min(l, 0.44) min(c, 0.1) h),
      oklch(from var(--_note) max(l, 0.84) min(c, 0.11) h)
    );
    --_mark: light-dark(oklch(0.93 0.1 95), oklch(0.46 0.09 90)); /* search highlight      */

    /* ---- bubbles ----------------------------------------------------------- */
    --_in-bg: var(--_fill-1); /* prospect: neutral fill, start side   */
    --_out-bg: light-dark(
      var(--_accent-wash-2),
      color-mix(in oklab, var(--_surface), var(--_accent-text) 15%)
    ); /* agent:    accent wash, end side      */
    --_bot-bg: var(--_bg); /* bot:      outline only, end side     */
    --_bot-line: ${strong('color-mix(in srgb, var(--_surface), var(--_ink) 18%)', 'var(--_ink)')};
    --_bub-line: ${strong('transparent', 'color-mix(in oklab, var(--_surface), var(--_ink) 48%)')}; /* drawn in high contrast               */
    --_sel-line: ${strong('transparent', 'var(--_accent-text)')}; /* selected row, drawn in high contrast */

    /* ---- channels: fixed, tuned so that a white glyph is ≥ 4.5:1 ----------- */
    --_ch-whatsapp: #14803c;
    --_ch-instagram: #c3306f;
    --_ch-facebook: #1a63d8;
    --_ch-telegram: #0d7aa8;
    --_ch-email: #5a6372;
    --_ch-sms: #7350c9;
    --_ch-glyph: #fff;

    /* ---- avatar tints: eight hues at one lightness, so none shouts --------- */
    /* a part sets --h (0–360, hashed from the contact id) and rotates these:
       background: oklch(from var(--_av-bg) l c var(--h))                     */
    --_av-bg: light-dark(oklch(0.915 0.04 250), oklch(0.36 0.04 250));
    --_av-fg: light-dark(oklch(0.4 0.08 250), oklch(0.88 0.05 250));

    /* ---- type -------------------------------------------------------------- */
    --_fs-xs: calc(var(--_fs) * 11 / 14); /* counters, kbd only            11 / 16 */
    --_fs-sm: calc(var(--_fs) * 12 / 14); /* time, meta, labels            12 / 16 */
    --_fs-md: calc(var(--_fs) * 13 / 14); /* previews, values, controls    13 / 20 */
    --_fs-lg: calc(var(--_fs) * 16 / 14); /* contact name, dialog title    16 / 24 */
    --_lh-xs: 1.4545;
    --_lh-sm: 1.3333;
    --_lh-md: 1.5385;
    --_lh: 1.4286; /* body                          14 / 20 */
    --_lh-lg: 1.5;
    --_fw: 400;
    --_fw-m: 500;
    --_fw-b: 600;

    /* ---- space ------------------------------------------------------------- */
    --_s1: var(--_u);
    --_s2: calc(var(--_u) * 2);
    --_s3: calc(var(--_u) * 3);
    --_s4: calc(var(--_u) * 4);
    --_s5: calc(var(--_u) * 5);
    --_s6: calc(var(--_u) * 6);
    --_s8: calc(var(--_u) * 8);
    --_s10: calc(var(--_u) * 10);

    /* ---- density: comfortable / compact ------------------------------------ */
    --_h-header: calc(var(--_u) * (12 + 2 * var(--_d))); /* 56 / 48 all three headers  */
    --_h-sub: calc(var(--_u) * (10 + 1 * var(--_d))); /* 44 / 40 tab strip          */
    --_h-field: calc(var(--_u) * (8 + 1 * var(--_d))); /* 36 / 32                    */
    --_h-ctl: calc(var(--_u) * (7 + 1 * var(--_d))); /* 32 / 28                    */
    --_h-acc: calc(var(--_u) * (9 + 1 * var(--_d))); /* 40 / 36 accordion heading  */
    --_row-pad: calc(var(--_u) * (2 + 1 * var(--_d))); /* 12 / 8                     */
    --_avatar: calc(var(--_u) * (8 + 2 * var(--_d))); /* 40 / 32                    */
    --_bub-y: calc(var(--_u) * (1.5 + 0.5 * var(--_d))); /* 8 / 6                      */
    --_bub-x: calc(var(--_u) * 3);
    --_bub-gap: calc(var(--_u) * 0.5); /* 2 inside a group           */
    --_grp-gap: calc(var(--_u) * (3 + 1 * var(--_d))); /* 16 / 12 between groups     */

    /* ---- corners ----------------------------------------------------------- */
    --_r-xs: calc(var(--_r) * 0.5); /* 4  chips, joined bubble corners   */
    --_r-sm: calc(var(--_r) * 0.75); /* 6  small buttons                  */
    --_r-lg: calc(var(--_r) * 1.5); /* 12 composer, menus, dialogs       */
    --_r-bub: min(calc(var(--_r) * 1.75), 18px); /* 14 bubbles                      */
    --_r-full: 999px;

    /* ---- elevation: one shadow, overlays only ------------------------------ */
    --_shadow:
      0 0 0 1px light-dark(rgb(0 0 0 / 0.07), rgb(255 255 255 / 0.09)),
      0 8px 24px -6px light-dark(rgb(15 20 30 / 0.16), rgb(0 0 0 / 0.6));
    --_scrim: light-dark(rgb(20 24 32 / 0.28), rgb(0 0 0 / 0.5));

    /* ---- motion ------------------------------------------------------------ */
    --_t-1: 90ms; /* hover, press                     */
    --_t-2: 160ms; /* switch, menu, accordion, pill    */
    --_t-3: 240ms; /* drawer, stack push               */
    --_ease: cubic-bezier(0.2, 0, 0, 1);
    --_ease-out: cubic-bezier(0, 0, 0.2, 1);
  }

  /* explicit choices by attribute win over the system */
  :host([theme='light']) {
    --_scheme: light;
  }
  :host([theme='dark']) {
    --_scheme: dark;
  }
  :host([contrast='more']) {
    --_contrast: 1;
  }
  :host([density='compact']) {
    --_density: 0;
  }
  :host([density='comfortable']) {
    --_density: 1;
  }

  /* fingers need room: controls grow to 40px whatever the density */
  @media (pointer: coarse) {
    :host {
      --_h-ctl: calc(var(--_u) * 10);
      --_h-field: calc(var(--_u) * 10);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --_t-1: 0ms;
      --_t-2: 0ms;
      --_t-3: 0ms;
    }
    /* typing dots and skeletons hold still; scrolling jumps; the drawer appears in place */
  }

  /* high contrast: asked for by the system or by attribute */
  @media (prefers-contrast: more) {
    :host {
      --_more: 1;
    }
  }

  /* Forced colours (Windows contrast themes). Backgrounds vanish, so shape must carry
     meaning: every bubble gets a 1px border; the agent's is 2px; a note is dashed.
     Selection and the pressed tab use Highlight / HighlightText. Icons inherit
     currentColor and need nothing. Channel badges keep their own colours, because the
     glyph is drawn white on them: forced-color-adjust: none. Focus stays an outline
     (never box-shadow, which is removed). */
  @media (forced-colors: active) {
    :host {
      --_line: CanvasText;
      --_line-strong: CanvasText;
      --_line-control: CanvasText;
      --_bot-line: CanvasText;
      --_focus: Highlight;
      --_accent-fill: Highlight;
      --_accent-hover: Highlight;
      --_on-accent: HighlightText;
      --_accent-text: LinkText;
      --_text-2: CanvasText;
      --_text-3: CanvasText;
    }
  }
`;
