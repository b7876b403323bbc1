import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { file, first, stride, last, steps, bug, withinMs } = workerData;
const { plant, playSeeds } = await import(pathToFileURL(file).href);
plant(bug);
// Errors are made by the thousand in a run and seldom read; who looks into one failed run has them whole.
Error.stackTraceLimit = 0;

function* seeds() {
  for (let seed = first; seed <= last; seed += stride) yield seed;
}
const started = performance.now();
const timeIsUp = () => withinMs !== undefined && performance.now() - started > withinMs;
parentPort.postMessage(await playSeeds(seeds(), steps, {}, timeIsUp));
