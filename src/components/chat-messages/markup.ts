/** The marks of messengers (`*bold*` `_italic_` `~strike~` `code`), read into a flat row of pieces in linear time. */
import { findLinks, LINKS_AT_MOST, type TextPiece } from './links.js';

/** What a piece looks like; several at a time. */
export const MARK = { bold: 1, italic: 2, strike: 4, code: 8, block: 16 } as const;

export interface MarkedPiece extends TextPiece {
  /** A sum of {@link MARK}. */
  readonly marks: number;
}

/** More than anybody writes by hand; each one costs an element. */
export const MARKS_AT_MOST = 400;

const SIGNS: Readonly<Record<string, number>> = { '*': MARK.bold, _: MARK.italic, '~': MARK.strike };
const WORD = /[\p{L}\p{N}]/u;
const FENCE = '```';

/** So many links and marks at most. */
export interface Budget {
  readonly links: number;
  readonly marks: number;
}

export function readMarkup(
  text: string,
  { links, marks }: Budget = { links: LINKS_AT_MOST, marks: MARKS_AT_MOST },
): readonly MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  const budget = { links, marks };
  let plainFrom = 0;
  const plain = (to: number) => {
    if (to > plainFrom) pieces.push(...marked(text.slice(plainFrom, to), budget));
  };
  let fences = true;
  for (let at = text.indexOf('`'); at >= 0 && budget.marks > 0; at = text.indexOf('`', at)) {
    const fenced = fences && text.startsWith(FENCE, at);
    const sign = fenced ? FENCE : '`';
    const end = closing(text, at, sign);
    // Without a last fence no later one will find it either.
    if (fenced && end < 0) fences = false;
    if (end < 0) {
      at += fenced ? 0 : 1;
      continue;
    }
    plain(at);
    const code = text.slice(at + sign.length, end);
    pieces.push({
      text: fenced ? code.replace(/^\n|\n$/gu, '') : code,
      marks: fenced ? MARK.block : MARK.code,
    });
    budget.marks--;
    at = end + sign.length;
    plainFrom = at;
  }
  plain(text.length);
  return pieces;
}

/** Where this code ends; -1 when it does not, or is empty. One sign ends in its own line, a fence anywhere. */
function closing(text: string, at: number, sign: string): number {
  const from = at + sign.length;
  const end = text.indexOf(sign, from);
  if (end <= from) return -1;
  if (sign === FENCE) return /\S/u.test(text.slice(from, end)) ? end : -1;
  return text.slice(from, end).includes('\n') ? -1 : end;
}

/** Marks reach across links, and never out of their line. */
function marked(text: string, budget: { links: number; marks: number }): MarkedPiece[] {
  const found = findLinks(text, budget.links);
  budget.links -= found.filter(({ href }) => href !== undefined).length;
  const whole = found.map((piece) => piece.text).join('');
  const turns = new Map<number, number>();
  const open: { sign: string; at: number }[] = [];
  let from = 0;
  for (const piece of found) {
    if (piece.href === undefined) {
      for (let at = from; at < from + piece.text.length && budget.marks > 0; at++) {
        const sign = whole.charAt(at);
        if (sign === '\n') open.length = 0;
        const mark = SIGNS[sign];
        if (mark === undefined) continue;
        const known = open.findLastIndex((one) => one.sign === sign);
        if (known >= 0 && closes(whole, at)) {
          turns.set(open[known]!.at, mark).set(at, mark);
          open.length = known;
          budget.marks--;
        } else if (known < 0 && opens(whole, at)) open.push({ sign, at });
      }
    }
    from += piece.text.length;
  }
  return turns.size === 0 ? found.map((piece) => ({ ...piece, marks: 0 })) : cutAt(found, turns);
}

const opens = (text: string, at: number) =>
  !WORD.test(text.charAt(at - 1)) && /[^\s]/u.test(text.charAt(at + 1)) && text.charAt(at + 1) !== text.charAt(at);
const closes = (text: string, at: number) =>
  !/\s/u.test(text.charAt(at - 1)) && text.charAt(at - 1) !== text.charAt(at) && !WORD.test(text.charAt(at + 1));

/** Leaves the signs out, and turns their marks on and off where they stood. */
function cutAt(found: readonly TextPiece[], turns: ReadonlyMap<number, number>): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let marks = 0;
  let from = 0;
  for (const piece of found) {
    let start = 0;
    const take = (end: number) => {
      if (end > start) pieces.push({ ...piece, text: piece.text.slice(start, end), marks });
    };
    if (piece.href === undefined) {
      for (let at = 0; at < piece.text.length; at++) {
        const turn = turns.get(from + at);
        if (turn === undefined) continue;
        take(at);
        marks ^= turn;
        start = at + 1;
      }
    }
    take(piece.text.length);
    from += piece.text.length;
  }
  return pieces;
}
