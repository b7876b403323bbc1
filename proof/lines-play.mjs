/** Plays a single line that goes dead, or is slow, from a bundle, with or without a planted bug. */
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';

/** @param {{ first?: number, lines: number, bug?: string }} what */
export const playDeadLines = (what) => playLines('sim/dead-line.ts', what, (code) => code.playDeadLines);
export const playSlowLines = (what) => playLines('sim/slow-line.ts', what, (code) => code.playSlowLines);

async function playLines(entry, { first = 1, lines, bug }, playOf) {
  const code = await bundle(entry, bug);
  try {
    const played = playOf(await import(pathToFileURL(code.file).href));
    return await played(Array.from({ length: lines }, (_, at) => first + at));
  } finally {
    code.remove();
  }
}
