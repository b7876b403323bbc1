import { expect } from '@open-wc/testing';
import { speak } from '../../locales/voice.js';
import { dayAround, daysBetween } from './days.js';
import { clock, dayName, shortMoment } from './moments.js';

describe('times in a time zone of the host’s choice', () => {
  afterEach(() => speak({ locale: undefined, timeZone: undefined }));
  const evening = '2026-03-28T23:30:00Z';
  const now = Date.parse('2026-03-29T11:00:00Z');

  it('writes the hour and the day as they are there', () => {
    speak({ locale: 'en-GB', timeZone: 'America/New_York' });
    expect(clock(evening, 'en-GB')).to.equal('19:30');
    expect(shortMoment(evening, now, 'en-GB')).to.equal('Yesterday');
    speak({ locale: 'en-GB', timeZone: 'Asia/Tokyo' });
    expect(clock(evening, 'en-GB')).to.equal('08:30');
    expect(shortMoment(evening, now, 'en-GB')).to.equal('08:30');
    expect(dayName(evening, now, 'en-GB')).to.equal('Today');
  });

  it('counts calendar days, also over a night that has an hour less', () => {
    speak({ locale: 'en-GB', timeZone: 'Europe/Lisbon' });
    expect(daysBetween(Date.parse('2026-03-28T22:00:00Z'), Date.parse('2026-03-29T22:59:00Z'))).to.equal(1);
    expect(daysBetween(Date.parse('2026-03-28T22:00:00Z'), Date.parse('2026-03-29T23:01:00Z'))).to.equal(2);
  });

  it('knows when the day there ends', () => {
    speak({ locale: 'en-GB', timeZone: 'Asia/Tokyo' });
    expect(new Date(dayAround(now).start).toISOString()).to.equal('2026-03-28T15:00:00.000Z');
    expect(new Date(dayAround(now).next).toISOString()).to.equal('2026-03-29T15:00:00.000Z');
  });
});
