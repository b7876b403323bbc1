/**
 * The language of dates, numbers and amounts: the one that was chosen, else the page's. Where the page says only `en`,
 * the agent's own `en-GB` decides between 18:20 and 6:20 PM.
 */
export function localeFor(element: Element, chosen: string | undefined): string | undefined {
  if (chosen) return chosen;
  const page = nearestLang(element);
  return navigator.languages.find((own) => !page || own === page || own.startsWith(`${page}-`)) ?? page;
}

/** `closest` stops at a shadow root; the language does not. */
function nearestLang(element: Element): string | undefined {
  for (let at: Element | undefined = element; at;) {
    const said = at.closest('[lang]')?.getAttribute('lang');
    if (said) return said;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return undefined;
}
