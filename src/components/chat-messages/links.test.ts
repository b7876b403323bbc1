import { expect } from '@open-wc/testing';
import { findLinks, LINKS_AT_MOST } from './links.js';

const links = (text: string) => findLinks(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));
const hrefs = (text: string) => links(text).map(([, href]) => href);

describe('links in a text', () => {
  const FOUND: [text: string, href: string, shown?: string][] = [
    ['see https://northlight.example/a.', 'https://northlight.example/a', 'https://northlight.example/a'],
    ['(https://a.example/x_(y))', 'https://a.example/x_(y)'],
    ['HTTP://A.example/ß', 'http://a.example/%C3%9F', 'HTTP://A.example/ß'],
    ['“https://a.example/?q=1&b=2”,', 'https://a.example/?q=1&b=2'],
    ['www.northlight.example/kitchens', 'https://www.northlight.example/kitchens', 'www.northlight.example/kitchens'],
    ['mailto:hello@northlight.example', 'mailto:hello@northlight.example'],
    ['write to camila+oak@example.com, please', 'mailto:camila+oak@example.com', 'camila+oak@example.com'],
    ['<rui@almeida.example>', 'mailto:rui@almeida.example'],
    ['tel:+351910000142', 'tel:+351910000142'],
  ];
  for (const [text, href, shown] of FOUND)
    it(`finds ${href} in “${text}”`, () => {
      expect(hrefs(text)).to.deep.equal([href]);
      if (shown) expect(links(text)[0]![0]).to.equal(shown);
    });

  const TEXT = [
    'javascript:alert(1)',
    'JaVaScRiPt://a.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://a.example/',
    'https://bank.example@elsewhere.example/',
    'https://user:secret@a.example/',
    'https://',
    'http://[',
    'ahttps://a.example',
    'www.',
    'www.x',
    'tel:',
    'tel:javascript',
    'mailto:',
    'mailto:a@b@c.example',
    'a@b',
    '@marta',
    'a@.example',
    'me@localhost',
  ];
  for (const text of TEXT)
    it(`leaves “${text}” as it is`, () => {
      expect(findLinks(text)).to.deep.equal([{ text }]);
    });

  it('gives the whole text back, piece by piece', () => {
    const text = 'a https://a.example, b@c.example\nwww.d.example (tel:+123456) e';
    expect(
      findLinks(text)
        .map((piece) => piece.text)
        .join(''),
    ).to.equal(text);
    expect(links(text)).to.have.length(4);
  });

  it('ends an address where invisible marks begin, which would hide its real end', () => {
    expect(hrefs('https://a.example/\u202Egpj.exe')).to.deep.equal(['https://a.example/']);
    expect(hrefs('https://a.example\u200B.evil.example')).to.deep.equal(['https://a.example/']);
  });

  const HOSTS: [given: string, shown: string][] = [
    ['https://münchen.example/straße', 'https://münchen.example/straße'],
    ['https://москва.example/', 'https://москва.example/'],
    ['https://日本語テスト.example/', 'https://日本語テスト.example/'],
    ['https://раypal.example/login', 'https://xn--ypal-43d9g.example/login'], // р and а are Cyrillic
    ['https://аррӏе.example/', 'https://xn--80ak6aa92e.example/'], // Cyrillic through and through
    ['https://goοgle.example?x', 'https://xn--gogle-sce.example?x'], // one Greek letter
  ];
  for (const [given, shown] of HOSTS)
    it(`shows ${given} as ${shown}`, () => {
      expect(links(given)[0]![0]).to.equal(shown);
      expect(links(given)[0]![1]).to.match(/^https:\/\/xn--/u);
    });

  it(`makes ${LINKS_AT_MOST} links of ten thousand, and keeps the rest as text`, () => {
    const text = Array.from({ length: 10_000 }, (_, at) => `https://a.example/${at}`).join(' ');
    const pieces = findLinks(text);
    expect(pieces.filter(({ href }) => href)).to.have.length(LINKS_AT_MOST);
    expect(pieces).to.have.length(LINKS_AT_MOST * 2);
  });

  it('looks at each letter a bounded number of times, whatever the text', () => {
    // A text twice as long must not cost four times as much: told by counting, because clocks lie on busy machines.
    const looks = (text: string) => {
      let count = 0;
      const plain = String.prototype.charAt;
      String.prototype.charAt = function (this: string, at: number) {
        count++;
        return plain.call(this, at);
      };
      try {
        findLinks(text);
      } finally {
        String.prototype.charAt = plain;
      }
      return count;
    };
    for (const unit of ['x', 'https://', 'www.', 'a@', '@', '((((', 'https://a.example/)))) ', '\u202E', 'a@a.'])
      expect(looks(unit.repeat(4000)), unit).to.be.below(2.2 * looks(unit.repeat(2000)) + 100);
  });
});
