/** Where addresses stand in a text: of pages, of mailboxes, of telephones. */

/** Nobody follows more of one message, and each one costs an element. */
export const LINKS_AT_MOST = 200;

/** A piece of text, with an address when it is a link. */
export interface TextPiece {
  readonly text: string;
  readonly href?: string;
}

/** What stands between characters that end an address; and those that only end it at its end. */
const WORDS = /[^\s\p{Cc}\p{Cf}<>"`]+/gu;
const TRAILING = new Set(".,;:!?'’”»*_~…");
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
/** How an address begins. Anything else (`javascript:`, `data:`, `file:` …) is text. */
const BEGINS = /(?<![\p{L}\p{N}_])(?:https?:\/\/|mailto:|tel:|www\.)/iu;
const FOLLOWED: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);
const MAILBOX = /[\p{L}\p{N}._%+-]/u;
const DOMAIN = /[\p{L}\p{N}.-]/u;

/** Finds the first `most` addresses. One pass over the text, word by word, whatever it is. */
export function findLinks(text: string, most = LINKS_AT_MOST): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let plainFrom = 0;
  let looked = 0;
  for (const { 0: word, index: at } of text.matchAll(WORDS)) {
    if (looked >= most) break;
    const start = BEGINS.exec(word)?.index ?? -1;
    if (start < 0 && !word.includes('@')) continue;
    looked++;
    const found = start >= 0 ? pageIn(word, start) : mailboxIn(word);
    if (found) {
      if (at + found.from > plainFrom) pieces.push({ text: text.slice(plainFrom, at + found.from) });
      pieces.push({ text: found.shown, href: found.href });
      plainFrom = at + found.to;
    }
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom) });
  return pieces;
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly shown: string;
  readonly href: string;
}

function pageIn(word: string, from: number): Found | undefined {
  const address = trimmed(word.slice(from));
  const bare = /^www\./iu.test(address);
  const url = followable(bare ? `https://${address}` : address);
  if (!url || (bare && !/^www\.[^.]+\.[^.]/iu.test(url.hostname))) return undefined;
  return { from, to: from + address.length, shown: honestly(address, url), href: url.href };
}

/** `somebody@example.com` without a scheme. */
function mailboxIn(word: string): Found | undefined {
  const sign = word.indexOf('@');
  if (sign <= 0) return undefined;
  let from = sign;
  while (from > 0 && MAILBOX.test(word.charAt(from - 1))) from--;
  let to = sign + 1;
  while (to < word.length && DOMAIN.test(word.charAt(to))) to++;
  while (to > sign && /[.-]/.test(word.charAt(to - 1))) to--;
  const address = word.slice(from, to);
  if (from === sign || !/@[^.]+\..*[^.]{2}$/u.test(address)) return undefined;
  const url = followable(`mailto:${address}`);
  return url && { from, to, shown: address, href: url.href };
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
function followable(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!FOLLOWED.has(url.protocol) || url.username || url.password) return undefined;
  if (url.protocol === 'mailto:' && !/^[^@]+@[^@]+$/u.test(url.pathname)) return undefined;
  if (url.protocol === 'tel:' && !/^\+?[\d().-]{3,}$/u.test(url.pathname)) return undefined;
  return url;
}

// ---- names of hosts that pretend

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic', 'Thai', 'Hangul', 'Bopomofo'] as const;
const SCRIPT = SCRIPTS.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);
/** Japanese is written with three scripts, and with Latin letters between them: all of these count as one. */
const EAST = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;
/** Cyrillic and Greek letters that look like Latin ones: a name of these alone reads as another name. */
const LOOKALIKES = /^[асԁеһіјӏорԛѕуүхѵԝανορυ\d-]+$/u;

/** The address as it may be shown: a host name that could be taken for another one stands as the network writes it. */
function honestly(address: string, url: URL): string {
  const from = address.indexOf('://') + 1 ? address.indexOf('://') + 3 : 0;
  const length = address.slice(from).search(/[/?#]/u);
  const host = length < 0 ? address.slice(from) : address.slice(from, from + length);
  return /[^\p{ASCII}]/u.test(host) && host.split('.').some(deceives)
    ? address.slice(0, from) + url.host + address.slice(from + host.length)
    : address;
}

function deceives(label: string): boolean {
  if (!/[^\p{ASCII}]/u.test(label)) return false;
  const scripts = new Set<string>();
  for (const [name, script] of SCRIPT) if (script.test(label)) scripts.add(name);
  const eastern = EAST.test(label);
  if (eastern) for (const name of ['Latin', 'Hangul', 'Bopomofo']) scripts.delete(name);
  return scripts.size + (eastern ? 1 : 0) !== 1 || LOOKALIKES.test(label.toLowerCase());
}
