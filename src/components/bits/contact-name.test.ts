import { expect } from '@open-wc/testing';
import { contactName, ownName } from './contact-name.js';
import { buildClient, buildProspect } from '../../testing/index.js';

const prospect = (name: string | undefined) =>
  buildProspect({ name: name as string, identifier: '+44 7700 900142', identifierType: 'phone' });

describe('what a contact is called', () => {
  const client = buildClient({ firstName: 'Amélie', lastName: 'Laurent' });
  const CASES: [string, string, string][] = [
    ['the client’s name before the prospect’s', contactName(prospect('amelie_l'), client), 'Amélie Laurent'],
    ['the client’s name when the prospect has none', contactName(prospect(undefined), client), 'Amélie Laurent'],
    ['the prospect’s name', contactName(prospect('Camila'), undefined), 'Camila'],
    ['a client without a name', contactName(prospect('Camila'), { ...client, firstName: '', lastName: '' }), 'Camila'],
    ['the number', contactName(prospect(undefined), undefined), '+44 7700 900142'],
    ['a number is no name', ownName(prospect(undefined), undefined), ''],
    ['nobody', contactName(undefined, undefined), ''],
    ['no mark turns it around', contactName(prospect('Ana\u202Eaz'), undefined), 'Anaaz'],
  ];
  for (const [title, told, expected] of CASES)
    it(title, () => {
      expect(told).to.equal(expected);
    });
});
