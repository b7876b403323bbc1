import { expect } from '@open-wc/testing';
import { buildClient, buildProspect } from '../../testing/index.js';
import { dataOf, fieldErrors, fieldOf, patchOf, valuesOfClient, valuesOfProspect } from './client-fields.js';
import { languageWords, localTime } from './contact.js';
import { openTotals } from './quotes.js';
import { buildQuote } from '../../testing/index.js';

const GOOD = { firstName: 'Camila', lastName: '', email: '', phone: '', company: '' };

describe('client fields: what is wrong, in words', () => {
  const CASES: [field: 'firstName' | 'email' | 'phone', value: string, error: string | undefined][] = [
    ['firstName', '', 'A first name is needed'],
    ['firstName', '   ', 'A first name is needed'],
    ['email', '', undefined],
    ['email', 'camila@example.com', undefined],
    ['email', 'camila@mail.example.com', undefined],
    ['email', ' camila@example.com ', undefined],
    ['email', 'camila.example.com', 'An email address has an @, this one has none'],
    ['email', 'camila@example', 'An email address looks like name@example.com'],
    ['email', 'cam ila@example.com', 'An email address looks like name@example.com'],
    ['phone', '', undefined],
    ['phone', '+351 910 000 142', undefined],
    ['phone', '(0)20 7946-0018', undefined],
    ['phone', '50012', 'Seven to fifteen digits, you wrote five'],
    ['phone', '1234567890123456', 'Seven to fifteen digits, you wrote 16'],
    ['phone', '+', 'Seven to fifteen digits, you wrote none'],
    ['phone', '910 000 142 ext', 'Only digits, spaces and + - ( ), you wrote “e”'],
  ];
  for (const [field, value, error] of CASES) {
    it(`${field} “${value}”: ${error ?? 'fine'}`, () => {
      expect(fieldErrors({ ...GOOD, [field]: value })[field]).to.equal(error);
    });
  }
});

describe('client fields: prefill and what is sent', () => {
  const CASES: [string, Parameters<typeof buildProspect>[0], Partial<typeof GOOD>][] = [
    ['one name', { name: 'Camila' }, { firstName: 'Camila', lastName: '' }],
    ['three names', { name: ' Ana  Maria Reis ' }, { firstName: 'Ana', lastName: 'Maria Reis' }],
    ['no name', { name: undefined as never }, { firstName: '', lastName: '' }],
    ['a phone', { identifier: '+351 1', identifierType: 'phone' }, { phone: '+351 1', email: '' }],
    ['an email', { identifier: 'a@b.example', identifierType: 'email' }, { phone: '', email: 'a@b.example' }],
    ['a handle', { identifier: '@camila', identifierType: 'social' }, { phone: '', email: '' }],
    ['a handle and a phone', { identifier: '@camila', identifierType: 'social', phone: '+351 2' }, { phone: '+351 2' }],
  ];
  for (const [title, prospect, values] of CASES) {
    it(title, () => expect(valuesOfProspect(buildProspect(prospect))).to.include(values));
  }

  it('sends trimmed words, and no company when there is none', () => {
    expect(dataOf({ ...GOOD, firstName: ' Camila ', company: '  ' })).to.deep.equal({
      firstName: 'Camila',
      lastName: '',
      email: '',
      phone: '',
    });
  });

  it('patches only what was changed, also what was emptied', () => {
    const client = buildClient({ company: 'Atelier' });
    const values = { ...valuesOfClient(client), email: ' new@example.com ', company: '' };
    expect(patchOf(client, values)).to.deep.equal({ email: 'new@example.com', company: '' });
  });

  it('finds the field in what a server names', () => {
    expect(['email', 'clientData.email', 'patch/phone', 'clientData', undefined].map(fieldOf)).to.deep.equal([
      'email',
      'email',
      'phone',
      undefined,
      undefined,
    ]);
  });
});

describe('contact words', () => {
  it('spells out language tags and leaves words alone', () => {
    expect(languageWords('pt, en', 'en')).to.equal('Portuguese, English');
    expect(languageWords('Portuguese, English', 'en')).to.equal('Portuguese, English');
  });

  it('has no local time for a zone nobody knows', () => {
    expect(localTime('Europe/Nowhere', 0, 'en-GB')).to.equal(undefined);
    expect(localTime('Asia/Tokyo', 0, 'en-GB')).to.equal('09:00');
  });

  it('writes hours as each language does', () => {
    expect(localTime('Asia/Tokyo', 0, 'en-US')?.replace(/\s/u, ' ')).to.equal('9:00 AM');
  });

  it('adds up what is open, each currency for itself', () => {
    const quotes = [
      buildQuote({ amount: 100, status: 'sent' }),
      buildQuote({ amount: 0.5, status: 'draft' }),
      buildQuote({ amount: 7, status: 'accepted' }),
      buildQuote({ amount: 8, status: 'expired' }),
      buildQuote({ amount: 9, status: 'rejected' }),
      buildQuote({ amount: 3, status: 'sent', currency: 'USD' }),
    ];
    expect(openTotals(quotes)).to.deep.equal([
      ['EUR', 100.5],
      ['USD', 3],
    ]);
  });
});
