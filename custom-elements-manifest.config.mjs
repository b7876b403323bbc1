/** How custom-elements.json is made from the class docs; see scripts/manifest.mjs for when. */

const isOurs = (member) =>
  member.privacy !== 'private' && member.privacy !== 'protected' && !/^[#_]/.test(member.name) && !member.internal;

/** Private members are nobody's business; the analyzer would list them in every table of the docs. */
const publicOnly = {
  name: 'public-only',
  analyzePhase({ ts, node, moduleDoc }) {
    if (!ts.isClassDeclaration(node) || !node.name) return;
    const declaration = moduleDoc.declarations?.find((one) => one.name === node.name.text);
    if (!declaration) return;
    for (const member of node.members) {
      const isInternal = ts.getJSDocTags(member).some((tag) => ['internal', 'ignore'].includes(tag.tagName.text));
      const isLifecycle = member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.OverrideKeyword);
      if (!isInternal && !isLifecycle) continue;
      const name = member.name?.getText();
      const entry = declaration.members?.find((one) => one.name === name);
      if (entry) entry.internal = true;
      for (const attribute of declaration.attributes ?? []) if (attribute.fieldName === name) attribute.internal = true;
    }
  },
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        if (declaration.members) declaration.members = declaration.members.filter(isOurs);
        if (declaration.attributes) declaration.attributes = declaration.attributes.filter((one) => !one.internal);
      }
    }
  },
};

/** The analyzer takes the argument of every dispatchEvent for an event's name; the class docs (`@fires`) tell the real ones. */
const documentedEventsOnly = {
  name: 'documented-events-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const one of declarations) if (one.events) one.events = one.events.filter(({ name }) => /^crm-/.test(name));
    }
  },
};

const LIT = { name: 'LitElement', package: 'lit' };
const publishedPath = (source) => {
  const [, name] = /^\/?src\/components\/([a-z-]+)\/\1\.[jt]s$/.exec(source ?? '') ?? [];
  return name && `dist/${name}.js`;
};

/** Only public elements, and at the address an npm user imports them from; rows, bits and base classes are ours alone. */
const publicElementsAtTheirEntries = {
  name: 'public-elements-at-their-entries',
  packageLinkPhase({ customElementsManifest }) {
    const kept = [];
    for (const module of customElementsManifest.modules) {
      const path = publishedPath(module.path);
      if (!path) continue;
      const declarations = (module.declarations ?? []).filter((one) => one.tagName);
      for (const one of declarations) {
        const parent = publishedPath(one.superclass?.module);
        if (one.superclass?.module) one.superclass = parent ? { ...one.superclass, module: parent } : LIT;
        for (const list of ['members', 'attributes', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates']) {
          for (const item of one[list] ?? []) {
            const from = publishedPath(item.inheritedFrom?.module);
            if (from) item.inheritedFrom.module = from;
            else delete item.inheritedFrom;
          }
        }
      }
      const exports = declarations.flatMap(({ name, tagName }) => [
        { kind: 'js', name, declaration: { name, module: path } },
        { kind: 'custom-element-definition', name: tagName, declaration: { name, module: path } },
      ]);
      kept.push({ kind: module.kind, path, declarations, exports });
    }
    customElementsManifest.modules = kept.sort((a, b) => (a.path < b.path ? -1 : 1));
  },
};

export default {
  // The controllers hold the base class, whose public properties every panel has.
  globs: ['src/components/**/*.ts', 'src/controllers/**/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/stage.ts'],
  litelement: true,
  packagejson: false,
  plugins: [publicOnly, documentedEventsOnly, publicElementsAtTheirEntries],
};
