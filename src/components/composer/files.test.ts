import { expect } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { CHANNELS, plainType } from '../../contract/index.js';
import { stage, type Stage } from '../chat-messages/stage.js';
import type { CrmMessageSendEvent } from '../events.js';
import type { Upload } from '../../store/vault.js';
import { problemOf } from './file-checks.js';
import { shrinkPicture } from './shrink-picture.js';

const UPLOADS = { endpoint: '/files', maxBytes: 100 * 1024 * 1024, types: ['*/*'] };
const FEATURES = { uploads: UPLOADS, internal_notes: true };
const pdf = (name: string, size = 10) => new File(['x'.repeat(size)], name, { type: 'application/pdf' });

/** An event as the browser makes it when files are dragged, dropped or pasted. */
function carrying(files: File[], text?: string): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  if (text !== undefined) data.setData('text/plain', text);
  return data;
}
const paste = (made: Stage, data: DataTransfer) => {
  const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
  // Firefox copies no files into an event that a page makes.
  Object.defineProperty(event, 'clipboardData', { value: data });
  made.field.dispatchEvent(event);
  return event;
};
const drag = (made: Stage, type: string, dataTransfer: DataTransfer) => {
  const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true });
  made.log.dispatchEvent(event);
  return event;
};
const names = (made: Stage) => made.all('.tray b').map((one) => one.textContent);
const asks = ({ desk }: Stage) =>
  desk.asks('send_message') as { content: string; messageType: string; metadata: Record<string, unknown> }[];

describe('composer: files', () => {
  it('are offered only where the server announces them, and go with the words of the field', async () => {
    const plain = await stage();
    expect(plain.all('[data-action=attach]')).to.have.length(0);
    expect(paste(plain, carrying([pdf('a.pdf')])).defaultPrevented).to.equal(false);
    const carried: string[] = [];
    const upload: Upload = async (row) => {
      carried.push(row.attachment.name);
      return { uploadId: `u${carried.length}` };
    };
    const made = await stage({ features: FEATURES, upload });
    expect(made.one('[data-action=attach]')).to.have.attribute('aria-label', 'Attach files');
    expect(paste(made, carrying([pdf('a.pdf'), pdf('b.pdf')])).defaultPrevented).to.equal(true);
    await made.drawn();
    expect(names(made)).to.deep.equal(['a.pdf', 'b.pdf']);
    expect(made.send).to.have.attribute('aria-disabled', 'false');
    made.write('see both');
    made.press('Enter');
    await made.drawn();
    expect(asks(made).map(({ content, messageType }) => [content, messageType])).to.deep.equal([
      ['see both', 'file'],
      ['', 'file'],
    ]);
    expect(asks(made)[0]!.metadata).to.include({ fileName: 'a.pdf', fileSize: 10, uploadId: 'u1' });
    expect(carried).to.deep.equal(['a.pdf', 'b.pdf']);
    expect(made.field.value).to.equal('');
    expect(made.all('.tray')).to.have.length(0);
  });

  it('are one event for each before they go, and a host keeps back which it likes', async () => {
    const upload: Upload = async (row) => ({ uploadId: row.attachment.name });
    const made = await stage({
      features: FEATURES,
      upload,
      history: (desk, id) => void desk.addMessage(id, { id: 'asked', content: 'Where are the plans?' }),
    });
    made.store.setReplyTarget(made.id, 'asked');
    paste(made, carrying([pdf('a.pdf'), pdf('b.pdf'), pdf('c.pdf')]));
    made.write('see these');
    await made.drawn();
    const told: CrmMessageSendEvent['detail'][] = [];
    made.panel.addEventListener('crm-message-send', (event) => {
      expect(asks(made), 'all are told before one leaves').to.have.length(0);
      told.push(event.detail);
      if (event.detail.attachment?.name !== 'b.pdf') event.preventDefault();
    });
    made.press('Enter');
    await made.drawn();
    expect(
      told.map(({ content, messageType, replyTo, attachment }) => [content, messageType, replyTo, attachment?.name]),
    ).to.deep.equal([
      ['see these', 'file', 'asked', 'a.pdf'],
      ['', 'file', undefined, 'b.pdf'],
      ['', 'file', undefined, 'c.pdf'],
    ]);
    expect(told[1]).to.have.property('conversationId', made.id);
    expect(told[1]!.metadata).to.include({ fileName: 'b.pdf', fileSize: 10 });
    expect(asks(made).map(({ metadata }) => metadata['fileName'])).to.deep.equal(['b.pdf']);
    expect(names(made), 'what was kept back stays above the field').to.deep.equal(['a.pdf', 'c.pdf']);
    expect(made.field.value, 'and so do the words').to.equal('see these');
    expect(made.store.thread(made.id).$replyTarget.get()).to.equal('asked');
  });

  it('are no more than go at once, also when they come one after another', async () => {
    const made = await stage({ features: FEATURES, upload: () => new Promise(() => {}) });
    const many = (count: number) => carrying(Array.from({ length: count }, (_, at) => pdf(`${at}.pdf`)));
    paste(made, many(40));
    await made.drawn();
    const most = names(made).length;
    expect(most).to.be.within(1, 39);
    paste(made, many(1));
    await made.drawn();
    expect(names(made)).to.have.length(most);
    expect(made.panel.shadowRoot!.textContent).to.include(`At most ${most} files at once.`);
  });

  it('are left where they are when words are pasted with a picture of themselves', async () => {
    const made = await stage({ features: FEATURES });
    expect(paste(made, carrying([pdf('a.pdf')], 'words')).defaultPrevented).to.equal(false);
    await made.drawn();
    expect(names(made)).to.deep.equal([]);
  });

  it('can be dropped anywhere on the panel, which says so and stops saying it', async () => {
    const made = await stage({ features: FEATURES });
    const text = new DataTransfer();
    text.setData('text/plain', 'words');
    expect(drag(made, 'dragover', text).defaultPrevented, 'words are none of our business').to.equal(false);
    expect(made.all('.dropzone')).to.have.length(0);
    expect(drag(made, 'dragover', carrying([pdf('a.pdf')])).defaultPrevented).to.equal(true);
    expect(made.one('.dropzone')).to.have.text('Drop files to attach them');
    made.panel.dispatchEvent(new DragEvent('dragleave', { relatedTarget: document.body }));
    expect(made.all('.dropzone')).to.have.length(0);
    drag(made, 'dragover', carrying([pdf('a.pdf')]));
    expect(drag(made, 'drop', carrying([pdf('a.pdf')])).defaultPrevented).to.equal(true);
    await made.drawn();
    expect(made.all('.dropzone')).to.have.length(0);
    expect(names(made)).to.deep.equal(['a.pdf']);
  });

  it('say why they cannot go, keep the words, and can be taken out', async () => {
    const made = await stage({ features: FEATURES });
    paste(made, carrying([new File(['x'], 'run\u202Egpj.exe', { type: 'font/woff2' }), pdf('empty.pdf', 0)]));
    made.write('precious');
    await made.drawn();
    expect(made.all('.tray [role=alert]').map((one) => one.textContent.trim())).to.deep.equal([
      'WhatsApp does not carry files of this kind.',
      'The file is empty.',
    ]);
    expect(made.one('.tray b').querySelector('bdi'), 'a hostile name is isolated').to.exist;
    expect(made.one('.tray b').textContent).not.to.contain('\u202E');
    made.press('Enter');
    await made.drawn();
    expect(made.one('.strip[role=alert]')).to.contain.text('Remove the files that cannot be sent');
    expect(made.field.value).to.equal('precious');
    for (const button of made.all('[part~=attachment-remove]')) button.click();
    await made.drawn();
    made.all('[part~=attachment-remove]').forEach((button) => button.click());
    await made.drawn();
    made.press('Enter');
    await made.drawn();
    expect(asks(made).map(({ content }) => content)).to.deep.equal(['precious']);
  });

  it('keep the ending of a name that is too long, and an empty one has no size', async () => {
    const made = await stage({ features: FEATURES });
    const long = `${'a very long name of a plan '.repeat(5)}.pdf`;
    paste(made, carrying([pdf(long, 0), pdf('.profile')]));
    await made.drawn();
    expect(names(made)).to.deep.equal([long, '.profile']);
    const [stem, ending] = [...made.one('.tray b').querySelectorAll('span')];
    expect(ending).to.have.text('.pdf');
    expect(stem!.scrollWidth).to.be.above(stem!.clientWidth);
    expect(ending!.getBoundingClientRect().right).to.be.at.most(made.one('.tray b').getBoundingClientRect().right + 1);
    expect(made.one('.tray small')).to.have.text('0 kB');
  });

  it('are not lost by a slip of the hand: the browser asks as long as some are attached and not sent', async () => {
    const made = await stage({ features: FEATURES, upload: async () => ({ uploadId: 'u1' }) });
    const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(asks()).to.equal(false);
    paste(made, carrying([pdf('a.pdf')]));
    await made.drawn();
    expect(asks()).to.equal(true);
    made.one('[part~=attachment-remove]').click();
    await made.drawn();
    expect(asks(), 'taken out').to.equal(false);
    paste(made, carrying([pdf('b.pdf')]));
    await made.drawn();
    made.store.setActiveConversation(null);
    await made.drawn();
    made.store.setActiveConversation(made.id);
    await made.drawn();
    expect(asks(), 'still there').to.equal(true);
    made.write('with it');
    made.press('Enter');
    await made.drawn();
    await made.drawn();
    expect(asks(), 'sent').to.equal(false);
    paste(made, carrying([pdf('c.pdf')]));
    await made.drawn();
    made.panel.remove();
    expect(asks(), 'a panel that went holds no page').to.equal(false);
  });

  it('are refused as a whole by a channel that carries text only', async () => {
    const made = await stage({ features: FEATURES, conversation: { platform: 'sms' } });
    drag(made, 'dragover', carrying([pdf('a.pdf')]));
    expect(made.one('.dropzone')).to.have.text('SMS carries text only, no files.');
    drag(made, 'drop', carrying([pdf('a.pdf')]));
    await made.drawn();
    expect(names(made)).to.deep.equal([]);
    expect(made.one('.strip[role=alert]')).to.contain.text('SMS carries text only');
  });

  it('show how many bytes have gone, and can be stopped', async () => {
    let progress: (part: number) => void = () => undefined;
    let aborted = false;
    const made = await stage({
      features: FEATURES,
      upload: (_row, tell, signal) =>
        new Promise((_done, fail) => {
          progress = tell;
          signal.addEventListener('abort', () => {
            aborted = true;
            fail(new Error('aborted'));
          });
        }),
    });
    paste(made, carrying([pdf('plan.pdf', 2_000_000)]));
    made.press('Enter');
    await made.drawn();
    progress(0.5);
    await made.drawn();
    const row = made.one('.filerow').closest<HTMLElement>('crm-message-row')!;
    expect(row).to.contain.text('1 MB of 2 MB');
    expect(row).to.contain.text('Uploading');
    expect(made.one<HTMLProgressElement>('.prog').value).to.equal(0.5);
    const told: object[] = [];
    made.panel.addEventListener('crm-message-delete', (event) => told.push(event));
    const keep = (event: CustomEvent<object>) => {
      told.push(event.detail);
      event.preventDefault();
    };
    made.panel.addEventListener('crm-message-upload-cancel', keep);
    made.one('[part~=upload-cancel]').click();
    await made.drawn();
    const { key } = made.one<HTMLElement & { key: string }>('crm-message-row:has(.filerow)');
    expect(told).to.deep.equal([{ conversationId: made.id, key, fileName: 'plan.pdf' }]);
    expect(aborted, 'the host keeps it going').to.equal(false);
    expect(made.all('.filerow')).to.have.length(1);
    made.panel.removeEventListener('crm-message-upload-cancel', keep);
    made.one('[part~=upload-cancel]').click();
    await made.drawn();
    expect(aborted).to.equal(true);
    expect(made.all('.filerow')).to.have.length(0);
    expect(asks(made)).to.have.length(0);
  });
});

describe('composer: a picture that is too large for the channel', () => {
  const MOST = 200_000;
  const noise = async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [400, 300];
    const pen = canvas.getContext('2d')!;
    const points = pen.createImageData(400, 300);
    let seed = 7;
    for (let at = 0; at < points.data.length; at++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      points.data[at] = at % 4 === 3 ? 255 : seed >>> 24;
    }
    pen.putImageData(points, 0, 0);
    const blob = await new Promise<Blob>((done) => canvas.toBlob((made) => done(made!), 'image/png'));
    expect(blob.size).to.be.above(MOST);
    return new File([blob], 'wall.png', { type: 'image/png' });
  };
  const offered = async () => {
    const carried: { name: string; type: string; size: number }[] = [];
    const sheet = { ...CHANNELS['whatsapp']!, media: [{ types: ['image/*'], maxBytes: MOST }] };
    const made = await stage({
      features: FEATURES,
      channels: { whatsapp: sheet },
      upload: async ({ attachment: { name, type, blob } }) => {
        carried.push({ name, type, size: blob.size });
        return { uploadId: 'u1' };
      },
    });
    paste(made, carrying([await noise()]));
    made.write('the wall');
    const offer = () => made.all('.attach .link').find((one) => one.textContent.startsWith('Send smaller'));
    await waitUntil(() => offer(), 'the offer', { timeout: 20_000 });
    return { made, carried, offer: offer()! };
  };

  it('is offered smaller with what that comes to, and goes nowhere until the agent has chosen', async () => {
    const { made, offer, carried } = await offered();
    expect(made.one('.attach [role=alert]')).to.contain.text('Too large for WhatsApp: at most 200 kB.');
    expect(offer.textContent.trim()).to.match(/^Send smaller · \d+ kB$/u);
    made.press('Enter');
    await made.drawn();
    expect(made.one('.strip[role=alert]')).to.contain.text(
      'Remove the files that cannot be sent, or make them smaller.',
    );
    expect(made.field.value).to.equal('the wall');
    expect([asks(made).length, carried.length]).to.deep.equal([0, 0]);
  });

  it('goes smaller when that is chosen, as what it is then', async () => {
    const { made, offer, carried } = await offered();
    offer.click();
    await made.drawn();
    expect(made.all('.attach [role=alert], .attach .link'), 'nothing stands against it').to.have.length(0);
    expect(names(made)).to.deep.equal(['wall.jpg']);
    expect(made.panel.shadowRoot!.activeElement === made.field, 'the button went: the field has the focus').to.equal(
      true,
    );
    made.press('Enter');
    await made.drawn();
    const [{ size, ...sent } = { size: 0 }] = carried;
    expect(sent).to.deep.equal({ name: 'wall.jpg', type: 'image/jpeg' });
    expect(size).to.be.within(1, MOST);
    const [ask] = asks(made);
    expect([ask?.content, ask?.messageType]).to.deep.equal(['the wall', 'image']);
    expect(ask?.metadata).to.include({ fileName: 'wall.jpg', fileSize: size, fileType: 'image/jpeg', uploadId: 'u1' });
  });

  it('is left out when that is chosen, and the words go alone', async () => {
    const { made, carried } = await offered();
    made.one('[part~=attachment-remove]').click();
    await made.drawn();
    made.press('Enter');
    await made.drawn();
    expect(asks(made).map(({ content, messageType }) => [content, messageType])).to.deep.equal([['the wall', 'text']]);
    expect(carried).to.deep.equal([]);
  });
});

describe('files: what a channel takes', () => {
  const MB = 1024 * 1024;
  const CASES: [string, string, number, string | undefined][] = [
    ['whatsapp', 'image/jpeg', MB, undefined],
    ['whatsapp', 'image/jpeg', 6 * MB, 'size'],
    ['whatsapp', 'image/webp', MB, 'type'],
    ['whatsapp', 'application/pdf', 60 * MB, undefined],
    ['telegram', 'anything/else', MB, undefined],
    ['telegram', 'anything/else', 0, 'empty'],
    ['sms', 'image/jpeg', MB, 'text-only'],
  ];
  for (const [channel, type, size, kind] of CASES)
    it(`${channel}, ${type}, ${size} bytes: ${kind ?? 'yes'}`, () => {
      expect(problemOf({ type, size, name: '' }, CHANNELS[channel]!, UPLOADS)?.kind).to.equal(kind);
    });

  it('and what the server takes counts as well', () => {
    const sheet = CHANNELS['telegram']!;
    const uploads = { endpoint: '/files', maxBytes: 10, types: ['image/*'] };
    expect(problemOf({ type: 'image/png', size: 11, name: '' }, sheet, uploads)).to.deep.equal({
      kind: 'size',
      maxBytes: 10,
    });
    expect(problemOf({ type: 'text/plain', size: 1, name: '' }, sheet, uploads)?.kind).to.equal('type');
  });

  it('and programs go nowhere, where the server says which files are some', () => {
    const sheet = CHANNELS['telegram']!;
    const forbidden = { types: ['application/x-sh'], endings: ['exe'] };
    const kind = (name: string, type: string, uploads = { ...UPLOADS, forbidden }) =>
      problemOf({ type, size: 1, name }, sheet, uploads)?.kind;
    expect(kind('Invoice.pdf.EXE. ', 'application/pdf')).to.equal('program');
    expect(kind('run', 'application/x-sh')).to.equal('program');
    expect(kind('exe.pdf', 'application/pdf')).to.equal(undefined);
    expect(problemOf({ type: 'application/pdf', size: 1, name: 'a.exe' }, sheet, UPLOADS)).to.equal(undefined);
  });

  it('and a type under another of its names is the same type', () => {
    expect(plainType('image/JPG; q=1')).to.equal('image/jpeg');
    expect(plainType('audio/x-m4a')).to.equal('audio/mp4');
    expect(plainType('')).to.equal('application/octet-stream');
  });

  it('and a picture can be made to fit', async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [600, 400];
    const pen = canvas.getContext('2d')!;
    for (let x = 0; x < 600; x += 4)
      for (let y = 0; y < 400; y += 4) {
        pen.fillStyle = `rgb(${(x * 7) % 256} ${(y * 13) % 256} ${(x * y) % 256})`;
        pen.fillRect(x, y, 4, 4);
      }
    const picture = await new Promise<Blob>((done) => canvas.toBlob((blob) => done(blob!), 'image/png'));
    const most = 200_000;
    const smaller = await shrinkPicture(picture, most);
    expect(smaller!.type).to.equal('image/jpeg');
    expect(smaller!.size).to.be.at.most(most);
    expect(await shrinkPicture(picture, 10)).to.equal(undefined);
    expect(await shrinkPicture(new Blob(['no picture']), most)).to.equal(undefined);
  });
});
