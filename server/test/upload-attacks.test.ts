/** What somebody who means harm, or is only mistaken, gets to hear when it comes to files. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { savedAs } from '../src/files/serving.js';
import { displayName } from '../src/files/uploads.js';
import { assignConversation } from '../src/conversations/change.js';
import { readSettings, StartFailure } from '../src/settings.js';
import { openBrowser, PDF, picture, wave, type Browser, type Offer, type Told } from './support/files.js';
import { addConversation, ANNA, BEN, OF_ANNA, OF_BEN, OF_NOBODY, OF_SOUTH, STRANGER } from './support/office.js';
import { startServer, type Line, type TestServer } from './support/server.js';

const MB = 1024 * 1024;
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

const files = () => server.app.core.files!;
let keys = 0;
const send = (uploadId: string, more: object = {}) => ({
  conversationId: OF_ANNA,
  content: '',
  messageType: 'file',
  clientMessageId: `key-${++keys}`,
  metadata: { uploadId },
  ...more,
});
const get = (path: string, headers: Record<string, string> = {}) => fetch(new URL(path, server.url), { headers });

/** What an upload is refused with, at its beginning or at its end. */
const refused = (bytes: Uint8Array, offer: Omit<Offer, 'size'>, by = browser): Promise<Told> =>
  by.upload(bytes, offer).then(
    () => assert.fail('it was taken'),
    (error: unknown) => error as Told,
  );
const told = ({ status, error }: Told) => [status, error?.code, error?.field];

test('without a good token there is no upload', async () => {
  const nobody = await openBrowser({ url: server.url, token: () => Promise.resolve('no.token.atall') }, ANNA);
  assert.deepEqual(told(await nobody.begin({ size: 10 })), [401, 'UNAUTHENTICATED', undefined]);
  const token = await server.token(ANNA);
  const old = await openBrowser({ url: server.url, token: () => Promise.resolve(token) }, ANNA);
  server.world.advance(16 * 60_000);
  assert.deepEqual(told(await old.begin({ size: 10 })), [401, 'TOKEN_EXPIRED', undefined]);
  browser = await openBrowser(server, ANNA);
  anna = await server.connect(ANNA);
});

test('a conversation that is hidden is refused in the words of one that does not exist', async () => {
  const hidden = await browser.begin({ size: 10, conversationId: OF_BEN });
  const missing = await browser.begin({ size: 10, conversationId: 'there-is-none' });
  assert.deepEqual(told(hidden), [403, 'NOT_FOUND', 'conversationId']);
  assert.deepEqual(hidden.error, missing.error);
  assert.deepEqual((await browser.begin({ size: 10, conversationId: OF_SOUTH })).error, missing.error);
  assert.equal((await browser.begin({ size: 10, conversationId: OF_NOBODY })).status, 201);
  assert.deepEqual(told(await browser.begin({ size: 10, conversationId: 'a\0b' })), [
    400,
    'BAD_PAYLOAD',
    'conversationId',
  ]);
});

test("another agent's and another tenant's upload is answered like one that never was", async () => {
  const { url, id } = await browser.begin({ size: PDF.length, conversationId: OF_NOBODY });
  const never = `${server.url}/uploads/${'0'.repeat(32)}`;
  for (const other of [BEN, STRANGER]) {
    const by = await openBrowser(server, other);
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      const [theirs, none] = [await by.ask(method, url), await by.ask(method, never)];
      assert.equal(theirs.status, 404, `${other.tenantId}/${other.id} ${method}`);
      assert.deepEqual(theirs.error, none.error);
    }
  }
  assert.equal((await browser.put(url, 0, PDF)).status, 204);
  const ben = await server.connect(BEN);
  const ask = (uploadId: string) => send(uploadId, { conversationId: OF_NOBODY });
  const foreign = await ben.refused('send_message', ask(id));
  assert.deepEqual([foreign.code, foreign.field], ['NOT_FOUND', 'metadata.uploadId']);
  assert.deepEqual(foreign, await ben.refused('send_message', ask('0'.repeat(32))));
  const stranger = await server.connect(STRANGER);
  assert.deepEqual(foreign, await stranger.refused('send_message', send(id, { conversationId: OF_SOUTH })));
  // Its own agent may use it, in its own conversation only.
  assert.deepEqual(foreign, await anna.refused('send_message', send(id)));
  await anna.get('send_message', ask(id));
});

test('a conversation that was given away takes no file any more', async () => {
  const id = 'given-away';
  await addConversation(server.app.core.db, { id, assignedTo: 'anna', platform: 'whatsapp' });
  const uploadId = await browser.upload(PDF, { conversationId: id });
  await assignConversation(server.app.core, { tenantId: 'north', conversationId: id }, 'ben');
  const error = await anna.refused('send_message', send(uploadId, { conversationId: id }));
  assert.deepEqual([error.code, error.field], ['NOT_FOUND', undefined]);
});

test('ids and names that climb out of the folder get nowhere', async () => {
  for (const id of ['..%2f..%2fserver.lock', '..%5c..%5cx', `${'a'.repeat(32)}%00`, 'x'.repeat(5000)]) {
    const { status } = await browser.ask('HEAD', `${server.url}/uploads/${id}`);
    assert.ok(status === 404 || status === 414, `${id.slice(0, 20)}: ${status}`);
    assert.ok([403, 404, 414].includes((await get(`/files/${id}/file?until=1&sign=x`)).status));
  }
  const id = await browser.upload(PDF, { name: '../../../etc/passwd.pdf' });
  const { message } = await anna.get('send_message', send(id));
  assert.equal(message!.metadata!.fileName, 'passwd.pdf');
  await assert.rejects(files().storage.put('../../x', PDF), /has not made/);
});

test('a name is shown without what breaks lines, and saved without what hides its end', () => {
  assert.equal(displayName('C:\\Users\\x\\plan.pdf'), 'plan.pdf');
  assert.equal(displayName('a\r\nSet-Cookie: x=1\0.pdf'), 'aSet-Cookie: x=1.pdf');
  assert.equal(displayName('..'), 'file');
  assert.equal(displayName(''), 'file');
  assert.equal(displayName(`${'x'.repeat(400)}.pdf`).length, 255);
  assert.match(displayName(`${'x'.repeat(400)}.pdf`), /x\.pdf$/);
  assert.equal(
    savedAs('photo\u202Egpj.exe"; a=b'),
    `filename="photogpj.exe_; a=b"; filename*=UTF-8''photogpj.exe_%3B%20a%3Db`,
  );
  assert.equal(savedAs('..hidden 100%.txt'), `filename="hidden 100_.txt"; filename*=UTF-8''hidden%20100%25.txt`);
});

test("what the channel does not carry is refused before the first byte, in the channel's words", async () => {
  const ben = await openBrowser(server, BEN);
  const sms = await ben.begin({ size: 10, conversationId: OF_BEN });
  assert.deepEqual(told(sms), [415, 'BAD_PAYLOAD', 'filetype']);
  assert.equal(sms.error?.message, 'SMS carries text only, no files.');
  const gif = await browser.begin({ size: 10, name: 'a.gif', type: 'image/gif' });
  assert.equal(gif.error?.message, 'WhatsApp does not carry files of the type image/gif.');
  const large = await browser.begin({ size: 6 * MB, name: 'a.png', type: 'image/png' });
  assert.deepEqual(told(large), [413, 'TOO_LARGE', 'size']);
  assert.equal(large.error?.message, 'The file is too large for WhatsApp: at most 5 MB for this type.');
  const huge = await browser.begin({ size: 101 * MB });
  assert.deepEqual(told(huge), [413, 'TOO_LARGE', undefined]);
  assert.deepEqual(told(await browser.begin({ size: 0 })), [400, 'BAD_PAYLOAD', 'size']);
  const program = await browser.begin({ size: 10, name: 'invoice.pdf.exe', conversationId: TELEGRAM });
  assert.equal(program.error?.message, 'Programs and scripts cannot be sent.');
  // What cannot be seen hides no ending: it is not in the name that a colleague saves.
  for (const name of [
    'invoice.bat\u200b',
    'invoice.ba\u200bt',
    'invoice.js\u2060',
    'invoice.hta\u202e',
    'a.vbs \u00ad',
  ])
    assert.equal(
      (await browser.begin({ size: 10, name, type: 'text/plain', conversationId: TELEGRAM })).error?.message,
      'Programs and scripts cannot be sent.',
      JSON.stringify(name),
    );
});

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const HTML = Buffer.from('<!doctype html><script>alert(1)</script>');

/** A small file that says it is a very large picture. */
function bomb(side: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const bytes = Buffer.alloc(12 + data.length);
    bytes.writeUInt32BE(data.length);
    bytes.write(name, 4, 'latin1');
    data.copy(bytes, 8);
    bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
    return bytes;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1000));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

test('what is not what it says is refused at its end, and its bytes are gone', async () => {
  const png = await picture();
  const cases: [string, Buffer, string, string][] = [
    ['an SVG as a PNG', SVG, 'a.png', 'image/png'],
    ['a web page as a PNG', HTML, 'a.png', 'image/png'],
    ['a web page as a PDF', HTML, 'a.pdf', 'application/pdf'],
    ['a program as a PDF', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]), 'a.pdf', 'application/pdf'],
    ['a picture as a voice note', png, 'a.mp3', 'audio/mpeg'],
    ['a PDF as a text', PDF, 'a.txt', 'text/plain'],
    ['bytes as a text', Buffer.from([65, 0, 1, 2, 0, 66]), 'a.txt', 'text/plain'],
    [
      'a GIF, which WhatsApp does not carry, as a PNG',
      Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1'),
      'a.png',
      'image/png',
    ],
    ['a picture that ends in its middle', png.subarray(0, png.length - 30), 'a.png', 'image/png'],
  ];
  for (const [what, bytes, name, type] of cases) {
    const begun = await browser.begin({ size: bytes.length, name, type });
    const end = await browser.put(begun.url, 0, bytes);
    assert.deepEqual(told(end), [415, 'BAD_PAYLOAD', 'filetype'], what);
    assert.equal(await files().storage.size(`${begun.id}.original`), undefined, what);
    const error = await anna.refused('send_message', send(begun.id));
    assert.deepEqual([error.message, error.field], [end.error!.message, 'metadata.uploadId'], what);
    assert.deepEqual((await browser.ask('PATCH', begun.url, { 'upload-offset': '0' })).error, end.error, what);
  }
});

test('a program stays one under any name and type', async () => {
  const elf = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(200)]);
  const end = await refused(elf, { name: 'data.bin', type: 'application/octet-stream', conversationId: TELEGRAM });
  assert.deepEqual(told(end), [415, 'BAD_PAYLOAD', 'program']);
  assert.equal(end.error?.message, 'Programs and scripts cannot be sent.');
});

/** Two frames of one pixel, 100 and 200 ms, again and again. */
const ANIMATION = Buffer.concat([
  Buffer.from('GIF89a', 'latin1'),
  Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0xff, 0, 0, 0, 0, 0xff]),
  Buffer.from('\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0', 'latin1'),
  Buffer.from('\x21\xfe\x0cSECRET-PLACE\0', 'latin1'),
  ...[10, 20].map((hundredths, at) =>
    Buffer.from([
      ...[0x21, 0xf9, 4, 4, hundredths, 0, 0, 0],
      ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
      ...[2, 2, at === 0 ? 0x44 : 0x4c, 1, 0],
    ]),
  ),
  Buffer.from([0x3b]),
]);

test('an animation keeps its frames and their times, and nothing else of the original', async () => {
  const { default: sharp } = await import('sharp');
  const webp = await sharp(ANIMATION, { animated: true }).webp({ lossless: true }).toBuffer();
  for (const [name, type, bytes] of [
    ['moves.gif', 'image/gif', ANIMATION],
    ['moves.webp', 'image/webp', webp],
  ] as const) {
    const id = await browser.upload(bytes, { name, type, conversationId: TELEGRAM });
    const { message } = await anna.get('send_message', { ...send(id), conversationId: TELEGRAM, messageType: 'image' });
    const { imageUrl, width, height } = message!.metadata!;
    assert.deepEqual([width, height], [1, 1], name);
    const shown = await fetch(new URL(imageUrl!, server.url));
    assert.equal(shown.headers.get('content-type'), 'image/webp');
    const made = Buffer.from(await shown.arrayBuffer());
    const { format, pages, delay } = await sharp(made, { animated: true }).metadata();
    assert.deepEqual([format, pages, delay], ['webp', 2, [100, 200]], name);
    assert.ok(!made.includes('SECRET-PLACE'));
  }
});

test('a wall of pixels in a small file is refused before it is decoded', async () => {
  const before = process.memoryUsage().rss;
  const end = await refused(bomb(60_000), { name: 'wall.png', type: 'image/png' });
  assert.deepEqual(told(end), [413, 'TOO_LARGE', 'size']);
  assert.match(end.error!.message, /too many pixels: at most 50 million/);
  assert.ok(process.memoryUsage().rss - before < 200 * MB);
});

test('a JPEG that is called PNG is a JPEG, and some bytes are what they are', async () => {
  const jpeg = await import('sharp').then(async ({ default: sharp }) =>
    sharp(await picture())
      .jpeg()
      .toBuffer(),
  );
  for (const type of ['image/png', 'application/octet-stream', '']) {
    const id = await browser.upload(jpeg, { name: 'a.png', type });
    const { message } = await anna.get('send_message', send(id, { messageType: 'image' }));
    assert.deepEqual([message!.messageType, message!.metadata!.fileType], ['image', 'image/jpeg'], type);
  }
});

test('what runs in a browser is saved as bytes and never shown', async () => {
  for (const [bytes, name, type] of [
    [SVG, 'a.svg', 'image/svg+xml'],
    [HTML, 'a.html', 'text/html'],
  ] as const) {
    const id = await browser.upload(bytes, { name, type, conversationId: TELEGRAM });
    const { message } = await anna.get('send_message', send(id, { conversationId: TELEGRAM, messageType: 'image' }));
    assert.equal(message!.messageType, 'file');
    assert.equal(message!.metadata!.imageUrl, undefined);
    const { headers } = await get(message!.metadata!.fileUrl!);
    assert.equal(headers.get('content-type'), 'application/octet-stream');
    assert.match(headers.get('content-disposition')!, /^attachment;/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.match(headers.get('content-security-policy')!, /^sandbox;/);
    assert.match(headers.get('cache-control')!, /^private, max-age=\d+/);
    // A link for showing cannot be made from one for saving.
    assert.equal((await get(message!.metadata!.fileUrl!.replace('/file?', '/picture?'))).status, 403);
  }
});

test('a link holds for one file, one use and a while; nobody makes or lengthens one', async () => {
  const [one, two] = [await browser.upload(PDF), await browser.upload(PDF)];
  const { message } = await anna.get('send_message', send(one));
  const url = new URL(message!.metadata!.fileUrl!, server.url);
  const changed = (change: (url: URL) => void) => {
    const copy = new URL(url);
    change(copy);
    return get(copy.href).then(({ status }) => status);
  };
  assert.equal(await changed(() => undefined), 200);
  assert.equal(await changed((copy) => (copy.pathname = `/files/${two}/file`)), 403);
  assert.equal(
    await changed((copy) => copy.searchParams.set('until', String(Number(copy.searchParams.get('until')) + 1))),
    403,
  );
  assert.equal(await changed((copy) => copy.searchParams.set('sign', 'A'.repeat(43))), 403);
  assert.equal(await changed((copy) => copy.searchParams.delete('sign')), 403);
  assert.equal(await changed((copy) => copy.searchParams.append('sign', 'x')), 403);
  assert.equal(await changed((copy) => copy.searchParams.set('until', '9'.repeat(300))), 403);
});

test('ranges: a part, the end, too far, changed meanwhile, several', async () => {
  const sound = wave(1);
  const id = await browser.upload(sound, { name: 'a.wav', type: 'audio/wav' });
  const { message } = await anna.get('send_message', send(id, { messageType: 'audio' }));
  const url = message!.metadata!.audioUrl!;
  const ask = async (headers: Record<string, string>) => {
    const answer = await get(url, headers);
    return [answer.status, Buffer.from(await answer.arrayBuffer()).length, answer.headers.get('content-range')];
  };
  const whole = await get(url);
  const etag = whole.headers.get('etag')!;
  assert.deepEqual(
    [whole.status, whole.headers.get('accept-ranges'), Buffer.from(await whole.arrayBuffer()).length],
    [200, 'bytes', sound.length],
  );
  assert.deepEqual(await ask({ range: 'bytes=-10' }), [206, 10, `bytes 8034-8043/8044`]);
  assert.deepEqual(await ask({ range: 'bytes=8000-' }), [206, 44, `bytes 8000-8043/8044`]);
  assert.deepEqual(await ask({ range: 'bytes=0-0', 'if-range': etag }), [206, 1, 'bytes 0-0/8044']);
  assert.deepEqual(await ask({ range: 'bytes=0-0', 'if-range': '"other"' }), [200, 8044, null]);
  assert.deepEqual(await ask({ range: 'bytes=0-1,5-6' }), [200, 8044, null]);
  const far = await get(url, { range: 'bytes=9000-' });
  assert.deepEqual([far.status, far.headers.get('content-range')], [416, 'bytes */8044']);
  assert.equal((await get(url, { 'if-none-match': etag })).status, 304);
  const head = await fetch(new URL(url, server.url), { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, '8044']);
});

test('no room left: for an agent until something is sent or removed, for a team for good; also for two at once', async (t) => {
  const settings = readSettings({ UPLOAD_AGENT_MB: '0.002', UPLOAD_TENANT_MB: '0.004' });
  const small = await startServer({ settings: { uploads: settings.uploads } });
  t.after(() => small.close());
  const by = await openBrowser(small, ANNA);
  const both = await Promise.all([by.begin({ size: 1500 }), by.begin({ size: 1500 })]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [201, 507]);
  const { error } = both.find(({ status }) => status === 507)!;
  assert.deepEqual([error?.code, error?.field], ['TOO_LARGE', 'quota']);
  assert.equal((await by.ask('DELETE', both.find(({ status }) => status === 201)!.url)).status, 204);

  const line = await small.connect(ANNA);
  const text = Buffer.alloc(1500, 'a');
  for (let i = 0; i < 2; i++)
    await line.get('send_message', send(await by.upload(text, { name: 'a.txt', type: 'text/plain' })));
  const full = await by.begin({ size: 1500, name: 'a.txt', type: 'text/plain' });
  assert.deepEqual(told(full), [507, 'TOO_LARGE', 'quota']);
  assert.equal(full.error?.message, 'Your team has no room for more files.');
  // Another team's room is its own.
  const south = await openBrowser(small, STRANGER);
  assert.equal((await south.begin({ size: 1500, conversationId: OF_SOUTH })).status, 201);
});

test('what was refused takes no room, however much of it there was', async (t) => {
  const settings = readSettings({ UPLOAD_AGENT_MB: '0.002', UPLOAD_TENANT_MB: '0.004' });
  const small = await startServer({ settings: { uploads: settings.uploads } });
  t.after(() => small.close());
  const by = await openBrowser(small, ANNA);
  const page = Buffer.from('<html>'.padEnd(1500, ' '));
  for (let i = 0; i < 4; i++) assert.equal((await refused(page, { name: 'a.pdf' }, by)).status, 415);
  await by.upload(Buffer.alloc(1500, 'a'), { name: 'a.txt', type: 'text/plain' });
});

test('more bytes than agreed, bytes at another place and a foreign protocol are refused', async () => {
  const { url } = await browser.begin({ size: 10 });
  assert.equal((await browser.put(url, 0, Buffer.alloc(11))).status, 413);
  assert.deepEqual(told(await browser.put(url, 5, Buffer.alloc(5))), [409, 'CONFLICT', undefined]);
  const answer = await fetch(`${server.url}/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await server.token(ANNA)}` },
  });
  assert.equal(answer.status, 412);
  assert.match(answer.headers.get('content-type')!, /json/);
});

test('beginning uploads without end is slowed down', async () => {
  const by = await openBrowser(server, { ...ANNA, id: 'hasty', role: 'supervisor' });
  let last = await by.begin({ size: 1 });
  for (let i = 0; i < 150 && last.status !== 429; i++) last = await by.begin({ size: 1 });
  assert.deepEqual(told(last), [429, 'RATE_LIMITED', undefined]);
  assert.ok(Number(last.headers.get('retry-after')) >= 1);
});

test('pages of allowed origins may upload and read, others may not', async (t) => {
  const own = await startServer({
    settings: { origins: ['https://crm.example.com'], publicUrl: 'https://chat.example.com' },
  });
  t.after(() => own.close());
  const preflight = (origin: string) =>
    fetch(`${own.url}/uploads`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'tus-resumable' },
    });
  const good = await preflight('https://crm.example.com');
  assert.equal(good.status, 204);
  assert.equal(good.headers.get('access-control-allow-origin'), 'https://crm.example.com');
  assert.match(good.headers.get('access-control-allow-headers')!, /Upload-Metadata/i);
  assert.match(good.headers.get('access-control-allow-methods')!, /PATCH/);
  assert.equal((await preflight('https://evil.example')).status, 403);

  const line = await own.connect(ANNA);
  const by = await openBrowser(own, ANNA);
  const begun = await by.begin({ size: PDF.length });
  assert.match(begun.url, /^https:\/\/chat\.example\.com\/uploads\//);
  await by.put(`${own.url}/uploads/${begun.id}`, 0, PDF);
  const { message } = await line.get('send_message', send(begun.id));
  const link = message!.metadata!.fileUrl!;
  assert.match(link, /^https:\/\/chat\.example\.com\/files\//);
  const at = link.replace('https://chat.example.com', own.url);
  for (const [origin, allowed] of [
    ['https://crm.example.com', 'https://crm.example.com'],
    ['https://evil.example', null],
  ] as const) {
    const answer = await fetch(at, { headers: { origin } });
    await answer.arrayBuffer(); // else the line stays open, and the server waits for it when it closes
    assert.equal(answer.headers.get('access-control-allow-origin'), allowed);
    assert.equal(answer.headers.get('vary'), 'Origin');
  }
});

test('switched off, nothing is announced and nothing is taken', async (t) => {
  const { uploads } = readSettings({ UPLOADS: 'off' });
  const off = await startServer({ settings: { uploads } });
  t.after(() => off.close());
  const line = await off.connect(ANNA);
  const answer = await line.ask('load_conversations');
  assert.ok(answer.ok && !answer.sync?.features?.uploads);
  assert.equal((await (await openBrowser(off, ANNA)).begin({ size: 1 })).status, 404);
  const error = await line.refused('send_message', send('0'.repeat(32)));
  assert.deepEqual([error.code, error.field], ['BAD_PAYLOAD', 'metadata.uploadId']);
});

test('a setting that cannot be is one sentence', () => {
  for (const env of [{ UPLOAD_TYPES: 'pictures' }, { PUBLIC_URL: 'chat.example.com' }, { UPLOAD_MAX_MB: '-1' }])
    assert.throws(() => readSettings(env), StartFailure);
  assert.equal(readSettings({ PUBLIC_URL: 'https://x.example/chat/' }).publicUrl, 'https://x.example/chat');
});
