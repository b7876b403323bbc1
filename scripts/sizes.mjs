/**
 * What a host's users download before they see the inbox, after gzip. The numbers are promises (docs and README quote them),
 * and weight comes back one import at a time. Built in memory, as the published files are, so it never looks at a stale dist/.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, loadConfigFromFile } from 'vite';
import { inRoot, root } from './project.mjs';

const { comment: _, ...limits } = JSON.parse(readFileSync(inRoot('scripts/size-limits.json'), 'utf8'));

const { config } = await loadConfigFromFile({ command: 'build', mode: 'bundle' }, inRoot('vite.config.ts'));

/** All chunks of a browser build of this one entry with everything inside, made as dist/crm-chat.bundle.js is. */
async function chunksOf(entry) {
  const rolldownOptions = { ...config.build.rolldownOptions, input: { entry: inRoot(entry) } };
  const output = await build({
    ...config,
    configFile: false,
    root,
    logLevel: 'warn',
    build: { ...config.build, write: false, sourcemap: false, rolldownOptions },
  });
  const chunks = [output].flat().flatMap((one) => one.output.filter((file) => file.type === 'chunk'));
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
}

/** The chunks that come with `start`: itself and what it imports at once. */
function withStaticImports(chunks, start, seen = new Set()) {
  if (seen.has(start) || !chunks.has(start)) return seen;
  seen.add(start);
  for (const name of chunks.get(start).imports) withStaticImports(chunks, name, seen);
  return seen;
}

const kilobytes = (chunks, names) =>
  [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name).code, { level: 9 }).length, 0) / 1000;

const entryOf = (chunks) => [...chunks.values()].find((chunk) => chunk.isEntry).fileName;

const bundle = await chunksOf('src/bundle.ts');
const eager = withStaticImports(bundle, entryOf(bundle));
const socketIo = [...bundle.values()].find((chunk) =>
  chunk.moduleIds.some((id) => id.includes('/socket.io-client/') || id.includes('/engine.io-client/')),
);
const withSocketIo = new Set(eager);
if (socketIo) {
  if (eager.has(socketIo.fileName)) console.error('Socket.IO is part of the eager code: it must be loaded on demand.');
  // What leads to it comes along: the transport's own chunk imports it.
  for (const chunk of bundle.values()) {
    const reached = withStaticImports(bundle, chunk.fileName);
    if (chunk.isDynamicEntry && reached.has(socketIo.fileName)) for (const name of reached) withSocketIo.add(name);
  }
}
/** What is asked for as soon as the first paint is done, whatever the agent does: by its source, with what it brings along. */
const BESIDE = {
  'engine, storage': /src\/store\/(engine|browser-database)\.ts$/,
  'rows of the list': /conversation-list\/list-parts\.ts$/,
  'an open conversation': /chat-messages\/(log-parts|message-composer)\.ts$/,
  'a contact': /client-panel\/client-parts\.ts$/,
};
const beside = (facade) =>
  new Set(
    [...bundle.values()]
      .filter((chunk) => chunk.isDynamicEntry && facade.test(chunk.facadeModuleId))
      .flatMap((chunk) => [...withStaticImports(bundle, chunk.fileName)])
      .filter((name) => !eager.has(name)),
  );
const allOfIt = new Set([...withSocketIo, ...Object.values(BESIDE).flatMap((facade) => [...beside(facade)])]);
const panel = await chunksOf('src/conversation-list.ts');

const measured = {
  'bundle with Socket.IO': kilobytes(bundle, withSocketIo),
  'bundle without Socket.IO': kilobytes(bundle, eager),
  ...Object.fromEntries(
    Object.entries(BESIDE).map(([what, facade]) => [
      `beside the first paint: ${what}`,
      kilobytes(bundle, beside(facade)),
    ]),
  ),
  'an inbox in use, all of the above once': kilobytes(bundle, allOfIt),
  'one panel from npm (conversation-list)': kilobytes(panel, withStaticImports(panel, entryOf(panel))),
};

let failed = Boolean(socketIo) && eager.has(socketIo.fileName);
console.log('kB gzip  limit');
for (const [what, limit] of Object.entries(limits)) {
  const size = measured[what];
  const isOver = !(size <= limit);
  failed ||= isOver;
  console.log(
    `${size.toFixed(1).padStart(7)}  ${String(limit).padStart(5)}  ${what}${isOver ? '  ← over the limit' : ''}`,
  );
}
process.exit(failed ? 1 : 0);
