/** Each rule of arrows.mjs, broken once in a toy project: a check that has never been red proves nothing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { inRoot } from './project.mjs';

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const GOOD = {
  'src/contract/index.ts': 'export const A = 1;',
  'src/transport/transport.ts': "import { A } from '../contract/index.js'; export const B = A;",
  'src/transport/socket-io.ts': "import { io } from 'socket.io-client'; export const C = io;",
  'src/store/index.ts': "export * from '../transport/transport.js';",
  'src/components/chat-provider/chat-provider.ts':
    "import { html } from 'lit'; export const load = () => import('../../transport/socket-io.js'); export const h = html;",
  'src/index.ts': "export * from './components/chat-provider/chat-provider.js'; export * from './store/index.js';",
  'src/testing/index.ts': "export * from '../store/index.js';",
  'src/store/store.test.ts': "import '../testing/index.js';",
  'server/src/main.ts': "import '../../src/contract/index.js';",
};

/** Runs the check on a project of these files; returns its exit code and words. */
function arrows(files) {
  const folder = mkdtempSync(join(tmpdir(), 'arrows-'));
  folders.push(folder);
  mkdirSync(join(folder, 'scripts'));
  for (const name of ['arrows.mjs', 'project.mjs']) cpSync(inRoot('scripts', name), join(folder, 'scripts', name));
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries({ ...GOOD, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts/arrows.mjs')], {
    encoding: 'utf8',
  });
  return { status, words: stdout + stderr };
}

test('a house in order passes', () => {
  const { status, words } = arrows({});
  assert.equal(status, 0, words);
});

const BROKEN = {
  'the contract reads the store': [
    { 'src/contract/x.ts': "import '../store/index.js';" },
    /contract may not import store/,
  ],
  'one panel knows another': [
    {
      'src/components/client-panel/x.ts': 'export const X = 1;',
      'src/components/composer/y.ts': "import '../client-panel/x.js';",
    },
    /the messages panel may not know the contact panel/,
  ],
  'uploads leave their file': [{ 'src/store/x.ts': "import 'tus-js-client';" }, /"tus-js-client" does not belong/],
  'the sanitiser leaves its file': [
    { 'src/components/conversation-list/x.ts': "import 'dompurify';" },
    /"dompurify" does not belong/,
  ],
  'a type counts as much as a value': [
    { 'src/transport/x.ts': "import type { B } from '../store/index.js';" },
    /transport may not import store/,
  ],
  'a re-export counts as much as an import': [
    { 'src/controllers/x.ts': "export * from '../components/chat-provider/chat-provider.js';" },
    /controllers may not import components/,
  ],
  'the library reads its test world': [
    { 'src/index.ts': "export * from './testing/index.js';" },
    /root may not import testing/,
  ],
  'the server reads more than the contract': [
    { 'server/src/x.ts': "import '../../src/store/index.js';" },
    /server may not import store/,
  ],
  'a second file knows Socket.IO': [
    { 'src/transport/other.ts': "import 'socket.io-client';" },
    /"socket\.io-client" does not belong/,
  ],
  'Lit in the store': [{ 'src/store/x.ts': "import 'lit';" }, /"lit" does not belong/],
  'Socket.IO is no longer loaded on demand': [
    { 'src/components/chat-provider/x.ts': "import '../../transport/socket-io.js';" },
    /loaded on demand/,
  ],
  'a panel chooses a transport': [
    { 'src/components/chat/chat.ts': "export const x = () => import('../../transport/socket-io.js');" },
    /loaded on demand/,
  ],
  'a circle': [
    { 'src/store/a.ts': "import './b.js';", 'src/store/b.ts': "import './a.js';" },
    /circle of imports: src\/store\/a\.ts → src\/store\/b\.ts → src\/store\/a\.ts/,
  ],
  'a name that says nothing': [{ 'src/store/utils.ts': '' }, /a name that says nothing/],
  'a room nobody has drawn': [{ 'src/attic/x.ts': '' }, /no room called "attic"/],
};

for (const [name, [files, expected]] of Object.entries(BROKEN)) {
  test(`is red: ${name}`, () => {
    const { status, words } = arrows(files);
    assert.equal(status, 1, words);
    assert.match(words, expected);
  });
}
