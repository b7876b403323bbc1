/** Makes payloads that fit a schema, by walking through it, and then spoils them. All chance comes from one seed. */
import type * as v from 'valibot';
import type { Chance } from '../sim/chance.js';

type Json = unknown;
interface Schema {
  type: string;
  pipe?: { type: string; requirement?: unknown; kind?: string }[];
  entries?: Record<string, Schema>;
  item?: Schema;
  items?: Schema[];
  options?: unknown[];
  wrapped?: Schema;
  literal?: unknown;
  key?: Schema;
  value?: Schema;
  getter?: (input: unknown) => Schema;
}

const IDS = [
  'c1',
  'c2',
  'c3',
  'p1',
  'p2',
  'k1',
  'm1',
  'm2',
  'm3',
  'anna',
  'ben',
  '__proto__',
  'constructor',
  'toString',
];
const TEXTS = [
  '',
  ' ',
  'hello',
  'Ünï©ødé 👩‍👩‍👧',
  '<img src=x onerror=alert(1)>',
  '\u202etxt',
  '\ud800',
  'x'.repeat(5000),
  '0',
  'null',
];

/** A payload that most probably fits; what cannot be read off the schema is guessed. */
export function generate(schema: v.GenericSchema, chance: Chance): Json {
  return make(schema as unknown as Schema, chance, '', 0);
}

function make(schema: Schema, chance: Chance, name: string, depth: number): Json {
  const maker = MAKERS[schema.type];
  return maker ? maker(schema, chance, name, depth) : null;
}

type Maker = (schema: Schema, chance: Chance, name: string, depth: number) => Json;

const object: Maker = ({ entries = {} }, chance, _name, depth) => {
  const made: Record<string, Json> = {};
  for (const [name, entry] of Object.entries(entries)) {
    if (isOptional(entry) && chance.happens(depth > 2 ? 0.8 : 0.4)) continue;
    const value = make(entry, chance, name, depth + 1);
    if (value !== undefined) made[name] = value;
  }
  return made;
};
const wrapped: Maker = (schema, chance, name, depth) => make(schema.wrapped!, chance, name, depth);

const MAKERS: Readonly<Record<string, Maker>> = {
  object,
  loose_object: object,
  strict_object: object,
  optional: wrapped,
  exact_optional: wrapped,
  undefinedable: wrapped,
  nullish: wrapped,
  nullable: (schema, chance, name, depth) => (chance.happens(0.3) ? null : wrapped(schema, chance, name, depth)),
  non_optional: wrapped,
  array: ({ item }, chance, name, depth) =>
    Array.from({ length: depth > 3 ? 0 : chance.below(4) }, () => make(item!, chance, name, depth + 1)),
  tuple: ({ items = [] }, chance, name, depth) => items.map((item) => make(item, chance, name, depth + 1)),
  record: ({ value }, chance, name, depth) => ({ [chance.pick(IDS)]: make(value!, chance, name, depth + 1) }),
  union: ({ options = [] }, chance, name, depth) => make(chance.pick(options as Schema[]), chance, name, depth),
  variant: ({ options = [] }, chance, name, depth) => make(chance.pick(options as Schema[]), chance, name, depth),
  picklist: ({ options = [] }, chance) => chance.pick(options),
  enum: ({ options = [] }, chance) => chance.pick(options),
  literal: ({ literal }) => literal,
  boolean: (_schema, chance) => chance.happens(0.5),
  number: (schema, chance) => number(schema, chance),
  string: (schema, chance, name) => text(schema, chance, name),
  lazy: ({ getter }, chance, name, depth) => make(getter!(undefined), chance, name, depth + 1),
  unknown: (_schema, chance) => chance.pick([1, 'x', null, {}, []]),
  any: (_schema, chance) => chance.pick([1, 'x', null, {}, []]),
  null: () => null,
};

function number(schema: Schema, chance: Chance): number {
  const limit = (type: string) =>
    schema.pipe?.find((action) => action.type === type)?.requirement as number | undefined;
  const least = limit('min_value') ?? 0;
  return Math.min(limit('max_value') ?? Infinity, least + chance.below(12));
}

function text(schema: Schema, chance: Chance, name: string): string {
  if (
    /(^|[a-z])(At|Seen)$|^timestamp$|^lastActivity$|^validUntil$/.test(name) ||
    schema.pipe?.some(({ type }) => /iso|date/i.test(type))
  )
    return new Date(Date.UTC(2026, 10, 22, 10, 0, chance.below(5000))).toISOString();
  if (/[iI]d$|^e$|^around$/.test(name)) return chance.pick(IDS.slice(0, 11));
  if (/currency/i.test(name)) return 'EUR';
  if (/url|avatar|endpoint/i.test(name)) return 'https://crm.example/x';
  if (/start|end/.test(name)) return '09:00';
  return chance.pick(TEXTS.slice(2, 4));
}

const isOptional = ({ type }: Schema) => type === 'optional' || type === 'nullish' || type === 'exact_optional';

// ---- spoiling

/** JSON with `__proto__` as a key of its own, as a hostile server can send it. */
const POISON = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"__proto__":null,"id":"c1"}',
  '{"toString":1,"hasOwnProperty":1}',
];
const WRONG: readonly ((chance: Chance) => Json)[] = [
  () => null,
  () => undefined,
  () => true,
  () => -1,
  () => 1e308,
  () => 9007199254740993,
  () => 0.5,
  () => '',
  () => 'x'.repeat(70_000),
  () => [],
  () => [[[]]],
  () => ({}),
  () => '2026-13-45T99:99:99Z',
  (chance) => JSON.parse(chance.pick(POISON)) as Json,
  (chance) => chance.pick(TEXTS),
  (chance) => chance.pick(IDS),
  () => nested(200),
  () => Array.from({ length: 300 }, (_, index) => index),
];

function nested(depth: number): Json {
  let value: Json = 1;
  for (let at = 0; at < depth; at++) value = at % 2 ? [value] : { a: value };
  return value;
}

/** One to three places changed: something else there, taken away, added, or doubled. Always valid JSON. */
export function spoil(payload: Json, chance: Chance): Json {
  if (chance.happens(0.04)) return chance.pick(WRONG)(chance);
  let copy = payload === undefined ? undefined : (JSON.parse(JSON.stringify(payload)) as Json);
  for (let times = 1 + chance.below(3); times > 0; times--) copy = change(copy, chance);
  return copy;
}

function change(value: Json, chance: Chance): Json {
  if (typeof value !== 'object' || value === null) return chance.pick(WRONG)(chance);
  const keys = Object.keys(value);
  const holder = value as Record<string, Json>;
  if (keys.length === 0 || chance.happens(0.15)) {
    if (Array.isArray(value)) value.push(chance.pick(WRONG)(chance));
    else
      Object.defineProperty(holder, chance.pick(IDS), {
        value: chance.pick(WRONG)(chance),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return value;
  }
  const key = chance.pick(keys);
  if (chance.happens(0.2) && !Array.isArray(value)) delete holder[key];
  else
    Object.defineProperty(holder, key, {
      value: chance.happens(0.5) ? change(holder[key], chance) : chance.pick(WRONG)(chance),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return value;
}
