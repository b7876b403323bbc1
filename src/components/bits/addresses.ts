/** Addresses from outside: which of them may stand in `href` or `src`. */

/** What a browser may open as a page of its own. */
export const PAGES: ReadonlySet<string> = new Set(['http:', 'https:']);
const SHOWN: ReadonlySet<string> = new Set([...PAGES, 'blob:']);

/**
 * An address that may stand in `href` or `src`: a whole one, or one that begins with `/` (the store has made those of a
 * server elsewhere whole). Everything else (`javascript:`, `data:`, `file:`, an address relative to whatever page the
 * panels stand in …) gives undefined.
 *
 * @param schemes which ones are good. Default: http, https and blob.
 */
export function safeUrl(address: string | undefined, schemes: ReadonlySet<string> = SHOWN): string | undefined {
  if (!address) return undefined;
  try {
    const url = address.startsWith('/') ? new URL(address, location.href) : new URL(address);
    return schemes.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** What may stand in an image's or a recording's `src`: the same, and data of that kind, which runs nothing there. */
export function safeMedia(address: string | undefined, kind: 'image' | 'audio'): string | undefined {
  return address?.toLowerCase().startsWith(`data:${kind}/`) ? address : safeUrl(address);
}
