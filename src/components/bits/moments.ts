/**
 * Times as the design writes them: today `10:26`, then Yesterday, the weekday for six days, then `3 Nov`, with the year
 * if it is not this one. All through `Intl`, in the host's locale and time zone; formatters are kept, because making one
 * costs more than a row.
 */
import { msg } from '@lit/localize';
import { zoneInUse } from '../../locales/voice.js';

const kept = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: string | undefined, wished: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
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
const yearOf = (ms: number) => (zoneInUse() === undefined ? new Date(ms).getFullYear() : wall(ms)['year']);

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

const halfDays = new Map<string, boolean>();
/** Languages that count to twelve write `6:20 PM`; the others keep both digits, `09:05`, so that columns stand. */
function hourStyle(locale: string | undefined): 'numeric' | '2-digit' {
  const key = locale ?? '';
  let half = halfDays.get(key);
  if (half === undefined) {
    half = formatter(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
    halfDays.set(key, half);
  }
  return half ? 'numeric' : '2-digit';
}

/** `10:26`; with `second: '2-digit'` in `more` also `10:26:05`. */
export function clock(iso: string, locale?: string, more?: Intl.DateTimeFormatOptions): string {
  return formatter(locale, { hour: hourStyle(locale), minute: '2-digit', ...more }).format(new Date(iso));
}

/** The same on a wall in another time zone. Throws a RangeError for a zone nobody knows. */
export function zonedClock(at: number, timeZone: string, locale?: string): string {
  return formatter(locale, { timeZone, hour: hourStyle(locale), minute: '2-digit' }).format(at);
}

/** For rows: clock today, Yesterday, weekday, date. */
export function shortMoment(iso: string, now: number, locale?: string): string {
  const at = Date.parse(iso);
  const days = daysBetween(at, now);
  if (days <= 0) return clock(iso, locale);
  if (days === 1) return msg('Yesterday');
  if (days < 7) return formatter(locale, { weekday: 'long' }).format(at);
  const sameYear = yearOf(at) === yearOf(now);
  return formatter(locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}

/** `17 Nov` */
export function shortDate(ms: number, locale?: string): string {
  return formatter(locale, { day: 'numeric', month: 'short' }).format(ms);
}

/** For date pills: Today, Yesterday, `Tuesday 17 November`, with the year if it is not this one. */
export function dayName(iso: string, now: number, locale?: string): string {
  const at = Date.parse(iso);
  const days = daysBetween(at, now);
  if (days === 0) return msg('Today');
  if (days === 1) return msg('Yesterday');
  const sameYear = yearOf(at) === yearOf(now);
  return formatter(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** `17 November`, with the year if it is not this one. */
export function dateName(iso: string, now: number, locale?: string): string {
  const at = Date.parse(iso);
  const sameYear = yearOf(at) === yearOf(now);
  return formatter(locale, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}

/** The whole moment, for tooltips. */
export function fullMoment(iso: string, locale?: string): string {
  return formatter(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso));
}
