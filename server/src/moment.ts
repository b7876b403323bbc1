/** Dates from the wire: JavaScript can write years that the database cannot. */
import { Refusal } from './refusal.js';

export function readMoment(text: string, field: string): Date {
  const date = new Date(text);
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw new Refusal('BAD_PAYLOAD', 'The date is out of range.', { field });
  return date;
}

/** The largest number the counters' columns hold; a larger one from the wire means the same as this. */
export const COUNTER_MAX = 2 ** 31 - 1;
