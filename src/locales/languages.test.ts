import { expect } from '@open-wc/testing';
import { msg, str } from '@lit/localize';
import { addLanguage, loadLanguage, replaceStrings } from './index.js';
import { speak } from './voice.js';

const inLanguage = (locale: string, timeZone?: string) => speak({ locale, timeZone });
/** As a panel would write it. */
const fresh = (count: number) => msg(str`${count} test trees in ${'Oslo'}`);

describe('texts in another language', () => {
  afterEach(() => inLanguage('en'));

  it('takes the words of the language in use, and English where there are none', () => {
    addLanguage('tlh', { 'Test tree': 'Sor', '{0} test trees in {1}': '{1}: {0} Sor' });
    inLanguage('tlh');
    expect(msg('Test tree')).to.equal('Sor');
    expect(msg('Test bush')).to.equal('Test bush');
    expect(fresh(2)).to.equal('Oslo: 2 Sor');
    inLanguage('en');
    expect(fresh(2)).to.equal('2 test trees in Oslo');
  });

  it('chooses among six plural forms by the rules of Arabic, and writes numbers as the language does', () => {
    const forms = { zero: 'z {0}', one: 'o {0}', two: 't {0}', few: 'f {0}', many: 'm {0}', other: 'x {0} {1}' };
    replaceStrings('ar', { '{0} test trees in {1}': forms });
    inLanguage('ar-EG');
    const first = [0, 1, 2, 3, 11, 100].map((count) => fresh(count).charAt(0));
    expect(first.join('')).to.equal('zotfmx');
    expect(fresh(3)).to.equal(`f ${new Intl.NumberFormat('ar-EG').format(3)}`);
    inLanguage('en');
    expect(fresh(24817)).to.equal('24,817 test trees in Oslo');
  });

  it('finds the language of a region, and lets a host replace single words, of English too', () => {
    addLanguage('qaa', { 'Test tree': 'Baum' });
    addLanguage('qaa-CH', { 'Test bush': 'Busch' });
    inLanguage('qaa-CH');
    expect([msg('Test tree'), msg('Test bush')]).to.deep.equal(['Baum', 'Busch']);
    replaceStrings('en', { 'Test flower': 'Blossom' });
    inLanguage('en-GB');
    expect(msg('Test flower')).to.equal('Blossom');
  });

  it('shows English when the words cannot be fetched, and asks again the next time', async () => {
    let tries = 0;
    addLanguage('qab', () => {
      tries++;
      return tries === 1
        ? Promise.reject(new Error('no network'))
        : Promise.resolve({ strings: { 'Test tree': 'Pohon' } });
    });
    inLanguage('qab');
    await loadLanguage('qab');
    expect(msg('Test tree')).to.equal('Test tree');
    await loadLanguage('qab');
    expect(msg('Test tree')).to.equal('Pohon');
  });

  for (const tag of ['ar', 'de', 'es', 'fr', 'ja', 'pt-BR', 'pt']) {
    it(`has the words of ${tag}`, async () => {
      await loadLanguage(tag);
      inLanguage(tag);
      expect(msg('Try again')).not.to.equal('Try again');
    });
  }
});
