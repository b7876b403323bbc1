/** A request that is answered with a typed error. Everything else that is thrown is a fault of ours: `INTERNAL`. */
import type { ErrorCode, WireError } from '../../src/contract/index.js';

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(['RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL', 'TOKEN_EXPIRED']);

export class Refusal extends Error {
  readonly error: WireError;

  constructor(code: ErrorCode, message: string, more: { field?: string | undefined; retryAfterMs?: number } = {}) {
    super(message);
    this.error = {
      code,
      message,
      retryable: RETRYABLE.has(code),
      ...(more.field !== undefined && { field: more.field }),
    };
    if (more.retryAfterMs !== undefined) this.error.retryAfterMs = more.retryAfterMs;
  }
}

/** One sentence for what is not there and for what this agent may not see: nobody can tell the two apart. */
export const notFound = (what: 'conversation' | 'contact' | 'client' | 'note' | 'quote' | 'message', field?: string) =>
  new Refusal('NOT_FOUND', `There is no such ${what}, or you cannot see it.`, { field });
