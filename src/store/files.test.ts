import { expect } from '@open-wc/testing';
import {
  createDesk,
  deskTransport,
  inspectableVault,
  openOffice,
  testBrowser,
  testWorld,
  type Office,
} from '../testing/index.js';
import { TAKEN_BACK } from '../transport/upload.js';
import { createChatStore } from './create-chat-store.js';
import { UploadRefused, type Upload } from './vault.js';

/** One attempt, in the hands of the test. */
interface FileUpload {
  row: Parameters<Upload>[0];
  progress: Parameters<Upload>[1];
  signal: AbortSignal;
  keep: Parameters<Upload>[3];
  done: (metadata: Awaited<ReturnType<Upload>>) => void;
  fail: (failure: Error) => void;
}

/** Files travel ahead of their messages, and nothing that was written waits for them. */
describe('messages with files', () => {
  let office: Office;
  let id: string;
  let uploads: FileUpload[];

  const file = (name: string) => ({ blob: new Blob(['x'.repeat(10)]), name, type: 'application/pdf' });
  const stored = () =>
    office.desk
      .messages(id)
      .filter(({ senderType }) => senderType === 'agent')
      .map(({ content }) => content);
  const settle = () => office.world.advance(1);

  beforeEach(async () => {
    uploads = [];
    office = await openOffice({
      prepare: (desk) => void (id = desk.addConversation().id),
      upload: (row, progress, signal, keep) =>
        new Promise((done, fail) => {
          signal.addEventListener('abort', () => fail(new Error('aborted')));
          uploads.push({ row, progress, signal, keep, done, fail });
        }),
    });
    office.desk.addMessage(id, { content: 'Hi' });
    office.store.setActiveConversation(id);
    await settle();
  });

  const send = async (name: string, caption = '') => {
    const key = await office.store.sendMessage(id, caption, 'file', { attachment: file(name) });
    await settle();
    return key;
  };

  it('let texts that are written meanwhile go first, in their order, and take their place when they are stored', async () => {
    const key = await send('plan.pdf', 'the plan');
    await office.store.sendMessage(id, 'one');
    await office.store.sendMessage(id, 'two');
    uploads[0]!.progress(0.5);
    await settle();
    expect(office.store.attachedFile(key), 'for the bubble’s preview').to.include({ name: 'plan.pdf' });
    expect(stored()).to.deep.equal(['one', 'two']);
    expect(office.store.$uploads.get()).to.deep.equal({ [key]: 0.5 });
    uploads[0]!.done({ uploadId: 'u1', fileName: 'plan.pdf' });
    await settle();
    expect(stored()).to.deep.equal(['one', 'two', 'the plan']);
    expect(office.desk.asks('send_message').at(-1)).to.have.nested.property('metadata.uploadId', 'u1');
    expect(office.store.$uploads.get()).to.deep.equal({});
    const { messages } = office.store.thread(id);
    expect(messages.$ids.get().map((one) => messages.get(one)!.content)).to.deep.equal([
      'Hi',
      'one',
      'two',
      'the plan',
    ]);
    expect(office.vault.rows.size).to.equal(0);
  });

  it('leave one after the other, in the order in which they were attached', async () => {
    await send('a.pdf', 'a');
    await send('b.pdf', 'b');
    expect(uploads.map(({ row }) => row.attachment.name)).to.deep.equal(['a.pdf']);
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    expect(stored()).to.deep.equal(['a']);
    uploads[1]!.done({ uploadId: 'u2' });
    await settle();
    expect(stored()).to.deep.equal(['a', 'b']);
  });

  it('keep their place before texts that are written while the link is down and the file is there already', async () => {
    await send('a.pdf', 'a');
    office.desk.hold('send_message');
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    await office.store.sendMessage(id, 'after it');
    await settle();
    office.desk.release('send_message');
    await office.world.advance(100);
    expect(stored()).to.deep.equal(['a', 'after it']);
  });

  it('go on where they stood, after bad weather and after a reload', async () => {
    const key = await send('plan.pdf');
    uploads[0]!.keep('https://files.example/u/1');
    uploads[0]!.progress(0.4);
    uploads[0]!.fail(new Error('the line broke'));
    await settle();
    expect(office.store.$uploads.get(), 'still shown as far as it came').to.deep.equal({ [key]: 0.4 });
    await office.world.advance(60_000);
    expect(uploads[1]!.row.attachment.resume).to.equal('https://files.example/u/1');
    await office.reopen();
    expect(uploads[1]!.signal.aborted).to.equal(true);
    const again = uploads.at(-1)!;
    expect(again.row.key).to.equal(key);
    expect(again.row.attachment.resume).to.equal('https://files.example/u/1');
    expect(await again.row.attachment.blob.text()).to.equal('x'.repeat(10));
    again.done({ uploadId: 'u1' });
    await settle();
    expect(office.desk.asks('send_message')).to.have.length(1);
  });

  it('are not uploaded again when the page closes between the file and its message', async () => {
    office.desk.hold('send_message');
    await send('plan.pdf');
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    await office.reopen();
    office.desk.release('send_message');
    await office.world.advance(60_000);
    expect(uploads).to.have.length(1);
    expect(office.desk.messages(id).filter(({ senderType }) => senderType === 'agent')).to.have.length(1);
  });

  it('stop when the link goes and go on when it is back', async () => {
    await send('plan.pdf');
    office.desk.goOffline();
    await settle();
    expect(uploads[0]!.signal.aborted).to.equal(true);
    expect(uploads[0]!.signal.reason).not.to.equal(TAKEN_BACK);
    office.desk.goOnline();
    await office.world.advance(5000);
    expect(uploads).to.have.length(2);
  });

  it('fail in words when they are refused, begin anew with a retry, and hold up nothing behind them', async () => {
    const key = await send('plan.pdf', 'kept words');
    await send('b.pdf', 'b');
    uploads[0]!.keep('https://files.example/u/1');
    uploads[0]!.fail(new UploadRefused('TOO_LARGE', 'At most 16 MB.'));
    await settle();
    const { messages } = office.store.thread(id);
    expect(messages.get(key)).to.deep.include({ delivery: 'failed', content: 'kept words' });
    expect(messages.get(key)!.failure?.message).to.equal('At most 16 MB.');
    uploads[1]!.done({ uploadId: 'u2' });
    await settle();
    expect(stored()).to.deep.equal(['b']);
    office.store.retryMessage(id, key);
    await settle();
    expect(uploads[2]!.row.attachment.resume).to.equal(undefined);
    uploads[2]!.done({ uploadId: 'u3' });
    await settle();
    expect(stored()).to.deep.equal(['b', 'kept words']);
  });

  it('are held back by name when somebody answered meanwhile', async () => {
    const key = await send('plan.pdf', '');
    office.desk.failNext('send_message', { code: 'CONFLICT', field: 'seenSeq', retryable: false });
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    expect(office.store.thread(id).$held.get()).to.deep.include({ key, content: '', fileName: 'plan.pdf' });
  });

  it('are uploaded anew, once, when the server has thrown the file away meanwhile', async () => {
    const lost = { code: 'NOT_FOUND', field: 'metadata.uploadId', retryable: false } as const;
    const key = await send('plan.pdf', 'late');
    office.desk.failNext('send_message', lost);
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    expect(uploads).to.have.length(2);
    office.desk.failNext('send_message', lost);
    uploads[1]!.done({ uploadId: 'u2' });
    await settle();
    expect(office.store.thread(id).messages.get(key)).to.have.nested.property('failure.code', 'FILE_LOST');
    office.store.retryMessage(id, key);
    await settle();
    uploads[2]!.done({ uploadId: 'u3' });
    await settle();
    expect(
      office.desk.asks('send_message').map((ask) => (ask as { metadata: { uploadId: string } }).metadata.uploadId),
    ).to.deep.equal(['u1', 'u2', 'u3']);
    expect(stored()).to.deep.equal(['late']);
  });

  it('keep their order when the first one is uploaded anew and the next one is there already', async () => {
    await send('a.pdf', 'a');
    await send('b.pdf', 'b');
    office.desk.dropAsk('send_message');
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    uploads[1]!.done({ uploadId: 'u2' });
    await settle();
    office.desk.failNext('send_message', { code: 'NOT_FOUND', field: 'metadata.uploadId', retryable: false });
    await office.store.sendMessage(id, 'text');
    await office.world.advance(30_000);
    expect(stored(), 'a text waits for no file').to.deep.equal(['text']);
    uploads[2]!.done({ uploadId: 'u3' });
    await settle();
    expect(stored()).to.deep.equal(['text', 'a', 'b']);
  });

  it('go along when a message in doubt is sent again, and not without them', async () => {
    let open = '';
    const { desk, store, world } = await openOffice({
      level: 0,
      ack: 'none',
      prepare: (seed) => void (open = seed.addConversation().id),
      upload: () => Promise.resolve({ uploadId: 'u1', fileName: 'plan.pdf' }),
    });
    store.setActiveConversation(open);
    await world.advance(1);
    desk.dropAsk('send_message');
    const key = await store.sendMessage(open, 'the plan', 'file', { attachment: file('plan.pdf') });
    await world.advance(1000);
    desk.goOffline();
    await world.settle();
    desk.goOnline();
    await world.advance(20_000);
    expect(store.thread(open).messages.get(key)?.delivery).to.equal('uncertain');
    store.retryMessage(open, key);
    await world.advance(100);
    expect(desk.asks('send_message').at(-1)).to.have.nested.property('metadata.uploadId', 'u1');
  });

  it('are given up when they are taken back, and nothing of them stays', async () => {
    const key = await send('plan.pdf');
    uploads[0]!.progress(0.5);
    office.store.deleteMessage(id, key);
    uploads[0]!.keep('https://files.example/u/1');
    await office.world.advance(100);
    expect(uploads[0]!.signal.reason).to.equal(TAKEN_BACK);
    expect(office.store.$uploads.get()).to.deep.equal({});
    expect(stored()).to.deep.equal([]);
    expect(office.vault.rows.size).to.equal(0);
  });

  it('are not kept once they are at the server, where they are large; lost there, the agent is told', async () => {
    const blob = new Blob([new Uint8Array(16 * 1024 * 1024 + 1)]);
    const attachment = { blob, name: 'film.mp4', type: 'video/mp4' };
    const key = await office.store.sendMessage(id, 'the film', 'file', { attachment });
    await settle();
    office.desk.failNext('send_message', { code: 'NOT_FOUND', field: 'metadata.uploadId' });
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    expect(office.vault.rows.get(key)).not.to.have.property('attachment');
    expect(office.store.thread(id).messages.get(key)).to.have.nested.property('failure.code', 'FILE_LOST');
    office.store.retryMessage(id, key);
    await settle();
    expect(uploads, 'there is nothing to upload any more').to.have.length(1);
    expect(stored()).to.deep.equal(['the film']);
  });

  it('show no progress of an attempt that was stopped', async () => {
    const key = await send('plan.pdf');
    uploads[0]!.progress(0.5);
    office.desk.goOffline();
    await settle();
    uploads[0]!.progress(0.9);
    expect(office.store.$uploads.get()).to.deep.equal({ [key]: 0.5 });
  });

  it('go out from memory when the disk has no room for them', async () => {
    office.vault.failing = true;
    await send('plan.pdf', 'the plan');
    uploads[0]!.keep('https://files.example/u/1');
    uploads[0]!.done({ uploadId: 'u1' });
    await settle();
    expect(stored()).to.deep.equal(['the plan']);
  });

  it('leave nothing behind when the agent signs out in the middle', async () => {
    await send('plan.pdf');
    await office.store.reset();
    expect(uploads[0]!.signal.reason).to.equal(TAKEN_BACK);
    uploads[0]!.keep('https://files.example/u/1');
    uploads[0]!.done({ uploadId: 'u1' });
    await office.world.advance(60_000);
    expect(stored()).to.deep.equal([]);
    expect(office.vault.rows.size).to.equal(0);
  });

  it('say so where nobody can upload', async () => {
    const { desk, world, vault } = office;
    const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
    const store = createChatStore({ world, vault, transport });
    await world.advance(1);
    const key = await store.sendMessage(id, '', 'file', { attachment: file('plan.pdf') });
    await world.advance(1);
    expect(store.thread(id).messages.get(key)?.failure?.code).to.equal('UNAVAILABLE');
  });

  it('are cancelled from any page of the browser, whichever one sends', async () => {
    const desk = createDesk();
    const { id: open } = desk.addConversation();
    const [world, browser, vault] = [testWorld(), testBrowser(), inspectableVault()];
    vault.name = 'northlight:marta';
    const page = async () => {
      const transport = deskTransport(desk, { agentId: 'agent-1', after: (ms, run) => world.after(ms, run) });
      const store = createChatStore({
        transport,
        world: browser.page(world),
        vault,
        upload: (row, progress, signal, keep) =>
          new Promise((done, fail) => {
            signal.addEventListener('abort', () => fail(new Error('aborted')));
            uploads.push({ row, progress, signal, keep, done, fail });
          }),
      });
      store.setActiveConversation(open);
      await world.advance(1);
      return store;
    };
    const [first, second] = [await page(), await page()];
    const key = await second.sendMessage(open, '', 'file', { attachment: file('plan.pdf') });
    await world.advance(1);
    expect(uploads).to.have.length(1);
    uploads[0]!.progress(0.25);
    await world.advance(1);
    expect([first.$uploads.get(), second.$uploads.get()]).to.deep.equal([{ [key]: 0.25 }, { [key]: 0.25 }]);
    second.deleteMessage(open, key);
    await world.advance(100);
    expect(uploads[0]!.signal.reason).to.equal(TAKEN_BACK);
    expect(desk.asks('send_message')).to.have.length(0);
    expect(vault.rows.size).to.equal(0);
  });
});
