/**
 * Writes dist/. Without arguments everything; `bundle`, `modules`, `classic`, `types`, `frameworks` or `schemas` makes one part, because `npm start`
 * needs the bundle alone and should not wait for the rest. Each part keeps to its own files, so that a running demo never
 * sees an empty dist/.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { writeFrameworkTypes } from './framework-types.mjs';
import { filesUnder, inRoot, program, run } from './project.mjs';

const quiet = process.argv.includes('--quiet');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const isBundleFile = (path) => /^dist\/(crm-chat\.bundle\.|chunks\/bundle-)/.test(path);
const isClassicFile = (path) => path.startsWith('dist/crm-chat.classic.');
const isFrameworkFile = (path) => path.startsWith('dist/frameworks/');
const isModuleFile = (path) =>
  /\.js(\.map)?$/.test(path) && ![isBundleFile, isClassicFile, isFrameworkFile].some((isOther) => isOther(path));

async function vite(mode, isOurs) {
  const { build } = await import('vite');
  const output = await build({ configFile: inRoot('vite.config.ts'), mode, logLevel: quiet ? 'warn' : 'info' });
  const written = new Set([output].flat().flatMap((one) => one.output.map((file) => `dist/${file.fileName}`)));
  // Names of chunks carry hashes: without this, old ones would pile up in dist/ and be published.
  for (const path of filesUnder('dist', isOurs)) if (!written.has(path)) rmSync(inRoot(path));
}

async function types() {
  rmSync(inRoot('dist/types'), { recursive: true, force: true });
  const code = await run([program('typescript', 'bin/tsc'), '-p', inRoot('tsconfig.build.json')]);
  if (code !== 0) throw new Error('the declarations could not be written; the reason stands above');
  // A type that tsc wrote out for us may name a package that only we have installed.
  const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  for (const path of filesUnder('dist/types')) {
    const text = readFileSync(inRoot(path), 'utf8');
    for (const [, name] of text.matchAll(/(?:from |import\(|import )["']((?:@[^/"']+\/)?[^./"'][^/"']*)[^"']*["']/g)) {
      if (!(name in dependencies))
        throw new Error(`${path} names "${name}", which is not in package.json's dependencies`);
    }
  }
}

/**
 * JSON Schemas for authors of back ends in other languages. They describe what may be sent (`input`); checks that JSON
 * Schema cannot express are left out, the library applies them anyway.
 */
async function schemas() {
  const [{ toJsonSchema }, contract] = await Promise.all([
    import('@valibot/to-json-schema'),
    import(`${pathToFileURL(inRoot('dist/contract.js')).href}?${process.pid}`),
  ]);
  const isSchema = (value) => typeof value === 'object' && value !== null && value.kind === 'schema';
  const found = {};
  for (const [event, { ask, reply }] of Object.entries(contract.clientEvents)) {
    found[`client.${event}.ask`] = ask;
    found[`client.${event}.reply`] = reply;
  }
  for (const [event, schema] of Object.entries(contract.serverEvents)) found[`server.${event}`] = schema;
  for (const [name, value] of Object.entries(contract)) {
    if (/^[A-Z]/.test(name) && isSchema(value)) found[`model.${name}`] = value;
  }
  rmSync(inRoot('dist/schemas'), { recursive: true, force: true });
  mkdirSync(inRoot('dist/schemas'), { recursive: true });
  for (const [name, schema] of Object.entries(found).filter(([, value]) => isSchema(value))) {
    const json = { title: name, ...toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' }) };
    writeFileSync(inRoot('dist/schemas', `${name}.json`), `${JSON.stringify(json, null, 2)}\n`);
  }
  if (!quiet) console.log(`dist/schemas: ${Object.keys(found).length} JSON Schemas`);
}

/** What a page puts into `integrity="…"`, and an import map into its `integrity` for the chunks that come later. */
function integrity() {
  const hashes = {};
  for (const path of filesUnder('dist', (one) => /^dist\/(crm-chat\.\w+|chunks\/bundle-[^/]+)\.js$/.test(one))) {
    const hash = createHash('sha384')
      .update(readFileSync(inRoot(path)))
      .digest('base64');
    hashes[path.slice('dist/'.length)] = `sha384-${hash}`;
  }
  writeFileSync(inRoot('dist/integrity.json'), `${JSON.stringify(hashes, null, 2)}\n`);
  for (const [name, hash] of Object.entries(hashes)) if (name.startsWith('crm-chat.')) console.log(`${name}  ${hash}`);
}

const parts = {
  modules: () => vite('modules', isModuleFile),
  bundle: () => vite('bundle', isBundleFile),
  classic: () => vite('classic', isClassicFile),
  types,
  frameworks: () => writeFrameworkTypes(),
  schemas,
};

for (const name of wanted) {
  if (!(name in parts)) {
    console.error(`build: no part called "${name}"; there are ${Object.keys(parts).join(', ')}`);
    process.exit(1);
  }
}
try {
  for (const [name, make] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await make();
  if (wanted.length === 0 || wanted.some((name) => name === 'bundle' || name === 'classic')) integrity();
  // fresh-bundle.mjs looks at its time.
  if (wanted.length === 0) writeFileSync(inRoot('dist/package-built'), '');
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
