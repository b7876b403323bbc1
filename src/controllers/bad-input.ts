/** Attributes come as text, so any text may come: what has no meaning counts as not set, and is told once. */
import type { PropertyValues } from 'lit';

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  theme: ['light', 'dark'],
  density: ['comfortable', 'compact'],
  contrast: ['more'],
  routing: ['off', 'path', 'hash'],
  cache: ['on', 'off'],
  l0AutoRetry: ['never', 'ifAbsent'],
  shortcuts: ['off'],
};

const told = new Set<string>();

/** One warning for one mistake, however many elements make it and however often they render. */
export function warnOnce(text: string): void {
  if (told.has(text)) return;
  told.add(text);
  console.warn(text);
}

/** `undefined` where `Intl` would throw at the tag; a tag that no words are known for is good, its dates are written. */
export function goodLocale(tag: string | undefined): string | undefined {
  if (!tag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag) && tag;
  } catch {
    warnOnce(`crm-chat: "${tag}" is no language tag; the page's language is used. A tag looks like "pt-BR".`);
    return undefined;
  }
}

/** Looks at what has just been set on an element. The styles and switches know only good values: the rest is not there. */
export function warnOfUnknown(element: Element, changed: PropertyValues): void {
  for (const name of changed.keys()) {
    const known = KNOWN[String(name)];
    const value: unknown = Reflect.get(element, name);
    if (!known || value === undefined || value === null || value === '' || known.includes(value as string)) continue;
    if (name === 'shortcuts' && typeof value !== 'string') continue; // `false`, or a map of keys
    const said = typeof value === 'string' ? value : typeof value;
    warnOnce(
      `<${element.localName} ${String(name)}>: there is no "${said}"; the default is used. There are: ${known.join(', ')}.`,
    );
  }
}
