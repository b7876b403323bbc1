/** How many keys two versions of a list share at their beginning and their end: for changes in the middle. */
export function sameEnds(old: readonly string[], next: readonly string[]): { head: number; tail: number } {
  const most = Math.min(old.length, next.length);
  let head = 0;
  let tail = 0;
  while (head < most && old[head] === next[head]) head++;
  while (tail < most - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  return { head, tail };
}

/**
 * How many rows were put in front, when rows came only in front and behind: both may happen within one frame. Undefined:
 * it is something else.
 */
export function frontAdded(old: readonly string[], next: readonly string[]): number | undefined {
  const grown = next.length - old.length;
  const [first, last] = [old[0], old.at(-1)];
  if (grown < 0 || first === undefined) return undefined;
  for (let front = 0; front <= grown; front++)
    if (next[front] === first) return next[front + old.length - 1] === last ? front : undefined;
  return undefined;
}
