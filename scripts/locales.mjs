/**
 * Finds every text of the components (`msg('…')`, `msg(str`…`)`), and holds the files in src/locales/ to them: no text may
 * be missing, and each must have the values of the English one. `--list` prints the texts.
 */
import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { filesUnder, inRoot } from './project.mjs';

/** File → the language's tag, whose plural forms a text with forms must have. */
const LANGUAGES = { ar: 'ar', de: 'de', es: 'es', fr: 'fr', ja: 'ja', 'pt-br': 'pt-BR' };

const parse = (path, text) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** `${n} new` → `{0} new`; undefined for what is no text that can be read here. */
function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== 'str') return undefined;
  if (ts.isNoSubstitutionTemplateLiteral(node.template)) return node.template.text;
  const { head, templateSpans } = node.template;
  return templateSpans.reduce((text, span, index) => `${text}{${index}}${span.literal.text}`, head.text);
}

/** Every text of a source file, and what is wrong with how it is written. */
export function textsOf(path, code) {
  const found = [];
  const faults = [];
  const source = parse(path, code);
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'msg') {
      const [template, options] = node.arguments;
      const text = template && textOf(template);
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      const named = options && ts.isObjectLiteralExpression(options) ? options.properties : [];
      const id = named.find((one) => one.name?.getText(source) === 'id')?.initializer;
      if (text === undefined) {
        faults.push(
          `${path}:${line}: msg() takes a text in quotes or str\`…\`: markup and variables cannot be translated`,
        );
      } else if (id && !ts.isStringLiteralLike(id)) {
        faults.push(`${path}:${line}: the id of a text must be written out`);
      } else found.push({ key: id ? id.text : text, text, path, line });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { found, faults };
}

/** key → wording, as a file of src/locales/ has them. */
export function stringsOf(path, code) {
  const strings = new Map();
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'strings') {
      for (const entry of node.initializer.properties) {
        const key = ts.isIdentifier(entry.name) ? entry.name.text : entry.name.text;
        const value = ts.isStringLiteralLike(entry.initializer)
          ? entry.initializer.text
          : Object.fromEntries(entry.initializer.properties.map((form) => [form.name.text, form.initializer.text]));
        if (strings.has(key)) throw new Error(`${path}: "${key}" is there twice`);
        strings.set(key, value);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(path, code));
  return strings;
}

const valuesIn = (text) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join();

/** What is wrong with one language, in words. */
export function faultsOf(file, tag, texts, strings) {
  const faults = [];
  for (const [key, text] of texts) {
    const wording = strings.get(key);
    if (wording === undefined || wording === '') {
      faults.push(`${file}: missing ${JSON.stringify(key)}`);
      continue;
    }
    const forms = typeof wording === 'string' ? { other: wording } : wording;
    if (typeof wording !== 'string') {
      for (const form of new Intl.PluralRules(tag).resolvedOptions().pluralCategories) {
        // `many` of Spanish, French and Portuguese is for millions; `other` says it as well.
        if (!(form in forms) && form !== 'many') faults.push(`${file}: ${JSON.stringify(key)} has no form "${form}"`);
        if (!(form in forms) && form === 'many' && tag === 'ar')
          faults.push(`${file}: ${JSON.stringify(key)} has no form "many"`);
      }
    }
    // A form for one or two may say the number as a word.
    if (valuesIn(forms.other ?? '') !== valuesIn(text))
      faults.push(`${file}: ${JSON.stringify(key)} has other values than the English text`);
  }
  return faults;
}

/** key → English text, for the whole library. */
export function allTexts() {
  const texts = new Map();
  const faults = [];
  for (const path of filesUnder(
    'src',
    (one) => /\.ts$/.test(one) && !/\.test\.ts$|\/stage\.ts$|^src\/(locales|testing)\//.test(one),
  )) {
    const { found, faults: wrong } = textsOf(path, readFileSync(inRoot(path), 'utf8'));
    faults.push(...wrong);
    for (const { key, text } of found) texts.set(key, text);
  }
  return { texts, faults };
}

if (process.argv[1] && import.meta.url.endsWith('/locales.mjs') && process.argv[1].endsWith('locales.mjs')) {
  const { texts, faults } = allTexts();
  if (process.argv.includes('--list')) {
    for (const [key, text] of [...texts].sort())
      console.log(key === text ? JSON.stringify(key) : `${JSON.stringify(key)} = ${JSON.stringify(text)}`);
    process.exit(0);
  }
  for (const [file, tag] of Object.entries(LANGUAGES)) {
    const path = `src/locales/${file}.ts`;
    if (!existsSync(inRoot(path))) faults.push(`${path}: not there`);
    else faults.push(...faultsOf(path, tag, texts, stringsOf(path, readFileSync(inRoot(path), 'utf8'))));
  }
  for (const fault of faults) console.error(fault);
  console.log(
    `locales: ${texts.size} texts in ${Object.keys(LANGUAGES).length} languages and English, ${faults.length} faults`,
  );
  process.exit(faults.length > 0 ? 1 : 0);
}
