/** Each entry of docs/troubleshooting.md has a test that makes the symptom, sees its words and takes the way out. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { renderToString } from 'vue/server-renderer';
import { createSSRApp } from 'vue';
import { inRoot } from './project.mjs';

const HERE = 'scripts/troubleshooting.test.mjs';
const PAGES = 'e2e/troubleshooting.spec.ts';
const ELEMENTS = 'src/components/troubleshooting.test.ts';

/** Entry → where it is tried, by the title of the test. */
const TRIED = {
  'the tag is there, the inbox is not': [PAGES, 'the tag is there, the inbox is not'],
  'the inbox is 320 pixels high': [ELEMENTS, 'the inbox is 320 pixels high'],
  '"Not connected" from the start': [ELEMENTS, '"Not connected" from the start'],
  '"No connection", and nothing else': [PAGES, '"No connection", and nothing else'],
  '`crm-token-refused`': [
    'e2e/connection.spec.ts',
    '${kind} token is refused in words, and a fresh one set by the host connects',
  ],
  'React sets `[object Object]`': [PAGES, 'React sets [object Object]'],
  'Vue: "Failed to resolve component"': [HERE, 'Vue: "Failed to resolve component"'],
  '"already defined by another copy"': [
    'e2e/host-safety.spec.ts',
    'a second copy of the library leaves the first in charge and says so once',
  ],
  'a `crm-protocol-error`': [ELEMENTS, 'a crm-protocol-error'],
  "a shortcut collides with the page's": [ELEMENTS, 'a shortcut collides with the page’s'],
  '"there is no …; the default is used"': [
    'src/components/bad-input.test.ts',
    '${name}="${value}" counts as not set, and is told once',
  ],
  '`crm-renderer-error`': [
    'src/components/chat-messages/renderers.test.ts',
    '${name}: one that ${how} is contained in its region, and told once',
  ],
};

test('each entry is tried', () => {
  const page = readFileSync(inRoot('docs/troubleshooting.md'), 'utf8');
  const rows = [...page.matchAll(/^\| (.+?) +\|/gm)].map(([, entry]) => entry).slice(2);
  assert.deepEqual(rows, Object.keys(TRIED));
  for (const [entry, [file, title]] of Object.entries(TRIED)) {
    const titles = readFileSync(inRoot(file), 'utf8').matchAll(/\b(?:it|test)\(\s*(['"`])(.*?)\1/gs);
    assert.ok(
      [...titles].some(([, , one]) => one === title),
      `${entry}: ${file} has no test called "${title}"`,
    );
  }
});

test('Vue: "Failed to resolve component"', async () => {
  const warned = [];
  const app = (isCustomElement) => {
    const made = createSSRApp({ template: '<crm-chat density="compact"></crm-chat>' });
    made.config.warnHandler = (text) => warned.push(text);
    if (isCustomElement) made.config.compilerOptions.isCustomElement = isCustomElement;
    return renderToString(made);
  };
  await app();
  assert.match(warned.join('\n'), /Failed to resolve component: crm-chat/);
  warned.length = 0;
  assert.match(await app((tag) => tag.startsWith('crm-')), /^<crm-chat density="compact"/);
  assert.deepEqual(warned, []);
});
