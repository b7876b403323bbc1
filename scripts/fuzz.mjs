/** `npm run fuzz`: CASES payloads (default 1,000,000) from SEED (default 1). The last line tells seed, counts and verdict. */
import { playFuzz } from '../proof/fuzz-play.mjs';

const first = Number(process.env.SEED || 1);
const cases = Number(process.env.CASES || 1_000_000);
const bug = process.env.CRM_BUG || undefined;
const started = performance.now();
const report = await playFuzz({ first, cases, bug });
const { failed } = report;
if (failed)
  console.log(
    `${failed.target}: ${failed.words}\nlast payload: ${failed.payload}\nAgain: SEED=${failed.seed} CASES=250 npm run fuzz`,
  );
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `fuzz: from seed ${first}, ${report.cases} payloads, ${report.bad} of them bad, ${seconds} s: ${failed ? `FAILED at seed ${failed.seed}` : 'nothing thrown, nothing changed'}`,
);
process.exit(failed ? 1 : 0);
