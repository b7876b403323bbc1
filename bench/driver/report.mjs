/** The table on the screen, and docs/benchmark.md with its picture. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { inRoot } from '../../scripts/project.mjs';

const shown = (figure, unit) => {
  if (figure === undefined || Number.isNaN(figure)) return 'not measured';
  const digits = unit === '×' ? 2 : Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
  return `${figure.toFixed(digits)}${unit && ` ${unit}`}`.replace(' ×', '×');
};

export function printTable(goals) {
  for (const { metric, what, unit, limit, figure, met } of goals) {
    const verdict = met ? 'met   ' : 'MISSED';
    console.log(
      `${verdict}  ${shown(figure, unit).padStart(13)}  (goal ≤ ${limit}${unit === '×' ? '×' : ` ${unit}`})  ${metric.title}: ${what}`,
    );
  }
}

const median = (values) => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
};
const cell = (runs, limitRuns, field) => {
  if (!runs || runs.length === 0) return '–';
  const good = runs.filter((run) => !run.failure && run[field] !== undefined);
  if (good.length === 0)
    return runs[0].failure?.startsWith('over') ? 'over 60 s' : (runs[0].failure ?? '–').slice(0, 40);
  const value = median(good.map((run) => run[field]));
  const ratios = runs.flatMap((run, round) =>
    limitRuns?.[round]?.[field] ? [run[field] / limitRuns[round][field]] : [],
  );
  const ratio = median(ratios);
  return `${shown(value, '')}${ratio === undefined ? '' : ` (${ratio.toFixed(2)}×)`}`;
};

/** Bars of the main-thread ratio for opening 1,000: the one figure that tells most. Logarithmic, because peers are far off. */
function picture(results, subjects) {
  const rows = subjects.flatMap((subject) => {
    const runs = results.get('open-1000')?.[subject]?.filter((run) => !run.failure);
    const limit = results.get('open-1000')?.limit;
    const ratio = runs && median(runs.map((run, round) => run.task / (limit[round] ?? limit[0]).task));
    return ratio ? [{ subject, ratio }] : [];
  });
  const most = Math.max(...rows.map(({ ratio }) => ratio), 10);
  const width = (ratio) => Math.max(4, (Math.log(ratio + 1) / Math.log(most + 1)) * 420);
  const bars = rows.map(
    ({ subject, ratio }, row) =>
      `<text x="150" y="${52 + row * 30}" text-anchor="end">${subject}</text><rect x="160" y="${38 + row * 30}" width="${width(ratio).toFixed(1)}" height="18" rx="3" fill="${subject === 'ours' ? '#2f5bd7' : '#9aa4b2'}"/><text x="${(168 + width(ratio)).toFixed(1)}" y="${52 + row * 30}">${ratio.toFixed(2)}×</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="680" height="${60 + rows.length * 30}" font-family="system-ui, sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/><text x="20" y="22" font-weight="600">Opening 1,000 messages: main thread, times the limit (logarithmic)</text>${bars.join('')}</svg>\n`;
}

export function writeReport({ goals, results, metrics, subjects, rounds, idle, version }) {
  const packages = JSON.parse(readFileSync(inRoot('bench/package.json'), 'utf8')).dependencies;
  const goalRows = goals.map(
    ({ metric, what, unit, limit, figure, met }) =>
      `| ${metric.title} | ${what} | ${shown(figure, unit)} | ≤ ${limit}${unit === '×' ? '×' : unit && ` ${unit}`} | ${met ? 'met' : '**missed**'} |`,
  );
  const compared = metrics.filter(({ subjects: who }) => who === 'all');
  const table = (field) =>
    [
      `| | ${compared.map(({ title }) => title).join(' | ')} |`,
      `|---|${compared.map(() => '---').join('|')}|`,
      ...subjects.map(
        (subject) =>
          `| ${subject} | ${compared.map(({ id }) => cell(results.get(id)?.[subject], results.get(id)?.limit, field)).join(' | ')} |`,
      ),
    ].join('\n');
  const server = (() => {
    try {
      return readFileSync(inRoot('server/bench/last-run.md'), 'utf8');
    } catch {
      return 'Not run yet: `npm run bench:server`.\n';
    }
  })();
  const text = `# Benchmark

Written by \`npm run bench\` (server: \`npm run bench:server\`); do not edit by hand. ${new Date().toISOString().slice(0, 10)}, ${rounds} rounds, Chromium ${version},
Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB. Idle share of the machine before operations: median ${((median(idle) ?? 0) * 100).toFixed(0)} %, worst ${(Math.min(1, ...idle) * 100).toFixed(0)} %.

![Opening 1,000 messages beside the limit and peers](benchmark.svg)

## Goals

| metric | figure of | ours | goal | |
|---|---|---|---|---|
${goalRows.join('\n')}

## Beside the limit and peers: main thread, ms (times the limit)

${table('task')}

## To paint, ms (times the limit)

${table('wall')}

## The server

${server}
## Method

- The *limit* is plain DOM with **the same markup and styles**: taken from our own rendered rows before the clock starts, put in by one \`innerHTML\` or one insertion
  and a forced layout. What remains between it and us is what the library adds. *limit-minimal* draws a bare bubble and a time instead.
- Every operation in a fresh page, after a smaller conversation was shown (fonts, styles and compiled code are warm); order of subjects rotated; before each operation
  the driver waits for an idle machine (bounded). What is over within a frame (opening, switching; history above) is done five times on its page (on three pages) by whoever
  can be asked twice, and counts by its median. Ratios are taken within a round; the median of the rounds counts.
- "Painted" is a hit test: after a frame, the newest message is found at a point inside the scroller. Main-thread time is the browser's own \`TaskDuration\`, hit tests included, for all alike.
- *ours* is the built \`dist/\`: the real panel on the real store, fed by a level 2 back end inside the page through the transport interface, schema checks included.
- Peers: ${Object.entries(packages)
    .filter(([name]) => !['react', 'react-dom', 'lit'].includes(name))
    .map(([name, at]) => `${name} ${at}`)
    .join(', ')}. Slow peers are measured in one round.
- Each metric has a slowness that can be put in on purpose (\`npm run bench -- --plants\`), and must miss with it.

## Reservations

Chromium only, software raster, headless. Peers differ in what a bubble contains. Wall times are quantised by the 16.7 ms frame. Ratios below about 1.1 are noise.
`;
  writeFileSync(inRoot('docs/benchmark.md'), text);
  writeFileSync(inRoot('docs/benchmark.svg'), picture(results, subjects));
  console.log('written: docs/benchmark.md, docs/benchmark.svg');
}
