/**
 * Vite plugin: takes the indentation and the comments out of css`…`, html`…` and svg`…`. Minifiers must not touch template
 * literals, and ours hold a third of all the code. White space stays wherever it can mean something: in markup an indented
 * line break becomes one space, and only in style sheets the spaces around punctuation go altogether.
 *
 * A template that is a constant of its file (an icon) becomes a call marked as pure: to a bundler a tagged template is a
 * function call with unknown effects, and without the mark every panel would carry every icon.
 */
import ts from 'typescript';

function shorterCss(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return part
        .replace(/\s+/g, ' ')
        .replace(/ ?([{};,]) ?/g, '$1')
        .replace(/: (?!;)/g, ':')
        .replace(/;}/g, '}');
    })
    .join('');
}

const shorterMarkup = (text) => text.replace(/<!--[\s\S]*?-->/g, '').replace(/\s*\n\s*/g, ' ');

const SHORTEN = { css: shorterCss, html: shorterMarkup, svg: shorterMarkup };

/**
 * The code with shorter templates. Line breaks are moved behind the text they were in, not lost: every line keeps its
 * number, so the source maps stay right without being rewritten.
 */
export function shortenTemplates(code) {
  if (!/\b(css|html|svg)`/.test(code)) return code;
  const source = ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest, false);
  const edits = [];
  const shorten = (node, how) => {
    const start = node.getStart(source);
    const whole = code.slice(start, node.end);
    const [, open, text, close] = /^([`}])([\s\S]*?)(`|\$\{)$/.exec(whole);
    const short = how(text);
    const breaks = whole.split('\n').length - short.split('\n').length;
    edits.push({ start, end: node.end, text: open + short + close + '\n'.repeat(breaks) });
  };
  const visit = (node) => {
    const how = ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && SHORTEN[node.tag.text];
    if (how && ts.isNoSubstitutionTemplateLiteral(node.template)) shorten(node.template, how);
    else if (how)
      for (const part of [node.template.head, ...node.template.templateSpans.map((one) => one.literal)])
        shorten(part, how);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { initializer } of source.statements
    .filter(ts.isVariableStatement)
    .flatMap((one) => one.declarationList.declarations)) {
    if (!initializer || !ts.isTaggedTemplateExpression(initializer) || !(initializer.tag.getText(source) in SHORTEN))
      continue;
    edits.push({
      start: initializer.getStart(source),
      end: initializer.getStart(source),
      text: '/* @__PURE__ */ (() => ',
    });
    edits.push({ start: initializer.end, end: initializer.end, text: ')()' });
  }
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}

/** @returns {import('vite').Plugin} */
export function shorterTemplates() {
  return {
    name: 'shorter-templates',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/[^?]*\.ts$/ },
      handler: (code) => ({ code: shortenTemplates(code), map: null }),
    },
  };
}
