/**
 * Times as the design writes them: today `10:26`, then Yesterday, the weekday for six days, then `3 Nov`, with the year
 * if it is not this one. All through `Intl`, in the host's locale and time zone.
 */
import { msg } from '@lit/localize';
import { daysBetween, formatter, yearOf } from './days.js';

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
