import { plainLabel } from './plain-label.js';

/** The first word of a name; identifiers such as phone numbers stay whole. */
export function firstName(name: string): string {
  const whole = plainLabel(name).trim();
  const first = whole.split(/\s+/u)[0] ?? '';
  return /^\p{L}/u.test(first) ? first : whole;
}
