/**
 * Which languages there are, and their words. English is the source: its words stand in the code. The other six are
 * fetched when an element is first shown in them; a host may add a language, or replace single words of any.
 */

/**
 * A text in one language. `{0}`, `{1}` … stand for the values of the English text, in any order. A text with a count may
 * be told by plural forms, chosen by its first number: `{ one: '{0} nueva', other: '{0} nuevas' }`.
 */
export type Wording = string | { readonly [form in Intl.LDMLPluralRule]?: string };

/** English text → its wording. The English text has `{0}`, `{1}` … where a value stands: `'{0} new'`. */
export type Strings = Readonly<Record<string, Wording>>;

/** What a file of `crm-chat-elements/locales/*` exports. */
export interface LanguageModule {
  readonly strings: Strings;
}

type Source = () => Promise<LanguageModule>;

const sources = new Map<string, Source>([
  ['ar', () => import('./ar.js')],
  ['de', () => import('./de.js')],
  ['es', () => import('./es.js')],
  ['fr', () => import('./fr.js')],
  ['ja', () => import('./ja.js')],
  ['pt', () => import('./pt-br.js')],
]);
const loaded = new Map<string, Strings>();
const loading = new Map<string, Promise<void>>();
const replaced = new Map<string, Map<string, Wording>>();
const listeners = new Set<() => void>();

/** Asked for every text that is drawn. */
const chains = new Map<string, readonly string[]>();

/** The tag, then the tag without its last part, and so on: `pt-BR`, `pt`. Lower case. */
function chain(tag: string): readonly string[] {
  let found = chains.get(tag);
  if (!found) {
    const parts = tag.toLowerCase().split('-');
    found = parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'));
    chains.set(tag, found);
  }
  return found;
}

const sourceOf = (tag: string) => chain(tag).find((one) => one === 'en' || sources.has(one));

/** The words of a language that are here now; undefined: English, or not fetched yet. */
export function wordingOf(tag: string, text: string): Wording | undefined {
  for (const one of chain(tag)) {
    const wording = replaced.get(one)?.get(text) ?? loaded.get(one)?.[text];
    if (wording !== undefined) return wording;
  }
  return undefined;
}

/** Is every word of this language here, so that nothing has to be fetched before it is shown. */
export function isReady(tag: string): boolean {
  const source = sourceOf(tag);
  return source === undefined || source === 'en' || loaded.has(source);
}

/** Fetches the words of a language, once. Never rejects: without them English is shown. */
export function loadLanguage(tag: string): Promise<void> {
  const source = sourceOf(tag);
  if (source === undefined || isReady(tag)) return Promise.resolve();
  let run = loading.get(source);
  if (!run) {
    run = sources.get(source)!().then(
      ({ strings }) => {
        loaded.set(source, strings);
        tell();
      },
      (reason: unknown) => {
        loading.delete(source); // the next element asks again
        console.warn(`crm-chat: the words for "${source}" did not load; English is shown.`, reason);
      },
    );
    loading.set(source, run);
  }
  return run;
}

/**
 * Adds a language, or takes the place of one that there is. Texts that it does not have are shown in English.
 * @param tag BCP 47, e.g. `sv` or `pt-PT`. `pt` serves every Portuguese that has no entry of its own.
 * @param words The texts, or a function that fetches a module with `strings` when an element is first shown in it.
 */
export function addLanguage(tag: string, words: Strings | (() => Promise<LanguageModule>)): void {
  const name = tag.toLowerCase();
  loading.delete(name);
  if (typeof words === 'function') {
    sources.set(name, words);
    loaded.delete(name);
  } else {
    sources.set(name, () => Promise.resolve({ strings: words }));
    loaded.set(name, words);
  }
  tell();
}

/**
 * Replaces single texts of a language, English too: `replaceStrings('en', { 'Try again': 'Once more' })`. Later calls
 * add to earlier ones; elements that are on the page change at once.
 */
export function replaceStrings(tag: string, strings: Strings): void {
  const name = tag.toLowerCase();
  const known = replaced.get(name) ?? new Map<string, Wording>();
  for (const [text, wording] of Object.entries(strings)) known.set(text, wording);
  replaced.set(name, known);
  tell();
}

/** Called whenever words arrive or change. Returns the way to stop. */
export function onWords(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tell(): void {
  for (const listener of [...listeners]) listener();
}
