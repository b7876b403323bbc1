/** Pictures that were made to hold everybody up. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { FRAMES_MAX, makePicture } from '../src/files/pictures.js';
import { openBrowser, PDF, picture } from './support/files.js';
import { ANNA, OF_SOUTH, STRANGER } from './support/office.js';
import { startServer } from './support/server.js';

/** A GIF of one dot and so many frames. */
function blinking(frames: number): Buffer {
  const head = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255])]);
  const timing = [0x21, 0xf9, 4, 0, 1, 0, 0, 0];
  const frame = (n: number) =>
    Buffer.from([...timing, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, n % 2 ? 0x4c : 0x44, 1, 0]);
  return Buffer.concat([head, ...Array.from({ length: frames }, (_, n) => frame(n)), Buffer.from([0x3b])]);
}

test('an animation of very many frames is shown by its first, and saved as it came', async () => {
  for (const [frames, shown] of [
    [FRAMES_MAX, FRAMES_MAX],
    [FRAMES_MAX + 1, 1],
    [5000, 1],
  ] as const) {
    const { bytes } = await makePicture(blinking(frames));
    assert.equal((await sharp(bytes, { animated: true }).metadata()).pages ?? 1, shown);
  }
});

test(
  'while a picture is being made, everybody else’s other files are looked at; other pictures wait for it',
  { timeout: 60_000 },
  async (t) => {
    const own = await startServer();
    const { storage, uploads } = own.app.core.files!;
    const put = storage.put.bind(storage);
    let letGo!: () => void;
    let reached!: () => void;
    const released = new Promise<void>((done) => (letGo = done));
    const atWork = new Promise<void>((done) => (reached = done));
    let made = 0;
    storage.put = async (key, bytes) => {
      if (!key.endsWith('.picture')) return put(key, bytes);
      made += 1;
      reached();
      await released;
      await put(key, bytes);
    };
    t.after(async () => {
      letGo();
      await own.close();
    });
    const [mine, theirs] = [await openBrowser(own, ANNA), await openBrowser(own, STRANGER)];
    const party = mine.upload(await picture(), { name: 'a.png', type: 'image/png' });
    await atWork;
    const second = mine.upload(await picture(50, 50), { name: 'b.png', type: 'image/png' });
    await theirs.upload(PDF, { conversationId: OF_SOUTH });
    await mine.upload(PDF);
    assert.equal(made, 1);
    letGo();
    for (const id of [await party, await second]) assert.equal((await uploads.find(ANNA, id))?.kind, 'image');
  },
);
