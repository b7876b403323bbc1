import { expect, fixture } from '@open-wc/testing';
import { channelBadge } from './channel-badge.js';

const OUTLINE = 'M4 4h16v16H4z';

describe('channel badge', () => {
  for (const id of ['constructor', 'toString', '__proto__', 'pigeon'])
    it(`a channel called ${id} is one nobody knows: its first letter`, async () => {
      const badge = await fixture(channelBadge({ id, label: id }));
      expect(badge).to.have.class('ch--other');
      expect(badge).to.have.attribute('aria-label', id);
      expect(badge.querySelector('svg')).to.equal(null);
      expect(badge).to.have.text([...id][0]!.toUpperCase());
    });

  const INKS: [string, string][] = [
    ['#1a63d8', 'rgb(255, 255, 255)'],
    ['#ffd400', 'rgb(0, 0, 0)'],
    ['#777777', 'rgb(0, 0, 0)'],
  ];
  for (const [color, ink] of INKS)
    it(`a channel of the host's own is drawn by its outline on ${color}, readable`, async () => {
      const badge = await fixture<HTMLElement>(channelBadge({ id: 'pigeon', label: 'Pigeon', icon: OUTLINE, color }));
      expect(badge.querySelector('path')).to.have.attribute('d', OUTLINE);
      const { backgroundColor, color: drawn } = getComputedStyle(badge);
      const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
      expect(backgroundColor).to.equal(`rgb(${red}, ${green}, ${blue})`);
      expect(drawn).to.equal(ink);
    });

  it('a built-in channel keeps its sign in another colour', async () => {
    const badge = await fixture<HTMLElement>(channelBadge({ id: 'sms', label: 'SMS', color: '#000000' }));
    expect(badge).to.have.class('ch--sms');
    expect(badge.querySelector('svg')!.childElementCount).to.be.above(0);
    expect(badge.style.background).to.equal('rgb(0, 0, 0)');
  });

  it('what is no outline and no colour is not drawn', async () => {
    const look = { id: 'pigeon', label: 'Pigeon', icon: '"><script>', color: 'red;inset:0;position:fixed' };
    const badge = await fixture<HTMLElement>(channelBadge(look));
    expect(badge.querySelector('svg, path, script')).to.equal(null);
    expect(badge.style.cssText).to.equal('');
  });
});
