/**
 * Snippets that stand only in the README or in docs/ (e2e/snippets.spec.ts runs them): scripts are compiled in strict mode
 * against the library, tags and attributes, custom properties, parts and slots are looked up in the manifest, commands in
 * package.json.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';
import { elementsOf } from './framework-types.mjs';
import { filesUnder, inRoot } from './project.mjs';
import { FENCED, inLanguages, textOf } from './snippets.mjs';

const elements = elementsOf(JSON.parse(readFileSync(inRoot('custom-elements.json'), 'utf8')));
const elementOf = new Map(elements.map((one) => [one.tagName, one]));
const namesOf = (list) => new Set((list ?? []).map(({ name }) => name));
const properties = new Set(elements.flatMap((one) => [...namesOf(one.cssProperties)]));

/** What a page may take as given: its reader's own files and functions, and names told in the text around. */
const GIVEN = `
declare function fetchToken(): Promise<string>;
declare module '*/my-polish.js' { export const strings: Record<string, string>; }
declare module '*/http-transport.js' { export function httpTransport(url: string): import('crm-chat-elements/contract').Transport; }
`;

const SCRIPTS = ['js', 'ts', 'tsx', 'jsx'];

/** What the compiler says of pages: file → code. */
function faultsIn(files) {
  const { exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const sources = Object.entries(exports)
    .filter(([, entry]) => entry.types?.startsWith('./dist/types/') && !entry.types.includes('*'))
    .map(([name, { types }]) => [
      `crm-chat-elements${name.slice(1)}`,
      [inRoot(types.replace('./dist/types/', 'src/').replace(/\.d\.ts$/, '.ts'))],
    ]);
  const { config } = ts.readConfigFile(inRoot('tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, inRoot());
  Object.assign(options, {
    noEmit: true,
    paths: Object.fromEntries(sources),
    noUnusedLocals: false,
    noUnusedParameters: false,
    incremental: false,
    composite: false,
  });
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  const has = (path) => Object.hasOwn(files, path);
  host.fileExists = (path) => has(path) || fileExists.call(host, path);
  host.readFile = (path) => (has(path) ? files[path] : readFile.call(host, path));
  host.getSourceFile = (path, language, ...rest) =>
    has(path)
      ? ts.createSourceFile(path, files[path], language, true)
      : getSourceFile.call(host, path, language, ...rest);
  const program = ts.createProgram(Object.keys(files), options, host);
  return Object.keys(files).flatMap((path) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ messageText, start, file }) => {
      const { line } = file ? file.getLineAndCharacterOfPosition(start ?? 0) : { line: 0 };
      return `${path}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    }),
  );
}

test('scripts compile against the library in strict mode, and a wrong one would not', () => {
  assert.ok(inLanguages(...SCRIPTS).length >= 5, 'there are scripts');
  const code = inLanguages(...SCRIPTS).filter(({ page }) => page !== 'docs/protocol.md');
  const files = Object.fromEntries(
    code.map(({ code, language }, at) => [
      inRoot(`snippet-${at}.ts`),
      // A page's script knows what it asks for; in a typed one the snippet itself has to.
      (language === 'js' ? code.replace(/(querySelector\('[\w-]+'\))\./g, '$1!.') : code) +
        "\nimport type {} from 'crm-chat-elements';\n",
    ]),
  );
  files[inRoot('given.d.ts')] = GIVEN;
  const wrong = inRoot('snippet-wrong.ts');
  files[wrong] =
    "import { createChatStore } from 'crm-chat-elements/store';\ncreateChatStore().sendMesage('a', 'b');\n";
  const faults = faultsIn(files);
  assert.deepEqual(
    faults.filter((fault) => !fault.startsWith(wrong)),
    [],
  );
  assert.match(faults.join('\n'), /sendMesage/);
});

test('the shapes in the protocol are those of the contract', () => {
  const shapes = inLanguages('ts').filter(({ page }) => page === 'docs/protocol.md');
  assert.ok(shapes.length >= 2);
  const path = inRoot('snippet-protocol.ts');
  const code = `import type * as contract from 'crm-chat-elements/contract';
type Features = contract.Features;
${shapes.map((one) => one.code).join('\n')}
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
export const codes: Same<Code, contract.ErrorCode> = true;
`;
  assert.deepEqual(faultsIn({ [path]: code }), []);
});

test('tags, attributes and slots are in the manifest', () => {
  const faults = [];
  for (const { page, code } of inLanguages('html')) {
    for (const [, tag, rest] of code.matchAll(/<(crm-[\w-]+)((?:\s+[\w.@:-]+(?:=(?:"[^"]*"|'[^']*'))?)*)/g)) {
      const known = elementOf.get(tag);
      const attributes = new Set(['class', 'id', 'dir', 'lang', 'slot', 'hidden', ...namesOf(known?.attributes)]);
      if (!known) faults.push(`${page}: there is no <${tag}>`);
      for (const [, name] of rest.matchAll(/\s([\w-]+)(?==|\s|$)/g))
        if (!attributes.has(name)) faults.push(`${page}: <${tag}> has no attribute "${name}"`);
    }
    for (const [, slot] of code.matchAll(/\sslot="([^"]+)"/g))
      if (!elements.some((one) => namesOf(one.slots).has(slot))) faults.push(`${page}: there is no slot "${slot}"`);
  }
  assert.deepEqual(faults, []);
});

test('custom properties and parts are in the manifest', () => {
  const faults = [];
  for (const { page, code } of inLanguages('css', 'html')) {
    for (const [name] of code.matchAll(/--crm-[\w-]+/g))
      if (!properties.has(name)) faults.push(`${page}: there is no ${name}`);
    for (const [, tag, part] of code.matchAll(/(crm-[\w-]+)::part\(([^)]+)\)/g))
      if (!namesOf(elementOf.get(tag)?.cssParts).has(part)) faults.push(`${page}: <${tag}> has no part "${part}"`);
  }
  assert.deepEqual(faults, []);
  assert.ok(inLanguages('css').length > 0);
});

test('every part that is drawn is named in the manifest', () => {
  const named = new Set(elements.flatMap((one) => [...namesOf(one.cssParts)]));
  const drawn = filesUnder('src/components', (path) => path.endsWith('.ts') && !path.endsWith('.test.ts')).flatMap(
    (path) =>
      [...readFileSync(inRoot(path), 'utf8').matchAll(/\spart="([\w\s-]+)"/g)].flatMap(([, parts]) =>
        parts.split(/\s+/),
      ),
  );
  assert.ok(drawn.length > 80, 'parts were found');
  assert.deepEqual(
    [...new Set(drawn)].filter((part) => !named.has(part)),
    [],
  );
});

test('commands, entries and pages that are named are there', () => {
  const { scripts, exports } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const own = Object.keys(exports).map((name) => `crm-chat-elements${name.slice(1)}`);
  const isEntry = (name) =>
    own.some((entry) => (entry.includes('*') ? name.startsWith(entry.slice(0, entry.indexOf('*'))) : entry === name));
  const faults = [];
  for (const [page, text] of textOf) {
    for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g))
      if (!scripts[name]) faults.push(`${page}: no command "${name}"`);
    for (const [, name] of text.matchAll(/['"`](crm-chat-elements(?:\/[\w./-]+)?)['"`]/g))
      if (!isEntry(name)) faults.push(`${page}: the package has no "${name}"`);
    for (const [, target] of text.replace(FENCED, '').matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)) {
      const path = page.startsWith('docs/') ? `docs/${target}` : target;
      if (!ts.sys.fileExists(inRoot(path)) && !ts.sys.directoryExists(inRoot(path)))
        faults.push(`${page}: ${target} is not there`);
    }
  }
  assert.deepEqual(faults, []);
});
