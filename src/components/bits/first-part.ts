/** How much of a long text is drawn: nobody reads a book in a bubble, and every character costs layout. */

/** Characters of a folded text: more than its fold can show of anything that people write. */
export const SHOWN_FOLDED = 2000;
/** Lines of a folded text, likewise: the fold shows twenty. */
export const LINES_FOLDED = 40;
/** Characters that are drawn when it is unfolded. */
export const SHOWN_AT_ONCE = 8000;
/** So many more with each further step. */
export const SHOWN_MORE = 20_000;
/** So many characters before a cut, a gap between words is looked for. */
const WORD = 200;
/** So many before a cut between two blocks, the end of a line is. */
const LINE = 2000;

/** The first `room` characters of a text: whole words if possible, never half a character. */
export function firstPart(text: string, room = SHOWN_AT_ONCE): string {
  if (text.length <= room) return text;
  const head = text.slice(0, room);
  const gap = head.slice(-WORD).search(/\s\S*$/u);
  if (gap >= 0) return head.slice(0, room - WORD + gap);
  return /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

/** What a fold has room for. Shorter than the text: it is certainly higher than the fold, and need not be measured. */
export function foldedPart(text: string): string {
  const part = firstPart(text, SHOWN_FOLDED);
  let end = -1;
  for (let line = 0; line < LINES_FOLDED; line++) {
    end = part.indexOf('\n', end + 1);
    if (end < 0) return part;
  }
  return part.slice(0, end);
}

/** An unfolded text after so many steps: blocks that stand below each other, each of them drawn and laid out once. */
export function blocksOf(text: string, steps: number): readonly string[] {
  const blocks: string[] = [];
  for (let at = 0, step = 0; step < steps && at < text.length; step++) {
    const block = blockAt(text, at, step === 0 ? SHOWN_AT_ONCE : SHOWN_MORE);
    blocks.push(block);
    at += block.length;
  }
  return blocks;
}

function blockAt(text: string, at: number, room: number): string {
  const part = firstPart(text.slice(at), room);
  if (at + part.length === text.length) return part;
  const line = part.lastIndexOf('\n') + 1;
  return line > 0 && line > part.length - LINE ? part.slice(0, line) : part;
}
