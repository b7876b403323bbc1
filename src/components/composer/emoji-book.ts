/** Which emoji there are, what they are called, and how one is found. The names come in the language of the inbox. */
import { groups } from './emoji/list.js';
import { folded } from './suggestions.js';

export interface Emoji {
  readonly emoji: string;
  /** Its skin has a tone. */
  readonly toned: boolean;
  readonly name: string;
  /** Everything it is found by, folded. */
  readonly words: string;
}

/** By language; others read English. */
const NAMES: Readonly<Record<string, () => Promise<{ names: string }>>> = {
  de: () => import('./emoji/names-de.js'),
  en: () => import('./emoji/names-en.js'),
  es: () => import('./emoji/names-es.js'),
  fr: () => import('./emoji/names-fr.js'),
  ja: () => import('./emoji/names-ja.js'),
  pt: () => import('./emoji/names-pt.js'),
};

export interface EmojiBook {
  /** The language of the names. */
  readonly lang: string;
  /** In groups: faces, people, animals, food, places, activities, objects, symbols, flags. */
  readonly groups: readonly (readonly Emoji[])[];
}

/** `locale`: BCP 47. Rejects when the names do not come. */
export async function openBook(locale: string | undefined): Promise<EmojiBook> {
  const wanted = (locale ?? 'en').slice(0, 2).toLowerCase();
  const lang = Object.hasOwn(NAMES, wanted) ? wanted : 'en';
  const { names } = await NAMES[lang]!();
  const lines = names.split('~');
  let at = 0;
  const read = (entry: string): Emoji => {
    const line = lines[at++] ?? '';
    const toned = entry.endsWith('+');
    const emoji = toned ? entry.slice(0, -1) : entry;
    return { emoji, toned, name: line.split('|', 1)[0] || emoji, words: folded(line.replaceAll('|', ' ')) };
  };
  return { lang, groups: groups.map((group) => group.split(' ').map(read)) };
}

/** Every word of the query must begin a word; names that begin with it come first. */
export function findEmoji(book: EmojiBook, query: string): Emoji[] {
  const words = folded(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const fits = ({ words: known }: Emoji) => words.every((word) => known.startsWith(word) || known.includes(` ${word}`));
  const found = book.groups.flat().filter(fits);
  // Japanese and the like have no blanks between words.
  const loose =
    found.length > 0
      ? found
      : book.groups.flat().filter(({ words: known }) => words.every((word) => known.includes(word)));
  const first = (one: Emoji) => (one.words.startsWith(words[0]!) ? 0 : 1);
  return loose.sort((one, other) => first(one) - first(other));
}

/** 👋 in a tone from 1 to 5; 0 is none. */
export function inTone({ emoji, toned }: Emoji, tone: number): string {
  if (!toned || tone < 1) return emoji;
  const [first = '', ...rest] = [...emoji];
  return [first, String.fromCodePoint(0x1f3fa + tone), ...(rest[0] === '\uFE0F' ? rest.slice(1) : rest)].join('');
}
