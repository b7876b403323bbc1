/** Sizes and first load as goals. The sizes come from `npm run sizes`, so that both tell the same numbers. */
import { spawnSync } from 'node:child_process';
import { inRoot, root } from '../scripts/project.mjs';

const CEILINGS = [
  ['bundle with Socket.IO', 60],
  ['bundle without Socket.IO', 46],
  ['one panel from npm (conversation-list)', 22],
];

export async function measureSizes(loads) {
  const { stdout } = spawnSync(process.execPath, [inRoot('scripts/sizes.mjs')], { cwd: root, encoding: 'utf8' });
  const metric = { id: 'size', title: 'First load' };
  const goals = CEILINGS.map(([what, limit]) => {
    const line = stdout.split('\n').find((one) => one.includes(what)) ?? '';
    const figure = Number(line.trim().split(/\s+/)[0]);
    return { metric, what, unit: 'kB gzip', limit, figure, met: figure <= limit };
  });
  if (loads['deep-chat']) {
    const figure = loads.ours.task / loads['deep-chat'].task;
    goals.push({ metric, what: 'parse and run, beside deep-chat', unit: '×', limit: 0.4, figure, met: figure <= 0.4 });
  }
  return goals;
}
