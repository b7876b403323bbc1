#!/usr/bin/env node
/**
 * `npx crm-chat-conformance https://chat.example --token …`: tries a chat server against the contract of crm-chat-elements
 * and says which level it reaches. Exit code 0: everything its level promises is kept; 1: not; 2: it was not asked properly.
 */
import { parseArgs } from 'node:util';
import { checkConformance, describeReport } from '../dist/conformance.js';
import { socketIoTransport } from '../dist/transport/socket-io.js';

const USAGE = `Usage: crm-chat-conformance URL [options]

  --token TOKEN          sent as auth.token in the handshake
  --auth JSON            sent as auth beside it
  --path PATH            of Socket.IO on the server (default /socket.io)
  --conversation ID      where test messages are written (default: the first of the list)
  --read-only            writes nothing; what cannot be tried so is skipped
  --ack-ms N             how long to wait for an answer (default 8000)
  --json                 the report as JSON

It writes about thirty test messages into one conversation: use a test account.`;

const options = {
  token: { type: 'string' },
  auth: { type: 'string' },
  path: { type: 'string' },
  conversation: { type: 'string' },
  'read-only': { type: 'boolean' },
  'ack-ms': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
};

function fail(words) {
  console.error(`${words}\n\n${USAGE}`);
  process.exit(2);
}

function read() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(error.message);
  }
}

const { values, positionals } = read();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [url, ...more] = positionals;
if (!url || more.length > 0 || !URL.canParse(url)) fail('Say the address of one server, such as https://chat.example.');
const ackMs = values['ack-ms'] === undefined ? 8000 : Number(values['ack-ms']);
if (!(ackMs > 0)) fail('--ack-ms must be a number of milliseconds.');
let auth = {};
try {
  if (values.auth) auth = JSON.parse(values.auth);
} catch {
  fail('--auth must be JSON, such as {"apiKey":"…"}.');
}

const report = await checkConformance({
  connect: () =>
    socketIoTransport({
      url,
      ...(values.token === undefined ? {} : { token: values.token }),
      options: { auth, ...(values.path === undefined ? {} : { path: values.path }) },
    }),
  writes: !values['read-only'],
  ackMs,
  ...(values.conversation === undefined ? {} : { conversationId: values.conversation }),
});
console.log(values.json ? JSON.stringify(report, null, 2) : describeReport(report));
process.exit(report.level !== undefined && report.kept === report.level ? 0 : 1);
