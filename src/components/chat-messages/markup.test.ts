import { expect } from '@open-wc/testing';
import { MARK, MARKS_AT_MOST, readMarkup } from './markup.js';

const NAMES: [number, string][] = [
  [MARK.bold, 'b'],
  [MARK.italic, 'i'],
  [MARK.strike, 's'],
  [MARK.code, 'c'],
  [MARK.block, 'pre'],
];
/** `b(bold) plain bi(both)` */
const read = (text: string) =>
  readMarkup(text)
    .map(({ text: piece, marks, href }) => {
      const names = NAMES.filter(([mark]) => marks & mark).map(([, name]) => name);
      const shown = href ? `[${piece}]` : piece;
      return names.length > 0 ? `${names.join('')}(${shown})` : shown;
    })
    .join('');

describe('marks of messengers', () => {
  const READ: [text: string, read: string][] = [
    ['*bold*', 'b(bold)'],
    ['a *bold* b', 'a b(bold) b'],
    ['_italic_ and ~gone~', 'i(italic) and s(gone)'],
    ['*_both_*', 'bi(both)'],
    ['*bold _both_ bold*', 'b(bold )bi(both)b( bold)'],
    ['(*bold*), “_it_”!', '(b(bold)), “i(it)”!'],
    ['`code *not bold*`', 'c(code *not bold*)'],
    ['```\nlet a = *b*\n``` after', 'pre(let a = *b*) after'],
    ['2*3*4 and snake_case_name', '2*3*4 and snake_case_name'],
    ['* item\n* item', '* item\n* item'],
    ['*two\nlines*', '*two\nlines*'],
    ['**', '**'],
    ['*a', '*a'],
    ['``` open', '``` open'],
    ['` ', '` '],
    ['*a _b* c_', 'b(a _b) c_'],
    ['*see https://a.example/x_y_z*', 'b(see )b([https://a.example/x_y_z])'],
    ['https://a.example/*b*', '[https://a.example/*b]*'],
    ['`https://a.example`', 'c(https://a.example)'],
  ];
  for (const [text, expected] of READ)
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(read(text)).to.equal(expected);
    });

  it('loses no letter but the signs', () => {
    const text = 'a *b* _c_ ~d~ `e` ```f``` https://g.example *h _i* ~';
    const letters = (one: string) => one.replace(/[*_~`]/gu, '');
    expect(letters(read(text).replace(/\b(?:b|i|s|c|pre)\(|\)|[[\]]/gu, ''))).to.equal(letters(text));
  });

  it('makes so many pieces at most, of a text made of signs alone too', () => {
    for (const unit of ['*a* ', '`a` ', '```a``` ', '*_~', '`', '*_~a~_* '])
      expect(readMarkup(unit.repeat(20_000)).length, unit).to.be.below(8 * MARKS_AT_MOST);
  });
});
