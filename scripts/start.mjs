/**
 * `npm start`: the inbox on one's own machine. Builds the script-tag file when it is out of date, then becomes the server.
 * The server runs in this very process (as `node --import tsx server/src/main.ts` would), so Ctrl+C, `kill` and the exit
 * code need no forwarding, and killing this process can never leave a server behind that holds the port and the data.
 */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';
import { ensureBundle } from './fresh-bundle.mjs';
import { inRoot } from './project.mjs';

const main = inRoot('server/src/main.ts');
try {
  if (!existsSync(main)) throw new Error('server/src/main.ts is missing: is this a complete clone?');
  await ensureBundle();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
// The server must see itself as the program that was started.
process.argv[1] = main;
register();
await import(pathToFileURL(main).href);
