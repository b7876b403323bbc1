import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { file, taken, first, seeds, steps, bug, withinMs } = workerData;
const { plant, playSeeds } = await import(pathToFileURL(file).href);
plant(bug);
// Nanostores lets go of what nobody watches after a second of real time: how fast this machine is must not change a run.
globalThis.setTimeout = () => undefined;
// Errors are made by the thousand in a run and seldom read; who looks into one failed run has them whole.
Error.stackTraceLimit = 0;

function* take() {
  for (;;) {
    const at = Atomics.add(taken, 0, 1);
    if (at >= seeds) return;
    yield first + at;
  }
}
const started = performance.now();
const timeIsUp = () => withinMs !== undefined && performance.now() - started > withinMs;
const report = await playSeeds(take(), steps, {}, timeIsUp);
// One failure is enough: lower seeds are being played already, and higher ones need not be.
if (report.failed) Atomics.store(taken, 0, seeds);
parentPort.postMessage(report);
