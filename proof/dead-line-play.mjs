/** Plays the black hole from a bundle, with or without a planted bug. */
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

/** @param {{ first?: number, lines: number, bug?: string }} what */
export async function playDeadLines({ first = 1, lines, bug }) {
  const code = await bundle('sim/dead-line.ts', bug);
  try {
    const { playDeadLines: kill } = await import(pathToFileURL(code.file).href);
    return await kill(Array.from({ length: lines }, (_, at) => first + at));
  } finally {
    code.remove();
  }
}
