import { expect } from '@open-wc/testing';
import { plainLabel } from './plain-label.js';

const MARKS = '\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069';

describe('labels from outside', () => {
  for (const mark of MARKS)
    it(`loses U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}, wherever it stands`, () => {
      expect(plainLabel(`${mark}invoice${mark}gpj.exe${mark}${mark}`)).to.equal('invoicegpj.exe');
    });

  for (const text of ['', 'Amélie Laurent', 'دينا شريف', 'שירה לוי', '👩‍🍳 Ana', 'नमस्ते', 'a\u00a0b', 'می‌خواهم'])
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      expect(plainLabel(text)).to.equal(text);
    });
});
