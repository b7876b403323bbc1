/** Plays the fuzz from a bundle, with or without a planted bug. */
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

export async function playFuzz({ first = 1, cases, bug }) {
  const code = await bundle('fuzz/main.ts', bug);
  try {
    const { fuzz } = await import(pathToFileURL(code.file).href);
    return await fuzz(first, cases);
  } finally {
    code.remove();
  }
}
