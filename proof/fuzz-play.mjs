/** Plays the fuzz from a bundle, with or without a planted bug; in a worker, where what is thrown late harms nobody else. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bundle } from './bundle.mjs';

const WORKER = fileURLToPath(new URL('./fuzz-worker.mjs', import.meta.url));

export async function playFuzz({ first = 1, cases, bug }) {
  const code = await bundle('fuzz/main.ts', bug);
  try {
    const worker = new Worker(WORKER, { workerData: { file: code.file, first, cases } });
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (exit) => reject(new Error(`the worker ended with ${exit} before it told anything`)));
    });
  } finally {
    code.remove();
  }
}
