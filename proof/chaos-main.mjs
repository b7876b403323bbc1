import { faultsOf, playChaos, verdictOf } from './chaos-play.mjs';

const number = (name, fallback) => Number(process.env[name] || fallback);
const seed = number('SEED', 1);
const messages = number('MESSAGES', 10_000);
const options = {
  seed,
  messages,
  serverKills: number('SERVER_KILLS', Math.ceil(messages / 250)),
  pageKills: number('PAGE_KILLS', Math.ceil(messages / 100)),
  browsers: number('BROWSERS', 2),
  browserKills: number('BROWSER_KILLS', Math.ceil(messages / 250)),
  say: (words) => console.log(`  ${words}`),
};
const verdicts = [];
let bad = 0;
for (const postgres of [undefined, process.env.TEST_DATABASE_URL].filter((one, at) => at === 0 || one)) {
  console.log(postgres ? 'PostgreSQL' : 'Embedded database');
  const report = await playChaos(options, postgres);
  for (const words of faultsOf(report)) console.log(words);
  bad += faultsOf(report).length;
  verdicts.push(verdictOf(report, seed));
}
for (const words of verdicts) console.log(`chaos: ${words}`);
process.exit(bad > 0 ? 1 : 0);
