/** Plays the simulation on all cores: bundles it once, lets each worker take the next seed, and adds up what they tell. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle.mjs';

const WORKER = fileURLToPath(new URL('./sim-worker.mjs', import.meta.url));

/** A run makes many small things that live for a moment: with room for them they are seldom gathered, and never copied. */
const YOUNG_MB = 96;

/**
 * @param {{ first?: number, seeds: number, steps: number, bug?: string, withinMs?: number, workers?: number }} what
 * `withinMs`: no run is begun after that; what was not played is not counted.
 */
export async function play({ first = 1, seeds, steps, bug, withinMs, workers = availableParallelism() }) {
  const code = await bundle('sim/main.ts', bug);
  const started = performance.now();
  try {
    const count = Math.max(1, Math.min(workers, seeds));
    /** How many seeds were taken; the rest is for whoever is free first. */
    const taken = new Int32Array(new SharedArrayBuffer(4));
    const running = Array.from({ length: count }, () => {
      const worker = new Worker(WORKER, {
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
        workerData: {
          file: code.file,
          taken,
          first,
          seeds,
          steps,
          bug,
          withinMs,
        },
      });
      return new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.once('exit', (exit) => reject(new Error(`a worker ended with ${exit} before it told anything`)));
      });
    });
    const reports = await Promise.all(running);
    const sum = (name) => reports.reduce((total, report) => total + report[name], 0);
    const failures = reports.map(({ failed }) => failed).filter(Boolean);
    failures.sort((a, b) => a.seed - b.seed);
    return {
      runs: sum('runs'),
      steps: sum('steps'),
      messages: sum('messages'),
      asks: sum('asks'),
      crashes: sum('crashes'),
      failed: failures[0],
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    code.remove();
  }
}
