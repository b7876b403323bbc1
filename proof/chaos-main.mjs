import { faultsOf, playChaos, sumOf, verdictOf } from './chaos-play.mjs';

const number = (name, fallback) => Number(process.env[name] || fallback);
const messages = number('MESSAGES', 10_000);
const options = {
  seed: number('SEED', 1),
  messages,
  serverKills: number('SERVER_KILLS', Math.ceil(messages / 250)),
  pageKills: number('PAGE_KILLS', Math.ceil(messages / 100)),
  browsers: number('BROWSERS', 2),
  browserKills: number('BROWSER_KILLS', Math.ceil(messages / 250)),
  say: (words) => console.log(`  ${words}`),
};
const bug = process.env.CRM_BUG || undefined;
const told = { seed: options.seed, bug };
const reports = [];
for (const postgres of [undefined, process.env.TEST_DATABASE_URL].filter((one, at) => at === 0 || one)) {
  console.log(postgres ? 'PostgreSQL' : 'Embedded database');
  const report = await playChaos(options, postgres, bug);
  for (const words of faultsOf(report)) console.log(words);
  reports.push(report);
}
if (reports.length > 1) for (const report of reports) console.log(verdictOf(report, told));
const all = sumOf(reports);
console.log(`chaos: ${verdictOf(all, told)}`);
process.exit(faultsOf(all).length > 0 ? 1 : 0);
