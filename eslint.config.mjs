/**
 * Lint rules. The general sets find general mistakes; the bans below hold promises of this project that no type can hold:
 * a store that is deterministic, and elements that run under a strict Content Security Policy.
 */
import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const INJECTED = 'the store gets time, chance and storage from its World: tests run a whole day in a second';

const clockGlobals = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'requestAnimationFrame',
  'requestIdleCallback',
  'queueMicrotask',
  'localStorage',
  'sessionStorage',
  'indexedDB',
].map((name) => ({ name, message: INJECTED }));

const clockProperties = [
  ['Date', 'now'],
  ['Math', 'random'],
  ['crypto', 'randomUUID'],
  ['performance', 'now'],
  ...['window', 'globalThis', 'self'].flatMap((object) =>
    ['setTimeout', 'setInterval', 'requestAnimationFrame', 'localStorage', 'indexedDB'].map((name) => [object, name]),
  ),
].map(([object, property]) => ({ object, property, message: INJECTED }));

const newDate = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: INJECTED },
  { selector: "CallExpression[callee.name='Date']", message: INJECTED },
];

/** `style-src-attr 'none'` and `require-trusted-types-for 'script'` of strict hosts: what they would block must not exist. */
const TEMPLATE = 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement';
const cspBans = [
  {
    selector: `${TEMPLATE}[value.raw=/[ \\n\\t]style\\s*=/]`,
    message:
      "style attributes are blocked by style-src-attr 'none': use a class, a part, or CSSOM (el.style.setProperty)",
  },
  {
    selector: `${TEMPLATE}[value.raw=/<style/]`,
    message: "style elements are blocked by style-src 'self': use static styles",
  },
  {
    selector: `${TEMPLATE}[value.raw=/[ \\n\\t]on[a-z]+\\s*=/]`,
    message: 'event handler attributes are blocked by strict hosts: use @event',
  },
  {
    selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']",
    message: "blocked by style-src-attr 'none': use el.style.setProperty",
  },
  {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
    message: 'raw HTML is not for us: message text is text',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe)$/]',
    message: 'raw HTML is not for us: message text is text',
  },
];

const rawHtmlButSrcdoc = {
  selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
  message: 'raw HTML is not for us: message text is text',
};

const rawHtmlImports = {
  patterns: [
    {
      group: [
        'lit/directives/unsafe-*',
        'lit-html/directives/unsafe-*',
        'lit/static-html*',
        'lit/directives/style-map*',
      ],
      message:
        'raw HTML and style attributes are blocked by strict hosts; lit/directives/style-map.js writes a style attribute',
    },
  ],
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      'data/',
      '.cache/',
      'examples/dist/',
      'coverage/',
      'storybook-static/',
      'test-results/',
      'playwright-report/',
      'server/migrations/',
      'server/drizzle/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'no-debugger': 'error',
      'no-eval': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A schema and the type it makes share a name on purpose.
      '@typescript-eslint/no-redeclare': 'off',
      // Playwright's fixtures read the pattern itself.
      'no-empty-pattern': 'off',
    },
  },
  {
    // The few type-aware rules that find real faults; the whole set would cost more time than it saves.
    files: ['src/**/*.ts', 'stories/**/*.ts', 'server/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    files: ['src/**/*.test.ts', 'src/**/stage.ts'],
    rules: {
      // chai asserts by reading a property: `expect(open).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
      // @open-wc/testing types chai's plain `equal` as a promise, which it is not; `accessible()` is one, and stays watched.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: '@open-wc/semantic-dom-diff', name: 'Equal' }] },
      ],
    },
  },
  {
    files: ['server/test/**/*.ts'],
    rules: {
      // node:test's describe and test return promises that nobody has to wait for.
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
  { ...lit['flat/recommended'], files: ['src/**/*.ts', 'stories/**/*.ts'] },
  {
    ...wc['flat/recommended'],
    files: ['src/**/*.ts', 'stories/**/*.ts'],
    settings: { wc: { elementBaseClasses: ['LitElement'] } },
  },
  {
    files: ['src/**/*.ts', 'stories/**/*.ts'],
    rules: {
      // Lit's own base classes always have the callbacks that this rule fears may be missing.
      'wc/guard-super-call': 'off',
      // A programming mistake may be told; everything else is an event or a state.
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/**/*.test.ts', 'src/**/stage.ts'],
    rules: {
      'no-restricted-imports': ['error', rawHtmlImports],
      'no-restricted-syntax': ['error', ...cspBans],
    },
  },
  {
    // The one place where HTML from outside is read as HTML: an e-mail, sanitised, as a TrustedHTML of our own policy, in a
    // frame without scripts and without our origin. Nothing else may assign `srcdoc`.
    files: ['src/components/chat-messages/mail-frame.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...cspBans.filter(({ selector }) => !selector.includes('srcdoc')),
        rawHtmlButSrcdoc,
      ],
    },
  },
  {
    files: ['src/store/**/*.ts'],
    // The browser's own clock and storage, which the World hands to the rest.
    ignores: ['src/store/browser-*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...clockGlobals],
      'no-restricted-properties': ['error', ...clockProperties],
      // One rule, one list: this replaces the list above for these files, so it names both.
      'no-restricted-syntax': ['error', ...cspBans, ...newDate],
    },
  },
);
