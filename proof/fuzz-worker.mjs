import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { fuzz } = await import(pathToFileURL(workerData.file).href);
const report = await fuzz(workerData.first, workerData.cases);
parentPort.postMessage(report);
// What a spoiled store has still on its way belongs to a run that has been judged.
process.exit(0);
