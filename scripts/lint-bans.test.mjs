/** Each ban of eslint.config.mjs, broken once: a selector with a slip in it matches nothing and stays green for ever. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { inRoot, root } from './project.mjs';

// The files below do not exist, so nothing is known about their types; no ban asks for types.
const eslint = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] });

async function rulesBrokenBy(path, text) {
  const [{ messages }] = await eslint.lintText(text, { filePath: inRoot(path) });
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

const STORE = 'src/store/imagined.ts';
const ELEMENT = 'src/components/chat/imagined.ts';
const inTemplate = (markup) => `import { html } from 'lit';\nexport const x = html\`${markup}\`;\n`;

const BROKEN = [
  [STORE, 'export const x = Date.now();', 'no-restricted-properties'],
  [STORE, 'export const x = new Date();', 'no-restricted-syntax'],
  [STORE, 'export const x = Math.random();', 'no-restricted-properties'],
  [STORE, 'setTimeout(() => 0, 1);', 'no-restricted-globals'],
  [STORE, 'window.setTimeout(() => 0, 1);', 'no-restricted-properties'],
  [STORE, 'setInterval(() => 0, 1);', 'no-restricted-globals'],
  [STORE, 'requestAnimationFrame(() => 0);', 'no-restricted-globals'],
  [STORE, "export const x = localStorage.getItem('a');", 'no-restricted-globals'],
  [STORE, "export const x = indexedDB.open('a');", 'no-restricted-globals'],
  [STORE, inTemplate('<p style="color: red"></p>'), 'no-restricted-syntax'],
  [ELEMENT, inTemplate('<p style="color: red"></p>'), 'no-restricted-syntax'],
  [ELEMENT, inTemplate('<p class="a" style=${"x"}></p>'), 'no-restricted-syntax'],
  [ELEMENT, inTemplate('<style>p {}</style>'), 'no-restricted-syntax'],
  [ELEMENT, inTemplate('<p onclick="x()"></p>'), 'no-restricted-syntax'],
  [ELEMENT, "document.body.innerHTML = 'x';", 'no-restricted-syntax'],
  [ELEMENT, "document.body.setAttribute('style', 'x');", 'no-restricted-syntax'],
  [ELEMENT, "import { unsafeHTML } from 'lit/directives/unsafe-html.js';\nunsafeHTML('');", 'no-restricted-imports'],
  [ELEMENT, "import { styleMap } from 'lit/directives/style-map.js';\nstyleMap({});", 'no-restricted-imports'],
  [ELEMENT, 'export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
  [ELEMENT, '// @ts-ignore\nexport const x = 1;', '@typescript-eslint/ban-ts-comment'],
];

for (const [path, text, rule] of BROKEN) {
  test(`${path}: ${text.split('\n').find((line) => !line.startsWith('import')) ?? text}`, async () => {
    const rules = await rulesBrokenBy(path, text);
    assert.ok(rules.includes(rule), `expected ${rule}, got ${rules.join(', ') || 'nothing'}`);
  });
}

const FINE = [
  [STORE, 'export const x = (at: string) => new Date(at);\n'],
  ['src/store/browser-world.ts', 'export const now = () => Date.now();\n'],
  [ELEMENT, inTemplate('<p class="style" .style-like=${1} @click=${() => 0} part="a"></p>')],
  [ELEMENT, 'setTimeout(() => 0, 1);\n'],
];

for (const [path, text] of FINE) {
  test(`${path} may: ${text.split('\n').at(-2)}`, async () => {
    assert.deepEqual(await rulesBrokenBy(path, text), []);
  });
}
