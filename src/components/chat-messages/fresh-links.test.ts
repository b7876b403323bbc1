import { expect } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import { hum } from '../../testing/demo-sound.js';
import { drawing } from '../../testing/demo-pictures.js';
import { at, stage, type Stage } from './stage.js';

const until = (what: () => unknown, message?: string) => waitUntil(what as () => boolean, message, { timeout: 8000 });
const words = (made: Stage) => made.all('[part=link-expired]')[0]?.textContent?.replace(/\s+/gu, ' ').trim();
const again = (made: Stage) => made.one<HTMLButtonElement>('[part=load-again]');

describe('a link that does not hold any more', () => {
  const real = globalThis.fetch;
  let asked: string[] = [];
  let redirects: unknown[] = [];
  /** The server's status for links that have ended. */
  let status = 403;
  beforeEach(() => {
    [asked, redirects, status] = [[], [], 403];
    globalThis.fetch = (url, init) => {
      asked.push(url as string);
      redirects.push(init?.redirect);
      const answer = (url as string).includes('ended') ? status : 200;
      return Promise.resolve(new Response(null, { status: answer }));
    };
  });
  afterEach(() => void (globalThis.fetch = real));

  /** A message whose links have ended; the desk has better ones, for whoever asks again. */
  async function ended(messageType: string, field: 'imageUrl' | 'audioUrl' | 'fileUrl', fresh: string) {
    const facts = { fileName: 'plan.pdf', uploadId: 'u1', ...(messageType === 'audio' ? { duration: 2 } : {}) };
    let renew = () => {};
    const made = await stage({
      history: (desk, id) => {
        const metadata = { ...facts, [field]: `${location.origin}/ended/plan` };
        const message = desk.addMessage(id, { messageType, content: '', timestamp: at(0), metadata });
        renew = () => void Object.assign(message, { metadata: { ...facts, [field]: fresh } });
      },
    });
    renew();
    return made;
  }

  it('to a picture says so, and loads the picture again', async () => {
    const fresh = drawing('kitchen');
    const made = await ended('image', 'imageUrl', fresh);
    await until(() => words(made)?.includes('This link has expired.'), 'it is said');
    again(made).click();
    await made.drawn();
    await until(() => made.all<HTMLImageElement>('.shot img')[0]?.src === fresh, 'the picture is there');
    expect(made.all('[part=link-expired]')).to.have.length(0);
  });

  it('to a recording says so when it is played, and plays from the new one', async () => {
    const fresh = hum(1, [0.5]);
    const made = await ended('audio', 'audioUrl', fresh);
    made.one('[part=play]').click();
    await until(() => words(made)?.includes('This link has expired.'), 'it is said');
    again(made).click();
    await made.drawn();
    await until(() => made.all('[part=play]').length === 1, 'it can be played again');
    expect(made.one('[part=play]')).to.have.attribute('aria-label', 'Play');
  });

  /** Which links the browser would have followed; it does not. */
  function followed(made: Stage): string[] {
    const went: string[] = [];
    made.panel.shadowRoot!.addEventListener('click', (event) => {
      const anchor = (event.target as HTMLElement).closest('a');
      if (!anchor || event.defaultPrevented) return;
      went.push(anchor.pathname);
      event.preventDefault();
    });
    return went;
  }

  it('to a file says so instead of leading to a page of the server, and then saves', async () => {
    const made = await ended('file', 'fileUrl', `${location.origin}/fresh/plan`);
    const link = () => made.one<HTMLAnchorElement>('[part=download]');
    const went = followed(made);
    link().click();
    await until(() => words(made)?.includes('This link has expired.'), 'it is said');
    again(made).click();
    await made.drawn();
    await until(() => link().pathname === '/fresh/plan', 'the new link is there');
    link().click();
    await until(() => went.length > 0, 'the file is saved');
    expect(went).to.deep.equal(['/fresh/plan']);
    expect(asked.map((url) => new URL(url).pathname)).to.deep.equal(['/ended/plan', '/fresh/plan']);
    expect(redirects, 'nobody is asked whom the server leads to').to.deep.equal(['manual', 'manual']);
  });

  const message = (messageType: string, metadata: object) =>
    stage({
      history: (desk, id) =>
        void desk.addMessage(id, { messageType, content: '', timestamp: at(0), metadata: metadata as never }),
    });

  it('is nobody’s business but the server’s: a stranger is never asked, neither for a picture nor for a file', async () => {
    const picture = await message('image', { imageUrl: 'https://stranger.example/ended/spy.png' });
    picture.all('.shot img')[0]?.dispatchEvent(new Event('error')); // unless the browser was faster
    await until(() => words(picture)?.includes('This file did not load.'), 'it is said');
    expect(again(picture), 'the server may have another link').to.contain.text('Load again');
    const file = await message('file', { fileName: 'plan.pdf', fileUrl: 'https://stranger.example/ended/plan.pdf' });
    const went = followed(file);
    file.one('[part=download]').click();
    expect(went, 'at once, as any link').to.deep.equal(['/ended/plan.pdf']);
    expect(asked).to.deep.equal([]);
  });

  it('does not keep the agent waiting for a server that is slow to say so, nor asks it twice', async () => {
    const made = await ended('file', 'fileUrl', `${location.origin}/fresh/plan`);
    const went = followed(made);
    globalThis.fetch = (url, init) => {
      asked.push(url as string);
      return new Promise((_resolve, reject) =>
        init!.signal!.addEventListener('abort', () => reject(new Error('late'))),
      );
    };
    const later = globalThis.setTimeout;
    const waits: number[] = [];
    globalThis.setTimeout = ((run: () => void, ms = 0) => {
      waits.push(ms);
      return later(run, ms);
    }) as typeof setTimeout;
    made.one('[part=download]').click();
    made.one('[part=download]').click();
    globalThis.setTimeout = later;
    expect(waits, 'browsers open what a click asks for only for a moment after it').to.deep.equal([1000]);
    expect(asked).to.have.length(1);
    await until(() => went.length > 0, 'it is saved all the same');
    expect(went).to.deep.equal(['/ended/plan']);
    expect(made.all('[part=link-expired]')).to.have.length(0);
  });

  it('to a file of an e-mail says so too, and is there again with a fresh one', async () => {
    const files = (where: string) => [
      { name: 'terms.pdf', type: 'application/pdf', url: `${location.origin}/fresh/terms` },
      { name: 'plan.pdf', type: 'application/pdf', url: `${location.origin}/${where}/plan` },
    ];
    const made = await message('email', { subject: 'Plan', attachments: files('ended') });
    const [known] = made.desk.messages(made.id);
    Object.assign(known!, { metadata: { subject: 'Plan', attachments: files('fresh') } });
    const went = followed(made);
    const second = () => made.all<HTMLAnchorElement>('.attach [part=download]')[1]!;
    second().click();
    await until(() => words(made)?.includes('This link has expired.'), 'it is said');
    expect(second().closest('.attach'), 'below that file').to.contain.text('This link has expired.');
    again(made).click();
    await made.drawn();
    await until(() => second().pathname === '/fresh/plan', 'the new link is there');
    second().click();
    await until(() => went.length > 0, 'the file is saved');
    expect(went).to.deep.equal(['/fresh/plan']);
  });

  it('to a whole gallery says so once, and all pictures come back', async () => {
    const photo = (url: string) => ({ name: 'p.png', type: 'image/png', url });
    const links = ['a', 'b'].map((name) => `${location.origin}/ended/${name}`);
    const made = await message('image', { attachments: links.map(photo) });
    const [known] = made.desk.messages(made.id);
    Object.assign(known!, { metadata: { attachments: [photo(drawing('kitchen')), photo(drawing('north'))] } });
    await until(() => made.all('.attach [part=download]').length === 2, 'both are files now');
    await until(() => words(made)?.includes('This link has expired.'), 'it is said');
    await made.drawn();
    expect(made.all('[part=link-expired]')).to.have.length(1);
    expect(asked, 'for both').to.have.length(1);
    again(made).click();
    await made.drawn();
    await until(() => made.all('.shot img').length === 2, 'the pictures are there');
    expect(made.all('[part=link-expired]')).to.have.length(0);
  });

  it('of a message that the server does not give any more: that is said, and not that all is well', async () => {
    const made = await stage({
      level: 1,
      history: (desk, id) => {
        const metadata = { fileName: 'plan.pdf', fileUrl: `${location.origin}/ended/plan` };
        desk.addMessage(id, { messageType: 'file', content: '', timestamp: at(0), metadata });
      },
    });
    made.one('[part=download]').click();
    await until(() => words(made)?.includes('This link has expired.'), 'it is said');
    (made.desk.messages(made.id) as unknown[]).splice(0, 1);
    again(made).click();
    await made.drawn();
    await until(() => words(made)?.includes('The server did not send this message again.'), 'the truth');
  });

  it('can be asked for once more when the server does not answer', async () => {
    const made = await ended('image', 'imageUrl', drawing('kitchen'));
    await until(() => words(made)?.includes('This link has expired.'));
    made.desk.failNext('load_messages', 'INTERNAL');
    again(made).click();
    await made.drawn();
    await until(() => words(made)?.includes('It could not be loaded.'), 'it is said');
    again(made).click();
    await made.drawn();
    await until(() => made.all('.shot img').length === 1, 'the picture is there');
  });

  it('to what is gone offers nothing', async () => {
    status = 404;
    const made = await ended('image', 'imageUrl', drawing('kitchen'));
    await until(() => words(made) === 'This file is not there any more.', 'it is said');
    expect(made.all('[part=load-again]')).to.have.length(0);
  });

  it('says so in the large view, and loads there', async () => {
    const small = drawing('kitchen');
    const fresh = drawing('north');
    let renew = () => {};
    const made = await stage({
      history: (desk, id) => {
        const picture = (url: string) => ({ name: 'p.png', type: 'image/png', url });
        const gallery = (second: string) => ({ attachments: [picture(small), picture(second)] });
        const metadata = gallery(`${location.origin}/ended/plan`);
        const message = desk.addMessage(id, { messageType: 'image', content: '', timestamp: at(0), metadata });
        renew = () => void Object.assign(message, { metadata: gallery(fresh) });
      },
    });
    renew();
    made.one('[part=image]').click();
    await until(() => made.all('[part=lightbox]').length === 1);
    made.one('[part=lightbox] [aria-label="Next photo"]').click();
    await until(() => made.one('[part=lightbox]').textContent?.includes('This link has expired.'), 'it is said');
    const messages = made.desk.messages(made.id) as object[];
    const [gone] = messages.splice(0, 1);
    made.one('[part=lightbox] [part=load-again]').click();
    await made.drawn();
    const lost = 'The server did not send this message again.';
    await until(() => made.one('[part=lightbox]').textContent?.includes(lost), 'the truth');
    messages.push(gone!);
    made.one('[part=lightbox] [part=load-again]').click();
    await made.drawn();
    await until(() => made.all<HTMLImageElement>('[part=lightbox] img')[0]?.src === fresh, 'the picture is there');
  });
});
