/**
 * Makes an e-mail's HTML harmless. Loaded with the first e-mail that needs it. What comes out is shown in a sandboxed frame
 * without scripts and without our origin all the same: two locks, because each of them had holes in other people's products.
 */
import DOMPurify, { type Config } from 'dompurify';
import { PAGES } from '../bits/addresses.js';

/** Longer pages are not taken apart: it would cost the agent's time, and their words are shown instead. */
export const LONGEST_PAGE = 400_000;

/** Elements that may stay. Structure and emphasis; nothing that loads, runs, submits or carries styles. */
export const TAGS: ReadonlySet<string> = new Set(
  (
    'a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del div dl dt em ' +
    'figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small ' +
    'span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr'
  ).split(' '),
);

const SETTINGS: Config = {
  ALLOWED_TAGS: [...TAGS],
  // `class`, `id` and `type` only tell where the quoted part begins, and go after that.
  ALLOWED_ATTR:
    'href src alt title width height border colspan rowspan dir lang align valign start class id type'.split(' '),
  // Numbers and words that the rule for addresses below must not be asked about.
  ADD_URI_SAFE_ATTR: 'width height border colspan rowspan dir lang align valign start type'.split(' '),
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|cid:|data:image\/(?:png|jpe?g|gif|webp);)/i,
  RETURN_DOM_FRAGMENT: true,
};

/** One policy for the two places where HTML is read as HTML: the sanitiser's inert document, and the sandboxed frame. */
interface MailPolicy {
  createHTML(text: string): string;
}
type PolicyFactory = {
  createPolicy(name: string, rules: Record<string, (text: string) => string>): MailPolicy;
};
let policy: MailPolicy | null | undefined;

/** Undefined: the page's rules forbid it, and e-mails are shown as their words. */
function mailPolicy(): MailPolicy | undefined {
  if (policy === undefined) {
    const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
    try {
      policy = factory
        ? factory.createPolicy('crm-email', { createHTML: (text) => text, createScriptURL: () => '' })
        : { createHTML: (text) => text };
    } catch {
      policy = null;
    }
  }
  return policy ?? undefined;
}

/** For the frame's `srcdoc`, where Trusted Types are enforced. */
export const trusted = (page: string): string => mailPolicy()?.createHTML(page) ?? '';

/** Elements deeper than this are a trick, and cost every browser dearly. */
const DEEPEST = 200;
/** A cell goes over so many columns or rows and no more; and all cells of a page together over so many squares. */
const SPAN_MOST = 50;
const SQUARES_MOST = 20_000;
/** A page with more tags, or letters, is taken apart only when somebody asks for it. */
const HEAVY = { tags: 3000, letters: 100_000 };
/** Elements that hold nothing, or end by themselves. */
const SHALLOW = /^(?:br|hr|img|input|meta|link|base|col|wbr|area|source|p|li|tr|td|th|dd|dt|option|tbody|thead)$/i;

/** `light`: shown at once. `heavy`: on demand. `never`: its words only. One pass over the text, before any of it is parsed. */
export function weigh(page: string): 'light' | 'heavy' | 'never' {
  if (page.length > LONGEST_PAGE) return 'never';
  if (squares(page) > SQUARES_MOST) return 'never';
  let tags = 0;
  let depth = 0;
  for (const [, end, name = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)/giu)) {
    tags++;
    if (!SHALLOW.test(name)) depth = end ? Math.max(0, depth - 1) : depth + 1;
    if (depth > DEEPEST) return 'never';
  }
  return tags > HEAVY.tags || page.length > HEAVY.letters ? 'heavy' : 'light';
}

/** What the cells that go over others ask for: a table is laid out square by square. */
function squares(page: string): number {
  let sum = 0;
  for (const [cell] of page.matchAll(/<t[dh][^>]*/giu)) {
    if (!/span/iu.test(cell)) continue;
    const [wide, high] = ['col', 'row'].map((way) => {
      const told = new RegExp(`${way}span\\s*=\\s*["']?\\s*\\+?(\\d+)`, 'iu').exec(cell)?.[1];
      return Math.min(SPAN_MOST, Number(told ?? 1));
    }) as [number, number];
    sum += wide * high;
  }
  return sum;
}

/** A page may become this many elements and no more. */
const ELEMENTS_MOST = 20_000;
const BITE = 256;

/**
 * Formatting that nobody closes is made anew in every paragraph, so that a short text becomes a huge tree. It is read in
 * small bites by a parser whose document nobody shows, and given up as soon as it swells.
 */
export function swells(page: string): boolean {
  const ours = mailPolicy();
  if (!ours) return false;
  const inert = document.implementation.createHTMLDocument('');
  const all = inert.getElementsByTagName('*');
  for (let at = 0; at < page.length; at += BITE) {
    inert.write(ours.createHTML(page.slice(at, at + BITE)));
    if (all.length > ELEMENTS_MOST) return true;
  }
  return false;
}

export interface CleanMail {
  readonly own: DocumentFragment;
  /** What was written before; undefined when nothing is quoted. */
  readonly quoted: DocumentFragment | undefined;
  /** Pictures that would be fetched from somewhere. */
  readonly remote: number;
}

const known = new Map<string, CleanMail | undefined>();
const KEPT = 20;

/** Undefined when the page is empty, or must not be read here. The same page again costs nothing. */
export function cleanMail(page: string): CleanMail | undefined {
  if (known.has(page)) return known.get(page);
  const clean = sanitise(page);
  known.set(page, clean);
  for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
  return clean;
}

function sanitise(page: string): CleanMail | undefined {
  const ours = mailPolicy();
  if (!ours || swells(page)) return undefined;
  // From the very first call: without one of ours, the sanitiser makes a policy of its own, which strict hosts refuse.
  const rules = { ...SETTINGS, TRUSTED_TYPES_POLICY: ours } as unknown as Config & { RETURN_DOM_FRAGMENT: true };
  const own = DOMPurify.sanitize(page, rules) as unknown as DocumentFragment;
  const quoted = takeQuoted(own);
  let remote = 0;
  for (const part of [own, quoted]) {
    if (!part) continue;
    for (const element of part.querySelectorAll('*')) tidy(element);
    tidySpans(part);
    for (const image of part.querySelectorAll('img')) if (isRemote(image.getAttribute('src'))) remote++;
    breakLongWords(part);
  }
  return own.textContent?.trim() || own.querySelector('img') || quoted ? { own, quoted, remote } : undefined;
}

export const isRemote = (source: string | null): boolean => /^https?:/i.test(source ?? '');

/** The part of the same e-mail that a picture shows. */
export function contentIdOf(source: string | null): string | undefined {
  const id = /^cid:(.+)$/i.exec(source ?? '')?.[1];
  if (id === undefined) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** A number of pixels, if it is one. */
export const pixels = (text: string | null): number | undefined => {
  const number = /^\d{1,5}$/.test(text ?? '') ? Number(text) : NaN;
  return Number.isNaN(number) ? undefined : number;
};

const PICTURE = /^(?:https?:|cid:|data:image\/(?:png|jpe?g|gif|webp);)/i;

function tidy(element: Element): void {
  for (const name of ['class', 'id', 'type']) element.removeAttribute(name);
  const isImage = element.localName === 'img';
  // Widths made for another screen would push the text out of the card.
  if (!isImage) for (const name of ['width', 'height', 'src']) element.removeAttribute(name);
  if (isImage) {
    const sides = [pixels(element.getAttribute('width')), pixels(element.getAttribute('height'))];
    // Nobody is meant to see a picture of one pixel.
    if (sides.some((side) => side !== undefined && side <= 2)) return element.remove();
    if (!PICTURE.test(element.getAttribute('src') ?? '')) element.removeAttribute('src');
  }
  const ruled = element.localName === 'table' && (pixels(element.getAttribute('border')) ?? 0) > 0;
  element.removeAttribute('border');
  if (ruled) element.setAttribute('border', '1');
  if (element.localName === 'pre') element.setAttribute('wrap', '');
  if (element.localName === 'a') tidyLink(element);
  else element.removeAttribute('href');
}

/** What was written so that it could not be weighed is counted here once more. */
function tidySpans(part: DocumentFragment): void {
  let left = SQUARES_MOST;
  for (const cell of part.querySelectorAll('[colspan], [rowspan]')) {
    const spans = ['colspan', 'rowspan'].map((name) => {
      const told = pixels((cell.getAttribute(name) ?? '').trim()) ?? 1;
      cell.removeAttribute(name);
      return { name, span: Math.max(1, Math.min(SPAN_MOST, told)) };
    });
    left -= spans.reduce((area, { span }) => area * span, 1);
    if (left < 0) continue;
    for (const { name, span } of spans) if (span > 1) cell.setAttribute(name, String(span));
  }
}

function tidyLink(link: Element): void {
  const address = link.getAttribute('href') ?? '';
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || url.protocol === 'cid:' || url.username || url.password) return link.removeAttribute('href');
  link.setAttribute('title', url.href.slice(0, 300)); // where it really leads
  if (!PAGES.has(url.protocol)) return;
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer nofollow');
}

/** Where mail programs put what was written before. */
const QUOTES = [
  '.gmail_quote',
  'blockquote[type=cite]',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.moz-cite-prefix',
  '#divRplyFwdMsg',
  '#appendonsend',
];
/** Marks that stand before the quotation instead of around it: what follows belongs to it. */
const BEFORE = '.moz-cite-prefix, #divRplyFwdMsg, #appendonsend';

function takeQuoted(own: DocumentFragment): DocumentFragment | undefined {
  const start = own.querySelector(QUOTES.join(', '));
  if (!start) return undefined;
  const taken = [start];
  if (start.matches(BEFORE))
    for (let next = start.nextElementSibling; next; next = next.nextElementSibling) taken.push(next);
  const spoken = taken.reduce((sum, one) => sum + (one.textContent?.trim().length ?? 0), 0);
  // A mail that is all quotation has nothing else to show.
  if ((own.textContent?.trim().length ?? 0) <= spoken) return undefined;
  const quoted = own.ownerDocument.createDocumentFragment();
  quoted.append(...taken);
  return quoted;
}

const LONG_WORD = /\S{40,}/u;
const STEP = 20;

/** The frame has no styles that could break an endless word, so places to break it are put in. */
function breakLongWords(part: DocumentFragment): void {
  const walk = part.ownerDocument.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const long: Text[] = [];
  while (walk.nextNode()) if (LONG_WORD.test(walk.currentNode.nodeValue ?? '')) long.push(walk.currentNode as Text);
  for (const text of long) {
    const pieces = (text.nodeValue ?? '').split(/(\S{40,})/u);
    const parts = pieces.flatMap((piece, at): (string | Node)[] => {
      if (at % 2 === 0) return piece ? [piece] : [];
      const letters = [...piece];
      const broken: (string | Node)[] = [];
      for (let from = 0; from < letters.length; from += STEP)
        broken.push(letters.slice(from, from + STEP).join(''), part.ownerDocument.createElement('wbr'));
      return broken;
    });
    text.replaceWith(...parts);
  }
}
