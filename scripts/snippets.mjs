/**
 * The snippets that stand only in the README, in llms.txt or in docs/. The others are files in examples/, put there by
 * readme.mjs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from './project.mjs';

export const FENCED = /(<!-- snippet: \S+ -->\n\n)?```(\w*)\n([\s\S]*?)```/g;

export const pages = [
  'README.md',
  'llms.txt',
  ...readdirSync(inRoot('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Page → its text. */
export const textOf = new Map(pages.map((page) => [page, readFileSync(inRoot(page), 'utf8')]));

/** @type {{ page: string, language: string, code: string }[]} */
export const snippets = [...textOf].flatMap(([page, text]) =>
  [...text.matchAll(FENCED)]
    .filter(([, isFile]) => !isFile)
    .map(([, , language = '', code = '']) => ({ page, language, code })),
);

export const inLanguages = (...languages) => snippets.filter(({ language }) => languages.includes(language));
