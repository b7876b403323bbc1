/**
 * The language and time zone in use: each element says before it renders how it speaks, so that every `msg()` and every
 * date inside it comes out right, and two inboxes on one page may speak differently. Rendering is synchronous, so one
 * place for "now" is enough; between two renderings the last one said holds.
 */
import { _installMsgImplementation } from '@lit/localize/init/install.js';
import { isStrTagged, type StrResult } from '@lit/localize/internal/str-tag.js';
import type { MsgFn, MsgOptions, TemplateLike } from '@lit/localize/internal/types.js';
import { wordingOf, type Wording } from './languages.js';

export interface Voice {
  /** BCP 47; undefined: the browser's. */
  readonly locale: string | undefined;
  /** IANA name, e.g. `Europe/Lisbon`; undefined: the browser's. */
  readonly timeZone: string | undefined;
}

let inUse: Voice = { locale: undefined, timeZone: undefined };

/** From now on, texts and dates are in this voice. */
export function speak(voice: Voice): void {
  inUse = voice;
}

/** The time zone of what renders now. */
export const zoneInUse = (): string | undefined => inUse.timeZone;

const keys = new WeakMap<readonly string[], string>();
/** `${n} new` → `{0} new` */
function keyOf({ strings }: StrResult): string {
  let key = keys.get(strings);
  if (key === undefined) {
    key = strings.reduce((text, part, index) => `${text}{${index - 1}}${part}`);
    keys.set(strings, key);
  }
  return key;
}

/** Kept by language: making one costs more than a row. An unknown tag must not empty the inbox. */
function byLanguage<Rule>(make: (tag: string | undefined) => Rule): (tag: string) => Rule {
  const kept = new Map<string, Rule>();
  return (tag) => {
    let rule = kept.get(tag);
    if (rule === undefined) {
      try {
        rule = make(tag);
      } catch {
        rule = make('en');
      }
      kept.set(tag, rule);
    }
    return rule;
  };
}
const pluralRules = byLanguage((tag) => new Intl.PluralRules(tag));
const numbers = byLanguage((tag) => new Intl.NumberFormat(tag));

/** The form for a count, by the language's own rules; the other form, where that one is not told. */
export function formOf(wording: Wording, count: number | undefined, locale: string): string | undefined {
  if (typeof wording === 'string') return wording;
  const form = count === undefined ? 'other' : pluralRules(locale).select(count);
  return wording[form] ?? wording.other;
}

function say(template: string | StrResult, options?: MsgOptions): string {
  const locale = inUse.locale ?? 'en';
  const tagged = typeof template === 'string' ? undefined : template;
  const source = tagged ? keyOf(tagged) : (template as string);
  const values = tagged?.values ?? [];
  const count = values.find((value) => typeof value === 'number');
  const wording = (options?.id ? wordingOf(locale, options.id) : undefined) ?? wordingOf(locale, source);
  const text = (wording === undefined ? undefined : formOf(wording, count, locale)) ?? source;
  if (values.length === 0) return text;
  return text.replace(/\{(\d+)\}/g, (mark, index: string) => {
    const value = values[Number(index)];
    return typeof value === 'number' ? numbers(locale).format(value) : value === undefined ? mark : String(value);
  });
}

// A translation is text, never markup: a template with tags in it stays as it was written.
_installMsgImplementation(((template: TemplateLike, options?: MsgOptions) =>
  typeof template === 'string' || isStrTagged(template) ? say(template, options) : template) as MsgFn);
