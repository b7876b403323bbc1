/** Calendar days in the time zone in use, and the formatters that know it. */
import { zoneInUse } from '../../locales/voice.js';

const kept = new Map<string, Intl.DateTimeFormat>();
/** Kept, because making one costs more than a row. */
export function formatter(locale: string | undefined, wished: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const timeZone = wished.timeZone ?? zoneInUse();
  const key = `${locale ?? ''}|${timeZone ?? ''}|${JSON.stringify(wished)}`;
  let known = kept.get(key);
  if (!known) {
    const options = timeZone ? { ...wished, timeZone } : wished;
    try {
      known = new Intl.DateTimeFormat(locale, options);
    } catch {
      known = new Intl.DateTimeFormat(undefined, options); // an unknown language tag must not empty the inbox
    }
    kept.set(key, known);
  }
  return known;
}

const DAY = 86_400_000;
/** Year, month … of a moment on the wall of the zone in use, as numbers. */
function wall(ms: number): Record<string, number> {
  const style = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const parts = formatter('en-u-ca-gregory-nu-latn', { ...style, second: 'numeric', hourCycle: 'h23' }).formatToParts(
    ms,
  );
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}
/** Number of the calendar day a moment lies on. */
function dayNumber(ms: number): number {
  if (zoneInUse() === undefined) {
    const at = new Date(ms);
    return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / DAY;
  }
  const { year = 0, month = 1, day = 1 } = wall(ms);
  return Date.UTC(year, month - 1, day) / DAY;
}
export const yearOf = (ms: number) => (zoneInUse() === undefined ? new Date(ms).getFullYear() : wall(ms)['year']);

/** Whole calendar days between two moments, in the zone in use, whatever the clocks did between them. */
export const daysBetween = (earlier: number, later: number) => dayNumber(later) - dayNumber(earlier);

/** The first moment of the day that `now` lies on, and of the next one, in the zone in use. */
export function dayAround(now: number): { start: number; next: number } {
  const at = new Date(now);
  if (zoneInUse() === undefined) {
    const on = (days: number) => new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime();
    return { start: on(0), next: on(1) };
  }
  const { hour = 0, minute = 0, second = 0 } = wall(now);
  const start = now - ((hour * 60 + minute) * 60 + second) * 1000 - at.getMilliseconds();
  return { start, next: start + DAY };
}
