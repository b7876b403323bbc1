/** What the workers of `npm run sim` and the tests run: seeds until one fails, and the way to make a failure small. */
import { makePlan, type Step } from './plan.js';
import { plant } from './planted.js';
import { run, type RunOptions } from './run.js';

export interface Report {
  runs: number;
  steps: number;
  messages: number;
  asks: number;
  crashes: number;
  failed: { seed: number; words: string[] } | undefined;
}

/** Plays seeds until one fails, or until the time is up. */
export async function playSeeds(
  seeds: Iterable<number>,
  steps: number,
  options: RunOptions = {},
  timeIsUp: () => boolean = () => false,
): Promise<Report> {
  const report: Report = { runs: 0, steps: 0, messages: 0, asks: 0, crashes: 0, failed: undefined };
  for (const seed of seeds) {
    if (timeIsUp()) break;
    const { violations, counts } = await run(seed, makePlan(seed, steps), options);
    report.runs++;
    report.steps += steps;
    report.messages += counts.messages;
    report.asks += counts.asks;
    report.crashes += counts.crashes;
    if (violations.length > 0) {
      report.failed = { seed, words: violations.map(({ promise, words }) => `${promise}: ${words}`) };
      break;
    }
  }
  return report;
}

/** Leaves out halves, quarters … single steps, as long as the same promise stays broken. */
export async function shrink(
  seed: number,
  steps: number,
  options: RunOptions = {},
  budget = 400,
): Promise<{ plan: Step[]; words: string[] }> {
  let plan = makePlan(seed, steps);
  let { violations } = await run(seed, plan, options);
  const wanted = violations[0]?.promise;
  for (let size = Math.ceil(plan.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < plan.length && budget > 0; budget--) {
      const candidate = [...plan.slice(0, at), ...plan.slice(at + size)];
      const still = (await run(seed, candidate, options)).violations.filter(({ promise }) => promise === wanted);
      if (still.length > 0) {
        plan = candidate;
        violations = still;
      } else {
        at += size;
      }
    }
  }
  return { plan, words: violations.map(({ promise, words }) => `${promise}: ${words}`) };
}

export { makePlan, plant, run };
