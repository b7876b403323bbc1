/** Where the code of `engine.ts` comes from: by the network, or given by who wants it at once (tests, simulations). */
import type { Engine } from './engine.js';

type EngineCode = typeof Engine;
let code: EngineCode | undefined;

/** From here on stores begin with it, in the same moment. */
export function offerEngine(given: EngineCode): void {
  code = given;
}

export const engineNow = (): EngineCode | undefined => code;

export async function loadEngine(): Promise<EngineCode> {
  return (code ??= (await import('./engine.js')).Engine);
}
