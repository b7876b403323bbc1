/** Which kinds of files are taken, which are played in the page, and what pretends to be one of them. */
import { eq } from 'drizzle-orm';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isForbidden } from '../../src/contract/index.js';
import { uploads } from '../src/database/schema.js';
import { PROGRAMS } from '../src/files/allowed.js';
import { isPlayed } from '../src/files/sound.js';
import { openBrowser, wave, type Browser, type Told } from './support/files.js';
import { addConversation, ANNA } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

/** A channel that carries anything. */
const TELEGRAM = 'conversation-on-telegram';

let server: TestServer;
let browser: Browser;
let anna: Line;
before(async () => {
  server = await startServer();
  await addConversation(server.app.core.db, { id: TELEGRAM, assignedTo: 'anna', platform: 'telegram' });
  browser = await openBrowser(server, ANNA);
  anna = await server.connect(ANNA);
});
after(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, server.url), { headers });
let keys = 0;
async function sendSound(uploadId: string) {
  const { message } = await anna.get('send_message', {
    conversationId: TELEGRAM,
    content: '',
    messageType: 'audio',
    clientMessageId: `key-${++keys}`,
    metadata: { uploadId },
  });
  return message!;
}
const told = ({ status, error }: Told) => [status, error?.code, error?.field];

test('whatever runs, installs or leads elsewhere when it is opened is no file to send, however it is written', async () => {
  const taken: string[] = [];
  for (const ending of PROGRAMS.endings)
    for (const name of [`offer.${ending}`, `Offer.PDF.${ending.toUpperCase()}. `])
      if (!isForbidden({ type: 'application/pdf', name }, PROGRAMS)) taken.push(name);
  assert.deepEqual(taken, []);
  // Some of each kind over the wire.
  for (const name of [
    'tool.wsc',
    'a.url',
    'disk.img',
    'setup.msix',
    'mac.command',
    'x.desktop',
    'app.apk',
    'folder.library-ms',
    'panel.SettingContent-ms',
    'sheet.xlsm',
    'help.chm',
    'console.msc',
  ]) {
    const begun = await browser.begin({ size: 10, name, type: 'text/plain', conversationId: TELEGRAM });
    assert.deepEqual(told(begun), [415, 'BAD_PAYLOAD', 'program'], name);
  }
  for (const name of [
    'plan.docx',
    'sheet.xlsx',
    'old.doc',
    'photos.zip',
    'exe.pdf',
    'a.command.txt',
    'library-ms',
    'x.pages',
  ])
    assert.equal(isForbidden({ type: 'application/octet-stream', name }, PROGRAMS), false, name);
});

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

/** Beginnings by which each container is known; silence would follow. */
const SOUNDS: [name: string, declared: string, served: string, bytes: Buffer][] = [
  ['a.wav', 'audio/x-wav', 'audio/wav', wave(1)],
  ['a.mp3', 'audio/mp3', 'audio/mpeg', bytes([0xff, 0xfb, 0x90, 0], '\0'.repeat(1000))],
  ['a.aac', 'audio/aac', 'audio/aac', bytes([0xff, 0xf1, 0x50, 0x80, 0x02, 0x1f, 0xfc], '\0'.repeat(1000))],
  ['a.flac', 'audio/x-flac', 'audio/flac', bytes('fLaC', [0x80, 0, 0, 0x22], '\0'.repeat(34))],
  [
    'a.ogg',
    'audio/ogg; codecs=opus',
    'audio/ogg',
    bytes('OggS\0\x02', '\0'.repeat(20), [1, 19], 'OpusHead\x01\x01', '\0'.repeat(90)),
  ],
  [
    'a.webm',
    'audio/webm;codecs=opus',
    'audio/webm',
    bytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm', '\0'.repeat(100)),
  ],
  ['a.m4a', 'audio/x-m4a', 'audio/mp4', bytes([0, 0, 0, 0x18], 'ftypM4A ', [0, 0, 2, 0], 'M4A mp42', '\0'.repeat(100))],
];

test('sound of the kinds that browsers play is played in the page, under a type of ours, and as it came', async () => {
  for (const [name, declared, served, sound] of SOUNDS) {
    const id = await browser.upload(sound, { name, type: declared, conversationId: TELEGRAM });
    const message = await sendSound(id);
    assert.equal(message.messageType, 'audio', name);
    const part = await get(message.metadata!.audioUrl!, { range: 'bytes=2-5' });
    assert.deepEqual([part.status, part.headers.get('content-type')], [206, served], name);
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), sound.subarray(2, 6), name);
    assert.equal(part.headers.get('content-disposition'), 'inline', name);
    assert.equal(part.headers.get('x-content-type-options'), 'nosniff');
    assert.match(part.headers.get('content-security-policy')!, /^sandbox;/);
    const saved = await get(message.metadata!.fileUrl!);
    assert.match(saved.headers.get('content-disposition')!, /^attachment;/, name);
  }
});

const PAGE = Buffer.from(
  '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
);

test('a page that says it is sound is refused, whatever its name is made of', async () => {
  const zip = bytes('PK\x03\x04', [20, 0], '\0'.repeat(100));
  for (const [type, what] of [
    ['audio/x+xml', PAGE],
    ['audio/mpeg+xml', PAGE],
    ['video/xml', PAGE],
    ['image/x+xml', PAGE],
    ['audio/x+xml', Buffer.from('<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>')],
    ['audio/rtf', Buffer.from('some words')],
    ['audio/x-zip', zip],
    ['audio/vnd.ms-openxmlformats', zip],
  ] as const) {
    const begun = await browser.begin({ size: what.length, name: 'song.mp3', type, conversationId: TELEGRAM });
    assert.deepEqual(told(await browser.put(begun.url, 0, what)), [415, 'BAD_PAYLOAD', 'filetype'], type);
  }
});

test('sound that no browser plays is a file, and what was taken for sound by an older rule is saved, not opened', async () => {
  const midi = bytes('MThd', [0, 0, 0, 6, 0, 0, 0, 1, 0, 96]);
  const id = await browser.upload(midi, { name: 'a.mid', type: 'audio/midi', conversationId: TELEGRAM });
  const message = await sendSound(id);
  assert.deepEqual([message.messageType, message.metadata!.audioUrl], ['file', undefined]);
  const asFile = await get(message.metadata!.fileUrl!);
  assert.match(asFile.headers.get('content-disposition')!, /^attachment;/);

  const { db } = server.app.core;
  for (const [type, served] of [
    ['audio/x+xml', 'application/octet-stream'],
    ['audio/midi', 'audio/midi'],
  ] as const) {
    assert.equal(isPlayed(type), false);
    await db.update(uploads).set({ kind: 'audio', fileType: type }).where(eq(uploads.id, id));
    const { headers } = await get(server.app.core.files!.links.to(id, 'sound'));
    assert.equal(headers.get('content-type'), served);
    assert.match(headers.get('content-disposition')!, /^attachment;/, type);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy')!, /^sandbox;/);
  }
});
