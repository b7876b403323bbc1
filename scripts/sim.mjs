/**
 * `npm run sim`: SEEDS runs (default 500) of STEPS steps (default 500) from seed FIRST (default 1) on, on all cores.
 * `SEED=7 STEPS=500 npm run sim` repeats one exactly, and shrinks it when it fails; `TRACE=1` with it shows every packet;
 * `CRM_BUG=name` plants a bug. The last line tells seeds, counts and verdict.
 */
import { pathToFileURL } from 'node:url';
import { bundle } from '../proof/bundle.mjs';
import { playDeadLines, playSlowLines } from '../proof/lines-play.mjs';
import { play } from '../proof/play.mjs';

function number(name, fallback) {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`sim: ${name} must be a whole number, not "${text}"`);
  process.exit(1);
}

const LINES_MOST = 1000;
const seed = number('SEED', undefined);
const steps = number('STEPS', 500);
const seeds = seed === undefined ? number('SEEDS', 500) : 1;
const bug = process.env.CRM_BUG || undefined;
const first = seed ?? number('FIRST', 1);

// A whole run begins with single lines: under each seed one dies, and one is so slow that its page must guess.
const failedLine = seed === undefined ? await playLines({ first, lines: Math.min(seeds, LINES_MOST), bug }) : undefined;
const report = await play({ first, seeds, steps, bug });
if (report.failed) await explain(report.failed);
const which = seeds === 1 ? `seed ${first}` : `seeds ${first} to ${first + seeds - 1}`;
const counts = `${report.runs} runs of ${steps} steps, ${report.messages} messages, ${report.asks} asks, ${report.crashes} server crashes`;
const failed = report.failed ?? failedLine;
const verdict = failed ? `FAILED at seed ${failed.seed}` : 'every promise kept';
console.log(
  `sim: ${which}${bug ? ` with the bug "${bug}"` : ''}, ${counts}, ${report.seconds.toFixed(1)} s: ${verdict}`,
);
process.exit(failed ? 1 : 0);

/** Answers the first one that failed. */
async function playLines(what) {
  const [dead, slow] = [await playDeadLines(what), await playSlowLines(what)];
  for (const { failed } of [dead, slow])
    for (const words of failed?.words ?? []) console.log(`seed ${failed.seed}: ${words}`);
  console.log(`dead lines: ${dead.lines} from seed ${first} on, the slowest found after ${dead.slowestMs} ms`);
  console.log(`slow lines: ${slow.lines} from seed ${first} on, ${slow.guesses} guesses, ${slow.messages} messages`);
  return dead.failed ?? slow.failed;
}

/** Makes the failure small and shows it. */
async function explain({ seed: failing, words }) {
  for (const line of words.slice(0, 10)) console.log(line);
  const code = await bundle('sim/main.ts', bug);
  try {
    const { plant, run, shrink } = await import(pathToFileURL(code.file).href);
    plant(bug);
    const small = await shrink(failing, steps);
    console.log(`\nThe same promise breaks with ${small.plan.length} of the ${steps} steps:`);
    for (const step of small.plan) console.log(`  ${JSON.stringify(step)}`);
    for (const line of small.words.slice(0, 5)) console.log(`  ${line}`);
    if (process.env.TRACE) await run(failing, small.plan, { trace: (line) => console.log(line.slice(0, 400)) });
  } finally {
    code.remove();
  }
  console.log(`\nAgain: SEED=${failing} STEPS=${steps} ${bug ? `CRM_BUG='${bug}' ` : ''}npm run sim\n`);
}
