/** What a key in the list means; shortcuts of single letters are told by controllers/shortcuts.ts. */
const MOVES: Readonly<Record<string, (at: number, count: number, page: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, _count, page) => at + page,
  PageUp: (at, _count, page) => at - page,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

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

/** The row that a key leads to, or undefined when the key does not move. */
export function movedTo(key: string, at: number, count: number, page: number): number | undefined {
  const move = MOVES[key];
  return move && Math.min(count - 1, Math.max(0, move(at, count, page)));
}
