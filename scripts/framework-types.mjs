/**
 * What editors and type checkers of the host frameworks know about the elements, generated from custom-elements.json into
 * dist/frameworks/: JSX for React, Preact and Solid, components for Vue, elements for Svelte, custom data for VS Code.
 * Types of properties are taken from the classes themselves (`CrmChat['store']`), so they are never told twice.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inRoot } from './project.mjs';

const NOTE = '/** Generated from custom-elements.json by scripts/framework-types.mjs. */\n';

/** All public events bubble out of the panels, so a host may listen where the panels are. */
const AROUND_PANELS = ['crm-chat', 'crm-chat-provider'];

const byName = (items) =>
  [...new Map(items.map((one) => [one.name, one])).values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** @returns the public elements of the manifest, by tag. */
export function elementsOf(manifest) {
  const elements = manifest.modules
    .flatMap((module) => module.declarations.filter((one) => one.tagName).map((one) => ({ ...one, path: module.path })))
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
  const all = byName(elements.flatMap((one) => one.events ?? []));
  return elements.map((one) => (AROUND_PANELS.includes(one.tagName) ? { ...one, events: all } : one));
}

/** What a host may set: fields that are neither read-only nor static. */
export const propertiesOf = (element) =>
  (element.members ?? []).filter((one) => one.kind === 'field' && !one.readonly && !one.static);

const isWord = (name) => /^[a-z_$][\w$]*$/i.test(name);
const key = (name) => (isWord(name) ? name : `'${name}'`);
const comment = (text) => (text ? `  /** ${text.replaceAll('*/', '* /').replace(/\s*\n\s*/g, ' ')} */\n` : '');
const block = (head, lines) => `${head} {\n${lines.join('')}}\n`;

/** The shared page: for each element what can be set and what it tells, whatever the framework. */
function shared(elements) {
  const events = [...new Set(elements.flatMap((one) => (one.events ?? []).map((event) => event.type.text)))].sort();
  const imports = elements.map(
    ({ name, path }) => `import type { ${name} } from '../types/${path.replace(/^dist\//, '')}';\n`,
  );
  const parts = elements.map((element) => {
    const { name, tagName } = element;
    const properties = propertiesOf(element);
    const fields = new Set(properties.map((one) => one.name));
    const lines = properties.map(
      (one) => `${comment(one.description)}  ${one.name}?: ${name}['${one.name}'] | undefined;\n`,
    );
    const dashed = (element.attributes ?? [])
      .filter((one) => one.name !== one.fieldName && fields.has(one.fieldName))
      .map((one) => `${comment(one.description)}  ${key(one.name)}?: ${name}['${one.fieldName}'] | undefined;\n`);
    const told = (element.events ?? []).map(
      (one) => `${comment(one.description)}  ${key(one.name)}: ${one.type.text};\n`,
    );
    return [
      block(`/** What a host may set on \`<${tagName}>\` as a property. */\nexport interface ${name}Properties`, lines),
      block(
        `/** Attributes of \`<${tagName}>\` that are written otherwise than the property. */\nexport interface ${name}Attributes`,
        dashed,
      ),
      block(`/** What \`<${tagName}>\` tells. */\nexport interface ${name}Events`, told),
    ].join('\n');
  });
  return [
    NOTE,
    ...imports,
    `import type {\n${events.map((one) => `  ${one},\n`).join('')}} from '../types/components/events.js';\n\n`,
    parts.join('\n'),
    block(
      '\n/** Tag → class. */\nexport interface CrmElements',
      elements.map(({ name, tagName }) => `  '${tagName}': ${name};\n`),
    ),
    `\nexport type { ${elements.map((one) => one.name).join(', ')} };\n`,
  ].join('');
}

const names = (elements, suffixes) => elements.flatMap(({ name }) => suffixes.map((suffix) => `${name}${suffix}`));
const importShared = (elements) =>
  `import type {\n${names(elements, ['', 'Attributes', 'Events', 'Properties'])
    .map((one) => `  ${one},\n`)
    .join('')}} from './elements.js';\n`;

/** One line for each element inside `interface`, made of its class and the three pages about it. */
const entries = (elements, type) =>
  elements.map((one) => `${comment(one.description)}    '${one.tagName}': ${type(one)};\n`).join('');

const HANDLERS = '{ [E in keyof Events & string as `on${E}`]?: ((event: Events[E]) => void) | undefined }';

/** Framework → what its declaration file says. */
const frameworks = {
  react: (elements) => `${NOTE}import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${importShared(elements)}
type Handlers<Events> = ${HANDLERS};
type Props<Element, Own, Events> = DetailedHTMLProps<Omit<HTMLAttributes<Element>, keyof Own>, Element> & Own & Handlers<Events>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${entries(elements, ({ name }) => `Props<${name}, ${name}Properties & ${name}Attributes, ${name}Events>`)}    }
  }
}
`,
  preact: (elements) => `${NOTE}import type { ClassAttributes, HTMLAttributes } from 'preact';
${importShared(elements)}
type Handlers<Events> = ${HANDLERS};
type Props<Element extends EventTarget, Own, Events> = Omit<HTMLAttributes<Element>, keyof Own> &
  ClassAttributes<Element> &
  Own &
  Handlers<Events>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
${entries(elements, ({ name }) => `Props<${name}, ${name}Properties & ${name}Attributes, ${name}Events>`)}    }
  }
}
`,
  solid: (elements) => `${NOTE}import type { JSX } from 'solid-js';
${importShared(elements)}
type Handlers<Events> = { [E in keyof Events & string as \`on:\${E}\`]?: ((event: Events[E]) => void) | undefined };
type AsProperties<Own> = { [P in keyof Own & string as \`prop:\${P}\`]?: Own[P] | undefined };
type Props<Element, Properties, Attributes, Events> = Omit<JSX.HTMLAttributes<Element>, keyof Properties> &
  Properties &
  AsProperties<Properties> &
  Attributes &
  Handlers<Events>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
${entries(elements, ({ name }) => `Props<${name}, ${name}Properties, ${name}Attributes, ${name}Events>`)}    }
  }
}
`,
  vue: (elements) => `${NOTE}import type { HTMLAttributes, ReservedProps } from 'vue';
${importShared(elements)}
type Pascal<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\` ? \`\${Capitalize<Head>}\${Pascal<Tail>}\` : Capitalize<Name>;
type Handlers<Events> = { [E in keyof Events & string as \`on\${Pascal<E>}\`]?: ((event: Events[E]) => void) | undefined };
type Component<Element, Own, Events> = new () => {
  $el: Element;
  $props: Omit<HTMLAttributes, keyof Own> & ReservedProps & Own & Handlers<Events>;
  $slots: { default?: () => unknown };
};

declare module 'vue' {
  /** Children of custom elements say which slot they go to. */
  interface HTMLAttributes {
    slot?: string | undefined;
  }
  interface GlobalComponents {
${entries(elements, ({ name }) => `Component<${name}, ${name}Properties & ${name}Attributes, ${name}Events>`)}  }
}
`,
  svelte: (elements) => `${NOTE}import type { HTMLAttributes } from 'svelte/elements';
${importShared(elements)}
type Handlers<Events> = ${HANDLERS};
type Props<Element extends EventTarget, Own, Events> = Omit<HTMLAttributes<Element>, keyof Own> & Own & Handlers<Events>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${entries(elements, ({ name }) => `Props<${name}, ${name}Properties & ${name}Attributes, ${name}Events>`)}  }
}
`,
};

const literals = (type) => [...(type ?? '').matchAll(/'([^']+)'/g)].map(([, value]) => ({ name: value }));

/** https://code.visualstudio.com: `html.customData` of a workspace. */
const htmlData = (elements) => ({
  version: 1.1,
  tags: elements.map((element) => ({
    name: element.tagName,
    description: {
      kind: 'markdown',
      value: [
        element.description ?? '',
        ...(element.slots ?? []).map((one) => `- slot \`${one.name || 'default'}\`: ${one.description}`),
        ...(element.events ?? []).map((one) => `- event \`${one.name}\`: ${one.description}`),
      ].join('\n\n'),
    },
    attributes: (element.attributes ?? []).map((one) => {
      const values = literals(one.type?.text);
      return { name: one.name, description: one.description, ...(values.length > 0 ? { values } : {}) };
    }),
  })),
});

/** `css.customData` of a workspace: the properties, and the parts as pseudo elements. */
const cssData = (elements) => ({
  version: 1.1,
  properties: byName(elements.flatMap((one) => one.cssProperties ?? [])).map((one) => ({
    name: one.name,
    description: one.default ? `${one.description} Default: ${one.default}.` : one.description,
  })),
  pseudoElements: byName(elements.flatMap((one) => one.cssParts ?? [])).map((one) => ({
    name: `::part(${one.name})`,
    description: one.description,
  })),
});

/** File name → text. */
export function frameworkFiles(manifest) {
  const elements = elementsOf(manifest);
  const files = {
    'elements.d.ts': shared(elements),
    'elements.js': 'export {};\n',
    'vscode.html-data.json': `${JSON.stringify(htmlData(elements), null, 2)}\n`,
    'vscode.css-data.json': `${JSON.stringify(cssData(elements), null, 2)}\n`,
  };
  for (const [name, write] of Object.entries(frameworks)) {
    files[`${name}.d.ts`] = write(elements);
    // A plain `import 'crm-chat-elements/types/react'` must find something to run.
    files[`${name}.js`] = 'export {};\n';
  }
  return files;
}

export const FRAMEWORKS = Object.keys(frameworks);

export function writeFrameworkTypes() {
  const manifest = JSON.parse(readFileSync(inRoot('custom-elements.json'), 'utf8'));
  rmSync(inRoot('dist/frameworks'), { recursive: true, force: true });
  mkdirSync(inRoot('dist/frameworks'), { recursive: true });
  for (const [name, text] of Object.entries(frameworkFiles(manifest)))
    writeFileSync(inRoot('dist/frameworks', name), text);
}
