import { expect, fixture } from '@open-wc/testing';
import { channelBadge } from './avatar.js';

describe('channel badge', () => {
  for (const platform of ['constructor', 'toString', '__proto__', 'pigeon'])
    it(`a channel called ${platform} is one nobody knows`, async () => {
      const badge = await fixture(channelBadge(platform));
      expect(badge).to.have.class('ch--other');
      expect(badge).to.have.attribute('aria-label', platform);
      expect(badge.querySelector('svg')!.childElementCount).to.equal(0);
    });
});
