/**
 * How many keys two versions of a list share at their beginning and their end. News behind and history in front, nearly
 * all changes there are, are told by looking at four keys.
 */
export function sameEnds(old: readonly string[], next: readonly string[]): { head: number; tail: number } {
  const most = Math.min(old.length, next.length);
  const grown = next.length - old.length;
  if (grown >= 0 && old[0] === next[0] && old.at(-1) === next[old.length - 1]) return { head: most, tail: 0 };
  if (grown >= 0 && old[0] === next[grown] && old.at(-1) === next.at(-1)) return { head: 0, tail: most };
  let head = 0;
  let tail = 0;
  while (head < most && old[head] === next[head]) head++;
  while (tail < most - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
  return { head, tail };
}
