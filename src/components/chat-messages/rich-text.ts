/** Words as elements: links, marks, mentions; long ones folded. Never anything but text and a few known elements. */
import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { ChannelSheet } from '../../contract/index.js';
import { blocksOf, foldedPart } from '../bits/first-part.js';
import { findLinks, LINKS_AT_MOST } from './links.js';
import { MARK, MARKS_AT_MOST, readMarkup, type Budget, type MarkedPiece } from './markup.js';

/** What very long words need from whoever shows them. */
export interface WordsHost {
  /** How often the agent has asked for more of them; 0: not unfolded. */
  readonly steps: number;
  /** Measured: higher than {@link FOLD_AT}, and not unfolded. */
  readonly folded: boolean;
  unfold(): void;
  fold(): void;
}

/** Pixels from which a text is folded. */
export const FOLD_AT = 400;
/** What a text may cost in elements: folded, in its first block, in each later one. */
const FOLDED: Budget = { links: 60, marks: 100 };
const FIRST: Budget = { links: LINKS_AT_MOST, marks: MARKS_AT_MOST };
const LATER: Budget = { links: 20, marks: 40 };

export interface Wording {
  readonly markup?: ChannelSheet['markup'];
  /** `@somebody` stands out: these names, and any single word. */
  readonly mentions?: readonly string[];
}

/**
 * Words with what stands in them. The spaces and line breaks are the sender's. Only what is shown is looked at: the rest of
 * a long text costs nothing until the agent asks for it, and then comes in blocks.
 */
export function richText(text: string, host: WordsHost, wording: Wording = {}): TemplateResult {
  const { steps } = host;
  const blocks = steps > 0 ? blocksOf(text, steps) : [foldedPart(text)];
  const cut = blocks.reduce((length, block) => length + block.length, 0) < text.length;
  // What does not fit into the fold's part is higher than the fold.
  const folded = steps === 0 && (host.folded || cut);
  const less = !folded && !cut;
  const words = (block: string, at: number) =>
    guard([block, wording.markup, steps > 0, ...(wording.mentions ?? [])], () =>
      pieces(block, wording, steps === 0 ? FOLDED : at === 0 ? FIRST : LATER),
    );
  // No white space between the tags: it would be shown.
  return html`<span
      class="txt ${folded ? 'is-folded' : ''}"
      dir="auto"
      @focusin=${folded ? () => host.unfold() : nothing}
      >${
        blocks.length > 1
          ? blocks.map((block, at) => html`<span class="txt__block">${words(block, at)}</span>`)
          : words(blocks[0] ?? '', 0)
      }${cut ? '…' : nothing}</span
    >${
      folded || cut || steps > 0
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

function pieces(text: string, wording: Wording, budget: Budget): Drawn[] {
  const found =
    wording.markup === 'whatsapp'
      ? readMarkup(text, budget)
      : findLinks(text, budget.links).map((piece) => ({ ...piece, marks: 0 }));
  return found.map((piece) => drawn(piece, wording));
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
