/**
 * `npm run bench:server`: the reference server under load from a second process, on this machine only.
 *   --quick                fewer sockets and messages (about a minute)
 *   --database=postgres    on PostgreSQL at BENCH_DATABASE_URL (an empty database); default: the embedded one
 * Writes server/bench/last-run.md, which docs/benchmark.md takes in. Ends with code 1 when a goal is missed.
 */
import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const quick = process.argv.includes('--quick');
const postgres = process.argv.includes('--database=postgres');
const here = fileURLToPath(new URL('.', import.meta.url));
const databaseUrl = process.env.BENCH_DATABASE_URL;
if (postgres && !databaseUrl) {
  console.error('Set BENCH_DATABASE_URL to an empty PostgreSQL database.');
  process.exit(1);
}
const size = quick
  ? { sockets: 1000, messages: 50_000, seconds: 5, herd: 200, rounds: 100, limitMs: 240_000 }
  : { sockets: 10_000, messages: 1_000_000, seconds: 20, herd: 1000, rounds: 400, limitMs: 1_500_000 };
const rate = postgres ? 500 : 300;

const secret = 'a secret of the benchmark alone, long enough';
const issuer = 'crm-chat-bench';
const dataDir = mkdtempSync(join(tmpdir(), 'crm-chat-bench-'));
const children = [];

function child(file, env, args = []) {
  const started = fork(join(here, file), [], {
    execArgv: args,
    env: { ...process.env, JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: issuer, ...env },
  });
  children.push(started);
  started.next = () =>
    new Promise((resolve, reject) => {
      started.once('message', resolve);
      started.once('exit', (code) => reject(new Error(`${file} ended with code ${code}`)));
    });
  return started;
}
const end = () => {
  for (const one of children) one.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
};
process.on('SIGINT', () => (end(), process.exit(130)));
const timer = setTimeout(() => (console.error('over the time limit'), end(), process.exit(1)), size.limitMs);

const goals = [];
const judge = (what, figure, limit, unit, note = '') => {
  const met = figure !== undefined && figure <= limit;
  goals.push({ what, figure, limit, unit, note, met });
  console.log(
    `${met ? 'met   ' : 'MISSED'}  ${figure?.toFixed(1)} ${unit} (≤ ${limit})  ${what}${note && `: ${note}`}`,
  );
};

let code = 0;
try {
  const server = child(
    'start.ts',
    {
      DATA_DIR: dataDir,
      DATABASE_URL: postgres ? databaseUrl : '',
      BENCH_MESSAGES: String(size.messages),
      LOG_LEVEL: 'silent',
    },
    ['--import', 'tsx', '--expose-gc'],
  );
  const { port, kind, seededIn } = await server.next();
  console.log(
    `${kind} with ${size.messages.toLocaleString('en')} messages (written in ${(seededIn / 1000).toFixed(0)} s), port ${port}`,
  );
  const load = child('load.mjs', { BENCH_URL: `http://127.0.0.1:${port}` });
  const run = async (task, ask = {}) => {
    const answered = load.next();
    load.send({ task, ask });
    const told = await answered;
    if (told.error) throw new Error(`${task}: ${told.error}`);
    return { ...told.figures, loadCpu: told.loadCpu };
  };
  const weigh = async () => {
    const answered = server.next();
    server.send('weigh');
    return answered;
  };
  const bound = (figures) => (figures.loadCpu > 0.8 ? 'the load itself was the limit' : '');

  await run('office');
  const light = await weigh();
  const crowd = await run('crowd', { count: size.sockets });
  const heavy = await weigh();
  judge(
    `${crowd.count.toLocaleString('en')} sockets in their rooms`,
    (heavy.rss - light.rss) / crowd.count / 1000,
    45,
    'kB each',
  );

  const sent = await run('throughput', { perSecond: rate, seconds: size.seconds });
  judge(`${rate} messages a second, each to three sockets: ack, median`, sent.p50, 15, 'ms', bound(sent));
  judge(`${rate} messages a second, each to three sockets: ack, 99th percentile`, sent.p99, 150, 'ms', bound(sent));
  judge('messages not stored', rate * size.seconds - sent.count, 0, '');

  const { loadCpu: _share, ...queries } = await run('queries', { rounds: size.rounds });
  for (const [what, figures] of Object.entries(queries))
    judge(`query at ${size.messages.toLocaleString('en')} messages, ${what}: 95th percentile`, figures.p95, 20, 'ms');

  const herd = await run('herd', { count: size.herd });
  judge(`${size.herd} agents cut off at once: all caught up`, herd.seconds, 20, 's', bound(herd));
  judge('meanwhile the others: 99th percentile', herd.others.p99, 1000, 'ms', bound(herd));

  const before = await weigh();
  const over = await run('overload', {
    perSecond: Math.round(Math.max(rate, sent.reached) * 3),
    seconds: size.seconds / 2,
  });
  const after = await weigh();
  judge(
    'three times too much: refusals without a word on when to come back',
    over.refused - over.typed,
    0,
    '',
    `${over.refused} refused, ${over.count} stored, ack median ${over.p50?.toFixed(0)} ms`,
  );
  judge('three times too much: memory grown', (after.rss - before.rss) / 1e6, 200, 'MB');
  judge('three times too much: quick again after', over.recovered, 5, 's');

  const missed = goals.filter(({ met }) => !met).length;
  console.log(`\n${goals.length - missed} goals met, ${missed} missed`);
  const table = [
    `### ${kind === 'postgresql' ? 'PostgreSQL' : 'Embedded (PGlite)'}, ${size.messages.toLocaleString('en')} messages${quick ? ', short run' : ''}`,
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores shared by server, load and database.`,
    '',
    '| what | figure | goal | |',
    '|---|---|---|---|',
    ...goals.map(
      ({ what, figure, limit, unit, note, met }) =>
        `| ${what}${note && ` (${note})`} | ${figure === undefined ? 'not reached' : `${figure.toFixed(1)} ${unit}`} | ≤ ${limit} ${unit} | ${met ? 'met' : '**missed**'} |`,
    ),
    '',
  ].join('\n');
  const file = join(here, `last-run-${kind}.md`);
  writeFileSync(file, table);
  const both = ['embedded', 'postgresql']
    .map((name) => join(here, `last-run-${name}.md`))
    .filter((path) => existsSync(path));
  writeFileSync(join(here, 'last-run.md'), both.map((path) => readFileSync(path, 'utf8')).join('\n'));
  code = missed > 0 ? 1 : 0;
} catch (error) {
  console.error(error.message);
  code = 1;
} finally {
  clearTimeout(timer);
  end();
}
process.exit(code);
