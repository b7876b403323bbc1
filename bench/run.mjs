/**
 * `npm run bench`: this library beside the physical limit and its peers, in one run, as ratios.
 *   --quick         limits and us, two rounds, without the agent's day and without all that is done to 100,000 loaded messages
 *                   but opening them; needs nothing but the library's own packages
 *   --rounds=N      how often (default 3; quick 2); the median counts
 *   --only=a,b      these metrics alone
 *   --plant=NAME    with a slowness put in on purpose: the metrics it belongs to must miss
 *   --plants        plants each slowness in turn and says which metrics noticed
 *   --profile       says for each step where its time went, by function
 *   --raw           prints every figure that was taken
 *   --write         writes docs/benchmark.md and docs/benchmark.svg (the full run does so by itself)
 * Ends with code 1 when a goal is missed. Never part of `npm test`: a busy machine must not fail a test.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureDist } from './driver/ensure-dist.mjs';
import { Bench, medianOfEach } from './driver/browser.mjs';
import { servePages } from './driver/pages-server.mjs';
import { printTable, writeReport } from './driver/report.mjs';
import { loadOf, loads, peerIsThere } from './load.mjs';
import { metrics } from './metrics.mjs';
import { measureSizes } from './sizes.mjs';

const flags = Object.fromEntries(
  process.argv.slice(2).map((flag) => {
    const [name, value = ''] = flag.replace(/^--/, '').split('=');
    return [name, value];
  }),
);
const quick = 'quick' in flags;
const rounds = Number(flags.rounds || (quick ? 2 : 3));
const only = flags.only ? flags.only.split(',') : undefined;
const PEERS = ['limit-minimal', 'tanstack-lit', 'deep-chat', 'chatscope', 'vue-advanced-chat'];
const here = fileURLToPath(new URL('.', import.meta.url));

if (!quick && !('plants' in flags) && !existsSync(`${here}node_modules`)) {
  console.log('Installing the peers …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
await ensureDist();

const chosen = metrics.filter(({ id, slow, full }) => (only ? only.includes(id) : !(quick && (slow || full))));
const subjects = flags.subjects
  ? flags.subjects.split(',')
  : ['ours', 'limit', ...(quick || 'plants' in flags || 'plant' in flags ? [] : PEERS)];
const pages = await servePages(subjects, { minify: !('profile' in flags) });
const bench = await Bench.start(pages.url);
bench.profiling = 'profile' in flags;

const median = (values) => {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  return sorted.length > 0 ? sorted[Math.floor((sorted.length - 1) / 2)] : undefined;
};

async function runOne(metric, subject, plant) {
  return bench.with(
    subject,
    (scene) => {
      scene.subject = subject;
      return metric.measure(scene);
    },
    // Waiting for an idle machine is not the subject's time.
    { plant: subject === 'ours' ? plant : '', limitMs: metric.limitMs ?? (PEERS.includes(subject) ? 60_000 : 180_000) },
  );
}

/** All rounds of the chosen metrics: metric → subject → one result a round. Order of subjects rotates. */
async function runRounds(list, plant = '', count = rounds) {
  const results = new Map(list.map(({ id }) => [id, {}]));
  for (let round = 0; round < count; round++) {
    for (const metric of list) {
      const those = (metric.subjects === 'all' ? subjects : metric.subjects).filter((name) => subjects.includes(name));
      for (let turn = 0; turn < those.length; turn++) {
        const subject = those[(turn + round) % those.length];
        const isPeer = PEERS.includes(subject);
        const at = (results.get(metric.id)[subject] ??= []);
        // Slow peers are measured once, and not again where they could not answer.
        if (isPeer && subject !== 'tanstack-lit' && subject !== 'limit-minimal' && round > 0) continue;
        if (isPeer && metric.id === 'open-100000' && results.get('open-10000')?.[subject]?.[0]?.failure) {
          at.push({ failure: 'not tried: 10,000 was too much' });
          continue;
        }
        try {
          const pages = [];
          while (pages.length < (metric.pages ?? 1)) pages.push(await runOne(metric, subject, plant));
          at.push(medianOfEach(pages));
        } catch (error) {
          if (subject === 'ours' || subject === 'limit') console.error(`${metric.id}, ${subject}: ${error.message}`);
          at.push({ failure: error.message.split('\n')[0] });
        }
        process.stderr.write('.');
      }
    }
  }
  process.stderr.write('\n');
  return results;
}

/** Each goal in each round against that round's limit; the median of the rounds counts. */
function judge(list, results) {
  return list.flatMap((metric) => {
    const found = results.get(metric.id);
    return metric.goals.map((goal) => {
      const perRound = found.ours.flatMap((ours, round) => {
        const all = Object.fromEntries(
          [...results].map(([id, subjects]) => [id, { ours: subjects.ours?.[round], limit: subjects.limit?.[round] }]),
        );
        try {
          return ours.failure ? [] : [goal(ours, found.limit?.[round] ?? {}, all)];
        } catch {
          return []; // a figure this one compares with was not taken in this run
        }
      });
      const figure = median(perRound.map((one) => one.figure));
      const { unit = '', limit, what = '' } = perRound[0] ?? {};
      return { metric, what, unit, limit, figure, met: figure !== undefined && figure <= limit };
    });
  });
}

async function judgeLoads() {
  const figures = {};
  for (const [name, path] of Object.entries(loads)) {
    if (name !== 'ours' && !peerIsThere()) continue;
    const takes = [];
    for (let round = 0; round < 5; round++) {
      takes.push(await bench.with(name, loadOf(path), { path: '/empty' }));
    }
    figures[name] = { task: median(takes.map(({ task }) => task)), script: median(takes.map(({ script }) => script)) };
  }
  return figures;
}

let code = 0;
try {
  if ('plants' in flags) {
    for (const plant of new Set(metrics.map((metric) => metric.plant).filter(Boolean))) {
      const list = chosen.filter((metric) => metric.plant === plant && !metric.slow);
      if (list.length === 0) continue;
      const companions = list.some(({ id }) => id === 'open-100000')
        ? chosen.filter(({ id }) => id === 'open-1000')
        : [];
      const goals = judge(list, await runRounds([...companions, ...list], plant, 1));
      for (const metric of list) {
        const noticed = goals.some((goal) => goal.metric === metric && !goal.met);
        console.log(`${noticed ? 'noticed' : 'NOT NOTICED'}  ${plant} by ${metric.id}`);
        if (!noticed) code = 1;
      }
    }
  } else {
    const results = await runRounds(chosen, flags.plant ?? '');
    if ('raw' in flags) console.log(JSON.stringify(Object.fromEntries(results), undefined, 1));
    const goals = judge(chosen, results);
    if (!only) goals.push(...(await measureSizes(await judgeLoads())));
    printTable(goals);
    const missed = goals.filter(({ met }) => !met);
    console.log(`\n${goals.length - missed.length} goals met, ${missed.length} missed`);
    if ('write' in flags || (!quick && !only && !('plant' in flags))) {
      writeReport({
        goals,
        results,
        metrics: chosen,
        subjects,
        rounds,
        idle: bench.idle,
        version: bench.browser.version(),
      });
    }
    code = missed.length > 0 ? 1 : 0;
  }
} finally {
  await bench.close();
  pages.close();
}
process.exit(code);
