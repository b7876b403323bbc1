/** The conformance kit, run against every kind of server there is: the Desk, seed-style servers, and the reference server. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'vite';
import { inRoot } from '../scripts/project.mjs';
import { checkConformance, describeReport } from '../src/conformance.ts';
import { createDesk, deskTransport } from '../src/testing/index.ts';
import { socketIoTransport } from '../src/transport/socket-io.ts';
import { ACK_STYLES, SeedServer } from '../e2e/foreign-servers/seed-server.ts';
import { startServer } from '../server/test/support/server.ts';
import { SUPERVISOR } from '../server/test/support/office.ts';

const failures = ({ cases }) =>
  cases.filter(({ verdict }) => verdict === 'failed').map(({ id, detail }) => `${id}: ${detail}`);
const verdictOf = ({ cases }, id) => cases.find((one) => one.id === id)?.verdict;

function furnishedDesk(options) {
  const desk = createDesk(options);
  desk.addClient();
  const { id } = desk.addConversation();
  desk.addMessage(id);
  return desk;
}
const tryDesk = (desk, more = {}) =>
  checkConformance({ connect: () => deskTransport(desk, { agentId: 'agent-1' }), ackMs: 300, ...more });

test('the Desk keeps level 2, every case', async () => {
  const report = await tryDesk(furnishedDesk());
  assert.deepEqual(failures(report), []);
  assert.deepEqual([report.level, report.kept, report.skipped], [2, 2, 0]);
  assert.match(describeReport(report), /\nconformance: \d+ passed, 0 failed, 0 skipped: level 2 \(effectively once/);
});

for (const ack of ['ours', 'success', 'error-field', 'bare', 'wrapped']) {
  test(`the Desk as a level 1 server that answers "${ack}" is told from a better one`, async () => {
    const report = await tryDesk(furnishedDesk({ level: 1, ack }));
    assert.equal(report.level, 1);
    assert.deepEqual(failures(report), ['sync: there is no sync in the ack']);
    assert.equal(report.kept, 1);
  });
}
for (const ack of ['none', 'event']) {
  test(`the Desk as a level 0 server that tells lists as "${ack}" events keeps level 0`, async () => {
    const report = await tryDesk(furnishedDesk({ level: 0, ack }));
    assert.deepEqual([report.level, report.kept], [0, 0]);
    assert.deepEqual(
      failures(report).map((words) => words.split(':')[0]),
      ['acks', 'sync'],
    );
  });
}

for (const style of ACK_STYLES) {
  test(`somebody else's server that answers "${style}" is told its level and what it lacks`, async () => {
    const server = await SeedServer.launch(style);
    try {
      const silent = style.startsWith('no-ack') || style === 'empty-ack';
      const report = await checkConformance({
        connect: () => socketIoTransport({ url: server.url }),
        ackMs: silent ? 200 : 8000,
      });
      assert.equal(report.level, silent ? 0 : 1);
      assert.equal(
        report.cases.filter(({ level, verdict }) => level === 0 && verdict === 'failed').length,
        0,
        failures(report).join('; '),
      );
      assert.equal(verdictOf(report, 'sync'), 'failed');
      assert.equal(verdictOf(report, 'acks'), silent ? 'failed' : 'passed');
      // It does not give our key back, and must be told so; at level 0 nobody expects it.
      assert.equal(verdictOf(report, 'key-comes-back'), silent ? 'skipped' : 'failed');
      assert.ok(report.hidden.some(({ feature }) => feature === 'uploads'));
    } finally {
      await server.close();
    }
  });
}

test('the reference server keeps level 2, every case', async () => {
  const server = await startServer();
  try {
    const token = await server.token(SUPERVISOR);
    const report = await checkConformance({ connect: () => socketIoTransport({ url: server.url, token }) });
    assert.deepEqual(failures(report), []);
    assert.deepEqual([report.level, report.kept], [2, 2]);
  } finally {
    await server.close();
  }
});

test('a server that turns everybody away is said to be out of reach', async () => {
  const server = await startServer();
  try {
    const report = await checkConformance({
      connect: () => socketIoTransport({ url: server.url, token: 'wrong' }),
      connectMs: 3000,
    });
    assert.deepEqual([report.level, report.kept, report.failed], [undefined, undefined, 1]);
    assert.match(describeReport(report), /could not be reached$/);
  } finally {
    await server.close();
  }
});

test('read only writes nothing', async () => {
  const desk = furnishedDesk();
  const before = JSON.stringify([...desk.books.threads]);
  const report = await tryDesk(desk, { writes: false });
  assert.equal(JSON.stringify([...desk.books.threads]), before);
  assert.ok(report.skipped > 10 && report.failed === 0);
});

/** A kit that never says no proves nothing: each fault of a level 2 server is seen by the case that is for it. */
const FAULTS = {
  'same-key-twice': (name, ask) =>
    name === 'send_message' ? { ...ask, id: undefined, clientMessageId: undefined, metadata: undefined } : ask,
  'other-epoch': (name, ask) => (name === 'load_conversations' ? { ...ask, since: undefined } : ask),
  'since-rev': (name, ask) => (name === 'load_messages' ? { ...ask, sinceRev: undefined } : ask),
  pages: (name, ask) => (name === 'load_messages' ? { ...ask, before: undefined } : ask),
  'operation-once': (name, ask) => (name === 'add_client_note' ? { ...ask, opId: undefined } : ask),
  'read-forward': (name, ask) => (name === 'mark_as_read' ? { conversationId: 'nowhere' } : ask),
};
for (const [id, spoil] of Object.entries(FAULTS)) {
  test(`the kit sees a server that forgets: ${id}`, async () => {
    const desk = furnishedDesk();
    const report = await tryDesk(desk, {
      connect() {
        const transport = deskTransport(desk, { agentId: 'agent-1' });
        return {
          open: (sink) => transport.open(sink),
          request: (name, ask, ms) => transport.request(name, spoil(name, ask ?? {}), ms),
          notify: (name, ask) => transport.notify(name, ask),
          close: () => transport.close(),
        };
      },
    });
    assert.equal(verdictOf(report, id), 'failed');
    assert.notEqual(report.kept, 2);
  });
}

/** The program as it is published, from a build of its own: what `npx` runs. */
describe('crm-chat-conformance', () => {
  let folder;
  let server;
  before(async () => {
    server = await startServer();
    // Inside the project, so that its packages are found.
    mkdirSync(inRoot('node_modules/.cache'), { recursive: true });
    folder = mkdtempSync(inRoot('node_modules/.cache/conformance-'));
    await build({
      configFile: false,
      root: inRoot(),
      logLevel: 'error',
      build: {
        outDir: join(folder, 'dist'),
        lib: {
          entry: {
            conformance: inRoot('src/conformance.ts'),
            'transport/socket-io': inRoot('src/transport/socket-io.ts'),
          },
          formats: ['es'],
        },
        rolldownOptions: { external: (id) => !/^[./\0]/.test(id) },
      },
    });
    cpSync(inRoot('bin'), join(folder, 'bin'), { recursive: true });
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (...args) =>
    new Promise((resolve) => {
      const program = join(folder, 'bin', 'crm-chat-conformance.mjs');
      execFile(process.execPath, [program, ...args], (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    });

  test('says level and counts on its last line, and ends with 0 when all is kept', async () => {
    const { code, stdout, stderr } = await start(server.url, '--token', await server.token(SUPERVISOR));
    assert.equal(stderr, '');
    assert.match(
      stdout,
      /\nconformance: \d+ passed, 0 failed, \d+ skipped: level 2 \(effectively once, in order, without gaps\)\n$/,
    );
    assert.equal(code, 0);
  });
  test('gives JSON, and ends with 1 when the server cannot be reached', async () => {
    const { code, stdout } = await start(server.url, '--token', 'wrong', '--json');
    assert.equal(JSON.parse(stdout).cases[0].verdict, 'failed');
    assert.equal(code, 1);
  });
  for (const args of [
    [],
    ['nonsense'],
    ['http://127.0.0.1:1', '--ack-ms', 'soon'],
    ['http://127.0.0.1:1', '--nonsense'],
  ])
    test(`asked wrongly (${args.join(' ') || 'nothing'}), it tells how, and ends with 2`, async () => {
      const { code, stderr } = await start(...args);
      assert.equal(code, 2);
      assert.match(stderr, /Usage: crm-chat-conformance URL/);
    });
});
