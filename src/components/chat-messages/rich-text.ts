/** Words as elements: links, marks, mentions; long ones folded. Never anything but text and a few known elements. */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChannelSheet } from '../../contract/index.js';
import { findLinks } from './links.js';
import { MARK, readMarkup, type MarkedPiece } from './markup.js';

/** What very long words need from whoever shows them. */
export interface WordsHost {
  /** Characters that may be drawn now. */
  readonly room: number;
  /** Higher than {@link FOLD_AT}, and the agent has not unfolded it. */
  readonly folded: boolean;
  /** The agent has unfolded it. */
  readonly unfolded: boolean;
  unfold(): void;
  fold(): void;
}

/** Characters of a message that are drawn at once; more costs the page its smoothness, and nobody reads it in a bubble. */
export const SHOWN_AT_ONCE = 8000;
/** So many more with each step: still below a frame or two. */
export const SHOWN_MORE = 50_000;
/** Pixels from which a text is folded. */
export const FOLD_AT = 400;
/** So many characters before a cut, a gap between words is looked for. */
const WORD = 200;

/** The first `room` characters of a text: whole words if possible, never half a character. */
export function firstPart(text: string, room = SHOWN_AT_ONCE): string {
  if (text.length <= room) return text;
  const head = text.slice(0, room);
  const gap = head.slice(-WORD).search(/\s\S*$/u);
  if (gap >= 0) return head.slice(0, room - WORD + gap);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

export interface Wording {
  readonly markup?: ChannelSheet['markup'];
  /** `@somebody` stands out: these names, and any single word. */
  readonly mentions?: readonly string[];
}

/** Words with what stands in them. The spaces and line breaks are the sender's. */
export function richText(text: string, host: WordsHost, wording: Wording = {}): TemplateResult {
  const shown = firstPart(text, host.room);
  const cut = shown.length < text.length;
  const less = !host.folded && !cut;
  const pieces =
    wording.markup === 'whatsapp' ? readMarkup(shown) : findLinks(shown).map((piece) => ({ ...piece, marks: 0 }));
  // No white space between the tags: it would be shown.
  return html`<span
      class="txt ${host.folded ? 'is-folded' : ''}"
      dir="auto"
      @focusin=${host.folded ? () => host.unfold() : nothing}
      >${pieces.map((piece) => drawn(piece, wording))}${cut ? '…' : nothing}</span
    >${
      host.folded || cut || host.unfolded
        ? html`<button
            type="button"
            class="link unfold"
            part="show-more"
            aria-expanded=${less ? 'true' : 'false'}
            @click=${() => (less ? host.fold() : host.unfold())}
          >
            ${less ? msg('Show less') : msg('Show more')}
          </button>`
        : nothing
    }`;
}

type Drawn = TemplateResult | string | readonly (TemplateResult | string)[];

function drawn(piece: MarkedPiece, wording: Wording): Drawn {
  const { text, href, marks } = piece;
  if (marks & MARK.block) return html`<code class="code code--block">${text}</code>`;
  if (marks & MARK.code) return html`<code class="code">${text}</code>`;
  let shown: Drawn = href ? link(text, href) : wording.mentions ? mentions(text, wording.mentions) : text;
  if (marks & MARK.strike) shown = html`<s>${shown}</s>`;
  if (marks & MARK.italic) shown = html`<em>${shown}</em>`;
  if (marks & MARK.bold) shown = html`<strong>${shown}</strong>`;
  return shown;
}

const link = (text: string, href: string) =>
  html`<a class="lnk" href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;

const WORD_CALL = String.raw`@\p{L}[\p{L}\p{M}\p{N}_'’-]{0,60}`;
const MENTIONS_AT_MOST = 100;

/** Whole names first: `@Tomás Alves` is one person. */
function mentions(text: string, names: readonly string[]): Drawn {
  const calls = [...names]
    .sort((one, other) => other.length - one.length)
    .map((name) => `@${name.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)}(?![\p{L}\p{M}\p{N}_])`);
  const call = new RegExp(String.raw`(?<![\p{L}\p{N}_])(${[...calls, WORD_CALL].join('|')})`, 'u');
  // A split by a pattern with one group gives text and mention in turn.
  const pieces = text.split(call);
  if (pieces.length === 1 || pieces.length > MENTIONS_AT_MOST * 2) return text;
  return pieces.map((piece, at) => (at % 2 ? html`<bdi class="at">${piece}</bdi>` : piece));
}
