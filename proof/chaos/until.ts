export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks again and again until it holds; throws when it does not in time. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, withinMs = 180_000): Promise<void> {
  const limit = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error(`waited in vain until ${what}`);
    await pause(20);
  }
}
