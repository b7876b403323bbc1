import { expect, waitUntil } from '@open-wc/testing';
import { hum } from '../../testing/demo-sound.js';
import { drawing } from '../../testing/demo-pictures.js';
import { at, stage, type Stage } from './stage.js';

const until = (what: () => unknown, message?: string) => waitUntil(what as () => boolean, message, { timeout: 8000 });
const words = (made: Stage) => made.all('[part=link-expired]')[0]?.textContent?.replace(/\s+/gu, ' ').trim();
const again = (made: Stage) => made.one<HTMLButtonElement>('[part=load-again]');

describe('a link that does not hold any more', () => {
  const real = globalThis.fetch;
  let asked: string[] = [];
  /** The server's status for links that have ended. */
  let status = 403;
  beforeEach(() => {
    [asked, status] = [[], 403];
    globalThis.fetch = (url) => {
      asked.push(url as string);
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

  it('to a file says so instead of leading to a page of the server, and then saves', async () => {
    const made = await ended('file', 'fileUrl', `${location.origin}/fresh/plan`);
    const link = () => made.one<HTMLAnchorElement>('[part=download]');
    const went: string[] = [];
    made.panel.shadowRoot!.addEventListener('click', (event) => {
      const anchor = (event.target as HTMLElement).closest('a');
      if (!anchor || event.defaultPrevented) return;
      went.push(anchor.pathname);
      event.preventDefault();
    });
    link().click();
    await until(() => words(made)?.includes('This link has expired.'), 'it is said');
    again(made).click();
    await made.drawn();
    await until(() => link().pathname === '/fresh/plan', 'the new link is there');
    link().click();
    await until(() => went.length > 0, 'the file is saved');
    expect(went).to.deep.equal(['/fresh/plan']);
    expect(asked.map((url) => new URL(url).pathname)).to.deep.equal(['/ended/plan', '/fresh/plan']);
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
    made.one('[part=lightbox] [part=load-again]').click();
    await made.drawn();
    await until(() => made.all<HTMLImageElement>('[part=lightbox] img')[0]?.src === fresh, 'the picture is there');
  });
});
