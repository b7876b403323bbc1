import { expect } from '@open-wc/testing';
import { waitUntil } from '../../testing/stage.js';
import type { WritableAtom } from 'nanostores';
import { at, stage } from './stage.js';

const until = (what: () => unknown, message?: string) => waitUntil(what as () => boolean, message, { timeout: 8000 });
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

describe('pictures inside an e-mail that came with it', () => {
  const mail = (html: string, attachments: object[]) =>
    stage({
      history: (desk, id) => {
        const metadata = { subject: 'Plan', html, attachments } as never;
        desk.addMessage(id, { messageType: 'email', content: 'plain', timestamp: at(0), metadata });
      },
    });

  it('are shown in the text without being asked for, and can be saved from the list like all others', async () => {
    const made = await mail('<p>Look: <img src="cid:plan@mail" alt="the plan" width="40" height="30"></p>', [
      { name: 'plan.png', type: 'image/png', contentId: '<plan@mail>', url: PIXEL },
      // Named by nothing in the text, although another name begins with it.
      { name: 'other.png', type: 'image/png', contentId: 'plan', url: PIXEL },
      { name: 'terms.pdf', type: 'application/pdf', url: PIXEL.replace('image/png', 'application/pdf') },
    ]);
    await until(() => made.one<HTMLIFrameElement>('iframe').srcdoc.includes(PIXEL), 'it is in the frame');
    expect(made.all('[part=images-ask]')).to.have.length(0);
    expect(made.all('.attach b').map((name) => name.textContent)).to.deep.equal(['plan.png', 'other.png', 'terms.pdf']);
  });

  it('stand for their words where nothing came with them, and what is from elsewhere still waits for a click', async () => {
    const elsewhere = 'https://elsewhere.example/spy.png';
    const made = await mail('<p><img src="cid:lost" alt="lost one"><img src="cid:spy" alt="a spy"></p>', [
      { name: 'spy.png', type: 'image/png', contentId: 'spy', url: elsewhere },
    ]);
    const page = () => made.one<HTMLIFrameElement>('iframe').srcdoc;
    await until(() => page().includes('lost one'));
    expect(page()).to.contain('a spy').and.not.contain('elsewhere').and.not.contain('cid:');
    expect(made.all('.attach b').map((name) => name.textContent)).to.deep.equal(['spy.png']);
  });

  it('are shown when they are the server’s own, wherever the server is, and no others', async () => {
    const made = await mail('<p><img src="cid:ours" alt="ours"><img src="cid:page" alt="of the page"></p>', [
      { name: 'ours.png', type: 'image/png', contentId: 'ours', url: '/files/1/picture' },
      { name: 'page.png', type: 'image/png', contentId: 'page', url: 'https://elsewhere.example/x.png' },
    ]);
    const given = () => {
      const { inline } = made.one('crm-mail-frame') as unknown as { inline: ReadonlyMap<string, string> };
      return Object.fromEntries(inline);
    };
    expect(given()).to.deep.equal({ ours: `${location.origin}/files/1/picture` });
    (made.store.$server as WritableAtom<string | undefined>).set('https://elsewhere.example/socket');
    await made.drawn();
    expect(given(), 'the page is a stranger now').to.deep.equal({ page: 'https://elsewhere.example/x.png' });
  });

  it('name themselves in the frame by their whole address, and open nothing else', async () => {
    const { mailPage } = await import('./mail-page.js');
    const { cleanMail } = await import('./mail-sanitiser.js');
    const { own } = cleanMail('<p><img src="cid:a"><img src="https://elsewhere.example/x.png" alt="x"></p>')!;
    const look = {
      text: '#000000',
      ground: '#ffffff',
      link: '#0000ff',
      font: 'Arial',
      size: 14,
      dark: false,
      lang: '',
    };
    const inline = new Map([['a', 'https://ours.example/files/1/picture?sign=s']]);
    const gauge = document.body.appendChild(document.createElement('div'));
    const { text } = mailPage([own], look, false, 400, new Map(), gauge, inline);
    gauge.remove();
    expect(text).to.contain('img-src data: https://ours.example/files/1/picture"');
    expect(text).to.contain('src="https://ours.example/files/1/picture?sign=s"').and.not.contain('elsewhere');
  });
});
