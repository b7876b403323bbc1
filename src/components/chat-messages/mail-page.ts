/** The page inside an e-mail's frame, and how high it will be. */
import { contentIdOf, isRemote, pixels, TAGS } from './mail-sanitiser.js';

/** How the panel around it looks: the frame inherits nothing. */
export interface MailLook {
  /** `#rrggbb`, all three. */
  readonly text: string;
  readonly ground: string;
  readonly link: string;
  readonly font: string;
  /** Pixels. */
  readonly size: number;
  readonly dark: boolean;
  readonly lang: string;
}

/** Natural sides of pictures, by address. */
export type Sides = ReadonlyMap<string, readonly [width: number, height: number]>;

/** The sizes that HTML itself knows, in pixels, for `size` 1 to 6. */
const SIZES = [10, 13, 16, 18, 24, 32];
export const nearestSize = (size: number): number =>
  SIZES.reduce((best, one, at) => (Math.abs(one - size) < Math.abs((SIZES[best - 1] ?? 0) - size) ? at + 1 : best), 1);

const quoted = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Addresses of the pictures that came with the e-mail, by content id. */
export type Inline = ReadonlyMap<string, string>;

/** A copy with the pictures as they may be shown now, no wider than the frame. */
function dressed(
  part: DocumentFragment,
  images: boolean,
  width: number,
  sides: Sides,
  inline: Inline,
): DocumentFragment {
  const copy = part.cloneNode(true) as DocumentFragment;
  for (const image of copy.querySelectorAll('img')) {
    const id = contentIdOf(image.getAttribute('src'));
    const source = id === undefined ? image.getAttribute('src') : (inline.get(id) ?? null);
    if (id !== undefined && source !== null) image.setAttribute('src', source);
    if (id === undefined ? !images && isRemote(source) : source === null) {
      image.replaceWith(image.getAttribute('alt') ?? '');
      continue;
    }
    const [naturalWidth, naturalHeight] = sides.get(source ?? '') ?? [undefined, undefined];
    const ratio = naturalWidth && naturalHeight ? naturalHeight / naturalWidth : undefined;
    const wide = pixels(image.getAttribute('width')) ?? naturalWidth;
    const high = pixels(image.getAttribute('height')) ?? (wide && ratio ? wide * ratio : naturalHeight);
    image.removeAttribute('width');
    image.removeAttribute('height');
    if (!wide) continue;
    const shown = Math.min(wide, width);
    image.setAttribute('width', String(Math.round(shown)));
    if (high) image.setAttribute('height', String(Math.round((high * shown) / wide)));
  }
  return copy;
}

/** An address as a policy names it: without its query, and without what would end the rule. */
function asSource(address: string): string {
  if (!isRemote(address)) return '';
  const { origin, pathname } = new URL(address);
  return ` ${quoted(origin + pathname.replace(/;/g, '%3B').replace(/,/g, '%2C'))}`;
}

export interface MailPage {
  /** For `srcdoc`. */
  readonly text: string;
  /** Pixels. */
  readonly height: number;
}

/**
 * A frame made of text inherits the host page's Content Security Policy, and a strict one takes away every style. So there
 * are none: colours, font and size are HTML's own attributes, which no policy forbids, and the mail looks the same everywhere.
 */
export function mailPage(
  parts: readonly DocumentFragment[],
  look: MailLook,
  images: boolean,
  width: number,
  sides: Sides,
  gauge: HTMLElement,
  inline: Inline = new Map(),
): MailPage {
  const shown = parts.map((part) => dressed(part, images, width, sides, inline));
  const size = nearestSize(look.size);
  const holder = document.implementation.createHTMLDocument().createElement('div');
  holder.append(...shown.map((part) => part.cloneNode(true)));
  const text =
    `<!doctype html><html lang="${quoted(look.lang)}"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:${images ? ' https: http:' : [...inline.values()].map(asSource).join('')}">` +
    `<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="${look.dark ? 'dark' : 'light'}"></head>` +
    `<body text="${look.text}" bgcolor="${look.ground}" link="${look.link}" vlink="${look.link}" alink="${look.link}" ` +
    `topmargin="0" bottommargin="0" leftmargin="0" rightmargin="0" dir="auto">` +
    `<font size="${size}" face="${quoted(look.font)}">${holder.innerHTML}</font></body></html>`;
  return { text, height: heightOf(shown, look.font, SIZES[size - 1] ?? 13, gauge) };
}

/** So deep a mail is measured; deeper is a trick. */
const DEEP = 100;

/**
 * We must not look into the frame, so the same words are laid out here, out of sight, in elements of ours without any
 * attribute but their spans and borders. Nothing of the sender's HTML comes along but its structure.
 */
function heightOf(parts: readonly DocumentFragment[], font: string, size: number, gauge: HTMLElement): number {
  const root = gauge.shadowRoot ?? gauge.attachShadow({ mode: 'open' });
  const box = document.createElement('div');
  box.style.all = 'initial';
  box.style.display = 'flow-root';
  box.style.fontFamily = font;
  box.style.fontSize = `${size}px`;
  box.dir = 'auto';
  for (const part of parts) copyShape(part, box, 0);
  root.replaceChildren(box);
  const height = box.getBoundingClientRect().height;
  root.replaceChildren();
  return Math.ceil(height) + 4;
}

function copyShape(from: Node, to: HTMLElement, depth: number): void {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.nodeValue ?? '');
    else if (node.nodeType === Node.ELEMENT_NODE && depth < DEEP) {
      const element = node as Element;
      const name = element.localName;
      if (name === 'img') to.append(pictureShape(element));
      else if (TAGS.has(name)) {
        const copy = document.createElement(name === 'a' ? 'span' : name);
        for (const span of ['colspan', 'rowspan', 'border'])
          if (pixels(element.getAttribute(span)) !== undefined)
            copy.setAttribute(span, element.getAttribute(span) ?? '');
        if (name === 'pre') copy.style.whiteSpace = 'pre-wrap';
        to.append(copy);
        copyShape(element, copy, depth + 1);
      }
    }
  }
}

function pictureShape(image: Element): HTMLElement {
  const shape = document.createElement('span');
  const [width, height] = [pixels(image.getAttribute('width')), pixels(image.getAttribute('height'))];
  if (width === undefined || !image.hasAttribute('src')) {
    shape.append(image.getAttribute('alt') ?? '');
    return shape;
  }
  shape.style.display = 'inline-block';
  shape.style.inlineSize = `${width}px`;
  shape.style.blockSize = `${height ?? width}px`;
  return shape;
}
