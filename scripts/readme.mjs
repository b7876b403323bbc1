/**
 * The snippets of the README and of docs/ are the files in examples/, which the end-to-end tests run, and its sizes are the limits that
 * `npm run sizes` holds. `node scripts/readme.mjs` writes them in; `--check` fails when they differ.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { elementsOf, propertiesOf } from './framework-types.mjs';

const root = new URL('..', import.meta.url);
const file = (path) => fileURLToPath(new URL(path, root));

const SNIPPET = /(<!-- snippet: (\S+) -->\n\n```(\w+)\n)[\s\S]*?(```)/g;
const API = /(<!-- api -->\n)[\s\S]*$/;
const TABLE = /(<!-- table: ((?:crm-[\w-]+ )?)(\w+) -->\n)[\s\S]*?(?=\n## |\n[A-Z`]|$)/g;
const SIZES = /(<!-- sizes -->\n)[\s\S]*?(?=\n## )/;

const limits = JSON.parse(readFileSync(file('scripts/size-limits.json'), 'utf8'));
const rows = Object.entries(limits)
  .filter(([name]) => name !== 'comment')
  .map(([name, limit]) => `| ${name} | ${limit} kB |`);

/** Everything public, as tables: docs/api.md. */
function api() {
  const cell = (text) => (text ?? '').replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
  const type = (one) => cell([...new Set((one.type?.text ?? '').split(' | '))].join(' | '));
  const table = (title, heads, rows) =>
    rows.length === 0
      ? ''
      : `\n### ${title}\n\n| ${heads.join(' | ')} |\n|${heads.map(() => '---').join('|')}|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
  const code = (text) => (text ? `\`${text}\`` : '');
  const manifest = JSON.parse(readFileSync(file('custom-elements.json'), 'utf8'));
  return elementsOf(manifest)
    .map((one) => {
      const dashed = new Map((one.attributes ?? []).map((attribute) => [attribute.fieldName, attribute.name]));
      return [
        `\n## \`<${one.tagName}>\`\n\n${one.description ?? ''}\n`,
        table(
          'Properties and attributes',
          ['property', 'attribute', 'type', 'default', 'what it is'],
          propertiesOf(one).map((field) => [
            ...[
              code(field.name),
              code(dashed.get(field.name)),
              code(type(field)),
              code(cell(field.default)),
              cell(field.description),
            ],
          ]),
        ),
        table(
          'Read-only properties and methods',
          ['name', 'what it is'],
          (one.members ?? [])
            .filter((member) => member.kind === 'method' || member.readonly)
            .map((member) => [
              code(member.kind === 'method' ? `${member.name}()` : member.name),
              cell(member.description),
            ]),
        ),
        table(
          'Events',
          ['event', 'class', 'when'],
          (one.events ?? []).map((event) => [code(event.name), code(event.type.text), cell(event.description)]),
        ),
        table(
          'Slots',
          ['slot', 'what goes there'],
          (one.slots ?? []).map((slot) => [code(slot.name) || '(default)', cell(slot.description)]),
        ),
        table(
          'Parts',
          ['part', 'what it is'],
          (one.cssParts ?? []).map((part) => [code(part.name), cell(part.description)]),
        ),
        table(
          'CSS custom properties',
          ['property', 'default', 'what it is'],
          (one.cssProperties ?? []).map((item) => [code(item.name), code(cell(item.default)), cell(item.description)]),
        ),
      ].join('');
    })
    .join('');
}

/** What each table of a page says: of one element, or of all with a row for each. */
const TABLES = {
  properties: { heads: ['property', 'default', 'what it is'], rows: (one) => one.cssProperties, default: true },
  parts: { heads: ['part', 'what it is'], rows: (one) => one.cssParts },
  slots: { heads: ['slot', 'what goes there'], rows: (one) => one.slots },
};
function tableOf(tag, kind) {
  const { heads, rows: rowsOf, default: hasDefault } = TABLES[kind];
  const cell = (text) => (text ?? '').replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
  const elements = elementsOf(JSON.parse(readFileSync(file('custom-elements.json'), 'utf8'))).filter(
    (one) => !tag || one.tagName === tag,
  );
  const lines = elements.flatMap((one) =>
    (rowsOf(one) ?? []).map((row) => [
      ...(tag ? [] : [`\`${one.tagName}\``]),
      row.name ? `\`${row.name}\`` : '(default)',
      ...(hasDefault ? [row.default ? `\`${cell(row.default)}\`` : ''] : []),
      cell(row.description),
    ]),
  );
  const head = tag ? heads : ['element', ...heads];
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

const pages = [
  'README.md',
  ...readdirSync(file('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
let stale = 0;
for (const page of pages) {
  const before = readFileSync(file(page), 'utf8');
  if (!/<!-- (snippet: |table: |sizes|api )/.test(before)) continue;
  const filled = before
    .replace(
      SNIPPET,
      (_all, head, path, _language, foot) => `${head}${readFileSync(file(path), 'utf8').trimEnd()}\n${foot}`,
    )
    .replace(SIZES, (_all, head) => `${head}\n| what is loaded | limit, gzip |\n|---|---|\n${rows.join('\n')}\n`)
    .replace(TABLE, (_all, head, tag, kind) => `${head}\n${tableOf(tag.trim(), kind)}\n`)
    .replace(API, (_all, head) => `${head}\n${api()}`);
  const after = await format(filled, { ...(await resolveConfig(file(page))), parser: 'markdown' });
  if (after === before) continue;
  if (process.argv.includes('--check')) {
    console.error(
      `${page} differs from examples/, custom-elements.json or scripts/size-limits.json: run \`node scripts/readme.mjs\`.`,
    );
    stale += 1;
  } else {
    writeFileSync(file(page), after);
  }
}
process.exit(stale > 0 ? 1 : 0);
