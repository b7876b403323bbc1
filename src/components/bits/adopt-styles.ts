import type { CSSResult } from 'lit';

/** Styles that come with code loaded on first use: a style sheet object, which no content policy forbids. Once per root. */
export function adoptStyles(root: Document | ShadowRoot, styles: CSSResult): void {
  const sheet = styles.styleSheet;
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
