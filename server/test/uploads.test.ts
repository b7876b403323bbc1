/** From a file on an agent's machine to a message with it: over real HTTP and real sockets. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { openBrowser, PDF, wave, type Browser } from './support/files.js';
import { ANNA, OF_ANNA } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

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
