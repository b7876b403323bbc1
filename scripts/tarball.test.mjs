/**
 * The tarball that would be published, installed by npm into an empty project far from this one: what the entries name is
 * there, for programs and for type checkers, and nothing that a stranger's install would miss. The examples are built from
 * the same install by the end-to-end tests and checked by framework-types.test.mjs.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { install, pack } from './installed.mjs';
import { program } from './project.mjs';

let folder = '';
let project = '';
let installed = '';
let paths = [];
/** Of the installed package. */
let manifest;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'crm-chat-tarball-'));
  project = join(folder, 'project');
  installed = join(project, 'node_modules/crm-chat-elements');
  const packed = await pack(folder);
  paths = packed.paths;
  install(packed.tarball, project, folder);
  manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of Node in the project; resolves with its exit code and everything it printed. */
const node = (...args) =>
  promisify(execFile)(process.execPath, args, { cwd: project, maxBuffer: 10_000_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error) => ({ code: error.code, text: `${error.stdout}${error.stderr}` }),
  );

/** `./locales/*` stands for as many entries as there are files. */
function entries() {
  return Object.entries(manifest.exports).flatMap(([name, entry]) => {
    const targets = typeof entry === 'string' ? { default: entry } : entry;
    if (!name.includes('*')) return [{ name: `crm-chat-elements${name.slice(1)}`, targets }];
    const [start, end] = targets.default.slice(2).split('*');
    return paths
      .filter((path) => path.startsWith(start) && path.endsWith(end) && !path.endsWith('.map'))
      .map((path) => path.slice(start.length, path.length - end.length))
      .map((word) => ({
        name: `crm-chat-elements${name.slice(1).replace('*', word)}`,
        targets: Object.fromEntries(Object.entries(targets).map(([kind, path]) => [kind, path.replace('*', word)])),
      }));
  });
}

const isScript = ({ targets }) => targets.default.endsWith('.js');
/** For pages alone: they say so, or look for a page, at once. */
const FOR_BROWSERS = ['crm-chat-elements/bundle', 'crm-chat-elements/classic'];

test('every file that an entry names is there, and nothing of the workshop', () => {
  const all = entries();
  assert.ok(all.length > 100, `${all.length} entries`);
  for (const place of ['locales/de', 'schemas/client.send_message.ask.json'])
    assert.ok(
      all.some(({ name }) => name === `crm-chat-elements/${place}`),
      place,
    );
  const named = [
    ...all.flatMap(({ targets }) => Object.values(targets)),
    ...[manifest.types, manifest.customElements, manifest.unpkg, manifest.jsdelivr, ...Object.values(manifest.bin)],
    ...['README.md', 'LICENSE', 'CHANGELOG.md', 'llms.txt'],
  ];
  assert.deepEqual(
    named.filter((path) => !existsSync(join(installed, path))),
    [],
  );
  const { resolve } = createRequire(join(project, 'host.js'));
  for (const { name, targets } of all) assert.equal(resolve(name), join(installed, targets.default), name);
  assert.deepEqual(
    paths.filter((path) =>
      /(^|\/)(node_modules|server|e2e|stories|proof|scripts|examples)\/|\.test\.|\.env/.test(path),
    ),
    [],
  );
});

test('the hashes for `integrity` are those of what a script tag loads, first and later', () => {
  const hashes = JSON.parse(readFileSync(join(installed, 'dist/integrity.json'), 'utf8'));
  const loaded = paths.filter((path) => /^dist\/(crm-chat\.(bundle|classic)|chunks\/bundle-.+)\.js$/.test(path));
  assert.ok(loaded.length > 10, `${loaded.length} files`);
  const of = (path) =>
    `sha384-${createHash('sha384')
      .update(readFileSync(join(installed, path)))
      .digest('base64')}`;
  assert.deepEqual(hashes, Object.fromEntries(loaded.sort().map((path) => [path.slice('dist/'.length), of(path)])));
});

test('every file finds what it imports: beside it, or among the dependencies', () => {
  const faults = [];
  const scripts = paths.filter((path) => /^(dist|bin)\/.*\.m?js$/.test(path) && !path.includes('.classic.'));
  assert.ok(scripts.length > 30);
  for (const path of scripts) {
    const { resolve } = createRequire(join(installed, path));
    const code = readFileSync(join(installed, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"'\s]+)["']/g)) {
      if (name.startsWith('node:') || builtinModules.includes(name)) continue;
      try {
        resolve(name);
      } catch {
        // Packages for `import` alone have no entry for `require`; that they are there is enough.
        const [scope, rest] = name.split('/');
        const owner = name.startsWith('@') ? `${scope}/${rest}` : scope;
        if (name.startsWith('.') || !existsSync(join(project, 'node_modules', owner))) faults.push(`${path}: ${name}`);
      }
    }
  }
  assert.deepEqual(faults, []);
});

test('Node imports every entry, and nothing happens: no word, no new global, nothing left running', async () => {
  const names = entries()
    .filter(isScript)
    .map(({ name }) => name);
  writeFileSync(
    join(project, 'imports.mjs'),
    `const before = new Set(Object.getOwnPropertyNames(globalThis));
const counts = {};
for (const name of ${JSON.stringify(names.filter((name) => !FOR_BROWSERS.includes(name)))})
  counts[name] = Object.keys(await import(name)).length;
const { createChatStore } = await import('crm-chat-elements');
const { createDesk, deskTransport } = await import('crm-chat-elements/testing');
const store = createChatStore({ transport: deskTransport(createDesk(), { agentId: 'agent-1' }) });
await store.dispose();
const registered = ['crm-chat', 'crm-chat-messages'].filter((tag) => globalThis.customElements?.get(tag));
const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name)).sort();
console.log(JSON.stringify({ counts, globals, registered }));
`,
  );
  const { code, text } = await node('imports.mjs');
  assert.equal(code, 0, text);
  const { counts, globals, registered } = JSON.parse(text);
  assert.deepEqual(registered, [], 'no tag is registered');
  // Lit's and nanostores' own: what Lit has in Node instead of a page, and what two copies of them tell of each other by.
  const THEIRS =
    /^(customElements|litServerRoot|lit(Element|Html)Versions|reactiveElementVersions|litPropertyMetadata|nanostoresGlobal)$/;
  assert.deepEqual(
    globals.filter((name) => !THEIRS.test(name)),
    [],
  );
  const without = Object.keys(counts).filter((name) => counts[name] === 0);
  assert.deepEqual(
    without,
    without.filter((name) => name.startsWith('crm-chat-elements/types/')),
  );
  const said = await node('--input-type=module', '--eval', "await import('crm-chat-elements/bundle')");
  assert.notEqual(said.code, 0, 'the bundle says that it is for browsers');
});

test('a type checker finds the types of every entry', async () => {
  const typed = entries().filter(({ targets }) => targets.types);
  // The types for a framework need the framework: framework-types.test.mjs checks them beside it.
  const names = typed.map(({ name }) => name).filter((name) => !name.includes('/types/'));
  const uses = names.map((name, at) => `import * as entry${at} from '${name}';\nexport const it${at} = entry${at};\n`);
  const own = "import { createChatStore } from 'crm-chat-elements/store';\ncreateChatStore().sendMesage('a', 'b');\n";
  writeFileSync(join(project, 'all.ts'), uses.join(''));
  writeFileSync(join(project, 'wrong.ts'), own);
  const compilerOptions = {
    ...{ target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext', lib: ['ES2023', 'DOM', 'DOM.Iterable'] },
    ...{ types: [], strict: true, noEmit: true },
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const { text } = await node(program('typescript', 'bin/tsc'), '-p', '.', '--pretty', 'false');
  const faults = text.split('\n').filter(Boolean);
  assert.deepEqual(
    faults.filter((fault) => !fault.startsWith('wrong.ts')),
    [],
  );
  assert.match(text, /wrong\.ts.*sendMesage/, 'a wrong use is found');
});

test('its command is there to be run', async () => {
  const commands = readdirSync(join(project, 'node_modules/.bin'));
  assert.ok(commands.some((name) => name.startsWith('crm-chat-conformance')));
  const { code, text } = await node(join(installed, manifest.bin['crm-chat-conformance']), '--help');
  assert.equal(code, 0, text);
  assert.match(text, /Usage: crm-chat-conformance URL/);
});
