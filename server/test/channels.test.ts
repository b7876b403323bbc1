/** Channels of the server's own: announced, obeyed, and checked where they are set. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSettings } from '../src/settings.js';
import { receiveMessage } from '../src/messages/receive.js';
import { addConversation, ANNA } from './support/office.js';
import { startServer } from './support/server.js';
import { openBrowser, PDF } from './support/files.js';

const PORTAL = {
  id: 'portal',
  label: 'Customer portal',
  maxLength: 20,
  markup: 'none' as const,
  media: [{ types: ['image/*'], maxBytes: 1000 }],
  receipts: ['sent' as const],
  replyWindow: { hours: 0.1, after: 'none' as const },
  icon: 'M4 4h16v16H4z',
  color: '#225577',
};

async function withFile<T>(content: string, work: (path: string) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'crm-chat-channels-'));
  const path = join(folder, 'channels.json');
  writeFileSync(path, content);
  try {
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a channel of its own is announced, and its sheet is obeyed', async () => {
  const { channels } = await withFile(JSON.stringify([PORTAL]), (path) => readSettings({ CHANNELS_FILE: path }));
  const server = await startServer({ settings: { channels } });
  try {
    const anna = await server.connect(ANNA);
    const answer = await anna.ask('load_conversations');
    assert.deepEqual(answer.ok && answer.sync?.features?.channels, [PORTAL]);
    const conversationId = 'at-the-portal';
    await addConversation(server.app.core.db, { id: conversationId, assignedTo: 'anna', platform: 'portal' });
    await receiveMessage(server.app.core, { tenantId: 'north', conversationId, content: 'Hello' });
    const text = (content: string) => ({ conversationId, content, messageType: 'text' });
    const { message } = await anna.get('send_message', text('Welcome'));
    assert.equal(message?.platform, 'portal');
    const long = await anna.refused('send_message', text('x'.repeat(21)));
    assert.deepEqual([long.code, /Customer portal/.test(long.message)], ['TOO_LARGE', true]);
    const browser = await openBrowser(server, ANNA);
    const offer = await browser.begin({ conversationId, size: PDF.length });
    assert.match(offer.error?.message ?? '', /Customer portal does not carry/);
    server.world.advance(6 * 60_000);
    assert.equal((await anna.refused('send_message', text('Too late'))).code, 'WINDOW_CLOSED');
  } finally {
    await server.close();
  }
});

test('without any, none is announced', async () => {
  const server = await startServer();
  const answer = await (await server.connect(ANNA)).ask('load_conversations');
  assert.equal(answer.ok && answer.sync?.features && 'channels' in answer.sync.features, false);
  await server.close();
});

test('a file that is not a list of sheets is named in one sentence', async () => {
  const bad: [string, RegExp][] = [
    ['nonsense', /^CHANNELS_FILE \S+ could not be read: /],
    ['{}', /^CHANNELS_FILE \S+ is not a list of channel sheets/],
    [JSON.stringify([{ ...PORTAL, color: 'red' }]), /"0\.color"/],
    [JSON.stringify([PORTAL, PORTAL]), /names the channel "portal" twice\.$/],
  ];
  for (const [content, words] of bad)
    await withFile(content, (path) => assert.throws(() => readSettings({ CHANNELS_FILE: path }), { message: words }));
  assert.throws(() => readSettings({ CHANNELS_FILE: '/nowhere/at/all.json' }), /could not be read/);
});
