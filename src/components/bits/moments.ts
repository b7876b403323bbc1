/**
 * Times as the design writes them: today `10:26`, then Yesterday, the weekday for six days, then `3 Nov`, with the year
 * if it is not this one. All through `Intl`, in the host's locale and time zone; formatters are kept, because making one
 * costs more than a row.
 */
import { msg } from '@lit/localize';

const kept = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale ?? ''}|${JSON.stringify(options)}`;
  let known = kept.get(key);
  if (!known) {
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
const startOfDay = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
/** Whole calendar days between two moments, in local time; rounding absorbs the hour of a clock change. */
export const daysBetween = (earlier: number, later: number) =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / DAY);

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

/** `10:26` */
export function clock(iso: string, locale?: string): string {
  return formatter(locale, { hour: hourStyle(locale), minute: '2-digit' }).format(new Date(iso));
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
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatter(locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}

/** For date pills: Today, Yesterday, `Tuesday 17 November`, with the year if it is not this one. */
export function dayName(iso: string, now: number, locale?: string): string {
  const at = Date.parse(iso);
  const days = daysBetween(at, now);
  if (days === 0) return msg('Today');
  if (days === 1) return msg('Yesterday');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
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
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return formatter(locale, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}

/** The whole moment, for tooltips. */
export function fullMoment(iso: string, locale?: string): string {
  return formatter(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso));
}
