/** From what arrived on the socket to a payload that can be trusted, or a refusal that names the field. */
import * as v from 'valibot';
import { clientEvents, type ClientEventName } from '../../../src/contract/index.js';
import { Refusal } from '../refusal.js';

const DEPTH_MAX = 32;

export const isClientEvent = (name: string): name is ClientEventName => Object.hasOwn(clientEvents, name);

export function parseAsk<E extends ClientEventName>(
  name: E,
  payload: unknown,
): v.InferOutput<(typeof clientEvents)[E]['ask']> {
  const cleaned = clean(payload ?? {});
  // An array would pass for an object whose fields are all optional.
  if (!isRecord(cleaned)) throw new Refusal('BAD_PAYLOAD', 'The payload must be an object.');
  return parseWith(clientEvents[name].ask, fillIn(name, cleaned)) as v.InferOutput<(typeof clientEvents)[E]['ask']>;
}

export function parseWith<S extends v.GenericSchema>(schema: S, payload: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, payload, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = issue.path?.map(({ key }) => String(key)).join('.');
  const name = field ? `"${field.slice(0, 100)}"` : 'The payload';
  throw new Refusal('BAD_PAYLOAD', `${name} ${wordsFor(issue)}.`, { field: field?.slice(0, 200) });
}

/** What was expected; never what was received, which may be private or endless. */
function wordsFor({ received, expected, message }: v.BaseIssue<unknown>): string {
  if (received === 'undefined') return 'is missing';
  return `is not as agreed: ${expected ? `expected ${expected.slice(0, 200)}` : message}`;
}

/** Servers in the field take part of a client (`Partial<Client>`): what is left out is empty. */
function fillIn(name: ClientEventName, payload: unknown): unknown {
  if (name !== 'convert_prospect' || !isRecord(payload) || !isRecord(payload.clientData)) return payload;
  return { ...payload, clientData: { lastName: '', email: '', phone: '', ...payload.clientData } };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What the database cannot store is settled here: a text with a zero character is refused, half a surrogate pair (a
 * truncated emoji) becomes the replacement character, attachments and bottomless nesting are refused.
 */
export function clean(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new Refusal('BAD_PAYLOAD', 'A text contains a character that cannot be stored.');
    return /[\ud800-\udfff]/.test(value) ? Buffer.from(value).toString() : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) throw new Refusal('BAD_PAYLOAD', 'The payload is nested too deeply.');
  if (Array.isArray(value)) return value.map((part) => clean(part, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new Refusal('BAD_PAYLOAD', 'Attachments are not taken here.');
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, part]) => [clean(key), clean(part, depth + 1)]),
  );
}
