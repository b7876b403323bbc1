/** What a key in the list means. Single letters act only without modifiers and outside text fields. */
const MOVES: Readonly<Record<string, (at: number, count: number, page: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  j: (at) => at + 1,
  k: (at) => at - 1,
  PageDown: (at, _count, page) => at + page,
  PageUp: (at, _count, page) => at - page,
  Home: () => 0,
  End: (_at, count) => count - 1,
};
const LETTER_MOVES = new Set(['j', 'k']);

/** AltGr types letters on many keyboards; a composition is not a key at all. */
export const isPlain = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented &&
  !event.isComposing &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.getModifierState('AltGraph');

/** Does the key go into a text field. */
export function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

const nameOf = (key: string) => (key.length === 1 ? key.toLowerCase() : key);

/** The row that a key leads to, or undefined when the key does not move. */
export function movedTo(key: string, at: number, count: number, page: number): number | undefined {
  const move = MOVES[nameOf(key)];
  return move && Math.min(count - 1, Math.max(0, move(at, count, page)));
}

export const isLetterMove = (key: string): boolean => LETTER_MOVES.has(nameOf(key));
