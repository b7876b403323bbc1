import { expect } from '@open-wc/testing';
import { findLinks, safeMedia, safeUrl } from './links.js';

const ADDRESSES: [string, boolean][] = [
  ['https://northlight.example/a?b#c', true],
  ['HTTP://northlight.example', true],
  ['blob:https://northlight.example/1-2-3', true],
  ['/files/quote.pdf', true],
  ['files/quote.pdf', true],
  ['javascript:alert(1)', false],
  [' javascript:alert(1)', false],
  ['java\nscript:alert(1)', false],
  ['JaVaScRiPt:alert(1)', false],
  ['data:text/html,<script>alert(1)</script>', false],
  ['data:image/svg+xml,<svg onload=alert(1)>', false],
  ['vbscript:x', false],
  ['file:///etc/passwd', false],
  ['ftp://northlight.example', false],
  ['mailto:a@b.example', false],
  ['about:blank', false],
  ['http://', false],
  ['', false],
];

/** Text, and what of it becomes a link. */
const TEXTS: [string, string[]][] = [
  ['nothing here', []],
  ['see https://northlight.example/kitchens.', ['https://northlight.example/kitchens']],
  ['(https://northlight.example/a_(b))', ['https://northlight.example/a_(b)']],
  ['https://a.example, http://b.example!', ['https://a.example', 'http://b.example']],
  ['“https://a.example”', ['https://a.example']],
  ['xhttps://a.example', []],
  ['javascript://a.example/%0Aalert(1)', []],
  ['javascript:https://a.example', ['https://a.example']],
  ['https://bank.example@evil.example/', []],
  ['https://user:pw@evil.example/', []],
  ['https://a.example/\u202Egpj.exe', ['https://a.example/']],
  ['https://a.example/<script>', ['https://a.example/']],
  ['https://', []],
  ['http://[', []],
  ['ftp://a.example', []],
  ['HTTPS://A.example', ['HTTPS://A.example']],
  ['انظر https://a.example/ب شكرا', ['https://a.example/ب']],
];

describe('addresses from outside', () => {
  for (const [address, good] of ADDRESSES)
    it(`${JSON.stringify(address)} is ${good ? 'followed' : 'never followed'}`, () => {
      expect(safeUrl(address) !== undefined).to.equal(good);
    });

  it('shows data only as what it is', () => {
    expect(safeMedia('data:image/png;base64,AAAA', 'image')).to.be.a('string');
    expect(safeMedia('data:text/html,x', 'image')).to.equal(undefined);
    expect(safeMedia('data:image/png,x', 'audio')).to.equal(undefined);
    expect(safeMedia('javascript:alert(1)', 'image')).to.equal(undefined);
  });

  for (const [text, links] of TEXTS)
    it(`finds ${links.length} in ${JSON.stringify(text)}`, () => {
      const pieces = findLinks(text);
      expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
      expect(pieces.filter((piece) => piece.href).map((piece) => piece.text)).to.deep.equal(links);
      for (const { href } of pieces) if (href) expect(href).to.match(/^https?:/u);
    });

  it('takes long hostile text in one pass', () => {
    const started = performance.now();
    for (const bad of ['http://a.example/' + ')'.repeat(200_000), 'http'.repeat(100_000), 'http://'.repeat(50_000)])
      findLinks(bad);
    expect(performance.now() - started).to.be.below(3000);
  });
});
