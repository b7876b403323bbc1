/**
 * Holds the one direction of imports (docs/architecture.md, "Rooms"): a house stays readable only while each room knows the
 * rooms below it and no other. No linter rule at hand knows our rooms, so this reads every import itself, with TypeScript's
 * parser. It also finds circles, packages in the wrong room, and file names that say nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, posix } from 'node:path';
import ts from 'typescript';
import { filesUnder, inRoot } from './project.mjs';

/** Room → rooms it may import from, besides itself. `root` is src/*.ts: index and the npm entries. */
const MAY_IMPORT = {
  contract: [],
  transport: ['contract'],
  store: ['contract', 'transport'],
  locales: [],
  controllers: ['contract', 'transport', 'store', 'locales'],
  components: ['contract', 'transport', 'store', 'controllers', 'locales'],
  root: ['contract', 'transport', 'store', 'controllers', 'components', 'locales', 'conformance'],
  testing: ['contract', 'transport', 'store'],
  conformance: ['contract', 'transport'],
  stories: ['contract', 'transport', 'store', 'controllers', 'components', 'locales', 'root', 'testing'],
  server: ['contract'],
  'server tests': ['server', 'contract', 'transport', 'store', 'testing'],
};

/** Package (and what lies in it) → the only files that may import it. Tests may import what they like. */
const PACKAGE_HOMES = [
  { package: /^socket\.io-client$/, home: /^src\/transport\/socket-io\.ts$/, rooms: /^src\// },
  {
    package: /^(lit|lit-html|@lit)(\/|$)/,
    home: /^src\/(controllers|components|locales)\/|^src\/[^/]+$/,
    rooms: /^src\//,
  },
  { package: /^idb$/, home: /^src\/store\//, rooms: /^src\// },
  { package: /^tus-js-client$/, home: /^src\/transport\/tus-upload\.ts$/, rooms: /^src\// },
  { package: /^dompurify$/, home: /^src\/components\/chat-messages\/mail-sanitiser\.ts$/, rooms: /^src\// },
];

/** Panels never know each other: the store is all they share. The reply field's parts belong to the messages panel. */
const PANEL_OF = {
  'chat-messages': 'the messages panel',
  composer: 'the messages panel',
  'conversation-list': 'the list',
  'client-panel': 'the contact panel',
};
const panelOf = (path) => PANEL_OF[/^src\/components\/([^/]+)\//.exec(path)?.[1]];

/** socket-io.ts pulls Socket.IO in, so it is loaded on demand, and only by those whose job is to choose a transport. */
const SOCKET_IO = 'src/transport/socket-io.ts';
const MAY_LOAD_SOCKET_IO = /^src\/components\/chat-provider\/|^src\/store\/create-chat-store\.ts$/;

const SAYS_NOTHING = /^(utils?|helpers?|types?|managers?)\./;

/** A test, or what tests of one folder share: their `stage.ts`. Neither is ever published. */
const isTest = (path) => /(\.test|\/stage)\.ts$/.test(path);

function roomOf(path) {
  const [top, second, ...rest] = path.split('/');
  if (top === 'server') return second === 'test' || isTest(path) ? 'server tests' : 'server';
  if (top === 'stories') return 'stories';
  return rest.length === 0 ? 'root' : second;
}

/** Every module a file names: statically, for types only, or dynamically. */
function importsOf(path) {
  const source = ts.createSourceFile(path, readFileSync(inRoot(path), 'utf8'), ts.ScriptTarget.Latest, false);
  const found = [];
  const add = (literal, kind) => literal && ts.isStringLiteralLike(literal) && found.push({ name: literal.text, kind });
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly ? 'type' : 'static');
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
    else if (ts.isImportTypeNode(node)) add(node.argument.literal, 'type');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'dynamic');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** './x.js' as written → 'src/room/x.ts' as it lies on the disk; undefined for packages. */
function targetOf(from, name) {
  if (!name.startsWith('.')) return undefined;
  const path = posix.join(dirname(from), name);
  const candidates = [path.replace(/\.js$/, '.ts'), path, `${path}.ts`, `${path}/index.ts`];
  return candidates.find((one) => existsSync(inRoot(one)) && /\.\w+$/.test(one)) ?? path;
}

/** One circle of static imports, as a list of files, or undefined. */
function circleIn(graph) {
  const state = new Map();
  const trail = [];
  const walk = (path) => {
    if (state.get(path) === 'done') return undefined;
    if (state.get(path) === 'open') return [...trail.slice(trail.indexOf(path)), path];
    state.set(path, 'open');
    trail.push(path);
    for (const next of graph.get(path) ?? []) {
      const circle = walk(next);
      if (circle) return circle;
    }
    trail.pop();
    state.set(path, 'done');
    return undefined;
  };
  for (const path of graph.keys()) {
    const circle = walk(path);
    if (circle) return circle;
  }
  return undefined;
}

const faults = [];
const graph = new Map();
const files = ['src', 'stories', 'server'].flatMap((folder) => filesUnder(folder, (path) => /\.ts$/.test(path)));
for (const path of [...files, ...['e2e', 'scripts'].flatMap((folder) => filesUnder(folder))]) {
  if (SAYS_NOTHING.test(basename(path))) faults.push(`${path}: a name that says nothing; call it after what is in it`);
}

for (const path of files) {
  const room = roomOf(path);
  const allowed = MAY_IMPORT[room];
  if (!allowed) {
    faults.push(`${path}: there is no room called "${room}" in scripts/arrows.mjs`);
    continue;
  }
  graph.set(path, []);
  for (const { name, kind } of importsOf(path)) {
    const target = targetOf(path, name);
    if (target === undefined) {
      const rule = PACKAGE_HOMES.find((one) => one.package.test(name) && one.rooms.test(path));
      if (rule && !rule.home.test(path) && !isTest(path))
        faults.push(`${path}: "${name}" does not belong in this room`);
      continue;
    }
    if (!/^(src|server|stories)\//.test(target) || target.includes('node_modules/')) continue;
    if (kind !== 'dynamic' && graph.has(path)) graph.get(path).push(target);
    const targetRoom = roomOf(target);
    const mayEnter =
      targetRoom === room ||
      allowed.includes(targetRoom) ||
      (isTest(path) && ['contract', 'transport', 'store', 'testing'].includes(targetRoom));
    if (!mayEnter) faults.push(`${path}: ${room} may not import ${targetRoom} ("${name}")`);
    const [panel, other] = [panelOf(path), panelOf(target)];
    if (panel && other && panel !== other && !isTest(path))
      faults.push(`${path}: ${panel} may not know ${other} ("${name}")`);
    if (target === SOCKET_IO && kind !== 'type' && !isTest(path) && room !== 'server tests') {
      if (kind === 'static' || !MAY_LOAD_SOCKET_IO.test(path)) {
        faults.push(
          `${path}: socket-io.ts is loaded on demand, by chat-provider and by the store's connectSocket only`,
        );
      }
    }
  }
}

const circle = circleIn(graph);
if (circle) faults.push(`a circle of imports: ${circle.join(' → ')}`);

for (const fault of faults) console.error(fault);
console.log(`arrows: ${files.length} files, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
