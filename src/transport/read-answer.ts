/**
 * Reads the acks of other people's servers. In this order: our own shape, `{success, data | error}`, `{error}`, and then
 * whatever is left is data. (`(err, data)` is folded into `{error}` or data by the Socket.IO transport.)
 */
import * as v from 'valibot';
import { Sync, WireError } from '../contract/index.js';

/** `REFUSED`: another server said no in words of its own, without a code. */
export type AnswerError = Omit<WireError, 'code'> & { code: WireError['code'] | 'REFUSED' };

export type Answer = { ok: true; data: unknown; sync?: Sync } | { ok: false; error: AnswerError; sync?: Sync };

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A foreign error can be a string, an Error-like object or our own shape; agents must get a sentence in any case. */
function readError(raw: unknown): AnswerError {
  const ours = v.safeParse(WireError, raw);
  if (ours.success) return ours.output;
  const message =
    typeof raw === 'string'
      ? raw
      : isRecord(raw) && typeof raw.message === 'string'
        ? raw.message
        : 'The server refused.';
  return { code: 'REFUSED', message: message.slice(0, 500), retryable: false };
}

export function readAnswer(raw: unknown): Answer {
  if (!isRecord(raw)) return { ok: true, data: raw ?? undefined };
  const sync = v.safeParse(v.optional(Sync), raw.sync);
  const withSync = sync.success && sync.output ? { sync: sync.output } : {};
  if ('ok' in raw) {
    return raw.ok === true
      ? { ok: true, data: raw.data, ...withSync }
      : { ok: false, error: readError(raw.error), ...withSync };
  }
  if (typeof raw.success === 'boolean') {
    return raw.success
      ? { ok: true, data: raw.data, ...withSync }
      : { ok: false, error: readError(raw.error ?? raw.message) };
  }
  if (raw.error !== undefined && raw.error !== null) return { ok: false, error: readError(raw.error) };
  return { ok: true, data: raw, ...withSync };
}
