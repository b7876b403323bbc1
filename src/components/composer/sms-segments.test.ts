import { expect } from '@open-wc/testing';
import { segmentsOf } from './sms-segments.js';

const CASES: [string, string, ReturnType<typeof segmentsOf>][] = [
  ['nothing', '', { encoding: 'gsm7', count: 0, left: 160 }],
  ['a full short message', 'a'.repeat(160), { encoding: 'gsm7', count: 1, left: 0 }],
  ['one letter more: parts are shorter', 'a'.repeat(161), { encoding: 'gsm7', count: 2, left: 145 }],
  ['two full parts', 'a'.repeat(306), { encoding: 'gsm7', count: 2, left: 0 }],
  ['a third part', 'a'.repeat(307), { encoding: 'gsm7', count: 3, left: 152 }],
  ['letters of the alphabet that are not ASCII', 'ñÑäöüÄÖÜ£¿Δ@'.repeat(10), { encoding: 'gsm7', count: 1, left: 40 }],
  ['the extension table counts two', '€'.repeat(80), { encoding: 'gsm7', count: 1, left: 0 }],
  [
    'an escaped letter is not parted',
    `${'a'.repeat(152)}€${'a'.repeat(10)}`,
    { encoding: 'gsm7', count: 2, left: 141 },
  ],
  ['a letter outside makes all of it wide', `${'a'.repeat(69)}ç`, { encoding: 'ucs2', count: 1, left: 0 }],
  ['wide parts', 'ж'.repeat(71), { encoding: 'ucs2', count: 2, left: 63 }],
  ['an emoji is two units', '😀'.repeat(35), { encoding: 'ucs2', count: 1, left: 0 }],
  ['an emoji is not parted', `${'ж'.repeat(66)}😀${'ж'.repeat(5)}`, { encoding: 'ucs2', count: 2, left: 60 }],
  ['a backtick is not in the alphabet', '`', { encoding: 'ucs2', count: 1, left: 69 }],
];

describe('short messages', () => {
  for (const [name, text, segments] of CASES)
    it(name, () => {
      expect(segmentsOf(text)).to.deep.equal(segments);
    });
});
