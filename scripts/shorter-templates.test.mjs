import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortenTemplates } from './shorter-templates.mjs';

const CASES = [
  [
    'css`\n  /* why */\n  a:hover, b {\n    color: red;\n    margin: 0 1px;\n  }\n`',
    'css` a:hover,b{color:red;margin:0 1px}`',
  ],
  ['css`a :hover > b { content: "a  ;  b"; }`', 'css`a :hover > b{content:"a  ;  b"}`'],
  ['css`a { width: ${x} ${y}; }`', 'css`a{width:${x} ${y}}`'],
  ['html`\n  <p\n    class="a"\n  >\n    ${x} ${y}\n  </p>\n`', 'html` <p class="a" > ${x} ${y} </p> `'],
  ['html`<p>two  spaces</p>`', 'html`<p>two  spaces</p>`'],
  [
    'html`<ul>\n  ${xs.map((x) => html`\n    <li>${x}</li>`)}\n</ul>`',
    'html`<ul> ${xs.map((x) => html` <li>${x}</li>`)} </ul>`',
  ],
  ['other`\n  a\n`', 'other`\n  a\n`'],
];

for (const [before, after] of CASES) {
  test(before.replaceAll('\n', '⏎'), () => {
    const short = shortenTemplates(`use(${before});\nconst last = 1;`);
    const withoutMovedBreaks = short.replace(/(\$\{|`)\n+/g, before.startsWith('other') ? '$&' : '$1');
    assert.equal(withoutMovedBreaks, `use(${after});\nconst last = 1;`);
  });
}

test('every line keeps its number', () => {
  const code = 'const a = html`\n  <p>\n    ${x}\n  </p>\n`;\nthrow 1;';
  assert.equal(shortenTemplates(code).split('\n').indexOf('throw 1;'), code.split('\n').indexOf('throw 1;'));
});

test('a constant template is marked as pure, so that an unused icon can be left out', () => {
  assert.equal(
    shortenTemplates('export const icon = svg`<path d="m1 1"/>`;'),
    'export const icon = /* @__PURE__ */ (() => svg`<path d="m1 1"/>`)();',
  );
});
