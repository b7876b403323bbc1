import { expect } from '@open-wc/testing';
import { PAGES, safeMedia, safeUrl } from './addresses.js';

const ADDRESSES: [string, boolean][] = [
  ['https://northlight.example/a?b#c', true],
  ['HTTP://northlight.example', true],
  ['blob:https://northlight.example/1-2-3', true],
  ['/files/quote.pdf', true],
  ['files/quote.pdf', false],
  ['../files/quote.pdf', false],
  ['?file=1', false],
  ['//northlight.example/quote.pdf', true],
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

  it('leads to the server of the page, whatever its base is', () => {
    const base = document.head.appendChild(document.createElement('base'));
    base.href = 'https://elsewhere.example/';
    const url = safeUrl('/quotes/7');
    base.remove();
    expect(url).to.equal(`${location.origin}/quotes/7`);
  });

  it('opens no blob as a page where only pages are good', () => {
    expect(safeUrl('blob:https://northlight.example/1-2-3', PAGES)).to.equal(undefined);
    expect(safeUrl('javascript:alert(1)', PAGES)).to.equal(undefined);
    expect(safeUrl('/quotes/7', PAGES)).to.equal(`${location.origin}/quotes/7`);
  });
});
