import { expect } from '@open-wc/testing';
import { findLinks, LINKS_AT_MOST } from './links.js';

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

describe('links in a text', () => {
  for (const [text, links] of TEXTS)
    it(`finds ${links.length} in ${JSON.stringify(text)}`, () => {
      const pieces = findLinks(text);
      expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
      expect(pieces.filter((piece) => piece.href).map((piece) => piece.text)).to.deep.equal(links);
      for (const { href } of pieces) if (href) expect(href).to.match(/^https?:/u);
    });

  it('looks at so many addresses and leaves the rest as text', () => {
    const text = Array.from({ length: 10_000 }, (_, at) => `https://a.example/${at}`).join(' ');
    const pieces = findLinks(text);
    expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
    expect(pieces.filter((piece) => piece.href)).to.have.length(LINKS_AT_MOST);
    expect(pieces).to.have.length.below(2 * LINKS_AT_MOST + 1);
  });

  it('takes long hostile text in one pass', () => {
    const started = performance.now();
    for (const bad of ['http://a.example/' + ')'.repeat(200_000), 'http'.repeat(100_000), 'http://'.repeat(50_000)])
      findLinks(bad);
    expect(performance.now() - started).to.be.below(3000);
  });
});
