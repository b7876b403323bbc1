/** Addresses from outside: which ones may be followed, and where they stand in a text. */

const FOLLOWED = new Set(['http:', 'https:']);
const SHOWN = new Set(['http:', 'https:', 'blob:']);

/**
 * An address that may stand in `href` or `src`: http, https and blob, also relative to the page. Everything else
 * (`javascript:`, `data:`, `file:` …) gives undefined.
 */
export function safeUrl(address: string | undefined): string | undefined {
  if (!address) return undefined;
  try {
    const url = new URL(address, document.baseURI);
    return SHOWN.has(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** What may stand in an image's or a recording's `src`: the same, and data of that kind, which runs nothing there. */
export function safeMedia(address: string | undefined, kind: 'image' | 'audio'): string | undefined {
  return address?.toLowerCase().startsWith(`data:${kind}/`) ? address : safeUrl(address);
}

/** A piece of text, with an address when it is a link. */
export interface TextPiece {
  readonly text: string;
  readonly href?: string;
}

/** Characters that end an address, and those that only end it at its end. */
const STOP = /[\s\p{Cc}\p{Cf}<>"`]/u;
const TRAILING = new Set(".,;:!?'’”»*_~…");
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Finds http and https addresses. One pass, whatever the text. */
export function findLinks(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let plainFrom = 0;
  let from = 0;
  for (;;) {
    const at = nextScheme(text, from);
    if (at < 0) break;
    let end = at;
    while (end < text.length && !STOP.test(text.charAt(end))) end++;
    from = end;
    const address = trimmed(text.slice(at, end));
    const href = followable(address);
    if (!href) continue;
    if (at > plainFrom) pieces.push({ text: text.slice(plainFrom, at) });
    pieces.push({ text: address, href });
    plainFrom = at + address.length;
    from = Math.max(plainFrom, from);
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom) });
  return pieces;
}

function nextScheme(text: string, from: number): number {
  for (let at = text.indexOf('://', from); at >= 0; at = text.indexOf('://', at + 3)) {
    for (const scheme of ['https', 'http']) {
      const start = at - scheme.length;
      if (start < from || text.slice(start, at).toLowerCase() !== scheme) continue;
      if (start === 0 || !/[\p{L}\p{N}_]/u.test(text.charAt(start - 1))) return start;
    }
  }
  return -1;
}

/** Without the sentence's punctuation; a closing bracket stays when it was opened inside. */
function trimmed(address: string): string {
  const seen: Record<string, number> = {};
  for (const letter of address) if (letter in CLOSING || '([{'.includes(letter)) seen[letter] = (seen[letter] ?? 0) + 1;
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const opening = CLOSING[last];
    if (opening !== undefined) {
      if ((seen[opening] ?? 0) >= (seen[last] ?? 0)) break;
      seen[last] = (seen[last] ?? 0) - 1;
    } else if (!TRAILING.has(last)) break;
  }
  return address.slice(0, end);
}

/** Names and passwords in an address (`https://bank.example@elsewhere.example`) only ever deceive. */
function followable(address: string): string | undefined {
  try {
    const url = new URL(address);
    return FOLLOWED.has(url.protocol) && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined;
  }
}
