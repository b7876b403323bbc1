/** Where addresses stand in a text. */
import { PAGES } from '../bits/addresses.js';

/** Nobody follows more of one message, and each one costs an element. */
export const LINKS_AT_MOST = 200;

/** A piece of text, with an address when it is a link. */
export interface TextPiece {
  readonly text: string;
  readonly href?: string;
}

/** Characters that end an address, and those that only end it at its end. */
const STOP = /[\s\p{Cc}\p{Cf}<>"`]/u;
const TRAILING = new Set(".,;:!?'’”»*_~…");
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Finds the first {@link LINKS_AT_MOST} http and https addresses. One pass, whatever the text. */
export function findLinks(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let plainFrom = 0;
  let from = 0;
  for (let looked = 0; looked < LINKS_AT_MOST; looked++) {
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
    return PAGES.has(url.protocol) && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined;
  }
}
