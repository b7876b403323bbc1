/**
 * The types of the package as an integrator's checker sees them: the installed package beside the examples, strict settings,
 * right uses that must pass and wrong ones that must fail.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { program } from './project.mjs';
import { installForHosts } from './installed.mjs';

let hosts = '';
before(async () => {
  hosts = await installForHosts();
});

/** Runs a checker; resolves with its exit code and everything it printed. */
const check = (...args) =>
  promisify(execFile)(process.execPath, args, { cwd: hosts, maxBuffer: 10_000_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    (error) => ({ code: error.code, text: `${error.stdout}${error.stderr}` }),
  );

test('React, Preact, Solid, Angular and plain TypeScript: right uses pass, wrong ones fail', async () => {
  assert.deepEqual(await check(program('typescript', 'bin/tsc'), '-p', 'examples'), { code: 0, text: '' });
});

test('Vue: right templates pass, wrong ones fail', async () => {
  assert.deepEqual(await check(program('vue-tsc', 'bin/vue-tsc.js'), '--noEmit', '-p', 'examples/vue'), {
    code: 0,
    text: '',
  });
});

test('Svelte: right markup passes, each wrong tag fails', async () => {
  const { text } = await check(
    program('svelte-check', 'bin/svelte-check'),
    ...['--workspace', 'examples/svelte', '--tsconfig', './tsconfig.json', '--output', 'machine'],
  );
  const found = [...text.matchAll(/(?:ERROR|WARNING) "([^"]+)" (\d+):/g)].map(([, file, line]) => `${file}:${line}`);
  const wrong = readFileSync(join(hosts, 'examples/types/Wrong.svelte'), 'utf8').split('\n');
  const tags = wrong.flatMap((line, index) => (line.startsWith('<crm-') ? [`../types/Wrong.svelte:${index + 1}`] : []));
  assert.ok(tags.length >= 4);
  assert.deepEqual(found, tags);
});

test('editors: the custom data knows every element, its values and its parts', () => {
  const read = (name) => JSON.parse(readFileSync(join(hosts, 'node_modules/crm-chat-elements', name), 'utf8'));
  const { exports: places } = read('package.json');
  const manifest = read('custom-elements.json');
  const tags = manifest.modules.flatMap((one) => one.declarations.map((declaration) => declaration.tagName)).sort();
  const html = read(places['./vscode.html-data.json']);
  assert.deepEqual(html.tags.map((tag) => tag.name).sort(), tags);
  const theme = html.tags.find((tag) => tag.name === 'crm-chat').attributes.find((one) => one.name === 'theme');
  assert.deepEqual(theme.values.slice(0, 2), [{ name: 'light' }, { name: 'dark' }]);
  const css = read(places['./vscode.css-data.json']);
  assert.ok(css.properties.some((one) => one.name === '--crm-accent'));
  assert.ok(css.pseudoElements.some((one) => one.name === '::part(bubble)'));
});
