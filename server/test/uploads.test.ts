/** From a file on an agent's machine to a message with it: over real HTTP and real sockets. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { PROGRAMS } from '../src/files/allowed.js';
import { startChild } from './support/child.js';
import { openBrowser, PDF, picture, until, wave, type Browser } from './support/files.js';
import { ANNA, OF_ANNA, storedMessages } from './support/office.js';
import { openLine, startServer, type Line, type TestServer } from './support/server.js';

let server: TestServer;
let browser: Browser;
let anna: Line;
before(async () => {
  server = await startServer();
  browser = await openBrowser(server, ANNA);
  anna = await server.connect(ANNA);
});
after(() => server.close());

let keys = 0;
const send = (uploadId: string, more: object = {}) => ({
  conversationId: OF_ANNA,
  content: '',
  messageType: 'file',
  clientMessageId: `key-${++keys}`,
  metadata: { uploadId },
  ...more,
});
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, server.url), { headers, redirect: 'manual' });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

async function sent(ask: ReturnType<typeof send>) {
  const { message } = await anna.get('send_message', ask);
  return message!;
}

test('the server says where files go, how large and of which types', async () => {
  const { sync } = await server
    .connect(ANNA)
    .then((line) => line.ask('load_conversations'))
    .then((answer) => {
      assert.ok(answer.ok);
      return answer;
    });
  assert.deepEqual(sync?.features?.uploads, {
    endpoint: '/uploads',
    maxBytes: 100 * 1024 * 1024,
    types: ['image/*', 'audio/*', 'video/*', 'text/*', 'application/*'],
    forbidden: PROGRAMS,
  });
});

test('a file is uploaded in parts, sent, and saved as it was', async () => {
  const begun = await browser.begin({ size: PDF.length, name: 'Plan Küche.pdf' });
  assert.equal(begun.status, 201);
  assert.equal((await browser.put(begun.url, 0, PDF.subarray(0, 20))).headers.get('upload-offset'), '20');
  const standing = await browser.ask('HEAD', begun.url);
  assert.equal(standing.headers.get('upload-offset'), '20');
  assert.equal(standing.headers.get('upload-length'), String(PDF.length));
  assert.equal((await browser.put(begun.url, 20, PDF.subarray(20))).status, 204);

  const ask = send(begun.id, { content: 'The plan' });
  const message = await sent(ask);
  const { fileUrl, ...facts } = message.metadata!;
  assert.deepEqual(facts, {
    uploadId: begun.id,
    fileName: 'Plan Küche.pdf',
    fileSize: PDF.length,
    fileType: 'application/pdf',
  });
  const saved = await get(fileUrl!);
  assert.equal(saved.status, 200);
  assert.deepEqual(await bytesOf(saved), PDF);
  assert.equal(
    saved.headers.get('content-disposition'),
    `attachment; filename="Plan K_che.pdf"; filename*=UTF-8''Plan%20K%C3%BCche.pdf`,
  );
});

test('a picture is shown as one that was made anew, without what the camera knew', async () => {
  const original = await sharp({ create: { width: 3000, height: 1000, channels: 3, background: '#336699' } })
    .withExif({ IFD0: { Copyright: 'SECRET-PLACE' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const id = await browser.upload(original, { name: 'photo.jpg', type: 'image/jpeg' });
  const message = await sent(send(id, { messageType: 'image' }));
  const { imageUrl, fileUrl, width, height, fileType } = message.metadata!;
  assert.deepEqual([width, height, fileType], [1000, 3000, 'image/jpeg']);
  const shown = await get(imageUrl!);
  assert.equal(shown.headers.get('content-type'), 'image/webp');
  assert.equal(shown.headers.get('content-disposition'), 'inline');
  const bytes = await bytesOf(shown);
  const made = await sharp(bytes).metadata();
  assert.deepEqual([made.format, made.width, made.height, made.exif], ['webp', 683, 2048, undefined]);
  assert.ok(!bytes.includes('SECRET-PLACE'));
  const saved = await get(fileUrl!);
  assert.match(saved.headers.get('content-disposition')!, /^attachment; filename="photo\.jpg"/);
  assert.deepEqual(await bytesOf(saved), original);
});

test('a voice note is played in the page, by ranges, and its length is known', async () => {
  const sound = wave(3);
  const id = await browser.upload(sound, { name: 'note.wav', type: 'audio/x-wav' });
  const message = await sent(
    send(id, { messageType: 'audio', metadata: { uploadId: id, duration: 99, waveform: [0.5, 1] } }),
  );
  assert.equal(message.metadata!.duration, 3);
  assert.deepEqual(message.metadata!.waveform, [0.5, 1]);
  const url = message.metadata!.audioUrl!;
  const part = await get(url, { range: 'bytes=100-199' });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), `bytes 100-199/${sound.length}`);
  assert.equal(part.headers.get('content-type'), 'audio/wav');
  assert.equal(part.headers.get('content-disposition'), 'inline');
  assert.deepEqual(await bytesOf(part), sound.subarray(100, 200));
});

test('every telling of a message carries a fresh link, and the old one ends', async () => {
  const id = await browser.upload(PDF);
  const line = await server.connect(ANNA);
  const { metadata } = await sent(send(id));
  const heard = await line.next('new_message', (message) => message.clientMessageId === `key-${keys}`);
  assert.equal((heard.metadata as { fileUrl: string }).fileUrl, metadata!.fileUrl);
  assert.equal((await get(metadata!.fileUrl!)).status, 200);

  server.world.advance(76 * 60_000);
  const late = await get(metadata!.fileUrl!);
  assert.equal(late.status, 403);
  const { error } = (await late.json()) as { error: { code: string; message: string } };
  assert.deepEqual(
    [error.code, error.message],
    ['FORBIDDEN', 'This link has expired. Open the conversation again for a fresh one.'],
  );

  const again = await server.connect(ANNA);
  const { messages } = await again.get('load_messages', { conversationId: OF_ANNA });
  const fresh = messages.find((message) => message.metadata?.uploadId === id)!.metadata!.fileUrl!;
  assert.notEqual(fresh, metadata!.fileUrl);
  assert.equal((await get(fresh)).status, 200);
  browser = await openBrowser(server, ANNA);
  anna = again;
});

test('sending twice under one key is one message with one file; under another key the file is taken', async () => {
  const id = await browser.upload(PDF);
  const ask = send(id);
  const first = await anna.get('send_message', ask);
  const second = await anna.get('send_message', ask);
  assert.equal(second.duplicate, true);
  assert.equal(second.message!.id, first.message!.id);
  assert.equal(second.message!.metadata!.fileUrl, first.message!.metadata!.fileUrl);
  const error = await anna.refused('send_message', send(id));
  assert.deepEqual([error.code, error.field], ['CONFLICT', 'metadata.uploadId']);
  const stored = await storedMessages(server.app.core.db, OF_ANNA);
  assert.equal(stored.filter(({ metadata }) => metadata?.uploadId === id).length, 1);
});

test('two messages that claim one file at the same moment: one gets it', async () => {
  const id = await browser.upload(PDF);
  const answers = await Promise.all(
    [anna, await server.connect(ANNA)].map((line) => line.ask('send_message', send(id))),
  );
  assert.deepEqual(answers.map(({ ok }) => ok).sort(), [false, true]);
});

test('a refused message leaves its file to be sent again', async () => {
  const id = await browser.upload(PDF);
  const error = await anna.refused('send_message', send(id, { content: 'x'.repeat(5000) }));
  assert.equal(error.code, 'TOO_LARGE');
  assert.equal((await sent(send(id))).metadata!.fileName, 'plan.pdf');
});

test('what the page cannot show or play comes back as a file', async () => {
  const id = await browser.upload(PDF);
  const message = await sent(send(id, { messageType: 'image' }));
  assert.equal(message.messageType, 'file');
  assert.equal(message.metadata!.imageUrl, undefined);
});

test("a sender's own addresses and sizes do not stand beside a file", async () => {
  const id = await browser.upload(PDF);
  const { metadata } = await sent(
    send(id, {
      metadata: {
        uploadId: id,
        imageUrl: 'https://evil.example/x',
        fileUrl: 'https://evil.example/y',
        fileSize: 1,
        width: 9,
        duration: 4,
      },
    }),
  );
  assert.match(metadata!.fileUrl!, new RegExp(`^/files/${id}/file\\?`));
  assert.deepEqual(
    [metadata!.imageUrl, metadata!.fileSize, metadata!.width, metadata!.duration],
    [undefined, PDF.length, undefined, undefined],
  );
});

test('a note with a file stays with the team', async () => {
  const id = await browser.upload(PDF);
  const message = await sent(send(id, { visibility: 'internal' }));
  assert.equal(message.visibility, 'internal');
  assert.equal((await get(message.metadata!.fileUrl!)).status, 200);
});

test('an upload that broke off goes on where it stood', async () => {
  const bytes = Buffer.concat([PDF, Buffer.alloc(200_000, ' ')]);
  const { url, id } = await browser.begin({ size: bytes.length });
  const cut = request(url, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      authorization: `Bearer ${await server.token(ANNA)}`,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': String(bytes.length),
    },
  });
  cut.on('error', () => undefined);
  cut.write(bytes.subarray(0, 100_000));
  const standing = async () => Number((await browser.ask('HEAD', url)).headers.get('upload-offset'));
  // What has left this side arrives some time; asking does not hasten it, and a second asker waits for the first one's lock.
  const { storage } = server.app.core.files!;
  await until(async () => ((await storage.size(`${id}.original`)) ?? 0) >= 65_536);
  cut.destroy();
  const at = await standing();
  assert.ok(at >= 65_536 && at <= 100_000, `it stands at ${at}`);
  assert.equal((await browser.put(url, at, bytes.subarray(at))).status, 204);
  const { metadata } = await sent(send(id));
  assert.deepEqual(await bytesOf(await get(metadata!.fileUrl!)), bytes);
});

test('the last byte arrived and the process ended before it was looked at: sending looks at it', async () => {
  const { id } = await browser.begin({ size: PDF.length });
  await server.app.core.files!.storage.put(`${id}.original`, PDF);
  assert.equal((await sent(send(id))).metadata!.fileType, 'application/pdf');
});

test('what was not sent in time is thrown away, bytes and all; what was sent stays', async () => {
  const { storage, uploads } = server.app.core.files!;
  const kept = await browser.upload(PDF);
  await sent(send(kept));
  const unsent = await browser.upload(await picture(), { name: 'a.png', type: 'image/png' });
  const unfinished = await browser.begin({ size: 100 });
  const stray = 'f'.repeat(32);
  await storage.put(`${stray}.original`, PDF);
  assert.ok(await storage.size(`${unsent}.picture`));

  server.world.advance(24 * 3_600_000 - 60_000);
  await uploads.idle();
  browser = await openBrowser(server, ANNA);
  assert.equal((await browser.ask('HEAD', unfinished.url)).status, 200);
  server.world.advance(60_000);
  const gone = await browser.ask('PATCH', unfinished.url, { 'upload-offset': '0' });
  assert.equal(gone.status, 410);
  assert.deepEqual([gone.error?.code, gone.error?.field], ['NOT_FOUND', 'expired']);
  anna = await server.connect(ANNA);
  const late = await anna.refused('send_message', send(unsent));
  assert.deepEqual([late.code, late.field], ['NOT_FOUND', 'metadata.uploadId']);

  server.world.advance(20 * 60_000);
  await until(async () => (await storage.size(`${unsent}.original`)) === undefined);
  assert.equal(await uploads.byLink(unsent), undefined);
  assert.equal(await storage.size(`${unsent}.picture`), undefined);
  assert.equal(await storage.size(`${unfinished.id}.original`), undefined);
  assert.ok(await storage.size(`${kept}.original`));
  // Bytes that no row knows go at the next start, when they are old; the disk's clock counts for them.
  await uploads.clean(true);
  assert.equal(await storage.size(`${stray}.original`), PDF.length);
  server.world.advance(Date.now() - server.world.now().getTime() + 25 * 3_600_000);
  await uploads.clean(true);
  assert.equal(await storage.size(`${stray}.original`), undefined);
  assert.ok(await storage.size(`${kept}.original`));
  browser = await openBrowser(server, ANNA);
  anna = await server.connect(ANNA);
});

test('taken back before it was sent, it is gone; afterwards it cannot be taken back', async () => {
  const { storage } = server.app.core.files!;
  const { url, id } = await browser.begin({ size: PDF.length });
  await browser.put(url, 0, PDF);
  assert.equal((await browser.ask('DELETE', url)).status, 204);
  assert.equal(await storage.size(`${id}.original`), undefined);
  assert.equal((await browser.ask('HEAD', url)).status, 404);

  const other = await browser.upload(PDF);
  await sent(send(other));
  const refused = await browser.ask('DELETE', `${server.url}/uploads/${other}`);
  assert.equal(refused.status, 403);
  assert.ok(await storage.size(`${other}.original`));
});

test('the process is killed in the middle of an upload; the next one goes on', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-killed-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const env = { PORT: '0', DATA_DIR: folder, SANDBOX: 'off' };
  const bytes = Buffer.concat([PDF, Buffer.alloc(50_000, ' ')]);
  const signIn = async (url: string) => {
    const answer = await fetch(`${url}/api/demo/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agentId: 'marta' }),
    });
    const { token } = (await answer.json()) as { token: string };
    return { token, at: await openBrowser({ url, token: () => Promise.resolve(token) }, ANNA) };
  };

  const first = await startChild(env);
  const before = await signIn(first.url);
  const line = await openLine(first.url, { token: before.token });
  const { conversations } = await line.get('load_conversations');
  const conversationId = conversations.find(({ platform }) => platform === 'whatsapp')!.id;
  line.socket.disconnect();
  const begun = await before.at.begin({ size: bytes.length, conversationId });
  assert.equal((await before.at.put(begun.url, 0, bytes.subarray(0, 30_000))).status, 204);
  await first.end('SIGKILL');

  const second = await startChild(env);
  const now = await signIn(second.url);
  const url = `${second.url}/uploads/${begun.id}`;
  assert.equal((await now.at.ask('HEAD', url)).headers.get('upload-offset'), '30000');
  assert.equal((await now.at.put(url, 30_000, bytes.subarray(30_000))).status, 204);
  const again = await openLine(second.url, { token: now.token });
  const { message } = await again.get('send_message', send(begun.id, { conversationId }));
  assert.equal(message!.metadata!.fileSize, bytes.length);
  again.socket.disconnect();
  assert.equal(await second.end('SIGTERM'), 0);
});
