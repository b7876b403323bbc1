/**
 * Writes src/components/composer/emoji/: which emoji there are, and what they are called in the languages of the library,
 * from emoji-picker-element-data. `--check` only tells whether the files are what would be written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRoot } from './project.mjs';

const require = createRequire(import.meta.url);
const LANGUAGES = ['de', 'en', 'es', 'fr', 'ja', 'pt'];
/** Newer ones are empty boxes on many machines. */
const NEWEST = 14;
/** Parts of emoji (skin tones, hair), which nobody sends alone. */
const PARTS = 2;
const TAGS_MOST = 5;
const TONES = ['\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'];
const HEAD = '// Written by scripts/emoji.mjs from emoji-picker-element-data (Unicode CLDR); not by hand.\n';

const load = (language) => require(`emoji-picker-element-data/${language}/cldr/data.json`);

/** 👋 and 1 → 👋🏻. The same rule as in emoji-picker.ts. */
function toned(emoji, tone) {
  const [first, ...rest] = [...emoji];
  return [first, TONES[tone], ...(rest[0] === '\uFE0F' ? rest.slice(1) : rest)].join('');
}

const takesTones = ({ emoji, skins }) =>
  TONES.every((_tone, tone) => skins?.some((skin) => skin.tone === tone + 1 && skin.emoji === toned(emoji, tone)));

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export function emojiFiles() {
  const all = load('en')
    .filter(({ version, group }) => version <= NEWEST && group !== PARTS)
    .sort((one, other) => one.group - other.group || one.order - other.order);
  const groups = [...new Set(all.map(({ group }) => group))].map((group) =>
    all
      .filter((one) => one.group === group)
      .map((one) => one.emoji + (takesTones(one) ? '+' : ''))
      .join(' '),
  );
  const files = new Map([
    [
      'list.ts',
      `${HEAD}/** By group, in their order; a \`+\` marks those that take a skin tone. */\nexport const groups = [\n${groups.map((group) => `  ${quoted(group)},\n`).join('')}];\n`,
    ],
  ]);
  for (const language of LANGUAGES) {
    const known = new Map(load(language).map((one) => [one.emoji, one]));
    const lines = all.map(({ emoji }) => {
      const { annotation, tags } = known.get(emoji) ?? { annotation: '', tags: [] };
      const name = annotation.toLowerCase();
      const more = tags.filter((tag) => !name.includes(tag.toLowerCase())).slice(0, TAGS_MOST);
      return [annotation, ...more].join('|');
    });
    // One string, because that is what compresses and parses best.
    const text = quoted(lines.join('~'));
    files.set(
      `names-${language}.ts`,
      `${HEAD}/** In the order of list.ts: name|other word|…, parted by \`~\`. */\nexport const names =\n  ${text};\n`,
    );
  }
  return files;
}

if (process.argv[1]?.endsWith('emoji.mjs')) {
  let stale = 0;
  for (const [name, text] of emojiFiles()) {
    const path = inRoot('src/components/composer/emoji', name);
    if (!process.argv.includes('--check')) writeFileSync(path, text);
    else if (readFileSync(path, 'utf8') !== text) {
      stale++;
      console.error(`src/components/composer/emoji/${name} is not what scripts/emoji.mjs writes`);
    }
  }
  process.exit(stale > 0 ? 1 : 0);
}
