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

/** Only public elements, and at the address an npm user imports them from; rows and bits are ours alone. */
const publicElementsAtTheirEntries = {
  name: 'public-elements-at-their-entries',
  packageLinkPhase({ customElementsManifest }) {
    const kept = [];
    for (const module of customElementsManifest.modules) {
      const [, name] = /^src\/components\/([a-z-]+)\/\1\.ts$/.exec(module.path) ?? [];
      if (!name) continue;
      const path = `dist/${name}.js`;
      const retarget = (value) =>
        JSON.parse(JSON.stringify(value).replaceAll(`"module":"${module.path}"`, `"module":"${path}"`));
      kept.push({ ...retarget(module), path });
    }
    customElementsManifest.modules = kept.sort((a, b) => (a.path < b.path ? -1 : 1));
  },
};

export default {
  globs: ['src/components/**/*.ts'],
  exclude: ['src/**/*.test.ts'],
  litelement: true,
  packagejson: false,
  plugins: [publicOnly, publicElementsAtTheirEntries],
};
