/** Amounts, sizes and durations through `Intl`. */
const kept = new Map<string, Intl.NumberFormat>();
function formatter(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale ?? ''}|${JSON.stringify(options)}`;
  let known = kept.get(key);
  if (!known) {
    try {
      known = new Intl.NumberFormat(locale, options);
    } catch {
      known = new Intl.NumberFormat(undefined, options);
    }
    kept.set(key, known);
  }
  return known;
}

/** `€16,240`: cents only when there are some. */
export function money(amount: number, currency: string, locale?: string): string {
  const whole = Number.isInteger(amount);
  return formatter(locale, {
    style: 'currency',
    currency,
    ...(whole ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {}),
  }).format(amount);
}

/** `0 kB`, `1 kB`, `640 kB`, `1.8 MB`: bytes tell nobody anything, and only nothing is nothing. */
export function fileSize(bytes: number, locale?: string): string {
  const units = ['kilobyte', 'megabyte', 'gigabyte'];
  const step = bytes < 1e6 ? 0 : bytes < 1e9 ? 1 : 2;
  const size = bytes / 1000 ** (step + 1);
  return formatter(locale, {
    style: 'unit',
    unit: units[step],
    unitDisplay: 'short',
    maximumFractionDigits: step ? 1 : 0,
  }).format(step ? size : Math.max(bytes && 1, size));
}

/** `0:42` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
