import type { CSSResultOrNative } from 'lit';

/** Styles that come with code loaded on first use: a style sheet object, which no content policy forbids. Once per root. */
export function adoptStyles(root: Document | ShadowRoot, styles: CSSResultOrNative): void {
  const sheet = styles instanceof CSSStyleSheet ? styles : styles.styleSheet;
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
