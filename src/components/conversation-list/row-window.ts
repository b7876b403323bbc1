/** Up to here every row is drawn: the browser's own find-in-page then reaches all of them. */
export const DRAW_ALL = 200;
const OVERSCAN = 8;
/** The window moves in steps, so that scrolling by one row draws nothing. */
const STEP = 4;

/** Rows from `start` (included) to `end` (excluded). */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/** Which of `count` rows of `pitch` pixels are near what is seen. */
export function rowWindow(count: number, pitch: number, scrollTop: number, height: number): RowWindow {
  if (count <= DRAW_ALL || pitch <= 0) return { start: 0, end: Math.min(count, DRAW_ALL) };
  const seen = Math.ceil(height / pitch) + 1;
  const top = Math.min(Math.max(0, scrollTop), Math.max(0, count * pitch - height));
  const start = Math.max(0, Math.floor((Math.floor(top / pitch) - OVERSCAN) / STEP) * STEP);
  return { start, end: Math.min(count, start + seen + 2 * OVERSCAN + STEP) };
}
